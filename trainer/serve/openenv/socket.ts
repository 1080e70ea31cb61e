/** @file OpenEnv's `/ws` and MCP's: an env for each connection, and one answer for each message, in their order. */
import type { IncomingMessage } from "node:http";
import type { RawData, WebSocket } from "ws";
import { Failure, failureOf } from "../failure.ts";
import type { Play } from "../play.ts";
import type { Session } from "../session/index.ts";
import { answerMcp, answerMcpText, type McpContext } from "./mcp.ts";
import { Seat } from "./seat.ts";

/** A longer message is answered by an error; one of more than `PAYLOAD_BYTES` ends the connection. */
const MESSAGE_BYTES = 1_000_000;
export const PAYLOAD_BYTES = 8_000_000;
/** Messages that wait for their answers: a client sends the next when it has one. */
const QUEUE = 64;
/** RFC 6455: a policy is violated; try again later. */
const POLICY = 1008;
const LATER = 1013;
const KEEP_ALIVE_MS = 30_000;

const CODES: Readonly<Record<Failure["kind"], string>> = {
  invalid: "VALIDATION_ERROR",
  size: "VALIDATION_ERROR",
  state: "EXECUTION_ERROR",
  failed: "EXECUTION_ERROR",
  gone: "SESSION_ERROR",
  busy: "CAPACITY_REACHED",
  denied: "SESSION_ERROR",
};

export interface SocketRoom {
  play: Play;
  /** Connections by their sessions, for what ends them from here. */
  sockets: Map<Session, WebSocket>;
}

export function serveSocket(
  { play, sockets }: SocketRoom,
  socket: WebSocket,
  request: IncomingMessage,
  kind: "ws" | "mcp",
  scenario: string | undefined,
): void {
  const client = request.socket.remoteAddress ?? "";
  const protocol = kind === "ws" ? "openenv" : "mcp";
  request.socket.setKeepAlive(true, KEEP_ALIVE_MS);
  socket.on("error", () => undefined);
  const tellFailure = (failed: Failure): object => {
    play.failed(protocol, failed);
    return kind === "ws"
      ? errorOf(failed)
      : { jsonrpc: "2.0", id: null, error: { code: -32000, message: failed.message, data: failed.more } };
  };
  let session: Session;
  try {
    session = play.desk.admit(client, protocol);
  } catch (error) {
    socket.send(JSON.stringify(tellFailure(failureOf(error))));
    socket.close(LATER);
    return;
  }
  const seat = new Seat(play, session, scenario);
  const context: McpContext = { play, client, scenario, seat, seatOf: () => seat };
  const answer =
    kind === "ws"
      ? (text: string) => answerMessage(text, seat, context)
      : (text: string) => answerMcpText(text, context);
  sockets.set(session, socket);
  socket.once("close", () => {
    sockets.delete(session);
    play.desk.end(session, "disconnected");
  });

  const queue: (string | undefined)[] = [];
  let draining = false;
  const drain = async (): Promise<void> => {
    draining = true;
    // What comes meanwhile waits in the network, and not here.
    socket.pause();
    while (queue.length > 0) {
      const text = queue.shift();
      const said = text === undefined ? tellFailure(tooLong()) : await answer(text);
      if (said === "close") socket.close();
      if (said === undefined || said === "close") continue;
      if (!(await sent(socket, JSON.stringify(said)))) break;
    }
    draining = false;
    if (socket.readyState === socket.OPEN) socket.resume();
  };
  socket.on("message", (data) => {
    if (queue.push(textOf(data)) > QUEUE)
      return socket.close(POLICY, "Wait for an answer before the next message.");
    if (!draining) void drain();
  });
}

/** The error that a client gets unasked, before its connection is closed from here. */
export function sayGoodbye(socket: WebSocket, { closed }: Session): void {
  const failed = new Failure("gone", "serve/session-gone", `The session is closed (${closed}).`);
  socket.send(JSON.stringify(errorOf(failed)), () => undefined);
  socket.close(LATER);
}

async function answerMessage(text: string, seat: Seat, context: McpContext): Promise<object | "close"> {
  const { play } = context;
  let message: unknown;
  try {
    message = JSON.parse(text);
  } catch {
    play.failed("openenv", new Failure("invalid", "serve/not-json", ""));
    return { type: "error", data: { message: "The message is no JSON.", code: "INVALID_JSON" } };
  }
  const { type, data } = isRecord(message) ? message : {};
  try {
    switch (type) {
      case "reset":
        return { type: "observation", data: await seat.reset(recordOf(data ?? {})) };
      case "step":
        return { type: "observation", data: await seat.step(recordOf(data ?? {})) };
      case "state":
        return { type: "state", data: seat.state() };
      case "mcp":
        return { type: "mcp", data: (await answerMcp(data, context)) ?? {} };
      case "close":
        return "close";
      default: {
        play.failed("openenv", new Failure("invalid", "serve/type", ""));
        const expected = "expected reset, step, state, mcp or close";
        return {
          type: "error",
          data: { message: `Unknown message type; ${expected}.`, code: "UNKNOWN_TYPE" },
        };
      }
    }
  } catch (error) {
    const failed = failureOf(error, data);
    play.failed("openenv", failed);
    return errorOf(failed);
  }
}

function errorOf({ kind, message, issues, more, code }: Failure): object {
  const errors = kind === "invalid" ? { errors: issues } : {};
  return { type: "error", data: { message, code: CODES[kind], ...errors, ...more, reason: code } };
}

function tooLong(): Failure {
  return new Failure(
    "size",
    "serve/body-size",
    `The message is longer than ${MESSAGE_BYTES} bytes; send less at once.`,
  );
}

function textOf(data: RawData): string | undefined {
  const bytes =
    data instanceof ArrayBuffer ? Buffer.from(data) : Array.isArray(data) ? Buffer.concat(data) : data;
  return bytes.length > MESSAGE_BYTES ? undefined : bytes.toString("utf8");
}

/** Resolves when it is on its way, so that who does not read his answers gets no more of them. */
function sent(socket: WebSocket, text: string): Promise<boolean> {
  return new Promise((resolve) => socket.send(text, (error) => resolve(!error)));
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function recordOf(value: unknown): Record<string, unknown> {
  if (isRecord(value)) return value;
  const issues = [{ type: "dict_type", loc: ["data"], msg: "Input should be an object", input: null }];
  throw new Failure("invalid", "serve/shape", '"data" is no object.', { issues });
}
