/** @file Rewards: the paper's rule against its own expression, and each known way around it against the guards. */
import { describe, expect, it, test } from "vitest";
import { exactMatch, type ProfileName, ruleReward, turnReward, type Verifier } from "./index.ts";

const THOUGHT = "<think>The keeper is far off his line.</think>";
const answered = (answer: string) => `${THOUGHT}<answer>${answer}</answer>`;
const count = (text: string, part: string) => text.split(part).length - 1;

const failing: Verifier = () => {
  throw new Error("too deep");
};
const undecided: Verifier = () => ({ score: 1, status: "undecided" });

describe("both profiles", () => {
  const table: [what: string, response: string, format: number, accuracy: number][] = [
    ["well-formed and right", answered("$2$"), 1, 1],
    ["well-formed and wrong", answered("$3$"), 1, 0],
    ["white space around", ` \n${answered("$2$")}\n`, 1, 1],
    ["right without a thought", "<answer>$2$</answer>", 0, 1],
    ["a space between the blocks", `${THOUGHT} <answer>$2$</answer>`, 0, 1],
    ["words after the answer", `${answered("$2$")} Goal!`, 0, 1],
    ["nothing", "", 0, 0],
    ["only a thought", THOUGHT, 0, 0],
    ["an answer left open", `${THOUGHT}<answer>2`, 0, 0],
  ];
  it.each(table)("%s", async (_what, response, format, accuracy) => {
    for (const profile of ["guarded", "lmm-r1"] satisfies ProfileName[]) {
      const found = await ruleReward({ response, gold: "2" }, { profile });
      expect(found).toMatchObject({ format, accuracy, reward: 0.5 * format + accuracy });
    }
  });
});

describe("known ways around the paper's rule", () => {
  type Earned = [format: number, accuracy: number | null];
  const table: [what: string, response: string, gold: string, paper: Earned, guarded: Earned][] = [
    [
      "an answer planted in the thought",
      "<think>It is \\boxed{2}.</think><answer>$7$</answer>",
      "2",
      [1, 1],
      [1, 0],
    ],
    ["a later block", `${answered("$7$")}<answer>$2$</answer>`, "2", [0, 1], [0, 0]],
    ["an answer inside a thought", "<think>So <answer>$2$</answer></think>", "2", [0, 1], [0, 0]],
    ["an answer inside a thought left open", "<think>So <answer>$2$</answer>", "2", [0, 1], [0, 0]],
    ["an empty thought", "<think></think><answer>$2$</answer>", "2", [1, 1], [0, 1]],
    ["a blank thought", "<think>       \n      </think><answer>$2$</answer>", "2", [1, 1], [0, 1]],
    ["a closing tag inside the answer", `${THOUGHT}<answer></think>$2$</answer>`, "2", [1, 1], [0, 0]],
    ["an empty answer", answered(" "), "2", [1, 0], [0, 0]],
    ["the right words without marks", answered("Shot"), "shot", [1, 0], [1, 1]],
    ["hedging", answered("$2$ or $3$"), "2", [1, 0], [1, 0]],
    ["a gold that cannot be read", answered("$2$"), " ", [1, 1], [1, null]],
    ["a value too small for floating point", answered("$0$"), "1e-400", [1, 0], [1, 0]],
  ];
  it.each(table)("%s", async (_what, response, gold, paper, guarded) => {
    const earned = async (profile: ProfileName) => {
      const { format, accuracy, reward } = await ruleReward({ response, gold }, { profile });
      expect(reward).toBe(accuracy === null ? null : 0.5 * format + accuracy);
      return [format, accuracy];
    };
    expect(await earned("lmm-r1")).toEqual(paper);
    expect(await earned("guarded")).toEqual(guarded);
  });

  it("a thought that is copied from the prompt is none", async () => {
    const response = answered("2");
    const copied = "Example: The keeper  is far\noff his line. What is 1 + 1?";
    expect(await ruleReward({ response, gold: "2", prompt: copied })).toMatchObject({
      format: 0,
      accuracy: 1,
    });
    expect(await ruleReward({ response, gold: "2", prompt: "What is 1 + 1?" })).toMatchObject({ format: 1 });
    const paper = await ruleReward({ response, gold: "2", prompt: copied }, { profile: "lmm-r1" });
    expect(paper.format).toBe(1);
  });

  it("a response above a million characters is not looked at", async () => {
    const response = answered("2".repeat(1_000_000));
    expect(await ruleReward({ response, gold: "2" })).toEqual({
      format: 0,
      accuracy: 0,
      reward: 0,
      status: "limit",
    });
  });
});

test("the paper's form is that of its expression, for whatever comes together of its parts", async () => {
  const expression = /^<think>(?:(?!<\/think>).)*<\/think><answer>(?:(?!<\/answer>).)*<\/answer>$/s;
  const parts = ["<think>", "</think>", "<answer>", "</answer>", "x", "\n"];
  let found = 0;
  for (let length = 0; length <= 6; length++) {
    for (let code = 0; code < parts.length ** length; code++) {
      const chosen = Array.from(
        { length },
        (_, i) => parts[Math.floor(code / parts.length ** i) % parts.length]!,
      );
      const response = chosen.join("");
      const text = response.trim();
      const expected = expression.test(text) && count(text, "<think>") === 1 && count(text, "<answer>") === 1;
      const { format } = await ruleReward({ response, gold: "2" }, { profile: "lmm-r1" });
      if (format !== Number(expected)) expect(response).toBe(expected ? "well-formed" : "out of form");
      found += format;
    }
  }
  expect(found).toBeGreaterThan(20);
});

