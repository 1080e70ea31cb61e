/** @file Requests that no client would send, seeded: every route, whole and damaged, and what the server may say to them. */
import { randomUUID } from "node:crypto";
import { WebSocket } from "ws";
import { chance, integer, makeRandom, nextUint32, type Random } from "../../env/random.ts";
import { bodyOf } from "./vagen.ts";

export interface FuzzResult {
  /** How often each status came back: of HTTP, and of a WebSocket's messages by their codes. */
  answers: Record<string, number>;
  /** What was no answer of the protocol's. */
  violations: string[];
}

const HTTP = [
  "/reset",
  "/step",
  "/mcp",
  "/connect",
  "/call",
  "/get_reward",
  "/env/sokoban/reset",
  "/env/nobody/reset",
  "/state",
  "/schema",
  "/fly",
];
const GET = new Set(["/state", "/schema"]);
/** What is said to damaged requests, and to whole ones by luck. */
const ALLOWED = new Set([200, 400, 401, 404, 409, 413, 415, 422, 503]);
const CODES = new Set([
  "INVALID_JSON",
  "UNKNOWN_TYPE",
  "VALIDATION_ERROR",
  "EXECUTION_ERROR",
  "CAPACITY_REACHED",
  "SESSION_ERROR",
]);

/** Values of every type, the odd ones of each. */
function junk(random: Random, depth = 0): unknown {
  const plain = [
    null,
    true,
    0,
    -1,
    1.5,
    1e308,
    2 ** 53,
    "",
    "__proto__",
    "../../etc/passwd",
    "/etc/passwd.json",
    "\u0000\u001b[2J",
    "\ud800",
    "<image>",
    "x".repeat(3000),
    "<think>a</think><answer>shot</answer>",
    "academy_corner",
    "sokoban",
    "questions",
  ];
  const pick = integer(random, plain.length + (depth < 3 ? 6 : 0));
  if (pick < plain.length) return plain[pick];
  if (pick % 2 === 0) return Array.from({ length: integer(random, 5) }, () => junk(random, depth + 1));
  const keys = ["text", "action", "__proto__", "constructor", "data", "width", "count", "0"];
  const entries = Array.from({ length: integer(random, 4) }, () => [
    keys[integer(random, keys.length)]!,
    junk(random, depth + 1),
  ]);
  return Object.fromEntries(entries);
}

/** A request that might be right, some of its values exchanged for junk. */
function plausible(random: Random): Record<string, unknown> {
  const fill = {
    seed: 1,
    scenario: "academy_empty_goal",
    see: [],
    frame: {},
    players: "ball",
    rewards: {},
    decisionSteps: 1,
    action: { action: 0 },
    session_id: randomUUID(),
    method: ["step", "reset", "system_prompt", "tools/call", "openenv/session/close"][integer(random, 5)],
    params: {},
    env_config: {},
    query: ["x"],
    prompts: ["y"],
    labels: ["z"],
    jsonrpc: "2.0",
    id: 1,
    text: "<think>a</think><answer>left</answer>",
  };
  const kept = Object.entries(fill).filter(() => chance(random, 0.3));
  return Object.fromEntries(kept.map(([key, value]) => [key, chance(random, 0.4) ? junk(random) : value]));
}

/** Cut, doubled, or with bytes changed. */
function damage(bytes: Buffer, random: Random): Buffer {
  const damaged = Buffer.from(bytes);
  switch (integer(random, 5)) {
    case 0:
      return damaged.subarray(0, integer(random, damaged.length + 1));
    case 1:
      return Buffer.concat([damaged, damaged]);
    case 2:
      for (let i = 0; i < 5 && damaged.length > 0; i++)
        damaged[integer(random, damaged.length)] = integer(random, 256);
      return damaged;
    case 3:
      return Buffer.from(Array.from({ length: integer(random, 200) }, () => integer(random, 256)));
    default:
      return damaged;
  }
}

const TYPES = [
  "application/json",
  "multipart/form-data",
  "text/plain",
  "x",
  "",
  "multipart/form-data; boundary=",
  "a/b; charset=\u00ff",
];

