/** @file What answers are worth by each suite's rules and profiles, on samples as the suites read them. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { LAYOUTS } from "../../tests/suite/layouts/index.ts";
import {
  type Judge,
  listSuites,
  loadSuite,
  type Outcome,
  type Sample,
  type Scored,
  type Scoring,
} from "./index.ts";

const scratch = mkdtempSync(join(tmpdir(), "touchline-score-"));
afterAll(() => rmSync(scratch, { recursive: true }));

const samples: Record<string, Sample[]> = {};
for (const [name, layouts] of Object.entries(LAYOUTS)) {
  const folder = mkdtempSync(join(scratch, `${name}-`));
  samples[name] = [];
  for await (const read of loadSuite(name).read({ path: Object.values(layouts)[0]!(folder), seed: 3 })) {
    if (!("error" in read)) samples[name].push(read);
  }
}

interface Given {
  scoring?: Scoring;
  judge?: Judge;
  truncated?: boolean;
  sample?: Partial<Sample>;
}

function score(name: string, place: number, text: string, given: Given = {}): Promise<Scored> {
  const { scoring = "official", judge, truncated = false, sample = {} } = given;
  const options = { scoring, seed: 5, ...(judge && { judge }) };
  return loadSuite(name).score({ ...samples[name]![place]!, ...sample }, { text, truncated }, options);
}

async function outcome(name: string, place: number, text: string, given?: Given): Promise<Outcome> {
  return (await score(name, place, text, given)).outcome;
}

const says =
  (reply: string): Judge =>
  async () =>
    reply;
const fails: Judge = async () => {
  throw new Error("the server is gone");
};

/** The right option's letter where the order of options is drawn. */
const gold = (name: string, place: number): string => samples[name]![place]!.gold;
const other = (letter: string): string => (letter === "A" ? "B" : "A");

describe("every suite", () => {
  const suites = listSuites().filter(({ source }) => source !== undefined);

  test.each(suites.map(({ name }) => name))(
    "%s: no answer is told by its kind, in each profile",
    async (name) => {
      for (const scoring of loadSuite(name).scorings) {
        for (const place of samples[name]!.keys()) {
          const of = (text: string, truncated = false) => outcome(name, place, text, { scoring, truncated });
          expect(await of("")).toBe("unparsed");
          expect(await of("<think>It is clear.</think>")).toBe("unparsed");
          expect(await of("Let us begin with the first of the equations, and", true)).toBe("truncated");
          expect(await of("<think>The answer is \\boxed{A}. But", true)).toBe("truncated");
          if (name !== "mmmu" || gold(name, place).length === 1) {
            expect(
              await of("I'm sorry, but I cannot help with that request; nothing here is something to say."),
            ).toBe("refused");
          }
        }
      }
    },
  );

  test.each(suites.map(({ name }) => name))(
    "%s: what the sender calls a refusal is one, and no judge is asked",
    async (name) => {
      const suite = loadSuite(name);
      const answered = { text: "", truncated: false, refused: true };
      for (const scoring of suite.scorings) {
        for (const sample of samples[name]!) {
          const { outcome, extracted } = await suite.score(sample, answered, {
            scoring,
            seed: 5,
            judge: fails,
          });
          expect({ outcome, extracted }).toEqual({ outcome: "refused", extracted: null });
        }
      }
    },
  );

  test.each(suites.map(({ name }) => name))("%s: a gold that is none is a gold error", async (name) => {
    for (const scoring of loadSuite(name).scorings) {
      if (name === "gpqa-diamond" || name === "mmstar") continue;
      expect(await outcome(name, 0, "\\boxed{3}", { scoring, sample: { gold: "", details: {} } })).toBe(
        "gold_error",
      );
    }
  });

  test.each(suites.map(({ name }) => name))(
    "%s: the gold itself is right, wherever a response says it",
    async (name) => {
      for (const scoring of loadSuite(name).scorings) {
        for (const [place, sample] of samples[name]!.entries()) {
          const list = sample.details?.["golds"] as string[] | undefined;
          const answer = list?.[1] ?? sample.gold.replaceAll("$", "");
          for (const text of [
            `<think>Perhaps \\boxed{999}.</think><answer>${answer}</answer>`,
            `<think>Perhaps 999.</think><answer>\\boxed{${answer}}</answer>`,
            `It was \\boxed{998}, but no.\n\nIt is \\boxed{${answer}}`,
          ]) {
            expect(await score(name, place, text, { scoring }), `${scoring} ${place} ${text}`).toMatchObject({
              outcome: "right",
              score: 1,
            });
          }
          if (scoring === "strict" || scoring === "vlmevalkit") continue;
          for (const text of [answer, `The answer is ${answer}.`, `**Answer: ${answer}**`]) {
            if (scoring === "lmm-r1" && text === answer) continue;
            expect(await score(name, place, text, { scoring }), `${scoring} ${place} ${text}`).toMatchObject({
              outcome: "right",
              score: 1,
            });
          }
        }
      }
    },
  );

  test("hostile responses are scored in no time", async () => {
    const texts = [
      "\\boxed{".repeat(100_000),
      "A ".repeat(400_000),
      "answer is ".repeat(90_000),
      "$1".repeat(300_000),
    ];
    for (const { name, scorings } of suites) {
      for (const scoring of scorings) {
        for (const text of texts) {
          const start = performance.now();
          await score(name, 0, text, { scoring });
          expect(performance.now() - start, `${name} ${scoring}`).toBeLessThan(5000);
        }
      }
    }
  });
});

