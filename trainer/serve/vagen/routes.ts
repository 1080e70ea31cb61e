/**
 * @file VAGEN's RemoteEnv: a session for each episode over HTTP, POST `/connect` and then `/call`. Its client calls again
 * whenever an answer is lost, so a step that comes a second time is not played a second time.
 */
import { createHash } from "node:crypto";
import type { FastifyInstance, FastifyReply } from "fastify";
import { z } from "zod";
import { Failure } from "../failure.ts";
import { isFootball, type SessionConfig, type Turn } from "../game/index.ts";
import type { Play } from "../play.ts";
import { STATUS } from "../reply.ts";
import type { Session } from "../session/index.ts";
import { readMultipart, writeMultipart } from "./multipart.ts";

const seed = z.int().min(0).max(0xffffffff);
const connectSchema = z.object({
  env_config: z.record(z.string(), z.unknown()).nullish(),
  seed: seed.nullish(),
});
const callSchema = z.object({
  session_id: z.string().max(100),
  method: z.enum(["system_prompt", "reset", "step", "close"]),
  params: z
    .object({
      seed: seed.nullish(),
      action_str: z.string().optional(),
      /** Not of the protocol: calls with one number are one step. */
      step_id: z.union([z.string().max(100), z.int()]).optional(),
    })
    .nullish(),
});

interface Answer {
  data: object;
  images: readonly Uint8Array[];
}

const BODY_BYTES = 1_000_000;

export function vagenRoutes(app: FastifyInstance, play: Play): void {
  /** What the system says, by session. */
  const systems = new WeakMap<Session, string>();

  const begin = async (session: Session, options: { config?: SessionConfig; seed?: number | undefined }) => {
    const started = await play.reset(session, options);
    systems.set(session, started.system);
    return answerOf(started);
  };

  /** The last call of each session. */
  const calls = new WeakMap<Session, object>();

  app.post("/connect", { bodyLimit: BODY_BYTES }, async (request, reply) => {
    const { env_config, seed: first } = connectSchema.parse(
      bodyOf(request.body, request.headers["content-type"]),
    );
    const config = play.config({ ...env_config, info: true });
    if (isFootball(config) && (isSeveral(config.players) || config.opponentPlayers !== "none")) {
      throw new Failure(
        "invalid",
        "serve/players",
        "An answer of VAGEN's is one text: let it control one player.",
      );
    }
    const session = play.desk.admit(request.ip, "vagen");
    try {
      const { data, images } = await begin(session, { config, seed: first ?? undefined });
      const isBegun = first !== undefined && first !== null;
      const told = isBegun ? data : { info: {} };
      // Whoever does not hear of the session cannot come back to it.
      whenCut(reply, () => play.desk.end(session, "disconnected"));
      return send(reply, { data: { session_id: session.plan.id, ...told }, images: isBegun ? images : [] });
    } catch (error) {
      play.desk.end(session, "failed");
      throw error;
    }
  });

  app.post("/call", { bodyLimit: BODY_BYTES }, async (request, reply) => {
    const { body } = request;
    const { session_id, method, params } = callSchema.parse(bodyOf(body, request.headers["content-type"]));
    const session = play.desk.find(session_id);
    if (session.plan.protocol !== "vagen")
      throw new Failure("gone", "serve/session-gone", "That is no session of VAGEN's.");
    play.desk.isBack(session);
    session.lastUsed = performance.now();
    if (method === "close") {
      play.desk.end(session, "closed");
      return send(reply, { data: { closed: true }, images: [] });
    }
    const call = {};
    calls.set(session, call);
    // Whoever has called again meanwhile is there, whatever became of this connection.
    whenCut(reply, () => calls.get(session) === call && play.desk.mayBeLost(session));
    if (method === "system_prompt")
      return send(reply, { data: { obs: withoutMarks(systems.get(session) ?? "") }, images: [] });
    if (method === "reset") return send(reply, await begin(session, { seed: params?.seed ?? undefined }));
    const { action_str: text, step_id } = params ?? {};
    if (text === undefined) throw new Failure("invalid", "serve/shape", 'A step needs "action_str".');
    const request_id = step_id === undefined ? `body:${hashOf(text)}` : `id:${step_id}`;
    const turn = await play.act(session, { text }, request_id);
    // Who has had the answer means another step, even by the same words.
    if (step_id === undefined) reply.raw.once("finish", () => session.forget(request_id));
    return send(reply, answerOf(turn));
  });

  function answerOf({ views, reward, done, info }: Turn): Answer {
    const { words, image } = views[0]!;
    play.sent(image ? 1 : 0);
    const obs = `${image ? "<image>\n" : ""}${withoutMarks(words)}`;
    const data = { obs, ...(reward !== null && { reward, done }), info };
    return { data, images: image ? [image] : [] };
  }
}

/** Errors are told in JSON, by the status that VAGEN's client knows. */
export const VAGEN_STATUS: typeof STATUS = { ...STATUS, invalid: 400 };

function send(reply: FastifyReply, { data, images }: Answer): FastifyReply {
  const { body, type } = writeMultipart(data, images);
  return reply.type(type).send(body);
}

/** When the client goes before it has the answer; it may have gone already. */
function whenCut({ raw }: FastifyReply, act: () => unknown): void {
  if (raw.destroyed || raw.socket?.destroyed) return void act();
  raw.once("close", () => {
    if (!raw.writableFinished) act();
  });
}

function bodyOf(body: unknown, type: string | undefined): Record<string, unknown> {
  return readMultipart(body instanceof Buffer ? body : Buffer.alloc(0), type);
}

/** There must be as many marks as pictures, whatever a client's own words hold that are said back to him. */
function withoutMarks(words: string): string {
  return words.replaceAll("<image>", "(image)");
}

function isSeveral(players: unknown): boolean {
  return players !== "ball" && !(Array.isArray(players) && players.length === 1);
}

function hashOf(text: string): string {
  return createHash("sha256").update(text).digest("base64");
}
