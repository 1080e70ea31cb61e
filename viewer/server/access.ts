/**
 * @file Who may talk to the server: only pages that it served itself, under a name that is its own. Otherwise any
 * web page could read it through the visitor's browser, by its address or by a name that points to it.
 */
import type { IncomingHttpHeaders } from "node:http";
import { isIP } from "node:net";

const LOOPBACK = new Set(["localhost", "127.0.0.1", "[::1]"]);

/** Whether a request with these headers comes from us; `host` is the address that the server listens on. */
export function isAllowed(headers: IncomingHttpHeaders, host: string): boolean {
  const name = nameOf(headers.host);
  if (name === undefined) return false;
  const literal = isIP(name.replace(/^\[|\]$/g, "")) !== 0;
  // On all addresses any of them is right, but a name could be anybody's.
  const own = LOOPBACK.has(name) || name === host || name === `[${host}]` || (isEverywhere(host) && literal);
  if (!own) return false;
  const { origin } = headers;
  return origin === undefined || origin === `http://${headers.host}`;
}

/** What there is to know of who sent a request. */
interface Asking {
  headers: IncomingHttpHeaders;
  socket: { remoteAddress?: string | undefined; localAddress?: string | undefined };
}

/**
 * Whether a program on this machine asks, and no web page does: browsers name the page that sends something. It holds
 * on whichever address the server listens.
 */
export function comesFromHere({ headers, socket }: Asking): boolean {
  const from = socket.remoteAddress?.replace(/^::ffff:/, "");
  if (from === undefined || headers.origin !== undefined) return false;
  return isLoopback(from) || from === socket.localAddress?.replace(/^::ffff:/, "");
}

export function isLoopback(host: string): boolean {
  return host === "localhost" || host === "::1" || host.startsWith("127.");
}

function isEverywhere(host: string): boolean {
  return host === "0.0.0.0" || host === "::";
}

function nameOf(host: string | undefined): string | undefined {
  return host === undefined ? undefined : /^(\[[^\]]*\]|[^:]*)(:\d+)?$/.exec(host)?.[1]?.toLowerCase();
}