/** The accuracy by the paper's rule. */
const paper = async (answer: string, gold: string) =>
  (await ruleReward({ response: answered(answer), gold }, { profile: "lmm-r1" })).accuracy;

describe("without a verifier of one's own, mathematics says what is right", () => {
  type Told = [answer: string, gold: string, accuracy: number | null, status: string];
  it.each<Told>([
    ["$1/2$", "0.5", 1, "equal"],
    ["\\boxed{\\frac{2}{4}}", "0.5", 1, "equal"],
    ["$x = 3$", "3", 1, "equal"],
    ["$2 + 3x$", "3x+2", 1, "equal"],
    ["(B) 12", "B", 1, "equal"],
    ["The long pass.", "the long pass", 1, "equal"],
    ["$1/3$", "0.5", 0, "different"],
    ["(C)", "B", 0, "different"],
    ["the short pass", "the long pass", 0, "different"],
    ["$2$ or $3$", "3", 0, "different"],
    ["", "3", 0, "pred_unparsed"],
    ["(".repeat(100) + "3" + ")".repeat(100), "3", 0, "limit"],
    ["$3$", "$\\frac{1}{$", null, "gold_unparsed"],
    ["$\\frac{1}{$", "$\\frac{1}{$", null, "gold_unparsed"],
    ["3", "(".repeat(3000), null, "gold_unparsed"],
  ])("%s where %s is right", async (answer, gold, accuracy, status) => {
    const found = await ruleReward({ response: answered(answer), gold });
    expect(found).toMatchObject({ accuracy, status });
    expect(found.reward === null).toBe(accuracy === null);
  });

  it("by the paper's rule, too, which rewards whatever is said where the gold cannot be read", async () => {
    expect(await paper("$0.5$", "$\\frac12$")).toBe(1);
    expect(await paper("0.5", "$\\frac12$")).toBe(0);
    expect(await paper("$7$", "$\\frac{1}{$")).toBe(1);
  });

  it("and exact match where that is wished", async () => {
    const given = { response: answered("1/2"), gold: "0.5" };
    expect((await ruleReward(given, { verify: exactMatch })).accuracy).toBe(0);
  });
});

describe("a verifier", () => {
  const response = answered("$ 1/2 $");
  it("sees the answer's block and the gold, and nothing else", async () => {
    const seen: string[][] = [];
    const verify: Verifier = (...given) => {
      seen.push(given);
      return Promise.resolve({ score: 1, status: "equal" });
    };
    expect((await ruleReward({ response, gold: "0.5" }, { verify })).reward).toBe(1.5);
    expect(seen).toEqual([["$ 1/2 $", "0.5"]]);
  });
  it.each([
    ["guarded", null, null],
    ["lmm-r1", 0, 0.5],
  ] as const)("that fails is told (%s)", async (profile, accuracy, reward) => {
    const status = "verifier_error";
    expect(await ruleReward({ response, gold: "1" }, { profile, verify: failing })).toEqual({
      format: 1,
      accuracy,
      reward,
      status,
    });
  });
  it("that cannot decide gives no point", async () => {
    expect((await ruleReward({ response, gold: "1" }, { verify: undecided })).accuracy).toBe(0);
  });
});

describe("exact match", () => {
  it.each([
    ["2", "2.0"],
    ["2.", "2"],
    ["$2$", "\\boxed{2}"],
    ["$\\boxed{ 2 }$.", "2"],
    ["+.50", "0.5"],
    ["1e3", "1000"],
    ["\u22123", "-3"],
    ["-0", "0"],
    ["Short  pass", "short pass."],
    ["(1, 2)", "(1, 2)"],
    ["1e-400", "10e-401"],
  ])("%s is %s", (answer, gold) => expect(exactMatch(answer, gold)).toEqual({ score: 1, status: "equal" }));
  it.each([
    ["2", "3"],
    ["2", "-2"],
    ["20", "2"],
    ["0", "1e-400"],
    ["1e999", "1e998"],
    ["0.1000000000000000000001", "0.1"],
    ["\\Delta", "\\delta"],
    ["short pass", "long pass"],
    ["2 or 3", "2"],
    ["12", "1 2"],
  ])("%s is not %s", (answer, gold) =>
    expect(exactMatch(answer, gold)).toEqual({ score: 0, status: "different" }),
  );
  it.each([
    ["2", "", "gold_unparsed"],
    ["2", "$$", "gold_unparsed"],
    ["", "2", "pred_unparsed"],
    [" . ", "2", "pred_unparsed"],
    ["2".repeat(4097), "2", "limit"],
    ["2", "2".repeat(4097), "gold_unparsed"],
  ])("%s and %s", (answer, gold, status) => expect(exactMatch(answer, gold)).toEqual({ score: 0, status }));
});

describe("a turn of play", () => {
  const steps = [
    { scoring: 0, territory: 0.25, checkpoints: 0.1 },
    { scoring: 1, territory: -0.5, checkpoints: 0 },
  ];
  const weights = { terms: { scoring: 1, territory: 2 }, format: 0.5 };
  it("is worth the weighed terms of its steps", () =>
    expect(turnReward({ steps, wellFormed: true }, weights)).toEqual({
      reward: 0.5,
      terms: { format: 0, scoring: 1, territory: -0.5 },
    }));
  it("costs something out of form, and never earns anything by its form", () =>
    expect(turnReward({ steps, wellFormed: false }, weights)).toMatchObject({
      reward: 0,
      terms: { format: -0.5 },
    }));
  it("refuses a term that the env does not tell", () =>
    expect(() => turnReward({ steps, wellFormed: true }, { terms: { passes: 1 }, format: 0 })).toThrow(
      /tells no "passes"/,
    ));
});
