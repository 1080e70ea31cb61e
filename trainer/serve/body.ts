/** @file Bodies of requests: read whole, each within its route's limit and all of them within one of the server. */
import type { FastifyInstance, FastifyRequest } from "fastify";
import { Failure } from "./failure.ts";

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

  take(bytes: number): void {
    if (this.#taken + bytes > this.#most) {
      throw new Failure(
        "busy",
        "serve/bodies",
        "So much is being sent at once that there is no room for more; try again.",
      );
    }
    this.#taken += bytes;
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
  app.addContentTypeParser("*", async (request: FastifyRequest, payload: AsyncIterable<Buffer>) => {
    const limit = request.routeOptions.bodyLimit;
    const tooLong = () =>
      new Failure("size", "serve/body-size", `The body is longer than ${limit} bytes; send less at once.`);
    // Node reads what is left of it while the answer goes out.
    if (Number(request.headers["content-length"] ?? 0) > limit) throw tooLong();
    const chunks: Buffer[] = [];
    for await (const chunk of payload) {
      if (request.bodyBytes + chunk.length > limit) throw tooLong();
      budget.take(chunk.length);
      request.bodyBytes += chunk.length;
      chunks.push(chunk);
    }
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
