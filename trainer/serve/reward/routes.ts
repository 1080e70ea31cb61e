/** @file POST `/get_reward`: rewards for finished responses, for OpenRLHF's and LMM-R1's remote reward models. */
import type { FastifyInstance } from "fastify";
import { z } from "zod";
import { Failure } from "../failure.ts";
import type { Metrics } from "../metrics.ts";
import type { Pool } from "../pool/index.ts";
import { VERIFIER_NAMES } from "../../reward/index.ts";

/** What stands behind the address's `?`. */
const query = z.strictObject({
  profile: z.enum(["guarded", "lmm-r1"]).default("guarded"),
  verifier: z.enum(VERIFIER_NAMES).default("mathematics"),
});

export function rewardRoutes(app: FastifyInstance, pool: Pool, metrics: Metrics, bodyLimit: number): void {
  app.post("/get_reward", { bodyLimit }, async (request, reply) => {
    const options = query.parse(request.query);
    const { body } = request;
    if (!(body instanceof Buffer)) throw new Failure("invalid", "serve/not-json", "The request has no body.");
    // A small Buffer may be a part of one that others share, which cannot be handed over.
    const bytes = new Uint8Array(body);
    const answer = await pool.call(0, { kind: "reward", body: bytes, ...options }, [bytes.buffer]);
    if (!("text" in answer)) throw new Error("a worker answered something else");
    metrics.count("rewards_total", {}, answer.samples);
    return reply.type("application/json").send(answer.text);
  });
}
