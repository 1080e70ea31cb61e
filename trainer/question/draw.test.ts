/** @file What is drawn by a mix: the same for the same seed, even where a guess would do, true, and judged as it should be. */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { listScenarios, loadScenario } from "../../scenarios/load.ts";
import {
  answerText,
  drawQuestions,
  factsOf,
  judge,
  judgeText,
  MomentSource,
  type Question,
  type QuestionKind,
  type Sight,
  TRAINING_SEEDS_FROM,
} from "./index.ts";
import { type Verifier, VERIFIERS } from "../reward/index.ts";

const ACADEMY = listScenarios().filter(({ suite }) => suite === "academy");
const OPTIONS = { decisionSteps: 2, frame: { width: 168, height: 112, hud: false } };
/** With answers by rule; what is best to do and where things are is asked elsewhere. */
const KINDS = [
  "arithmetic",
  "geometry",
  "nearest",
  "distance",
  "lane",
  "offside",
  "keeper",
  "possession",
] as const satisfies QuestionKind[];
const ALL = Object.fromEntries(KINDS.map((kind) => [kind, 1]));

let source: MomentSource;
let drawn: Question[];
beforeAll(async () => {
  source = await MomentSource.make(ACADEMY, OPTIONS);
  drawn = drawQuestions(source, ALL, 1, 800);
}, 120_000);
afterAll(() => source.close());

test("every kind comes about as often as its weight says", () => {
  for (const kind of KINDS) {
    const share = drawn.filter((one) => one.kind === kind).length / drawn.length;
    expect([kind, share > 0.08 && share < 0.17]).toEqual([kind, true]);
  }
  const some = drawQuestions(source, { arithmetic: 3, geometry: 1, lane: 0 }, 2, 400);
  const sums = some.filter(({ kind }) => kind === "arithmetic").length;
  expect(sums).toBeGreaterThan(260);
  expect(sums).toBeLessThan(340);
  expect(some.some(({ kind }) => kind === "lane")).toBe(false);
});

const texts = (seed: number): string[] =>
  drawQuestions(source, ALL, seed, 40).map((one) => JSON.stringify({ ...one, moment: one.moment?.sight }));

test("the same seed gives the same questions, another one others", () => {
  expect(texts(7)).toEqual(texts(7));
  expect(texts(8)).not.toEqual(texts(7));
});

function someoneIsHidden({ me, keeper, opponents, mates }: Sight): boolean {
  const places = [me, keeper ?? [], opponents, mates].flat().map(({ x, y }) => `${x} ${y}`);
  return new Set(places).size < places.length;
}

test("nothing is asked where two figures are at one place, for one of them is hidden", () => {
  const asked = drawn.flatMap(({ moment }) => moment ?? []);
  expect(asked.filter(({ sight }) => someoneIsHidden(sight))).toEqual([]);
  expect(source.take(1, 400).some(({ sight }) => someoneIsHidden(sight))).toBe(true);
});

test("an answer that is guessed is right in 40 to 60 of 100 questions with two answers, and in a third of three", () => {
  const bounds: Partial<Record<QuestionKind, [sort: RegExp, least: number, most: number]>> = {
    offside: [/^yes$/, 0.4, 0.6],
    lane: [/^none$/, 0.4, 0.6],
    keeper: [/^me$/, 0.4, 0.6],
    possession: [/^free$/, 0.23, 0.43],
  };
  for (const [kind, [sort, least, most]] of Object.entries(bounds)) {
    const questions = drawQuestions(source, { [kind]: 1 }, 3, 200);
    const share = questions.filter(({ gold }) => sort.test(gold)).length / questions.length;
    expect([kind, share, share >= least && share <= most]).toEqual([kind, share, true]);
  }
}, 60_000);

test("the answer with its thought earns 1.5 in words and on frames, any other answer 0.5", async () => {
  for (const question of drawn) {
    const { think, gold, also = [], ask } = question;
    for (const shown of ["words", "frame"] as const) {
      for (const right of [gold, ...also]) {
        const { reward } = await judge(question, answerText(think, right), { shown });
        expect([ask, think, right, reward]).toEqual([ask, think, right, 1.5]);
      }
    }
    for (const wrong of [`${gold}1`, `-${gold}1`, `not ${gold}`, "perhaps", `${gold} or 3`]) {
      const { reward } = await judge(question, answerText(think, wrong));
      expect([ask, wrong, reward]).toEqual([ask, wrong, 0.5]);
    }
  }
});

test("as rows of data, by their verifier, they are judged alike, and other rows by mathematics", async () => {
  const asked = [{ role: "user", content: "?" }];
  const verify = VERIFIERS.exact;
  for (const { think, gold, also = [] } of drawn) {
    const reward = async (said: string) =>
      (await judgeText(answerText(think, said), [gold, ...also], asked, { verify })).reward;
    for (const right of [gold, ...also]) expect([right, await reward(right)]).toEqual([right, 1.5]);
    for (const wrong of [`${gold}1`, `not ${gold}`, `${gold} or 3`]) {
      expect([wrong, gold, await reward(wrong)]).toEqual([wrong, gold, 0.5]);
    }
  }
  const response = answerText("Half of it is that.", "$\\frac12$");
  expect((await judgeText(response, ["7", "0.5"], asked)).reward).toBe(1.5);
  expect((await judgeText(response, ["7", "$\\frac{1}{$"], asked)).reward).toBe(null);
  expect((await judgeText(response, ["0.5"], asked, { verify })).reward).toBe(0.5);
});

