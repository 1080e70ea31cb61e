/** @file The server of envs and rewards: three protocols over one desk of sessions and one pool of threads. */
import type { IncomingMessage } from "node:http";
import { isIP } from "node:net";
import { availableParallelism } from "node:os";
import type { Duplex } from "node:stream";
import fastify, { type FastifyInstance } from "fastify";
import { WebSocketServer } from "ws";
import { TouchlineError } from "../../env/error.ts";
import type { Scenario } from "../../env/football/index.ts";
import { checkAccess, isLoopback } from "./access.ts";
import { BodyBudget, takeBodies } from "./body.ts";
import { Failure, failureOf } from "./failure.ts";
import { QUESTIONS, readConfig, SOKOBAN } from "./game/index.ts";
import { Metrics } from "./metrics.ts";
import { openEnvRoutes, PAYLOAD_BYTES, sayGoodbye, serveSocket, type SocketRoom } from "./openenv/index.ts";
import { Play } from "./play.ts";
import { Pool } from "./pool/index.ts";
import { errorBody, STATUS } from "./reply.ts";
import { rewardRoutes } from "./reward/index.ts";
import { Desk } from "./session/index.ts";
import { VAGEN_STATUS, vagenRoutes } from "./vagen/index.ts";

export interface ServeOptions {
  /** Football that is offered; Sokoban and questions always are. */
  scenarios: readonly Scenario[];
  /** What is played where a client says nothing. */
  scenario: string;
  /** 0 takes any free port. */
  port: number;
  host: string;
  token?: string | undefined;
  /** Sessions at once, and of one address. */
  capacity: number;
  clientCapacity?: number | undefined;
  workers?: number | undefined;
  /** So long a session may be silent; and after its connection broke while an answer was due. */
  idleSeconds: number;
  lostSeconds: number;
  /** Of the body of one request for rewards, in megabytes. */
  rewardMegabytes: number;
  /** A running page that shows what is played. */
  watch?: string | undefined;
}

export const SERVE_DEFAULTS = {
  scenario: "academy_empty_goal",
  port: 8000,
  host: "127.0.0.1",
  capacity: 256,
  idleSeconds: 900,
  lostSeconds: 30,
  rewardMegabytes: 256,
} as const;

export interface RunningServer {
  url: string;
  port: number;
  close(): Promise<void>;
}

/** A thread that is silent for so long over one command has gone astray; a large batch of rewards takes its time. */
const SILENCE_MS = 120_000;
const REWARD_SILENCE_MS = 600_000;
const BODY_BYTES = 1_000_000;

