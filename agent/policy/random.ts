/** @file Every action with the same probability, at every step. */
import { integer, makeRandom } from "../../env/random.ts";
import { policyRandom } from "./chance.ts";
import type { SeeingPolicy } from "./policy.ts";

export function randomPolicy(): SeeingPolicy {
  let random = makeRandom(0);
  return {
    name: "random",
    start(start) {
      random = policyRandom(start);
    },
    decide: ({ actions }) => ({ action: integer(random, actions.length) }),
  };
}
