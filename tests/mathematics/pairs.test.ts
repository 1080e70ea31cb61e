/** @file The verifier of mathematics on pairs written by hand: by class, and as a rate on those that were written before it ran. */
import { describe, expect, test } from "vitest";
import { extractAnswer, verifyMathematics } from "../../trainer/mathematics/index.ts";
import { type Pair, pairsOf } from "./pairs.ts";

const PAIRS = pairsOf("classes.tsv");
const CLASSES = [...new Set(PAIRS.map((pair) => pair.class))].map(
  (name) => [name, PAIRS.filter((pair) => pair.class === name)] as const,
);

const isTold = ({ gold, answer, isSame }: Pair): boolean =>
  (verifyMathematics(answer, gold).score === 1) === isSame;

describe.each(CLASSES)("%s", (_, pairs) => {
  test.each(pairs)("$gold | $answer: $isSame", ({ gold, answer, isSame }) => {
    expect(verifyMathematics(answer, gold)).toMatchObject(
      isSame ? { score: 1, status: "equal" } : { score: 0 },
    );
  });
});

test("pairs by somebody who hunted for what is taken for something else are told apart but for those that are listed", () => {
  const pairs = pairsOf("hunted.tsv");
  const told = pairs.filter((pair) => pair.class === "told apart");
  expect([told.length, pairs.length]).toEqual([1515, 1697]);
  expect(told.filter((pair) => !isTold(pair))).toEqual([]);
  // What is mended moves up.
  expect(pairs.filter((pair) => pair.class !== "told apart" && isTold(pair))).toEqual([]);
});

test("of pairs written before the first run, at least 97 % of either kind", () => {
  const pairs = [...pairsOf("held-out.tsv"), ...pairsOf("review.tsv")];
  const rate = (isSame: boolean) => {
    const kind = pairs.filter((pair) => pair.isSame === isSame);
    return (
      kind.filter(({ gold, answer }) => (verifyMathematics(answer, gold).score === 1) === isSame).length /
      kind.length
    );
  };
  const [found, refused] = [rate(true), rate(false)];
  expect(pairs.length).toBeGreaterThan(500);
  expect((found + refused) / 2).toBeGreaterThanOrEqual(0.97);
  expect(refused).toBeGreaterThanOrEqual(0.99);
  // What is told once stays told.
  expect(pairs.filter((pair) => !isTold(pair)).map(({ gold, answer }) => [gold, answer])).toEqual([
    ["8\\text{ in}", '8"'],
  ]);
});

describe("a right answer that cannot be read", () => {
  test.each([
    "",
    " ",
    "$$",
    "\\frac{1}{",
    "\\sqrt{",
    "{1",
    "\\begin{pmatrix}1",
    "x^",
    "1 +",
    "\\boxed{}",
    "()",
    "=",
    "^2",
    "1".repeat(5000),
  ])("%s is told, and rewards nothing, not even itself", (gold) => {
    for (const answer of [gold, "1", ""])
      expect(verifyMathematics(answer, gold)).toMatchObject({ score: 0, status: "gold_unparsed" });
  });
});

describe("what cannot be decided", () => {
  test.each([
    ["\\int_0^1 f(x)\\,dx", "F(1)-F(0)"],
    ["\\lim_{x\\to 0} g(x)", "5"],
    ["10^{10^{10}}", "10^{10^{11}}"],
    ["(10^6)!", "(10^6)!+1"],
    ["e^{\\pi\\sqrt{163}}", "262537412640768744"],
  ])("%s | %s is neither right nor wrong", (gold, answer) => {
    expect(verifyMathematics(answer, gold)).toMatchObject({ score: 0, status: "undecided" });
    expect(verifyMathematics(gold, gold)).toMatchObject({ score: 1, status: "equal" });
  });
});

describe("the answer in a response", () => {
  test.each<[response: string, kind: "math" | "option" | "text", answer: string | undefined]>([
    ["42", "math", "42"],
    ["<think>1</think><answer>2</answer>", "math", "2"],
    ["<think>\\boxed{1}</think>The answer is \\boxed{2}.", "math", "2"],
    ["<think>\\boxed{1}", "math", undefined],
    ["\\boxed{1} and later \\boxed{\\frac{1}{2}}", "math", "\\frac{1}{2}"],
    ["\\boxed{1}, \\boxed{2}", "math", "1 , 2"],
    ["\\boxed{a \\boxed{b}}", "math", "a \\boxed{b}"],
    ["\\boxed{1} but then \\boxed{2", "math", "1"],
    ["#### 1,234", "math", "1,234"],
    ["The answer is 3.5. That was easy.", "math", "3.5"],
    ["The answer is (C), for B is too long.", "option", "(C), for B is too long"],
    ["I looked at A and at B.\nC", "option", "C"],
    ["The answer is not 5.", "math", undefined],
    ["", "math", undefined],
    ["La réponse est : 12.", "math", "12"],
    ["The animal that he saw is a cat.", "text", "The animal that he saw is a cat"],
  ])("%s (%s)", (response, kind, answer) => {
    expect(extractAnswer(response, { kind })).toBe(answer);
  });
});
