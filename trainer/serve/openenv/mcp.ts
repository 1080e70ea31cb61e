/** @file MCP: JSON-RPC 2.0 with two tools, in OpenEnv's way, whose sessions are opened by a method of its own. */
import { z } from "zod";
import { Failure, failureOf } from "../failure.ts";
import type { Play } from "../play.ts";
import type { Session } from "../session/index.ts";
import { METADATA, SCHEMA } from "./schema.ts";
import { type Payload, Seat } from "./seat.ts";

export interface McpContext {
  play: Play;
  client: string;
  scenario: string | undefined;
  /** Of a WebSocket; over HTTP each call names its session. */
  seat?: Seat;
  /** The seat of a session that the protocol has opened. */
  seatOf(session: Session): Seat;
}

const PROTOCOL_VERSION = "2025-06-18";

const requestSchema = z.object({
  jsonrpc: z.literal("2.0"),
  method: z.string(),
  params: z.record(z.string(), z.unknown()).nullish(),
  id: z.union([z.string(), z.number(), z.null()]).optional(),
});

const CODES = {
  parse: -32700,
  request: -32600,
  method: -32601,
  params: -32602,
  internal: -32603,
  server: -32000,
} as const;

const TOOLS = [
  {
    name: "act",
    description:
      "Plays one decision. Write a thought and an action: <think>...</think><answer>one action</answer>.",
    inputSchema: { type: "object", required: ["text"], properties: { text: SCHEMA.action.properties.text } },
  },
  {
    name: "new_episode",
    description: "Begins an episode; act goes on in it.",
    inputSchema: {
      type: "object",
      properties: { seed: { type: "integer" }, scenario: { type: "string" } },
      additionalProperties: true,
    },
  },
] as const;

/** The answer to a text; undefined for a notification. */
export async function answerMcpText(text: string, context: McpContext): Promise<object | undefined> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return failure(CODES.parse, "Parse error: the message is no JSON.");
  }
  return answerMcp(value, context);
}

export async function answerMcp(value: unknown, context: McpContext): Promise<object | undefined> {
  const read = requestSchema.safeParse(value);
  if (!read.success)
    return failure(CODES.request, 'Invalid request: expected {"jsonrpc": "2.0", "method", "params", "id"}.');
  const { method, params, id = null } = read.data;
  if (method.startsWith("notifications/")) return undefined;
  try {
    return { jsonrpc: "2.0", id, result: await call(method, params ?? {}, context) };
  } catch (error) {
    const told = failureOf(error, params);
    context.play.failed("mcp", told);
    return failure(codeOf(told), told.message, id, told.more);
  }
}

async function call(
  method: string,
  params: Readonly<Record<string, unknown>>,
  context: McpContext,
): Promise<object> {
  const { play, client, seat } = context;
  switch (method) {
    case "initialize":
      return {
        protocolVersion: PROTOCOL_VERSION,
        capabilities: { tools: {} },
        serverInfo: { name: METADATA.name, version: METADATA.version },
      };
    case "ping":
      return {};
    case "tools/list":
      return { tools: TOOLS };
    case "openenv/session/create":
      return { session_id: (seat?.session ?? play.desk.admit(client, "mcp")).plan.id };
    case "openenv/session/close": {
      const session = named(params, context);
      if (session === seat?.session) throw wrong("The session of a WebSocket ends with it.");
      play.desk.end(session, "closed");
      return { session_id: session.plan.id, closed: true };
    }
    case "tools/call":
      return callTool(params, seat ?? context.seatOf(named(params, context)));
    default:
      throw new Failure("invalid", METHOD, `Method not found: ${method.slice(0, 100)}`);
  }
}

async function callTool(params: Readonly<Record<string, unknown>>, seat: Seat): Promise<object> {
  const { name, arguments: given = {} } = params;
  if (typeof given !== "object" || given === null || Array.isArray(given))
    throw wrong('"arguments" is no object.');
  const data = given as Record<string, unknown>;
  if (name === "act") return contentOf(await seat.step(data));
  if (name === "new_episode") return contentOf(await seat.reset(data));
  throw wrong(`Tool not found: ${typeof name === "string" ? name.slice(0, 100) : "it has no name"}`);
}

function contentOf({ observation, reward, done }: Payload): object {
  const { text, image, system, players, ...rest } = observation;
  const words = [system, text].filter((one) => typeof one === "string" && one !== "").join("\n\n");
  const picture = typeof image === "string" ? [{ type: "image", data: image, mimeType: "image/png" }] : [];
  return {
    content: [{ type: "text", text: words }, ...picture],
    structuredContent: { reward, done, ...rest, ...(players !== undefined && { players }) },
    isError: false,
  };
}

function named({ session_id }: Readonly<Record<string, unknown>>, { play }: McpContext): Session {
  if (typeof session_id !== "string")
    throw wrong('"session_id" is missing; openenv/session/create gives one.');
  const session = play.desk.find(session_id);
  if (session.plan.protocol === "mcp") return session;
  throw wrong("That is no session of MCP's.");
}

const METHOD = "mcp/method";

function wrong(message: string): Failure {
  return new Failure("invalid", "mcp/params", message);
}

function codeOf({ kind, code }: Failure): number {
  if (code === METHOD) return CODES.method;
  if (kind === "invalid" || kind === "gone") return CODES.params;
  if (kind === "state") return CODES.request;
  return kind === "busy" ? CODES.server : CODES.internal;
}

function failure(
  code: number,
  message: string,
  id: string | number | null = null,
  data: object = {},
): object {
  const more = Object.keys(data).length > 0 ? { data } : {};
  return { jsonrpc: "2.0", id, error: { code, message, ...more } };
}
