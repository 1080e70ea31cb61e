/** @file A real server on a port of its own, and real clients, for the tests of the wire. */
import { io } from "socket.io-client";
import type { Socket } from "socket.io-client";
import * as parser from "socket.io-msgpack-parser";
import { afterEach } from "vitest";
import { loadScenario } from "../../scenarios/load.ts";
import { decodePacket, PROTOCOL_VERSION, WATCH_NAMESPACE } from "../../viewer/protocol/index.ts";
import type {
  ClientToServer,
  EpisodeEnd,
  EpisodeStart,
  Events,
  History,
  MatchCard,
  Packet,
  RangeRequest,
  Refusal,
  ServerToClient,
  Taken,
  WatchRequest,
  Welcome,
} from "../../viewer/protocol/index.ts";
import { planMatches, startViewer } from "../../viewer/server/index.ts";
import type { RunningViewer, ViewerOptions } from "../../viewer/server/index.ts";

export type WatchSocket = Socket<ServerToClient, ClientToServer>;

/** A server without a page; scenes come faster than in real time when the rate says so. */
export function serve(
  scenarios: readonly string[] = ["academy_empty_goal"],
  options: Partial<ViewerOptions> = {},
): Promise<RunningViewer> {
  const matches = planMatches(
    scenarios.map((id) => loadScenario(id)),
    { policy: "scripted", seed: 0 },
  );
  return startViewer({ matches, port: 0, host: "127.0.0.1", page: false, ...options });
}

/** Servers and viewers that are closed after each test, the last that came first. */
export class Venue {
  readonly #open: { close(): unknown }[] = [];

  constructor() {
    afterEach(() => this.#close());
  }

  async start(...args: Parameters<typeof serve>): Promise<RunningViewer> {
    return this.keep(await serve(...args));
  }

  async join({ url, tokens }: RunningViewer, right: "watch" | "play" = "play"): Promise<Client> {
    return this.keep(await Client.join(url, PROTOCOL_VERSION, tokens?.[right]));
  }

  keep<T extends { close(): unknown }>(one: T): T {
    this.#open.push(one);
    return one;
  }

  async #close(): Promise<void> {
    for (const one of this.#open.splice(0).reverse()) await one.close();
  }
}

/** What the server tells about itself. */
export async function healthOf({ url }: { url: string }): Promise<Record<string, unknown>> {
  const response = await fetch(`${url}/healthz`);
  return JSON.parse(await response.text());
}

/** A viewer that keeps all it hears. */
export class Client {
  readonly socket: WatchSocket;
  welcome: Welcome | undefined;
  /** The matches there are, as it was last heard. */
  matches: readonly MatchCard[] = [];
  readonly packets: Packet[] = [];
  readonly starts: EpisodeStart[] = [];
  readonly events: Events[] = [];
  readonly ends: EpisodeEnd[] = [];
  /** Whom persons play, as it was last heard. */
  taken: readonly Taken[] = [];
  /** The names of all messages in the order in which they came. */
  readonly order: string[] = [];
  /** Says of every packet that it was drawn. */
  acknowledges = true;

  private constructor(url: string, version: number, token: string | undefined) {
    this.socket = io(`${url}${WATCH_NAMESPACE}`, {
      parser,
      transports: ["websocket"],
      auth: { version, ...(token !== undefined && { token }) },
      forceNew: true,
      reconnection: false,
    });
    this.socket.onAny((name: string) => this.order.push(name));
    this.socket.on("welcome", (welcome) => {
      this.welcome = welcome;
      this.matches = welcome.matches;
    });
    this.socket.on("matches", (list) => (this.matches = list.matches));
    this.socket.on("frames", (data) => {
      const packet = decodePacket(data);
      this.packets.push(packet);
      if (this.acknowledges) this.socket.emit("drawn", packet.number);
    });
    this.socket.on("episode", (start) => this.starts.push(start));
    this.socket.on("events", (events) => this.events.push(events));
    this.socket.on("taken", (all) => (this.taken = all));
    this.socket.on("ended", (end) => this.ends.push(end));
  }

  /** A client that was welcomed. Rejects with the server's reason when it was not. */
  static async join(url: string, version: number = PROTOCOL_VERSION, token?: string): Promise<Client> {
    const client = new Client(url, version, token);
    await new Promise<void>((resolve, reject) => {
      client.socket.on("connect_error", reject);
      client.socket.on("welcome", () => resolve());
    });
    return client;
  }

  watch(request: WatchRequest): Promise<History | Refusal | null> {
    return this.socket.timeout(5000).emitWithAck("watch", request);
  }

  range(request: RangeRequest): Promise<History | Refusal> {
    return this.socket.timeout(5000).emitWithAck("range", request);
  }

  /** Watches a match from its start: its history so far. */
  async follow(match: string, others = false): Promise<History> {
    return asHistory(await this.watch({ match, others }));
  }

  close(): void {
    this.socket.disconnect();
  }
}

export function asHistory(answer: History | Refusal | null): History {
  if (answer === null || !("scenes" in answer)) throw new Error(`no history but ${JSON.stringify(answer)}`);
  return answer;
}

/** Resolves when it holds; the test's own time limit is the bound. */
export async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await holds())) await new Promise((resolve) => setTimeout(resolve, 5));
}
