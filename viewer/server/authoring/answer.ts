/** @file What is read and said of scenarios over HTTP, by whoever may play. */
import type { IncomingMessage, ServerResponse } from "node:http";
import { TouchlineError } from "../../../env/error.ts";
import { SCENARIO_BYTES_MAX } from "../../protocol/index.ts";
import { asDraft, asSave } from "../request.ts";
import type { Gate } from "../rights.ts";
import { NO_TOKEN } from "../serve.ts";
import { MAY_ONLY_WATCH } from "../takeover.ts";
import type { AuthoringDesk } from "./desk.ts";
import type { DraftStage } from "./stage.ts";

const HEADERS = { "x-content-type-options": "nosniff", "cache-control": "no-store" };
/** The scenario, and what is said about it. */
const BODY_BYTES_MAX = SCENARIO_BYTES_MAX + 4096;
const BODY_MS = 10_000;

/** Why a request is not met. */
class Refused extends Error {
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

/** Answers requests under `/scenarios/`. */
export async function answerScenarios(
  request: IncomingMessage,
  response: ServerResponse,
  { desk, stage, gate }: { desk: AuthoringDesk; stage: DraftStage; gate: Gate },
): Promise<void> {
  const send = (status: number, type: string, body: string): void => {
    response.writeHead(status, { ...HEADERS, "content-type": type });
    response.end(`${body}\n`);
  };
  try {
    const rights = gate.rightsOf(request);
    if (!rights.has("play")) {
      throw rights.has("watch") ? new Refused(403, MAY_ONLY_WATCH) : new Refused(401, NO_TOKEN);
    }
    send(200, "application/json", JSON.stringify(await answer(request, desk, stage)));
  } catch (error) {
    // Of a body that is not wanted nothing more is read.
    response.setHeader("connection", "close");
    if (error instanceof Refused) send(error.status, "text/plain; charset=utf-8", error.message);
    else if (error instanceof TouchlineError) send(422, "text/plain; charset=utf-8", error.message);
    else send(500, "text/plain; charset=utf-8", "The server could not do that.");
  }
}

async function answer(request: IncomingMessage, desk: AuthoringDesk, stage: DraftStage): Promise<unknown> {
  const { pathname, searchParams } = new URL(request.url ?? "", "http://page");
  if (request.method === "GET" && pathname === "/scenarios/read")
    return desk.read(searchParams.get("id") ?? "");
  if (request.method === "POST" && pathname === "/scenarios/save") {
    const save = asSave(await bodyOf(request));
    if (save !== undefined) return desk.save(save);
  } else if (request.method === "POST" && pathname === "/scenarios/play") {
    const draft = asDraft(await bodyOf(request));
    if (draft !== undefined) return stage.play(draft);
  }
  throw new Refused(400, "Expected GET /scenarios/read?id=ID, POST /scenarios/save or POST /scenarios/play.");
}

async function bodyOf(request: IncomingMessage): Promise<unknown> {
  request.setTimeout(BODY_MS, () => request.destroy());
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of request) {
    size += (part as Buffer).length;
    if (size > BODY_BYTES_MAX)
      throw new Refused(413, `The scenario has more than ${SCENARIO_BYTES_MAX} bytes.`);
    parts.push(part as Buffer);
  }
  try {
    return JSON.parse(Buffer.concat(parts).toString("utf8"));
  } catch {
    throw new Refused(400, "Expected JSON.");
  }
}