test.each<[string, number, string, Given, Outcome]>([
  // MATH-500
  ["math500", 0, "\\boxed{\\dfrac{1}{2}}", {}, "right"],
  ["math500", 0, "\\boxed{\\frac12}", {}, "right"],
  ["math500", 0, "\\boxed{0.5}", {}, "right"],
  ["math500", 0, "\\boxed{1/2}", {}, "right"],
  ["math500", 0, "\\boxed{\\frac{1}{3}}", {}, "wrong"],
  ["math500", 1, "So $x = 3$.", {}, "right"],
  ["math500", 1, "The answer is 3.", { scoring: "strict" }, "unparsed"],
  ["math500", 1, "We find $x=2$, so the answer is \\boxed{3}", { scoring: "strict" }, "right"],
  // GSM8K
  ["gsm8k", 0, "9-2=7, 7+11=18\n#### 18", {}, "right"],
  ["gsm8k", 0, "So Ann has 18 apples.", {}, "right"],
  ["gsm8k", 0, "So Ann has 18 apples.", { scoring: "strict" }, "unparsed"],
  ["gsm8k", 0, "So Ann has 18 apples and 7 pears.", {}, "wrong"],
  ["gsm8k", 0, "So Ann has 18", { truncated: true }, "truncated"],
  ["gsm8k", 1, "\\boxed{1,234}", {}, "right"],
  ["gsm8k", 1, "The answer is $1,234.00.", {}, "right"],
  ["gsm8k", 1, "#### 1234.5", {}, "wrong"],
  // AIME
  ["aime", 0, "\\boxed{73}", {}, "right"],
  ["aime", 0, "\\boxed{073}", {}, "right"],
  ["aime", 0, "\\boxed{73.5}", {}, "wrong"],
  ["aime", 0, "\\boxed{-73}", {}, "wrong"],
  ["aime", 0, "\\boxed{m+n = 73}", {}, "right"],
  ["aime", 0, "\\boxed{73}", { sample: { gold: "1000" } }, "gold_error"],
  // OlympiadBench: tolerance, percent, lists
  ["olympiadbench", 0, "So the final answer is \\boxed{\\frac{1}{2}}.", {}, "right"],
  ["olympiadbench", 0, "So the final answer is \\boxed{0.5}.", {}, "right"],
  ["olympiadbench", 0, "So the final answer is \\boxed{50\\%}.", {}, "right"],
  ["olympiadbench", 0, "So the final answer is \\boxed{50}.", { scoring: "strict" }, "wrong"],
  ["olympiadbench", 0, "\\boxed{T = 3}\nSo the final answer is \\boxed{x = 0.5}.", {}, "right"],
  // MathVision
  ["mathvision", 0, "\\boxed{7.0}", {}, "right"],
  ["mathvision", 0, "\\boxed{7.004}", {}, "right"],
  ["mathvision", 0, "\\boxed{7.004}", { scoring: "vlmevalkit" }, "wrong"],
  ["mathvision", 0, "\\boxed{7.0000001}", { scoring: "vlmevalkit" }, "right"],
  ["mathvision", 0, "\\boxed{7.004}", { scoring: "strict" }, "wrong"],
  ["mathvision", 1, "\\boxed{C}", {}, "right"],
  ["mathvision", 1, "\\boxed{\\frac{1}{2}}", {}, "right"],
  ["mathvision", 1, "\\boxed{0.5}", {}, "right"],
  ["mathvision", 1, "\\boxed{D}", {}, "wrong"],
  ["mathvision", 1, "\\boxed{circle}", {}, "wrong"],
  // MathVerse
  ["mathverse", 0, "So it is B: 45°.\nAnswer: B", {}, "right"],
  ["mathverse", 0, "Answer: A", {}, "wrong"],
  ["mathverse", 2, "AB = 10", {}, "right"],
  ["mathverse", 2, "The answer is 12.", {}, "wrong"],
  // MathVista
  ["mathvista", 0, "The answer is (B) blue.", {}, "right"],
  ["mathvista", 0, "blue", {}, "right"],
  ["mathvista", 0, "The answer is blu.", {}, "right"],
  ["mathvista", 0, "The answer is blu.", { scoring: "vlmevalkit" }, "unparsed"],
  ["mathvista", 0, "\\boxed{blu}", { scoring: "strict" }, "wrong"],
  ["mathvista", 1, "It is \\boxed{1.24} cm", {}, "right"],
  ["mathvista", 1, "The answer is 1.2 cm.", {}, "right"],
  ["mathvista", 1, "It is \\boxed{1.26}", {}, "wrong"],
  ["mathvista", 1, "It is \\boxed{1.24}", { scoring: "strict" }, "wrong"],
  ["mathvista", 2, "There are 14.", {}, "right"],
  ["mathvista", 2, "\\boxed{14.0}", {}, "right"],
  ["mathvista", 2, "\\boxed{15}", {}, "wrong"],
  // MMStar
  ["mmstar", 0, "The answer is B", { scoring: "vlmevalkit" }, "right"],
  ["mmstar", 0, "It is dark blue", { scoring: "vlmevalkit" }, "right"],
  ["mmstar", 0, "A or B", { scoring: "vlmevalkit" }, "unparsed"],
  ["mmstar", 0, "<answer>B</answer>", { scoring: "vlmevalkit" }, "right"],
  ["mmstar", 0, "The answer is B", { scoring: "strict" }, "unparsed"],
  // MMMU
  ["mmmu", 0, "The answer is $7.", {}, "right"],
  ["mmmu", 0, "(A) is what one may think, (B) is what it comes to here", {}, "right"],
  ["mmmu", 2, "Therefore it is 3.43", {}, "right"],
  ["mmmu", 2, "\\boxed{24/7}", {}, "right"],
  ["mmmu", 2, "\\boxed{3.5}", {}, "wrong"],
])("%s %i: %j with %j is %s", async (name, place, text, given, expected) => {
  expect((await score(name, place, text, given)).outcome).toBe(expected);
});

