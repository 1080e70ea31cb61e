/**
 * @file Who may do what. On loopback everybody on the machine may do everything; beyond it each right has a token of
 * its own: to watch, to play (and watch), to feed. A page keeps its token in a cookie that no script can read, so
 * that an address that is passed on gives nothing away.
 */
import { createHash, randomBytes, timingSafeEqual } from "node:crypto";
import type { IncomingMessage } from "node:http";
import { comesFromHere } from "./access.ts";

export const RIGHTS = ["watch", "play", "feed"] as const;
export type Right = (typeof RIGHTS)[number];

/** What opens each right. */
export type Tokens = Readonly<Record<Right, string>>;

const TOKEN_BYTES = 18;
const TOKEN_LENGTH_MAX = 200;

export function makeTokens(): Tokens {
  return { watch: makeToken(), play: makeToken(), feed: makeToken() };
}

function makeToken(): string {
  return randomBytes(TOKEN_BYTES).toString("base64url");
}

export class Gate {
  readonly #tokens: Tokens | undefined;

  /** Without tokens a program on this machine may do everything, and so may the server's own page. */
  constructor(tokens: Tokens | undefined) {
    this.#tokens = tokens;
  }

  /** Whether no token is wanted. */
  get open(): boolean {
    return this.#tokens === undefined;
  }

  /** What the sender of a request may do; `token` is what it says beside its headers. */
  rightsOf(request: IncomingMessage, token?: unknown): ReadonlySet<Right> {
    // No web page feeds: browsers name the page that sends something.
    const mayFeed = request.headers.origin === undefined;
    if (this.#tokens === undefined) return new Set(comesFromHere(request) ? RIGHTS : ["watch", "play"]);
    const right = this.#rightBy(typeof token === "string" ? token : tokenOf(request));
    if (right === "feed") return new Set(mayFeed ? ["feed"] : []);
    return new Set(right === undefined ? [] : right === "play" ? ["watch", "play"] : ["watch"]);
  }

  /**
   * Where a page with its token in the address goes on without it, and the cookie that it gets instead; undefined for
   * a request without a token that opens the page.
   */
  admit(request: IncomingMessage): { location: string; cookie: string } | undefined {
    const url = new URL(request.url ?? "/", "http://page");
    const token = url.searchParams.get("token");
    const right = token === null ? undefined : this.#rightBy(token);
    if (token === null || right === undefined || right === "feed") return undefined;
    url.searchParams.delete("token");
    // A path of two slashes would lead to another machine.
    const path = `/${url.pathname.replace(/^\/+/, "")}`;
    const cookie = `${cookieName(request)}=${token}; Path=/; HttpOnly; SameSite=Lax`;
    return { location: `${path}${url.search}`, cookie };
  }

  #rightBy(token: string | undefined): Right | undefined {
    const tokens = this.#tokens;
    if (tokens === undefined || token === undefined || token.length > TOKEN_LENGTH_MAX) return undefined;
    return RIGHTS.find((right) => timingSafeEqual(digest(tokens[right]), digest(token)));
  }
}

function tokenOf(request: IncomingMessage): string | undefined {
  const { authorization, cookie = "" } = request.headers;
  const bearer = /^Bearer (\S+)$/i.exec(authorization ?? "")?.[1];
  if (bearer !== undefined) return bearer;
  const wanted = `${cookieName(request)}=`;
  const pair = cookie.split(/;\s*/).find((part) => part.startsWith(wanted));
  return pair?.slice(wanted.length);
}

/** Servers on other ports of the same machine share their cookies. */
function cookieName({ socket }: IncomingMessage): string {
  return `touchline-${socket.localPort ?? 0}`;
}

function digest(text: string): Buffer {
  return createHash("sha256").update(text).digest();
}
