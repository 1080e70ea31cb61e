/** @file A chat server that does what it is told, on a real port: well, slowly, in part, or wrong. */
import { createServer, type IncomingHttpHeaders, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

export interface Asked {
  headers: IncomingHttpHeaders;
  body: Record<string, unknown>;
}

/** How one request is answered; `times`: how many came before it. */
export type Behaviour = (response: ServerResponse, times: number, asked: Asked) => void | Promise<void>;

export interface FaultyServer {
  url: URL;
  asked: Asked[];
  close(): Promise<void>;
}

export async function startServer(behave: Behaviour): Promise<FaultyServer> {
  const asked: Asked[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const body = JSON.parse(Buffer.concat(chunks).toString()) as Record<string, unknown>;
      asked.push({ headers: request.headers, body });
      void behave(response, asked.length - 1, asked.at(-1)!);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: new URL(`http://127.0.0.1:${port}`),
    asked,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

/** The pieces of an answer as server-sent events, without the end. */
export function sendPieces(response: ServerResponse, pieces: readonly string[]): void {
  response.writeHead(200, { "content-type": "text/event-stream" });
  for (const content of pieces) response.write(event({ choices: [{ index: 0, delta: { content } }] }));
}

export function sendAnswer(response: ServerResponse, pieces: readonly string[], finish = "stop"): void {
  sendPieces(response, pieces);
  response.write(event({ choices: [{ index: 0, delta: {}, finish_reason: finish }] }));
  response.write(event({ choices: [], usage: { prompt_tokens: 7, completion_tokens: pieces.length } }));
  response.end("data: [DONE]\n\n");
}

/** A token at a time, each with its probability; after each it waits so long, or for what is said of it. */
export async function sendTokens(
  response: ServerResponse,
  tokens: readonly (readonly [text: string, probability: number])[],
  pause: number | ((token: string) => Promise<unknown> | undefined) = 0,
): Promise<void> {
  response.writeHead(200, { "content-type": "text/event-stream" });
  for (const [token, probability] of tokens) {
    const logprobs = { content: [{ token, logprob: Math.log(probability), top_logprobs: [] }] };
    response.write(event({ choices: [{ index: 0, delta: { content: token }, logprobs }] }));
    await (typeof pause === "number" ? new Promise((resolve) => setTimeout(resolve, pause)) : pause(token));
  }
  response.write(event({ choices: [{ index: 0, delta: {}, finish_reason: "stop" }] }));
  response.end("data: [DONE]\n\n");
}

export function event(value: unknown): string {
  return `data: ${JSON.stringify(value)}\n\n`;
}