const problem = (answer: string, tolerance = "") => ({ sample: { gold: answer, details: { tolerance } } });

describe("OlympiadBench's lists and tolerances", () => {
  test.each<[string, string, string, Outcome]>([
    ["$2,-2$", "", "\\boxed{-2, 2}", "right"],
    ["$2,-2$", "", "\\boxed{\\pm 2}", "right"],
    ["$2,-2$", "", "\\boxed{2} and \\boxed{-2}", "right"],
    ["$2,-2$", "", "\\boxed{2}", "wrong"],
    ["$2,-2$", "", "\\boxed{2, 2}", "wrong"],
    ["$2,-2$", "", "\\boxed{2, -2, 3}", "wrong"],
    ["5.0", "0.1", "\\boxed{5.05}", "right"],
    ["5.0", "0.1", "\\boxed{5.2}", "wrong"],
    ["5.0", "", "\\boxed{5.05}", "wrong"],
    ["$1.0, 7.0$", "0.1,0.5", "\\boxed{1.05, 7.4}", "right"],
    ["$1.0, 7.0$", "0.1,0.5", "\\boxed{1.4, 7.4}", "wrong"],
    ["$1.2 \\times 10^{3}$", "100", "\\boxed{1250}", "right"],
    ["10,000", "", "\\boxed{10000}", "right"],
    ["$(1,2)$", "", "\\boxed{(1,2)}", "right"],
    ["$(1,2)$", "", "\\boxed{[1,2]}", "wrong"],
    ["$x = 5$", "", "\\boxed{5}", "right"],
    ["能", "", "所以最终答案是\\boxed{能}。", "right"],
    ["5", "abc", "\\boxed{5}", "gold_error"],
  ])("%s within %j: %s is %s", async (answer, tolerance, text, expected) => {
    expect(await outcome("olympiadbench", 1, text, problem(answer, tolerance))).toBe(expected);
  });

  test("LMM-R1's evaluation allows no tolerance", async () => {
    expect(await outcome("olympiadbench", 2, "\\boxed{5.05}", { scoring: "lmm-r1" })).toBe("wrong");
    expect(await outcome("olympiadbench", 2, "\\boxed{5.05}")).toBe("right");
  });
});

