/**
 * @file Messages of every kind that a server should not be sent: bytes that are none, packets with a few bytes changed,
 * requests with wrong values, and right ones at wrong times. The same seed makes the same ones.
 */
import { request } from "node:http";
import * as parser from "socket.io-msgpack-parser";
import { chance, integer, makeRandom, nextUint32, type Random } from "../../env/random.ts";
import { WATCH_NAMESPACE } from "../../viewer/protocol/index.ts";
import { Client, until } from "./serve.ts";

export interface FuzzOptions {
  url: string;
  /** A match that there is, some player of which is under control. */
  match: string;
  seed: number;
  messages: number;
  /** How many send at once. */
  senders: number;
  onProgress?: (result: FuzzResult) => void;
}

export interface FuzzResult {
  messages: number;
  /** Most bytes that are none close their connection. */
  connections: number;
  /** Of the messages, those over HTTP. */
  requests: number;
}

/** One in so many messages is a request over HTTP. */
const HTTP_ONE_IN = 40;
/** A sender sends so many before it lets the others have a turn. */
const BURST = 8;
const HTTP_MS = 5000;
/** How long a sender waits for its connection to be closed. */
const CLOSED_MS = 100;

/** The fields of each request. */
const RIGHT: Readonly<Record<string, readonly string[]>> = {
  watch: ["match", "others"],
  range: ["match", "episode", "from", "to", "events"],
  drawn: [],
  take: ["match", "player"],
  branch: ["match", "episode", "tick", "player"],
  give: [],
  hands: ["direction", "sprint", "dribble"],
  runs: ["look", "run"],
  scenarios: ["look"],
  puzzles: ["look"],
  open: ["run", "step", "file"],
};
const STRANGE = ["welcome", "frames", "__proto__", "constructor", "disconnect", "connect_error", "", "a\0b"];
const NUMBERS = [0, -1, 1, 0.5, 255, 65_536, 2 ** 31, 2 ** 32, 2 ** 53, 1e308, Number.NaN, Infinity];
const TEXTS = ["", "5", "null", "../../etc/passwd", "\ud800", "<b>", "x".repeat(500), "x".repeat(5000)];
const FIELDS = ["match", "others", "have", "episode", "from", "to", "events", "minds", "player", "tick"];
const MORE_FIELDS = ["direction", "sprint", "dribble", "press", "look", "run", "step", "file", "__proto__"];
const PATHS = [
  "/",
  "/healthz",
  "/feed",
  "/feed/one?by=play",
  "/runs/point?run=..&step=1",
  "/runs/episode?run",
];
const MORE_PATHS = [
  "/?token=%00",
  "//x/?token=",
  "/scenarios/list",
  "/puzzles",
  "/socket.io/?EIO=4",
  "/%2e%2e/x",
  "/%",
];
const METHODS = ["GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS"];

/** Sends them all; resolves when the last has gone out. Throws when nobody can connect any more. */
export async function fuzz(options: FuzzOptions): Promise<FuzzResult> {
  const { url, match, seed, messages, senders, onProgress } = options;
  const result = { messages: 0, connections: 0, requests: 0 };
  const send = async (random: Random): Promise<void> => {
    let client: Client | undefined;
    while (result.messages < messages) {
      if (client?.socket.connected !== true) {
        client?.close();
        client = await Client.join(url);
        result.connections++;
        if (chance(random, 0.5))
          write(client, packet(random, "watch", { match, others: chance(random, 0.5) }));
      }
      for (let i = 0; i < BURST && client.socket.connected && result.messages < messages; i++) {
        result.messages++;
        if (result.messages % 1000 === 0) onProgress?.(result);
        if (integer(random, HTTP_ONE_IN) === 0) {
          result.requests++;
          await ask(url, random);
        } else {
          const { data, ends } = messageOf(random, match);
          write(client, data);
          // What is sent after it would not be heard.
          if (ends) await closed(client);
        }
      }
      await new Promise((resolve) => setTimeout(resolve, integer(random, 4)));
    }
    client?.close();
  };
  await Promise.all(Array.from({ length: senders }, (_, i) => send(makeRandom(seed, i + 1))));
  return result;
}

/** Resolves when somebody who does nothing wrong sees the match go on, and can play in it. */
export async function servesStill(url: string, match: string): Promise<void> {
  const client = await Client.join(url);
  await client.follow(match, true);
  await until(() => client.packets.length > 10);
  const refusal = await client.socket.timeout(10_000).emitWithAck("take", { match, player: null });
  client.close();
  if (refusal !== null) throw new Error(`nobody can play any more: ${refusal.error}`);
}

/** Past the client's own encoder and state. */
function write({ socket }: Client, data: unknown): void {
  const engine: { write(data: unknown): unknown } = socket.io.engine;
  engine.write(data);
}

