/** @file A client of OpenEnv's WebSocket, written from the protocol. */
import { once } from "node:events";
import { onTestFinished } from "vitest";
import { WebSocket } from "ws";

export interface Message {
  type: string;
  // oxlint-disable-next-line typescript/no-explicit-any
  data: any;
}

export class OpenEnv {
  readonly socket: WebSocket;
  readonly #heard: Message[] = [];
  readonly #waiting: ((message: Message) => void)[] = [];
  readonly closed: Promise<number>;

  private constructor(socket: WebSocket) {
    this.socket = socket;
    this.closed = new Promise((resolve) => socket.once("close", resolve));
    socket.on("error", () => undefined);
    socket.on("message", (data) => {
      const message = JSON.parse((data as Buffer).toString("utf8")) as Message;
      const next = this.#waiting.shift();
      if (next) next(message);
      else this.#heard.push(message);
    });
  }

  static async open(url: string, path = "/ws", headers: Record<string, string> = {}): Promise<OpenEnv> {
    const client = new OpenEnv(new WebSocket(`${url.replace("http", "ws")}${path}`, { headers }));
    await once(client.socket, "open");
    return client;
  }

  /** The same, closed after the test. */
  static async join(url: string, path?: string): Promise<OpenEnv> {
    const client = await OpenEnv.open(url, path);
    onTestFinished(() => client.socket.terminate());
    return client;
  }

  hear(): Promise<Message> {
    const heard = this.#heard.shift();
    return heard ? Promise.resolve(heard) : new Promise((resolve) => this.#waiting.push(resolve));
  }

  async ask(type: string, data?: unknown): Promise<Message> {
    return this.send(JSON.stringify({ type, ...(data !== undefined && { data }) }));
  }

  async send(text: string): Promise<Message> {
    this.socket.send(text);
    const gone = this.closed.then((code): Message => ({ type: "closed", data: code }));
    return Promise.race([this.hear(), gone]);
  }

  /** What a reset or a step answers; throws what the server says otherwise. */
  async observe(type: "reset" | "step", data: unknown): Promise<Message["data"]> {
    const { type: answered, data: told } = await this.ask(type, data);
    if (answered !== "observation") throw new Error(JSON.stringify(told));
    return told;
  }
}
