/**
 * @file The built-in player behind an agent's buttons: it knows the whole state and plays through the same
 * actions as everybody, in the sets that are buttons. The yardstick for policies that have to look.
 */
import { makeRandom } from "../../env/random.ts";
import { policyRandom } from "./chance.ts";
import type { PrivilegedPolicy } from "./policy.ts";

/** `difficulty` from 0 to 1. */
export function scriptedPolicy(difficulty: number): PrivilegedPolicy {
  let random = makeRandom(0);
  return {
    name: difficulty === 1 ? "scripted" : `scripted:${difficulty}`,
    privileged: true,
    sets: ["default", "full", "simple"],
    start(start) {
      random = policyRandom(start);
    },
    decide: ({ advise }) => ({ action: advise(difficulty, random) }),
  };
}
