/** @file The rules of questions about the pitch on situations made by hand, and the sums on many seeds. */
import { describe, expect, test } from "vitest";
import { makeRandom } from "../../../env/random.ts";
import type { Moment } from "../moments.ts";
import type { Question } from "../question.ts";
import type { Mate, Place, Sight } from "../sight.ts";
import { type PitchKind, QUESTION_KINDS } from "./index.ts";

const at = (x: number, y: number): Place => ({ x, y });
const mate = (number: number, x: number, y: number): Mate => ({ number, x, y });

const SIGHT: Sight = {
  me: at(30, 0),
  ball: at(31, 0),
  keeper: at(50, 0),
  opponents: [at(40, 3)],
  mates: [mate(7, 45, 10)],
};

function momentOf(change: Partial<Sight>): Moment {
  const frame = { width: 1, height: 1, data: new Uint8Array(3) };
  const sight = { ...SIGHT, ...change };
  return { scenario: "by_hand", seed: 0, step: 0, frame, sight, advice: "wait" };
}

/** What is asked, of as many seeds as it takes to see every form. */
function asked(
  kind: "nearest" | "distance" | "lane" | "offside" | "keeper" | "possession",
  change: Partial<Sight>,
) {
  const { make }: PitchKind = QUESTION_KINDS[kind];
  const questions = Array.from({ length: 200 }, (_, seed) => make(makeRandom(seed), momentOf(change)));
  return questions.filter((one) => one !== undefined);
}

function goldsOf(questions: readonly Question[]): Record<string, string> {
  return Object.fromEntries(questions.map(({ ask, gold }) => [ask, gold]));
}

describe("who is offside", () => {
  const far = [at(44, 20), at(20, 0)];
  const rows: [what: string, change: Partial<Sight>, gold: string | undefined][] = [
    ["ahead of all but the keeper", { opponents: [at(40, 3)], mates: [mate(7, 45, 10)] }, "yes"],
    ["level with the second last", { opponents: [at(45, -9)], mates: [mate(7, 45, 10)] }, "no"],
    ["behind the second last", { opponents: [at(46, -9)], mates: [mate(7, 45, 10)] }, "no"],
    ["level with the ball", { ball: at(45, 0), mates: [mate(7, 45, 10)] }, "no"],
    ["behind the ball", { ball: at(46, 0), mates: [mate(7, 45, 10)] }, "no"],
    [
      "in the own half",
      { me: at(-30, 0), ball: at(-30, 1), opponents: [at(-20, 0)], mates: [mate(7, -5, 10)] },
      "no",
    ],
    [
      "on the halfway line",
      { me: at(-30, 0), ball: at(-30, 1), opponents: [at(-20, 0)], mates: [mate(7, 0, 10)] },
      "no",
    ],
    ["beyond a keeper far out", { keeper: at(25, 0), opponents: far, mates: [mate(7, 43, 0)] }, "yes"],
    [
      "with two behind a keeper far out",
      { keeper: at(25, 0), opponents: [at(44, 20), at(44, 0)], mates: [mate(7, 43, 0)] },
      "no",
    ],
    ["against one opponent in all", { opponents: [] }, undefined],
  ];
  test.each(rows)("a mate %s", (_what, change, gold) => {
    expect(goldsOf(asked("offside", change))).toEqual(gold ? { "Is mate 7 offside?": gold } : {});
  });
  test("is not asked where one who is not told of would be the second last", () => {
    const five = [at(31, 1), at(31, 2), at(31, 3), at(31, 4), at(31, 5)];
    expect(asked("offside", { opponents: [...five, at(51, 30)] })).toEqual([]);
    expect(goldsOf(asked("offside", { opponents: [...five, at(-20, 30)] }))).toEqual({
      "Is mate 7 offside?": "yes",
    });
  });
});