test("an answer in words is right as it stands, and no product of letters", async () => {
  const question: Question = { kind: "keeper", ask: "Who?", think: "It is me, who is near.", gold: "me" };
  const reward = async (said: string) => (await judge(question, answerText(question.think, said))).reward;
  expect([await reward("Me."), await reward("em"), await reward("m \\cdot e")]).toEqual([1.5, 0.5, 0.5]);
});

test("a thought that is copied from what is told is none", async () => {
  const question = drawn.find(({ moment }) => moment)!;
  const facts = factsOf(question.moment!.sight);
  const response = answerText(facts, question.gold);
  expect(await judge(question, response)).toMatchObject({ format: 0, accuracy: 1 });
  expect(await judge(question, response, { shown: "frame" })).toMatchObject({ format: 1, accuracy: 1 });
});

/** It cannot read the right answer 9. */
const verify: Verifier = (answer, gold) => {
  if (gold === "9") throw new Error("broken");
  return answer === gold ? { score: 1, status: "equal" } : { score: 0, status: "different" };
};

test("where a verifier cannot say of one answer whether it was meant, there is no reward", async () => {
  const question: Question = {
    kind: "lane",
    ask: "Which?",
    think: "Mate 7 is free.",
    gold: "7",
    also: ["9"],
  };
  expect(await judge(question, answerText(question.think, "7"), { verify })).toMatchObject({ reward: 1.5 });
  expect(await judge(question, answerText(question.think, "8"), { verify })).toMatchObject({ reward: null });
});

test("a thought names only places and numbers that are told, and ends on its answer", () => {
  for (const { moment, ask, think, gold } of drawn) {
    if (!moment) continue;
    const told = `${factsOf(moment.sight)} Goal 52 0. ${ask}`.toLowerCase();
    const named = think.toLowerCase().matchAll(/(?<![-\w])(?:(mate) (\d+) )?(-?\d+) (-?\d+)\b/g);
    for (const [text, isMate, number, x, y] of named) {
      const expected = isMate
        ? new RegExp(`\\b${number} ${x} ${y}\\b`)
        : new RegExp(`(?<![-\\d])${x} ${y}\\b`);
      expect([think, text, expected.test(told)]).toEqual([think, text, true]);
    }
    expect(think.toLowerCase().endsWith(`${gold}.`)).toBe(true);
  }
});

test("distances in a thought are those between the places that it names", () => {
  let checked = 0;
  for (const { kind, ask, think } of drawn) {
    if (kind !== "nearest" && kind !== "keeper") continue;
    const from = /(?:^(?:Ball|Me|Goal)|at) (-?\d+) (-?\d+)[.,]/.exec(kind === "keeper" ? ask : think)!;
    for (const [, x, y, metres] of think.matchAll(/(-?\d+) (-?\d+) is (\d+) away/g)) {
      const away = Math.hypot(Number(x) - Number(from[1]), Number(y) - Number(from[2]));
      expect([think, Math.round(away)]).toEqual([think, Number(metres)]);
      checked++;
    }
  }
  expect(checked).toBeGreaterThan(300);
});

const asks = (heldOut: boolean): string[] =>
  drawQuestions(undefined, { arithmetic: 1, geometry: 1 }, 5, 3000, { heldOut }).map(({ ask }) => ask);
const seedsOf = (from: MomentSource): number[] => from.take(1, 40).map(({ seed }) => seed);

test("what is held out in words is asked of nobody else, and held-out moments are of seeds for judging", async () => {
  const [held, others] = [new Set(asks(true)), new Set(asks(false))];
  expect([...held].filter((ask) => others.has(ask))).toEqual([]);
  expect(held.size).toBeGreaterThan(500);

  const judging = await MomentSource.make(ACADEMY, { ...OPTIONS, heldOut: true });
  expect(Math.max(...seedsOf(judging))).toBeLessThan(TRAINING_SEEDS_FROM);
  expect(Math.min(...seedsOf(source))).toBeGreaterThanOrEqual(TRAINING_SEEDS_FROM);
  judging.close();
});

const several = (oneAnswer: boolean): number =>
  drawQuestions(source, { lane: 1 }, 6, 30, { oneAnswer }).filter(({ also }) => also).length;

test("of several mates who are free none is asked where only one answer may be right", () => {
  expect(several(false)).toBeGreaterThan(0);
  expect(several(true)).toBe(0);
});

describe("scenarios of few players", () => {
  test("give the answers that they have where they lack some", async () => {
    const alone = await MomentSource.make([loadScenario("academy_empty_goal_close")], OPTIONS);
    const questions = drawQuestions(alone, { possession: 1 }, 1, 30);
    expect(new Set(questions.map(({ gold }) => gold))).toEqual(new Set(["mine", "free"]));
    expect(() => drawQuestions(alone, { offside: 1 }, 1, 3)).toThrow(/nothing to ask of the kind offside/);
    alone.close();
  }, 60_000);
});

test.each<[string, Record<string, number>, string]>([
  ["a kind that there is not", { arithmetics: 1 }, 'Did you mean "arithmetic"?'],
  ["a weight below 0", { arithmetic: -1 }, 'The weight of "arithmetic" is -1'],
  ["a weight that is no number", { arithmetic: Number.NaN }, 'The weight of "arithmetic" is NaN'],
  ["no kind at all", {}, "no kind with a weight above 0"],
  ["play without moments", { lane: 1 }, "give a MomentSource"],
])("a mix with %s", (_what, mix, sentence) => {
  expect(() => drawQuestions(undefined, mix, 1, 3)).toThrow(sentence);
});