/** Throws `serve/token`, `serve/scenario`, `serve/port-in-use`, `serve/address`. */
export async function startServer(options: ServeOptions): Promise<RunningServer> {
  const { scenarios, host, token, capacity, watch } = options;
  if (token === undefined && !isLoopback(host)) {
    throw new TouchlineError(
      "serve/token",
      `Everybody who can reach ${host} could play and fill the memory; give a --token, or listen on 127.0.0.1.`,
    );
  }
  const ids = scenarios.map(({ id }) => id);
  readConfig({ scenario: options.scenario }, ids);
  const plan = { scenarios };
  const metrics = new Metrics();
  const workers = options.workers ?? availableParallelism();
  const pool: Pool = new Pool({
    workers,
    plan,
    silenceMs: SILENCE_MS,
    onLost: (worker) => desk.loseWorker(worker),
  });
  const rewardPool = new Pool({ workers: 1, plan, silenceMs: REWARD_SILENCE_MS });
  const desk: Desk = new Desk(pool, metrics, {
    capacity,
    clientCapacity: options.clientCapacity ?? capacity,
    idleMs: options.idleSeconds * 1000,
    lostMs: options.lostSeconds * 1000,
    watch,
  });
  const play = new Play(pool, desk, metrics, ids, options.scenario);
  const rewardBytes = options.rewardMegabytes * 1_000_000;
  const budget = new BodyBudget(2 * rewardBytes + 64 * BODY_BYTES);
  const started = performance.now();

  const app = fastify({
    bodyLimit: BODY_BYTES,
    requestTimeout: 300_000,
    keepAliveTimeout: 75_000,
    forceCloseConnections: true,
    exposeHeadRoutes: false,
    return503OnClosing: true,
  });
  takeBodies(app, budget);
  answerErrors(app, metrics);
  app.addHook("onRequest", async ({ headers, url }) => {
    if (url !== "/health") checkAccess(headers, host, token);
  });
  app.get("/health", async () => ({
    status: "healthy",
    ok: true,
    service: "touchline",
    sessions: desk.size,
    max_inflight: desk.capacity,
  }));
  app.get("/metrics", async (_, reply) => {
    const { user, system } = process.cpuUsage();
    const gauges = {
      sessions: desk.size,
      sessions_max: desk.capacity,
      turns_running: pool.waiting,
      rewards_running: rewardPool.waiting,
      body_bytes: budget.taken,
      workers,
      resident_bytes: process.memoryUsage.rss(),
      // Of all threads; a gauge in name only.
      cpu_seconds: (user + system) / 1e6,
      uptime_seconds: (performance.now() - started) / 1000,
    };
    return reply.type("text/plain; version=0.0.4; charset=utf-8").send(metrics.text(gauges));
  });
  app.get("/scenarios", async () => [...ids, SOKOBAN, QUESTIONS]);
  openEnvRoutes(app, play);
  vagenRoutes(app, play);
  rewardRoutes(app, rewardPool, metrics, rewardBytes);

  const room: SocketRoom = { play, sockets: new Map() };
  desk.onEnd = (session) => {
    const socket = room.sockets.get(session);
    if (socket?.readyState === socket?.OPEN && socket) sayGoodbye(socket, session);
  };
  const sockets = new WebSocketServer({
    noServer: true,
    maxPayload: PAYLOAD_BYTES,
    perMessageDeflate: false,
  });
  app.server.on("upgrade", (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    socket.on("error", () => socket.destroy());
    const refuse = (status: string): void => {
      socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
    };
    const route = socketRoute(request.url ?? "");
    if (route === undefined) return refuse("404 Not Found");
    try {
      checkAccess(request.headers, host, token);
    } catch {
      return refuse("401 Unauthorized");
    }
    sockets.handleUpgrade(request, socket, head, (accepted) => {
      serveSocket(room, accepted, request, route.kind, route.scenario);
    });
  });

  await pool.warm();
  try {
    await app.listen({ port: options.port, host });
  } catch (error) {
    await Promise.all([pool.close(), rewardPool.close(), app.close()]);
    desk.close();
    throw addressError(error, host, options.port);
  }
  const address = app.server.address();
  const port = typeof address === "object" && address !== null ? address.port : options.port;
  return {
    url: `http://${isIP(host) === 6 ? `[${host}]` : host}:${port}`,
    port,
    async close() {
      desk.close();
      for (const socket of sockets.clients) socket.terminate();
      await app.close();
      await Promise.all([pool.close(), rewardPool.close()]);
    },
  };
}

function answerErrors(app: FastifyInstance, metrics: Metrics): void {
  app.setErrorHandler((error: unknown, request, reply) => {
    const failure = isFromFastify(error)
      ? new Failure("invalid", "serve/request", error.message)
      : failureOf(error, request.body instanceof Buffer ? undefined : request.body);
    const path = request.url.split("?")[0]!;
    const isVagen = path === "/connect" || path === "/call";
    const protocol = isVagen ? "vagen" : path === "/get_reward" ? "reward" : "openenv";
    metrics.count("errors_total", { protocol, kind: failure.kind });
    if (failure.kind === "busy") reply.header("retry-after", "1");
    if (failure.kind === "denied") reply.header("www-authenticate", "Bearer");
    if (path.endsWith("/mcp") && failure.kind !== "denied") {
      return reply
        .code(200)
        .send({ jsonrpc: "2.0", id: null, error: { code: -32700, message: failure.message } });
    }
    const status = isVagen || protocol === "reward" ? VAGEN_STATUS : STATUS;
    return reply.code(status[failure.kind]).send(errorBody(failure));
  });
  app.setNotFoundHandler((_, reply) => {
    const failure = new Failure("gone", "serve/route", "There is no such route; docs/SERVE.md lists them.");
    return reply.code(404).send(errorBody(failure));
  });
}

function isFromFastify(error: unknown): error is Error {
  return error instanceof Error && "code" in error && String(error.code).startsWith("FST_");
}

/** `/ws` and `/mcp`, by themselves or under the name of what is played. */
function socketRoute(url: string): { kind: "ws" | "mcp"; scenario: string | undefined } | undefined {
  const [, scenario, kind] = /^(?:\/env\/([\w@%-]{1,150}))?\/(ws|mcp)(?:\?.*)?$/.exec(url) ?? [];
  if (kind !== "ws" && kind !== "mcp") return undefined;
  return { kind, scenario: scenario?.replace(/%40/gi, "@") };
}

function addressError(error: unknown, host: string, port: number): unknown {
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  if (code === "EADDRINUSE") {
    return new TouchlineError(
      "serve/port-in-use",
      `Port ${port} is in use; give another --port, or 0 for any.`,
    );
  }
  if (code === "EADDRNOTAVAIL" || code === "ENOTFOUND" || code === "EACCES") {
    return new TouchlineError("serve/address", `The server cannot listen on ${host}:${port} (${code}).`);
  }
  return error;
}