describe("which mate is free", () => {
  const rows: [what: string, change: Partial<Sight>, gold: string | undefined, also?: string[]][] = [
    ["nobody is near the way", { opponents: [at(40, -9)] }, "7"],
    [
      "an opponent 2 metres from the way",
      { mates: [mate(7, 50, 0)], keeper: at(52, 9), opponents: [at(40, 2)] },
      "none",
    ],
    [
      "an opponent 3 metres from the way",
      { mates: [mate(7, 50, 0)], keeper: at(52, 9), opponents: [at(40, 3)] },
      "7",
    ],
    ["an opponent behind me", { mates: [mate(7, 50, 0)], keeper: at(52, 9), opponents: [at(27, 0)] }, "7"],
    ["an opponent on him", { mates: [mate(7, 50, 9)], opponents: [at(51, 9)] }, "none"],
    ["the keeper in the way", { mates: [mate(7, 51, 5)], keeper: at(47, 4), opponents: [] }, "none"],
    ["of two the one nearer to the goal", { mates: [mate(9, 30, 20), mate(7, 45, 10)] }, "7", ["9"]],
    [
      "of two the one that is not shut",
      { mates: [mate(9, 30, 20), mate(7, 45, 10)], opponents: [at(44, 9)] },
      "9",
    ],
    ["no mate at all", { mates: [] }, undefined],
  ];
  test.each(rows)("%s", (_what, change, gold, also) => {
    const [question] = asked("lane", change);
    expect({ gold: question?.gold, also: question?.also }).toEqual({ gold, also });
  });
  test("the thought says who is in the way", () => {
    const [question] = asked("lane", {
      mates: [mate(9, 30, 20), mate(7, 45, 10)],
      opponents: [at(30, -9), at(44, 9)],
    });
    expect(question?.think).toBe("Mate 7 45 10: 44 9 in the way. Mate 9 30 20 is free. 9.");
  });
  test("is not asked where one who is not told of is in the way", () => {
    const five = [at(31, -5), at(31, -6), at(31, -7), at(31, -8), at(31, -9)];
    expect(asked("lane", { opponents: five })[0]?.gold).toBe("7");
    expect(asked("lane", { opponents: [...five, at(44, 9)] })).toEqual([]);
  });
});

describe("who has the ball", () => {
  const rows: [what: string, change: Partial<Sight>, gold: string | undefined][] = [
    ["I, at his foot", {}, "mine"],
    ["nobody within 2 metres", { ball: at(33, 0) }, "free"],
    ["a mate", { ball: at(45, 9) }, "ours"],
    ["an opponent", { ball: at(41, 3) }, "theirs"],
    ["the keeper", { ball: at(50, 1) }, "theirs"],
    ["two as near", { ball: at(31, 0), opponents: [at(32, 0)] }, undefined],
    ["one who is 2.2 metres away, so 2", { ball: at(32, 1) }, undefined],
  ];
  test.each(rows)("%s", (_what, change, gold) => {
    expect(goldsOf(asked("possession", change))).toEqual(gold ? { "Who has the ball?": gold } : {});
  });
});

describe("who is nearest", () => {
  test("of opponents by place, the keeper among them, and of mates by number", () => {
    const mates = [mate(7, 45, 10), mate(9, 20, -3)];
    expect(goldsOf(asked("nearest", { mates }))).toEqual({
      "Which opponent is nearest to the ball?": "40 3",
      "Which opponent is nearest to me?": "40 3",
      "Which opponent is nearest to the goal?": "50 0",
      "Which mate is nearest to the ball?": "9",
      "Which mate is nearest to me?": "9",
      "Which mate is nearest to the goal?": "7",
    });
  });
  test("is not asked where two are as near, or where there is nobody", () => {
    const change = { keeper: at(52, 0), opponents: [at(40, 3), at(40, -3)], mates: [] };
    expect(Object.keys(goldsOf(asked("nearest", change)))).toEqual([
      "Which opponent is nearest to the goal?",
    ]);
  });
  test("the thought compares the three nearest", () => {
    const change = { ball: at(36, -10), opponents: [at(40, 3), at(30, 5), at(0, 0)] };
    const found = asked("nearest", change).find(
      ({ ask }) => ask.includes("opponent") && ask.includes("ball"),
    );
    expect(found?.think).toBe("Ball 36 -10. 40 3 is 14 away, 30 5 is 16 away, 50 0 is 17 away. 40 3.");
  });
});

test("how far things are, in whole metres", () => {
  expect(goldsOf(asked("distance", { ball: at(33, 4) }))).toEqual({
    "How far to the goal?": "22",
    "How far to the ball?": "5",
    "How far to the keeper?": "20",
    "How far to mate 7?": "18",
    "How far from the ball to the goal?": "19",
    "How far from the ball to the keeper?": "17",
    "How far from the ball to mate 7?": "13",
  });
  expect(
    asked("distance", { ball: at(33, 4) }).find(({ ask }) => ask === "How far to the ball?")?.think,
  ).toBe("Me 30 0, ball 33 4. 3 along, 4 across: 5.");
});

