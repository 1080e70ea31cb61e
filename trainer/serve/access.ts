/** @file Who may ask: whoever has the token; without one, programs that reach the server on loopback, and no web page. */
import { createHash, timingSafeEqual } from "node:crypto";
import type { IncomingHttpHeaders } from "node:http";
import { Failure } from "./failure.ts";

export function isLoopback(host: string): boolean {
  return host === "localhost" || host === "::1" || host.startsWith("127.");
}

/** Throws a Failure `denied`. `host`: where the server listens. */
export function checkAccess(headers: IncomingHttpHeaders, host: string, token: string | undefined): void {
  // Browsers name the page that sends something; no client of ours is one.
  if (headers.origin !== undefined) {
    throw new Failure("denied", "serve/origin", "Web pages may not ask this server; only programs may.");
  }
  // A page may lead a browser here under a name of its own.
  if (token === undefined && isLoopback(host) && !isOurs(headers.host, host)) {
    throw new Failure("denied", "serve/host", "This server answers under the names of this machine alone.");
  }
  if (token === undefined || isRight(tokenOf(headers), token)) return;
  throw new Failure(
    "denied",
    "serve/token",
    "The token is missing or wrong: send it as X-API-Key, as a Bearer token, or as the password in the address.",
  );
}

function isOurs(given: string | undefined, host: string): boolean {
  const name = given
    ?.replace(/:\d+$/, "")
    .replace(/^\[|\]$/g, "")
    .toLowerCase();
  return name !== undefined && (isLoopback(name) || name === host);
}

function isRight(given: string | undefined, token: string): boolean {
  return given !== undefined && timingSafeEqual(digest(given), digest(token));
}

function tokenOf(headers: IncomingHttpHeaders): string | undefined {
  const key = headers["x-api-key"];
  if (typeof key === "string") return key;
  const [, scheme, value] = /^(Bearer|Basic) +(\S+)$/i.exec(headers.authorization ?? "") ?? [];
  if (value === undefined || scheme?.toLowerCase() === "bearer") return value;
  // Clients that know no tokens still take an address such as http://any:TOKEN@host.
  const pair = Buffer.from(value, "base64").toString("utf8");
  return pair.slice(pair.indexOf(":") + 1);
}

function digest(text: string): Buffer {
  return createHash("sha256").update(text).digest();
}
