/** @file Where answers are found: values and options, however they are written, and nothing where there is none. */
import { describe, expect, test } from "vitest";
import { findChoice, letterOf } from "./choice.ts";
import { numberOf, roundTo } from "./numeric.ts";
import { optionsInText } from "./options-in-text.ts";
import { findAnswer, MARKED, spokenIn } from "./spoken.ts";

const find = (text: string) => findAnswer(spokenIn(text), [...MARKED, "formula", "bare"])?.text;

describe("a value", () => {
  test.each<[string, string | undefined]>([
    ["<think>It is \\boxed{1}.</think><answer>2</answer>", "2"],
    ["<think>a</think><answer> $2$ </answer>", "$2$"],
    ["<think>a</think><answer>So \\boxed{\\frac{1}{2}}</answer>", "\\frac{1}{2}"],
    ["<answer>1</answer> no, <answer>2</answer>", "2"],
    ["<think>a</think><answer>2", "2"],
    ["<think>a</think>So \\boxed{1}, no, \\boxed{x^{2}}.", "x^{2}"],
    ["reasoning </think> 7", "7"],
    ["The answer is 3. Wait. The answer is 4.", "4"],
    ["Therefore, the final answer is: $\\frac{3}{4}$.", "\\frac{3}{4}"],
    ["**Answer:** 12.5 cm", "12.5 cm"],
    ["**Final Answer**\n\n$x = 5$", "x = 5"],
    ["### Answer\n42", "42"],
    ["The answer is \\(7\\) apples.", "7"],
    ["所以答案是 5。", "5"],
    ["We get $x=1$ and then $y=2$.", "y=2"],
    ["\\[ a + b \\]", "a + b"],
    ["42", "42"],
    ["I do not know what this could be,\nand will not guess.", undefined],
    ["<think>The answer is 5, or \\boxed{6}", undefined],
    ["<answer></answer> The answer is 5.", undefined],
    ["", undefined],
    ["\\boxed{1} \\boxed{2", "1"],
    ["\\boxed{a} and $\\boxed{\\{1, 2\\}}$", "\\{1, 2\\}"],
  ])("%j is %j", (text, answer) => {
    expect(find(text)).toBe(answer);
  });

  test("no response takes long", () => {
    const hostile = [
      "<think>".repeat(100_000),
      "<answer>".repeat(100_000),
      "\\boxed{".repeat(100_000),
      "answer is ".repeat(100_000),
      "answer ".repeat(100_000),
      "**".repeat(300_000),
      "$".repeat(500_001),
      "\\(".repeat(300_000),
      "A, ".repeat(300_000),
      "(A".repeat(300_000),
      `answer${" ".repeat(900_000)}is`,
      "x".repeat(1_000_000),
      "\n".repeat(1_000_000),
      "option A is ".repeat(80_000),
    ];
    for (const text of hostile) {
      const start = performance.now();
      find(text);
      findChoice(spokenIn(text), ["a", "b", "c"]);
      expect(performance.now() - start, text.slice(0, 10)).toBeLessThan(5000);
    }
  });
});

describe("an option", () => {
  const options = ["red", "dark blue", "3", "none of these"];
  const letter = (text: string) => findChoice(spokenIn(text), options)?.letter;

  test.each<[string, string | undefined]>([
    ["B", "B"],
    ["(B)", "B"],
    ["b", "B"],
    ["B.", "B"],
    ["B. dark blue", "B"],
    ["B: dark blue", "B"],
    ["(B) dark blue", "B"],
    ["**B**", "B"],
    ["$\\boxed{\\text{B}}$", "B"],
    ["\\boxed{\\textbf{(B)}\\ dark blue}", "B"],
    ["<answer>B</answer>", "B"],
    ["<answer> (b) </answer>", "B"],
    ["<answer>Option B</answer>", "B"],
    ["<think>Is it A?</think><answer>The answer is C.</answer>", "C"],
    ["The answer is (B).", "B"],
    ["The correct answer is B, because A is wrong.", "B"],
    ["The answer is A. No: the answer is D.", "D"],
    ["Answer: C", "C"],
    ["**Answer: C**", "C"],
    ["Answer: $C$", "C"],
    ["The answer is dark blue.", "B"],
    ["dark blue", "B"],
    ["The correct option is D.\n", "D"],
    ["Option B is correct.", "B"],
    ["I looked at A and C.\nSo (D)", "D"],
    ["Reasoning on B and C.\n\nD", "D"],
    ["答案：B", "B"],
    ["A cat is red", undefined],
    ["A or B", undefined],
    ["\\boxed{A, B}", undefined],
    ["The answer is A or B.", undefined],
    ["The answer is E.", undefined],
    ["There is not enough to say.", undefined],
    ["<think>The answer is B</think>", undefined],
    ["<think>The answer is B", undefined],
    ["\\boxed{5}", undefined],
    ["\\boxed{3}", "C"],
  ])("%j is %j", (text, expected) => {
    expect(letter(text)).toBe(expected);
  });

  test("what was cut off says only what it marks", () => {
    expect(findChoice("It may be B", options, { marked: true })).toBeUndefined();
    expect(findChoice("The answer is B. But", options, { marked: true })?.letter).toBe("B");
    expect(findChoice("The answer is B.", options, { framed: true })).toBeUndefined();
    expect(findChoice("\\boxed{B}", options, { framed: true })?.letter).toBe("B");
  });

  test("letters beyond the options are none", () => {
    expect(letterOf("C", 2)).toBeUndefined();
    expect(letterOf("C", 3)).toBe("C");
  });
});

test("options in the words of a question", () => {
  expect(optionsInText("Q?\nOptions: A: red, B: dark, blue, C: 1")).toEqual(["red", "dark, blue", "1"]);
  expect(optionsInText("In figure A: what?\nChoices:\nA:30°\nB:45°\nC:60°")).toEqual(["30°", "45°", "60°"]);
  expect(optionsInText("Q?\n(A) x\n(B) y")).toEqual(["x", "y"]);
  expect(optionsInText("What is it?")).toBeUndefined();
});

test.each<[string, number | undefined]>([
  ["1,234.5", 1234.5],
  ["-.5", -0.5],
  ["$\\frac{1}{4}$", 0.25],
  ["-\\dfrac{1}{4}", -0.25],
  ["3/4", 0.75],
  ["1.2 \\times 10^{-3}", 0.0012],
  ["1/0", undefined],
  ["x", undefined],
  ["1,2", undefined],
])("%s is the number %s", (text, number) => {
  expect(numberOf(text)).toBe(number);
});

test("numbers are rounded as Python does", () => {
  expect([0.5, 1.5, 2.5, -0.5].map((number) => roundTo(number, 0) + 0)).toEqual([0, 2, 2, 0]);
  expect([roundTo(2.675, 2), roundTo(0.125, 2), roundTo(1.005, 2)]).toEqual([2.67, 0.12, 1]);
});
