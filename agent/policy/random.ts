/** @file Every action of the space with the same probability, at every step. */
import type { Action } from "../../env/football/index.ts";
import { makeRandom } from "../../env/random.ts";
import { sample } from "../../env/space.ts";
import { policyRandom } from "./chance.ts";
import type { SeeingPolicy } from "./policy.ts";

export function randomPolicy(): SeeingPolicy {
  let random = makeRandom(0);
  return {
    name: "random",
    start(start) {
      random = policyRandom(start);
    },
    decide: ({ space }) => ({ action: sample(space, random) as Action }),
  };
}