test("the keeper is first where he is nearer, and nothing is asked where that is in doubt", () => {
  const questions = asked("keeper", {});
  for (const { ask, gold } of questions) {
    const [, x, y] = /at (-?\d+) (-?\d+),/.exec(ask)!.map(Number);
    const [mine, his] = [Math.hypot(x! - 30, y!), Math.hypot(x! - 50, y!)];
    expect(Math.abs(mine - his)).toBeGreaterThan(1);
    expect(gold).toBe(mine < his ? "me" : "keeper");
  }
  expect(questions.length).toBeGreaterThan(150);
  const mine = questions.filter(({ gold }) => gold === "me").length / questions.length;
  expect(mine).toBeGreaterThan(0.4);
  expect(mine).toBeLessThan(0.6);
});

test("nothing is asked of a keeper who is not there", () => {
  const { make }: PitchKind = QUESTION_KINDS.keeper;
  const { keeper: _keeper, ...sight } = SIGHT;
  expect(make(makeRandom(1), { ...momentOf({}), sight })).toBeUndefined();
});

/** From left to right, which is right where products come first only. */
function workedOut(sum: string): number {
  const [first, ...others] = sum
    .replaceAll("plus", "+")
    .replaceAll("minus", "-")
    .replaceAll("times", "*")
    .split(" ");
  let result = Number(first);
  for (let i = 0; i < others.length; i += 2) {
    const b = Number(others[i + 1]);
    const sign = others[i]!;
    expect(["+", "-", "*"].includes(sign) && !(sign === "*" && i > 0)).toBe(true);
    result = sign === "+" ? result + b : sign === "-" ? result - b : result * b;
  }
  return result;
}

test("sums are right, step by step, and their numbers from -60 to 130", () => {
  const forms = new Set<string>();
  for (let seed = 0; seed < 500; seed++) {
    const { ask, think, gold } = QUESTION_KINDS.arithmetic.make(makeRandom(seed));
    const sum = ask.replace("What is ", "").replace("?", "");
    const half = /^half of (\d+)$/i.exec(sum);
    expect([ask, Number(gold)]).toEqual([ask, half ? Number(half[1]) / 2 : workedOut(sum)]);
    for (const step of think.slice(0, -1).split(", ")) {
      const halved = /^(?:half )?of (\d+) is (\d+)$/.exec(step);
      if (halved) expect(Number(halved[1])).toBe(2 * Number(halved[2]));
      else expect([step, workedOut(step.split(" is ")[0]!)]).toEqual([step, Number(step.split(" is ")[1])]);
    }
    expect(think).toMatch(new RegExp(`is ${gold}\\.$`));
    const numbers = `${ask} ${think}`.match(/-?\d+/g)!.map(Number);
    expect(Math.min(...numbers)).toBeGreaterThanOrEqual(-60);
    expect(Math.max(...numbers)).toBeLessThanOrEqual(130);
    forms.add(ask.replaceAll(/\d+/g, "n"));
  }
  expect(forms.size).toBeGreaterThan(15);
});

test("places in words are halved, measured and compared rightly", () => {
  const forms = new Map<string, number>();
  for (let seed = 0; seed < 500; seed++) {
    const { ask, gold } = QUESTION_KINDS.geometry.make(makeRandom(seed));
    const [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0] = ask.match(/-?\d+/g)!.map(Number);
    const form = ask.replaceAll(/ ?-?\d+/g, "");
    const expected: Record<string, () => string | number> = {
      "Which x is midway from to?": () => (a + c) / 2,
      "Which y is midway from to?": () => (b + d) / 2,
      "How far right of is?": () => c - a,
      "How far left of is?": () => a - c,
      "How far below is?": () => d - b,
      "How far above is?": () => b - d,
      "How far is from?": () => Math.round(Math.hypot(a - c, b - d)),
      "Which is nearer to, or?": () =>
        Math.hypot(a - c, b - d) < Math.hypot(a - e, b - f) ? `${c} ${d}` : `${e} ${f}`,
      "Is left or right of x?": () => (a < c ? "left" : "right"),
      "Is above or below y?": () => (b < c ? "above" : "below"),
    };
    expect([ask, gold]).toEqual([ask, String(expected[form]?.())]);
    forms.set(form, (forms.get(form) ?? 0) + 1);
  }
  expect(forms.size).toBe(10);
});
