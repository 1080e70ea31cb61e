/**
 * @file The built-in player behind an agent's actions: it knows the whole state and plays through the same buttons or
 * sentences as everybody. The yardstick for policies that have to look.
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
    sets: ["default", "full", "simple", "semantic"],
    start(start) {
      random = policyRandom(start);
    },
    decide: ({ advise }) => ({ action: advise(difficulty, random) }),
  };
}
