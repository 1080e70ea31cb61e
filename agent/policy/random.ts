/** @file Every action of the space, or of those that are offered, with the same probability, at every step. */
import type { Action } from "../../env/football/index.ts";
import { integer, makeRandom } from "../../env/random.ts";
import { sample } from "../../env/space.ts";
import type { Offered } from "../protocol/index.ts";
import { policyRandom } from "./chance.ts";
import type { SeeingPolicy } from "./policy.ts";

export function randomPolicy(offered?: Offered): SeeingPolicy {
  let random = makeRandom(0);
  return {
    name: "random",
    start(start) {
      random = policyRandom(start);
    },
    decide: ({ space }) => ({
      action:
        offered && space.kind === "discrete"
          ? offered[integer(random, offered.length)]!
          : (sample(space, random) as Action),
    }),
  };
}