async function fuzzHttp(url: string, random: Random, result: FuzzResult): Promise<void> {
  const path = HTTP[integer(random, HTTP.length)]!;
  const isForm = path === "/connect" || path === "/call";
  const content = chance(random, 0.8) ? plausible(random) : junk(random);
  const whole = isForm
    ? bodyOf(content)
    : { body: Buffer.from(JSON.stringify(content) ?? ""), type: "application/json" };
  const type = chance(random, 0.8) ? whole.type : TYPES[integer(random, TYPES.length)]!;
  const isLong = integer(random, 400) === 0;
  const body = isLong
    ? Buffer.alloc(2_000_000, 120)
    : chance(random, 0.4)
      ? damage(whole.body, random)
      : whole.body;
  const query = chance(random, 0.2)
    ? `?session_id=${encodeURIComponent(nextUint32(random))}&profile=%00`
    : "";
  const method = GET.has(path) ? "GET" : "POST";
  const response = await fetch(`${url}${path}${query}`, {
    method,
    headers: type === "" ? {} : { "content-type": type },
    ...(method === "POST" && { body: new Uint8Array(body) }),
  });
  const text = Buffer.from(await response.arrayBuffer()).toString("utf8");
  note(result, String(response.status));
  const { status } = response;
  const isTold = status === 200 ? text.length > 0 : /^\{"code":"[\w/-]+","error":"/.test(text);
  if (!ALLOWED.has(status) || !isTold)
    result.violations.push(
      `${method} ${path}${query} ${type}: ${status} ${text.slice(0, 200)} to ${String(body.subarray(0, 200))}`,
    );
  // What was opened by luck is closed again.
  const id = /"session_id":"([\w-]+)"/.exec(text)?.[1];
  if (status === 200 && id !== undefined && path !== "/call") await free(url, path, id);
}

async function free(url: string, path: string, id: string): Promise<void> {
  if (path === "/connect") {
    const { body, type } = bodyOf({ session_id: id, method: "close" });
    await fetch(`${url}/call`, {
      method: "POST",
      body: new Uint8Array(body),
      headers: { "content-type": type },
    });
  } else await fetch(`${url}/session/${id}`, { method: "DELETE" });
}

async function fuzzSocket(url: string, random: Random, result: FuzzResult, messages: number): Promise<void> {
  const socket = new WebSocket(`${url.replace("http", "ws")}/ws`);
  socket.on("error", () => undefined);
  const gone = new Promise<"gone">((resolve) => socket.once("close", () => resolve("gone")));
  await Promise.race([new Promise((resolve) => socket.once("open", resolve)), gone]);
  const types = ["reset", "step", "state", "mcp", "fly"];
  for (let i = 0; i < messages; i++) {
    const data = chance(random, 0.8) ? plausible(random) : junk(random);
    const whole = JSON.stringify({
      type: chance(random, 0.9) ? types[integer(random, types.length)] : junk(random),
      data,
    });
    const answer = new Promise<string>((resolve) =>
      socket.once("message", (said) => resolve((said as Buffer).toString("utf8"))),
    );
    const bytes = chance(random, 0.4) ? damage(Buffer.from(whole), random) : Buffer.from(whole);
    // What is no UTF-8 ends the connection, so most of it is made such.
    const isRaw = chance(random, 0.02);
    socket.send(isRaw ? bytes : bytes.toString("utf8"), { binary: chance(random, 0.2) });
    const said = await Promise.race([answer, gone]);
    if (said === "gone") {
      note(result, "closed");
      // A damaged text that is no UTF-8 ends the connection, as RFC 6455 wants it.
      return;
    }
    const message = JSON.parse(said) as { type: string; data: { code?: string } };
    note(result, message.data.code ?? message.type);
    if (message.type === "error" && !CODES.has(message.data.code ?? ""))
      result.violations.push(`${whole.slice(0, 200)}: ${said.slice(0, 200)}`);
    if (message.type === "error" && message.data.code === "EXECUTION_ERROR" && said.includes("serve/"))
      result.violations.push(`${whole.slice(0, 400)}: ${said.slice(0, 200)}`);
  }
  socket.close();
  await gone;
}

function note(result: FuzzResult, answer: string): void {
  result.answers[answer] = (result.answers[answer] ?? 0) + 1;
}

/** Sends about so many requests and messages, several at a time. The same for the same seed, but for their order. */
export async function fuzz(
  url: string,
  seed: number,
  count: number,
  onCount?: (done: number) => void,
): Promise<FuzzResult> {
  const result: FuzzResult = { answers: {}, violations: [] };
  const lanes = 8;
  let done = 0;
  const lane = async (random: Random): Promise<void> => {
    while (done < count) {
      const isSocket = integer(random, 20) === 0;
      done += isSocket ? 20 : 1;
      try {
        if (isSocket) await fuzzSocket(url, random, result, 20);
        else await fuzzHttp(url, random, result);
      } catch (error) {
        result.violations.push(String(error instanceof Error ? (error.cause ?? error) : error));
      }
      onCount?.(done);
    }
  };
  await Promise.all(Array.from({ length: lanes }, (_, i) => lane(makeRandom(seed, i))));
  return result;
}
