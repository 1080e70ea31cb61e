/** @file Pairs of a right answer and an answer, as tables in files: "=" or "≠", the right answer, the answer. */
import { readFileSync } from "node:fs";
import { join } from "node:path";

export interface Pair {
  class: string;
  isSame: boolean;
  gold: string;
  answer: string;
}

/** Of a file beside this one; ⏎ stands for a new line, and "# ..." begins a class. */
export function pairsOf(file: string): readonly Pair[] {
  let name = file;
  return readFileSync(join(import.meta.dirname, file), "utf8")
    .split("\n")
    .flatMap((line) => {
      if (line.startsWith("# ")) name = line.slice(2);
      if (line === "" || line.startsWith("#")) return [];
      const [sense, gold, answer] = line.split("\t").map((cell) => cell.replaceAll("⏎", "\n"));
      return [{ class: name, isSame: sense === "=", gold: gold!, answer: answer! }];
    });
}
