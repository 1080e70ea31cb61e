/**
 * @file OpenEnv over HTTP. `/reset` opens a session and names it in its answer; `/step` and `/state` want that name, for
 * unlike a WebSocket a request is not bound to an env.
 */
import type { FastifyInstance } from "fastify";
import { jsonOf } from "../body.ts";
import { Failure } from "../failure.ts";
import type { Play } from "../play.ts";
import type { Session } from "../session/index.ts";
import { answerMcp } from "./mcp.ts";
import { METADATA, openApi, SCHEMA } from "./schema.ts";
import { Seat } from "./seat.ts";

export function openEnvRoutes(app: FastifyInstance, play: Play): void {
  const seats = new WeakMap<Session, Seat>();

  /** The whole, and the same under the name of what is played. */
  for (const prefix of ["", "/env/:scenario"]) {
    app.get(`${prefix}/schema`, async () => SCHEMA);
    app.get(`${prefix}/metadata`, async () => METADATA);
    if (prefix !== "") app.get(`${prefix}/health`, async () => ({ status: "healthy", ok: true }));
    app.get(`${prefix}/openapi.json`, async () => openApi());

    app.post(`${prefix}/spaces`, async (request) => ({
      players: await play.spaces(play.config(jsonOf(request.body), scenarioOf(request.params))),
    }));

    app.post(`${prefix}/reset`, async (request) => {
      const { session_id, ...data } = jsonOf(request.body);
      if (session_id !== undefined) {
        const seat = find(session_id);
        return { ...(await seat.reset(data)), session_id };
      }
      const session = play.desk.admit(request.ip, "openenv");
      const seat = seatOf(session, scenarioOf(request.params));
      try {
        return { ...(await seat.reset(data)), session_id: session.plan.id };
      } catch (error) {
        play.desk.end(session, "failed");
        throw error;
      }
    });

    app.post(`${prefix}/step`, async (request) => {
      const { session_id, action, request_id, timeout_s: _, ...rest } = jsonOf(request.body);
      const [odd] = Object.keys(rest);
      if (odd !== undefined) throw missing(odd, "Extra inputs are not permitted");
      if (typeof action !== "object" || action === null || Array.isArray(action))
        throw missing("action", "Input should be an object");
      const asked = typeof request_id === "string" ? request_id : undefined;
      return find(session_id).step(action as Record<string, unknown>, asked);
    });

    app.get(`${prefix}/state`, async (request) => {
      const { session_id } = request.query as { session_id?: unknown };
      return find(session_id).state();
    });

    app.delete(`${prefix}/session/:id`, async (request) => {
      const { id } = request.params as { id: string };
      play.desk.end(find(id).session, "closed");
      return { closed: true };
    });

    app.post(`${prefix}/mcp`, async (request) => {
      const context = {
        play,
        client: request.ip,
        scenario: scenarioOf(request.params),
        seatOf: (session: Session) => seatOf(session, scenarioOf(request.params)),
      };
      return (await answerMcp(jsonOf(request.body), context)) ?? {};
    });
  }

  function seatOf(session: Session, scenario: string | undefined): Seat {
    const seat = seats.get(session) ?? new Seat(play, session, scenario);
    seats.set(session, seat);
    return seat;
  }

  function find(id: unknown): Seat {
    if (typeof id !== "string") throw missing("session_id", "Field required: POST /reset gives one");
    const seat = seats.get(play.desk.find(id));
    if (seat) return seat;
    throw new Failure("gone", "serve/session-gone", "That session is not of HTTP.");
  }
}

function missing(name: string, msg: string): Failure {
  const issues = [{ type: "missing", loc: ["body", name], msg, input: null }];
  return new Failure("invalid", "serve/shape", `${name}: ${msg}.`, { issues });
}

function scenarioOf(params: unknown): string | undefined {
  return (params as { scenario?: string }).scenario;
}
