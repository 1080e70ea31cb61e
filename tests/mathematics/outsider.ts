/** @file Pairs in files of lines, by somebody who had not read the verifier. */
import { readFileSync } from "node:fs";
import { join } from "node:path";

export interface OutsiderPair {
  id: string;
  class: string;
  gold: string;
  pred: string;
  label: 0 | 1;
}

/** Of a file beside this one. */
export const outsiderPairs = (file: string): readonly OutsiderPair[] =>
  readFileSync(join(import.meta.dirname, file), "utf8")
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line) as OutsiderPair);
