/** @file Seeds of what is tried: they follow from what it is, so neither order nor what else is run plays a part. */
import { sha256 } from "./file.ts";

/** A seed of its own for each sample and repeat, whatever else is run. */
export function seedOf(seed: number, sample: string, repeat = 0): number {
  return Number.parseInt(sha256(`${seed}\n${repeat}\n${sample}`).slice(0, 8), 16);
}
