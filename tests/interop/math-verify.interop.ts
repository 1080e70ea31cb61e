/**
 * @file The verifier of mathematics beside Math-Verify, on the pairs by class and on random expressions. Where they disagree
 * the pair stands in `math-verify.tsv`, and why, by class, in the table below.
 */
import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { verifyMathematics } from "../../trainer/mathematics/index.ts";
import { pairsOf } from "../mathematics/pairs.ts";
import { runPython } from "./python.ts";

const LIST = join(import.meta.dirname, "math-verify.tsv");

/** Why Math-Verify 0.9.0 judges otherwise, for every class in which it does. */
const REASONS: Readonly<Record<string, string>> = {
  "fractions and decimals": "It does not read a mixed number whose space LaTeX escapes.",
  "thousands and decimal commas": "It takes a comma for a mark of thousands, and no space or point for one.",
  money: "It stops at a dollar within mathematics, and drops the unit, so that cents are dollars.",
  units: "It drops every unit: metres are kilometres and seconds. It converts none.",
  radicals:
    "It does not read √ and cbrt; a decimal is compared to six places after the point, not to its own.",
  "pi, e, logarithms": "Without a backslash pi and ln are letters, and so is \\lg.",
  trigonometry: "It reads \\sin x / \\cos x as \\sin of a quotient, and takes no degrees for angles.",
  algebra:
    "It reads no raised figures, takes x for X, rounds 10^{-30} to 0, and leaves a product of roots as it is.",
  "equations and named values":
    "It takes the last side of any equation for a value, so that 3 + 4 = 7 and x + y = 7 are 7.",
  "several solutions":
    "It reads no systems in cases and no indexed names, and forgets the names of x = 2, y = 3.",
  "tuples, vectors, matrices":
    "To it {1, -1} and [1, -1] are the point (1, -1); vectors, directions and names of points are nothing.",
  "intervals and inequalities":
    "It turns an inequality into a set only when the answer, not the right one, is the set.",
  sets: "It has several empty sets, and takes a tuple for a set of as many.",
  "complex numbers": "It takes i for a letter where nothing else says that it is not.",
  "combinatorics and number theory": "It reads neither \\bmod nor numbers in other bases.",
  "repeating decimals and powers of ten": "It does not read digits that repeat, nor 3e8.",
  "option letters": "It knows letters only with another configuration, and then only of one form.",
  words: "It multiplies the letters of words: cat is act, and East is not east.",
  "dates, times, ratios": "It knows neither; 10:05 and 2:01 are the same quotient.",
  "whole responses":
    "It reads the thought like the answer, and 'not 7' like 7; some languages it does not look for.",
};

const judge = (pairs: readonly (readonly [string, string])[]): readonly (boolean | string)[] => {
  const file = join(mkdtempSync(join(tmpdir(), "touchline-pairs-")), "pairs.json");
  writeFileSync(file, JSON.stringify(pairs));
  return runPython("math_verify_pairs.py", file) as (boolean | string)[];
};

test("each disagreement on the pairs by class is listed and explained", () => {
  const pairs = pairsOf("classes.tsv");
  const verdicts = judge(pairs.map(({ gold, answer }) => [gold, answer]));
  const disagreements = pairs.filter(
    ({ gold, answer }, at) => (verifyMathematics(answer, gold).score === 1) !== (verdicts[at] === true),
  );
  const lines = disagreements.map(({ class: name, isSame, gold, answer }) =>
    [name, isSame ? "=" : "≠", gold, answer.replaceAll("\n", "⏎")].join("\t"),
  );
  expect(lines).toEqual(readFileSync(LIST, "utf8").trimEnd().split("\n"));
  expect([...new Set(disagreements.map((pair) => pair.class))].filter((name) => !(name in REASONS))).toEqual(
    [],
  );
}, 600_000);

/** Sums, products and quotients of letters and numbers, the same for the same seed. */
function randomExpression(draw: () => number, depth: number): string {
  const kind = depth === 0 ? draw() % 2 : draw() % 6;
  const inner = () => randomExpression(draw, depth - 1);
  if (kind === 0) return `${1 + (draw() % 20)}`;
  if (kind === 1) return "xya"[draw() % 3]!;
  if (kind === 2) return `\\frac{${inner()}}{${1 + (draw() % 9)}}`;
  if (kind === 3) return `(${inner()})^2`;
  return kind === 4 ? `(${inner()} + ${inner()})` : `(${inner()}) \\cdot (${inner()})`;
}

function seeded(seed: number): () => number {
  let state = seed;
  return () => (state = (Math.imul(state, 1103515245) + 12345) >>> 0) >>> 16;
}

test("both say the same of random expressions and of what is near to them", () => {
  const draw = seeded(Number(process.env["TOUCHLINE_INTEROP_SEED"] ?? "1"));
  const pairs = Array.from({ length: 60 }, () => {
    const gold = `(${randomExpression(draw, 2)}) \\cdot (${randomExpression(draw, 2)})`;
    return [
      [gold, `3 \\cdot (${gold}) - 2 \\cdot (${gold})`] as const,
      [gold, `${gold} + \\frac{1}{${2 + (draw() % 9)}}`] as const,
    ];
  }).flat();
  const own = pairs.map(([gold, answer]) => verifyMathematics(answer, gold).score === 1);
  expect(judge(pairs)).toEqual(own);
}, 600_000);