/** Resolves when the server has closed the connection, or has had time to. */
async function closed({ socket }: Client): Promise<void> {
  for (let ms = 0; ms < CLOSED_MS && socket.connected; ms += 5) {
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

/** Few of those that close the connection at once, so that the others are heard. */
function messageOf(random: Random, match: string): { data: unknown; ends: boolean } {
  const kind = integer(random, 40);
  return { data: dataOf(random, match, kind), ends: kind < 3 || (kind >= 8 && kind < 11) };
}

function dataOf(random: Random, match: string, kind: number): unknown {
  if (kind === 0) return bytesOf(random, integer(random, 400));
  if (kind === 1) return chance(random, 0.2) ? bytesOf(random, 5000) : pick(random, TEXTS);
  if (kind === 2) {
    const nsp = pick(random, [WATCH_NAMESPACE, "/", "/no", 7]);
    return encoded({ type: integer(random, 8), nsp, data: valueOf(random, 2) });
  }
  if (kind < 8) return packet(random, pick(random, STRANGE), valueOf(random, 3));
  const event = pick(random, Object.keys(RIGHT));
  const right = rightOf(random, event, match);
  const wrong = { [pick(random, [...FIELDS, ...MORE_FIELDS])]: valueOf(random, 2) };
  const bytes = packet(random, event, chance(random, 0.5) ? { ...right, ...wrong } : right);
  return kind < 11 ? mutated(random, bytes) : bytes;
}

/** A request as the event wants it, of something that is there or might be. */
function rightOf(random: Random, event: string, match: string): Record<string, unknown> {
  const all: Record<string, unknown> = {
    match,
    others: pick(random, [true, false, "wall"]),
    episode: 1 + integer(random, 4),
    from: integer(random, 500),
    to: integer(random, 500),
    events: integer(random, 10),
    player: pick(random, [null, 0, 1, 2]),
    tick: integer(random, 300),
    direction: integer(random, 9),
    sprint: chance(random, 0.5),
    dribble: chance(random, 0.5),
    look: chance(random, 0.5),
    run: null,
    step: integer(random, 100),
    file: "a.jsonl",
  };
  return Object.fromEntries((RIGHT[event] ?? []).map((name) => [name, all[name]]));
}

function valueOf(random: Random, depth: number): unknown {
  const kind = integer(random, depth > 0 ? 7 : 5);
  if (kind === 0) return pick(random, NUMBERS);
  if (kind === 1) return pick(random, TEXTS);
  if (kind === 2) return pick(random, [true, false, null, undefined]);
  if (kind === 3) return Buffer.from(bytesOf(random, integer(random, 40)));
  if (kind === 4) return nextUint32(random);
  const length = integer(random, 5);
  if (kind === 5) return Array.from({ length }, () => valueOf(random, depth - 1));
  const names = Array.from({ length }, () => pick(random, [...FIELDS, ...MORE_FIELDS]));
  return Object.fromEntries(names.map((name) => [name, valueOf(random, depth - 1)]));
}

/** An event of the client's namespace, mostly with a number for its answer. */
function packet(random: Random, event: string, data: unknown): Buffer {
  const id = chance(random, 0.8) ? { id: integer(random, 1000) } : {};
  const more = chance(random, 0.1) ? [valueOf(random, 1)] : [];
  return encoded({ type: 2, nsp: WATCH_NAMESPACE, data: [event, data, ...more], ...id });
}

function encoded(content: unknown): Buffer {
  const [bytes]: unknown[] = Array.of(new parser.Encoder().encode(content)).flat();
  if (bytes instanceof Uint8Array) return Buffer.from(bytes);
  throw new Error("the encoder makes bytes");
}

/** With a few bytes changed, left out or doubled, or cut. */
function mutated(random: Random, bytes: Buffer): Buffer {
  let result = Buffer.from(bytes);
  for (let times = 1 + integer(random, 4); times > 0; times--) {
    const at = integer(random, result.length + 1);
    const [head, tail] = [result.subarray(0, at), result.subarray(at)];
    const kind = integer(random, 4);
    if (kind === 0 && tail.length > 0) result[at] = integer(random, 256);
    else if (kind === 1) result = Buffer.concat([head, tail.subarray(1 + integer(random, 4))]);
    else if (kind === 2) result = Buffer.concat([head, bytesOf(random, 1 + integer(random, 4)), tail]);
    else result = Buffer.concat([head, tail.subarray(0, integer(random, tail.length + 1)), tail]);
  }
  return result;
}

/** A request over HTTP; what comes back does not matter, and neither does that nothing comes. */
function ask(url: string, random: Random): Promise<void> {
  const path = pick(random, [...PATHS, ...MORE_PATHS]);
  const headers: Record<string, string> = {
    ...(chance(random, 0.2) && { host: "evil.example" }),
    ...(chance(random, 0.2) && { origin: "http://evil.example" }),
    ...(chance(random, 0.5) && { "content-type": "application/x-ndjson" }),
    ...(chance(random, 0.2) && { cookie: pick(random, ["touchline-0=", "=;;=", "x".repeat(3000)]) }),
  };
  return new Promise((resolve) => {
    const sent = request(`${url}${path}`, { method: pick(random, METHODS), headers, timeout: HTTP_MS });
    sent.on("response", (response) =>
      response
        .resume()
        .on("close", resolve)
        .on("error", () => resolve()),
    );
    sent.on("error", () => resolve());
    sent.on("timeout", () => sent.destroy());
    sent.end(bytesOf(random, integer(random, 2000)));
  });
}

function bytesOf(random: Random, length: number): Buffer {
  return Buffer.from(Array.from({ length }, () => integer(random, 256)));
}

function pick<T>(random: Random, from: readonly T[]): T {
  return from[integer(random, from.length)]!;
}