test("GPQA: the letter counts, and an answer in the thought does not", async () => {
  const right = gold("gpqa-diamond", 0);
  expect(await outcome("gpqa-diamond", 0, `Answer: ${right}`)).toBe("right");
  expect(await outcome("gpqa-diamond", 0, `Answer: ${other(right)}`)).toBe("wrong");
  expect(await outcome("gpqa-diamond", 0, `<think>Answer: ${right}</think>Answer: ${other(right)}`)).toBe(
    "wrong",
  );
  expect(await outcome("gpqa-diamond", 0, `Answer: ${other(right)}. No.\nAnswer: ${right}`)).toBe("right");
  expect(await outcome("gpqa-diamond", 0, "The answer is electron.")).toBe("right");
});

describe("a judge", () => {
  const VAGUE = "It looks rather more like the second than like the others, I would say.";

  test("is asked only where the rule is silent", async () => {
    expect(await outcome("mmstar", 0, VAGUE, { judge: says("B") })).toBe("right");
    expect(await outcome("mmstar", 0, VAGUE, { judge: says(" (c).") })).toBe("wrong");
    expect(await outcome("mmstar", 0, VAGUE, { judge: says("Z") })).toBe("unparsed");
    expect(await outcome("mmstar", 0, "Answer: A", { judge: says("B") })).toBe("wrong");
    expect(await outcome("mmstar", 0, VAGUE, { judge: says("B"), scoring: "strict" })).toBe("unparsed");
    expect(await outcome("mmstar", 0, VAGUE, { judge: says("B"), truncated: true })).toBe("truncated");
    expect(await outcome("mathverse", 2, "The answer is a decade.", { judge: says("1") })).toBe("right");
    expect(await outcome("mathverse", 2, "The answer is a dozen.", { judge: says("0") })).toBe("wrong");
    expect(await outcome("mathverse", 0, "Answer: A", { judge: says("1") })).toBe("wrong");
    expect(
      await outcome("mmmu", 2, "\\boxed{three and three sevenths}", {
        judge: says("1"),
        scoring: "vlmevalkit",
      }),
    ).toBe("right");
  });

  test("that fails, or says something else, is an outcome, and no letter is drawn for it", async () => {
    for (const judge of [fails, says("perhaps"), says(""), says("E"), says("BC")]) {
      for (const name of ["mmstar", "mmmu", "mathvista", "mathvision"]) {
        const place = name === "mathvision" ? 1 : 0;
        const scored = await score(name, place, VAGUE, { judge });
        if (name === "mathvision" && judge !== fails && scored.outcome === "wrong") continue;
        expect(scored, name).toMatchObject({ outcome: "judge_error", score: 0 });
      }
      expect(await score("mathverse", 2, "The answer is a decade.", { judge })).toMatchObject({
        outcome: "judge_error",
        score: 0,
      });
    }
    expect((await score("mmstar", 0, VAGUE, { judge: fails })).reason).toContain("the server is gone");
  });

  test("is told the question of a picture, the same seed for the same sample, and room for a word", async () => {
    const asked: [string, { maxTokens: number; seed: number }][] = [];
    const judge: Judge = async (question, limits) => {
      asked.push([question, limits]);
      return "1";
    };
    await score("mathverse", 1, "It is forty-five degrees I would think, so that one.", { judge });
    await score("mathverse", 1, "It is forty-five degrees I would think, so that one.", { judge });
    await score("mathverse", 0, "It is forty-five degrees I would think, so that one.", { judge });
    expect(asked[0]![0]).toContain("As shown, how large is angle B?");
    expect(asked[0]).toEqual(asked[1]);
    expect(asked[2]![1].seed).not.toBe(asked[0]![1].seed);
    expect(asked[0]![1].maxTokens).toBeLessThan(50);
  });
});

test("MMMU's guess is the official rule's alone, a function of seed and question, and is no answer", async () => {
  const suite = loadSuite("mmmu");
  const sample = samples["mmmu"]![0]!;
  const silent = { text: "There is nothing that could be told from what one sees here", truncated: false };
  const scores = await Promise.all(
    Array.from({ length: 200 }, (_, i) =>
      suite.score({ ...sample, id: `q${i}` }, silent, { scoring: "official", seed: 1 }),
    ),
  );
  expect(scores.every(({ outcome: own }) => own === "unparsed")).toBe(true);
  const hits = scores.filter(({ score: own }) => own === 1).length;
  expect(hits).toBeGreaterThan(30);
  expect(hits).toBeLessThan(70);
  const again = await suite.score({ ...sample, id: "q7" }, silent, { scoring: "official", seed: 1 });
  expect(again).toEqual(scores[7]);
  for (const scoring of ["vlmevalkit", "strict"] as const) {
    expect(await suite.score(sample, silent, { scoring, seed: 1 })).toMatchObject({
      outcome: "unparsed",
      score: 0,
    });
  }
});
