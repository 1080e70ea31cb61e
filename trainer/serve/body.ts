/** @file Bodies of requests: read whole, each within its route's limit and all of them within one of the server. */
import type { Readable } from "node:stream";
import type { FastifyInstance, FastifyRequest } from "fastify";
import { Failure } from "./failure.ts";

const FULL = "So much is being sent at once that there is no room for more; try again.";
/** How long what is too long may go on. */
const REST_MS = 20_000;

/** Of all bodies that are being read or worked on. */
export class BodyBudget {
  readonly #most: number;
  #taken = 0;

  constructor(most: number) {
    this.#most = most;
  }

  get taken(): number {
    return this.#taken;
  }

  /** Takes them, or says why not. */
  take(bytes: number): Failure | undefined {
    if (this.#taken + bytes > this.#most) return new Failure("busy", "serve/bodies", FULL);
    this.#taken += bytes;
    return undefined;
  }

  give(bytes: number): void {
    this.#taken -= bytes;
  }
}

declare module "fastify" {
  interface FastifyRequest {
    /** Bytes of the body that count against the budget. */
    bodyBytes: number;
  }
}

/** Every body comes as a Buffer, whatever its type; one that is too long is read to its end and not kept. */
export function takeBodies(app: FastifyInstance, budget: BodyBudget): void {
  app.decorateRequest("bodyBytes", 0);
  app.removeAllContentTypeParsers();
  app.addContentTypeParser("*", async (request: FastifyRequest, payload: Readable) => {
    const limit = request.routeOptions.bodyLimit;
    const late = performance.now() + REST_MS;
    const chunks: Buffer[] = [];
    let failure: Failure | undefined;
    let bytes = 0;
    for await (const chunk of payload.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
      bytes += chunk.length;
      if (bytes > limit) failure ??= tooLong(limit);
      failure ??= budget.take(chunk.length);
      if (failure === undefined) {
        request.bodyBytes += chunk.length;
        chunks.push(chunk);
        continue;
      }
      // Most clients look for an answer only when they have sent everything: the rest is read, and not kept.
      chunks.length = 0;
      if (performance.now() > late) throw failure;
    }
    if (failure) throw failure;
    return Buffer.concat(chunks);
  });
  const give = async (request: FastifyRequest): Promise<void> => {
    budget.give(request.bodyBytes);
    request.bodyBytes = 0;
  };
  app.addHook("onResponse", give);
  app.addHook("onRequestAbort", give);
}

/** An object in JSON; an empty body is an empty one. Throws a Failure. */
export function jsonOf(body: unknown): Record<string, unknown> {
  if (!(body instanceof Buffer) || body.length === 0) return {};
  let value: unknown;
  try {
    value = JSON.parse(body.toString("utf8"));
  } catch {
    throw new Failure("invalid", "serve/not-json", "The body is no JSON.");
  }
  if (typeof value === "object" && value !== null && !Array.isArray(value))
    return value as Record<string, unknown>;
  throw new Failure("invalid", "serve/shape", "The body is no JSON object.");
}

function tooLong(limit: number): Failure {
  return new Failure("size", "serve/body-size", `The body is longer than ${limit} bytes; send less at once.`);
}
