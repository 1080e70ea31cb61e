/** @file The one HTTP server: the built page, the health of the server, and socket.io beside them. */
import { createServer } from "node:http";
import type { IncomingMessage, Server as HttpServer, ServerResponse } from "node:http";
import type { Socket } from "node:net";
import sirv from "sirv";
import { TouchlineError } from "../../env/error.ts";
import { isAllowed } from "./access.ts";
import type { Gate } from "./rights.ts";

/** Nothing from elsewhere, and no code that is not a file of ours. The wasm is the hash of the frames. */
const POLICY = [
  "default-src 'none'",
  "script-src 'self' 'wasm-unsafe-eval'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data: blob:",
  "font-src 'self'",
  "connect-src 'self'",
  "worker-src 'self' blob:",
  "frame-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'self'",
].join("; ");

const HEADERS = {
  "content-security-policy": POLICY,
  "x-content-type-options": "nosniff",
  "referrer-policy": "no-referrer",
};

/** To those who may not even watch. */
export const NO_TOKEN =
  "This server wants a token: open the whole address that it printed when it was started.";

/** What the server serves. */
export interface Served {
  /** The folder of the page; without it there is none. */
  page: string | undefined;
  health: () => unknown;
  /** Answers what comes under `/feed`. */
  feed: (request: IncomingMessage, response: ServerResponse) => void;
  /** Answers what comes under `/runs/`. */
  runs: (request: IncomingMessage, response: ServerResponse) => void;
  /** Answers what comes under `/reports/`. */
  reports: (request: IncomingMessage, response: ServerResponse) => void;
  /** Answers what comes to `/puzzles`. */
  puzzles: (request: IncomingMessage, response: ServerResponse) => void;
  /** Answers what comes under `/scenarios/`. */
  scenarios: (request: IncomingMessage, response: ServerResponse) => void;
  gate: Gate;
}

/** An episode comes for as long as it is played; who is silent meanwhile is asked by TCP whether he is still there. */
const CONNECTIONS = {
  requestTimeout: 0,
  headersTimeout: 60_000,
  keepAlive: true,
  keepAliveInitialDelay: 10_000,
};

/** A server that does not listen yet; `host` is where it will. */
export function makeHttpServer(
  { page, health, feed, runs, reports, puzzles, scenarios, gate }: Served,
  host: string,
): HttpServer {
  const files =
    page === undefined ? undefined : sirv(page, { etag: true, gzip: false, setHeaders: addHeaders });
  return createServer(CONNECTIONS, (request, response) => {
    if (!isAllowed(request.headers, host))
      return refuse(response, 403, "This server does not answer to that name.");
    if (/^\/feed(\/|\?|$)/.test(request.url ?? "")) return feed(request, response);
    if (request.url === "/puzzles") return puzzles(request, response);
    if (request.url?.startsWith("/scenarios/")) return scenarios(request, response);
    if (request.method !== "GET" && request.method !== "HEAD")
      return refuse(response, 405, "Only GET is answered.");
    if (request.url === "/healthz") {
      response.writeHead(200, {
        ...HEADERS,
        "content-type": "application/json",
        "cache-control": "no-store",
      });
      return void response.end(`${JSON.stringify(health())}\n`);
    }
    const missing = () => refuse(response, 404, "There is no such page.");
    if (request.url?.startsWith("/runs/")) {
      if (gate.rightsOf(request).has("watch")) return runs(request, response);
      return refuse(response, 401, NO_TOKEN);
    }
    if (request.url?.startsWith("/reports/")) {
      if (gate.rightsOf(request).has("watch")) return reports(request, response);
      return refuse(response, 401, NO_TOKEN);
    }
    const admitted = gate.admit(request);
    if (admitted !== undefined) {
      const { location, cookie } = admitted;
      response.writeHead(303, { ...HEADERS, location, "set-cookie": cookie, "cache-control": "no-store" });
      return void response.end();
    }
    if (files === undefined) return missing();
    // The page itself; what it shows there is its own matter.
    if (/^\/(runs|edit|sokoban|wall|reports)(\?|$)/.test(request.url ?? "")) request.url = "/";
    files(request, response, missing);
  });
}

function addHeaders(response: ServerResponse, path: string): void {
  for (const [name, value] of Object.entries(HEADERS)) response.setHeader(name, value);
  // The names of Vite's assets hold their hash; the page itself has to be asked for again.
  const kept = path.startsWith("/assets/") ? "public,max-age=31536000,immutable" : "no-cache";
  response.setHeader("cache-control", kept);
}

function refuse(response: ServerResponse, status: number, message: string): void {
  response.writeHead(status, { ...HEADERS, "content-type": "text/plain; charset=utf-8" });
  response.end(`${message}\n`);
}

/** Keeps the open connections, websockets among them; what it returns cuts them all. */
export function trackConnections(server: HttpServer): () => void {
  const sockets = new Set<Socket>();
  server.on("connection", (socket) => {
    sockets.add(socket);
    socket.once("close", () => sockets.delete(socket));
  });
  return () => sockets.forEach((socket) => socket.destroy());
}

/** Listens, or throws `server/port-in-use` with the next free port, or `server/host`. Port 0 takes any. */
export async function listen(server: HttpServer, port: number, host: string): Promise<number> {
  const failure = await tryListen(server, port, host);
  if (failure === undefined) {
    const address = server.address();
    return typeof address === "object" && address !== null ? address.port : port;
  }
  if (failure.code === "EADDRINUSE") {
    const free = await nextFreePort(port, host);
    const advice =
      free === undefined ? "choose another with --port" : `port ${free} is free: use --port ${free}`;
    throw new TouchlineError("server/port-in-use", `Port ${port} on ${host} is in use; ${advice}.`, {
      cause: failure,
    });
  }
  if (failure.code === "EACCES") {
    const message = `Port ${port} needs more rights than this user has; choose one above 1023 with --port.`;
    throw new TouchlineError("server/port-refused", message, { cause: failure });
  }
  const message = `Cannot listen on "${host}": ${failure.message}; expected an address of this machine such as 127.0.0.1.`;
  throw new TouchlineError("server/host", message, { cause: failure });
}

function tryListen(
  server: HttpServer,
  port: number,
  host: string,
): Promise<NodeJS.ErrnoException | undefined> {
  return new Promise((resolve) => {
    server.once("error", resolve);
    server.listen(port, host, () => {
      server.off("error", resolve);
      resolve(undefined);
    });
  });
}

async function nextFreePort(port: number, host: string): Promise<number | undefined> {
  for (let candidate = port + 1; candidate <= Math.min(port + 20, 65535); candidate++) {
    const probe = createServer();
    if ((await tryListen(probe, candidate, host)) === undefined) {
      await new Promise((resolve) => probe.close(resolve));
      return candidate;
    }
  }
  return undefined;
}
