/** @file A policy's own generator: of the episode's seed, but independent of the env and of the other side. */
import type { Random } from "../../env/random.ts";
import { makeRandom } from "../../env/random.ts";
import type { PolicyStart } from "./policy.ts";

const STREAMS = { left: 0x1ef7, right: 0x2197 };

export function policyRandom({ seed, side }: PolicyStart): Random {
  return makeRandom(seed, STREAMS[side]);
}
