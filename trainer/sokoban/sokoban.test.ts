/** @file Sokoban as questions: what is held out, what is told, what an answer is worth. */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { makeRandom } from "../../env/random.ts";
import { lmmR1Reward, playPlan, readXsb, solve, writeXsb } from "../../env/sokoban/index.ts";
import { writeQuestions } from "../data/index.ts";
import { askedChat, drawQuestions, judge } from "../question/index.ts";
import { drawLevel, goodPlan, heldOutLevels, isHeldOutLevel } from "./levels.ts";
import { sokobanReward } from "./reward.ts";
import { levelWords, planThought } from "./telling.ts";

const sizes = ["7x7x1", "small-v0"];

test("levels of training and of judging have none in common", () => {
  const random = makeRandom(5);
  const trained = Array.from({ length: 60 }, () => drawLevel(random, sizes, false).level);
  expect(trained.some(isHeldOutLevel)).toBe(false);
  expect(new Set(trained.map(({ boxes }) => boxes.length))).toEqual(new Set([1, 2]));
  const judged: string[] = [];
  for (const { seed, level } of heldOutLevels("7x7x1", 10)) {
    expect(isHeldOutLevel(level)).toBe(true);
    judged.push(writeXsb(level));
    if (judged.length < 20) continue;
    // One of ten, from the seed on.
    expect(seed).toBeGreaterThan(60);
    expect(seed).toBeLessThan(700);
    break;
  }
  expect(judged.filter((text) => trained.some((level) => writeXsb(level) === text))).toEqual([]);
});

test("the words are the level, and the thought walks a shortest plan", () => {
  const level = readXsb("#######\n#@ $ .#\n#######");
  expect(levelWords(level)).toBe("# # # # # # #\n# @ _ $ _ . #\n# # # # # # #");
  const drawn = { level, solution: [] };
  expect(planThought(level, goodPlan(drawn))).toBe(
    "Me 1 1. Box 3 1. Target 5 1. Go right 2 1, push right 3 1, push right 4 1.",
  );
});

test("a question's own answer solves its level, on a frame as in words", async () => {
  const questions = drawQuestions(undefined, { sokoban: 1 }, 2, 6, { sokoban: { sizes } });
  const again = drawQuestions(undefined, { sokoban: 1 }, 2, 6, { sokoban: { sizes } });
  expect(again.map(({ gold }) => gold)).toEqual(questions.map(({ gold }) => gold));
  for (const question of questions) {
    const response = `<think>${question.think}</think><answer>${question.gold}</answer>`;
    const { words } = question.view!;
    const level = readXsb(words.replaceAll(/(?<!^) /gm, "").replaceAll("_", " "));
    const { total } = lmmR1Reward(level, response, { lengthBonuses: false });
    const given = await judge(question, response, { shown: "frame" });
    expect(given).toEqual({ format: 1, accuracy: 1, reward: total, status: "equal" });
    expect(askedChat(question, "frame").images).toMatchObject([{ width: 112, height: 112 }]);
    expect(JSON.stringify(askedChat(question, "words"))).toContain(JSON.stringify(words).slice(1, -1));
    const plan = question.gold.split(", ").map((move) => move.toLowerCase());
    const shortest = solve(level);
    expect(shortest).toMatchObject({ status: "solved", plan: { length: plan.length } });
    expect(playPlan(level, plan as never).solved).toBe(true);
  }
});

test("what solves nothing earns its form and what it pushes home; length pays only where that is asked for", async () => {
  const [plain] = drawQuestions(undefined, { sokoban: 1 }, 4, 1, { sokoban: { sizes } });
  const [paid] = drawQuestions(undefined, { sokoban: 1 }, 4, 1, {
    sokoban: { sizes, lengthBonuses: true },
  });
  const away = "<think>I walk up and down.</think><answer>Up, Up</answer>";
  expect(await judge(plain!, away)).toMatchObject({ format: 1, accuracy: 0, reward: 0.5 });
  // Two moves at 0.05, four words of two letters and more at 0.001.
  expect((await judge(paid!, away)).reward).toBeCloseTo(0.5 + 0.1 + 0.004, 10);
  expect(await judge(paid!, "Up, Up")).toMatchObject({ format: 0, accuracy: 0, reward: 0 });
});

test("by LMM-R1's rule moves that are added cost nothing; at a price each costs that is more than a shortest plan has", () => {
  const level = readXsb("#######\n#@ $ .#\n#######");
  const [plan, longer, away, further] = [
    "Right, Right, Right",
    "Right, Right, Right, Left, Left",
    "Left",
    "Left, Left, Left",
  ].map((moves) => `<think>So.</think><answer>${moves}</answer>`);
  expect(sokobanReward(level, longer!).reward).toBe(sokobanReward(level, plan!).reward);
  expect(sokobanReward(level, further!).reward).toBe(sokobanReward(level, away!).reward);
  const priced = (response: string): number =>
    sokobanReward(level, response, { extraMoveCost: 0.7 }, () => 2).reward!;
  // A box, the end and the form, less three moves, of which one is more than the two that are said to do.
  expect(priced(plan!)).toBeCloseTo(1 + 10 + 0.5 - 0.3 - 0.7, 10);
  expect(priced(plan!) - priced(longer!)).toBeCloseTo(1.4, 10);
  expect(priced(away!) - priced(further!)).toBeCloseTo(0.7, 10);
});

test("a question knows how many moves its level needs", async () => {
  const [question] = drawQuestions(undefined, { sokoban: 1 }, 4, 1, {
    sokoban: { sizes, extraMoveCost: 1 },
  });
  const { gold } = question!;
  const [right, longer] = [gold, `${gold}, Up, Up`].map(
    (moves) => `<think>So.</think><answer>${moves}</answer>`,
  );
  const { reward } = await judge(question!, right!);
  expect(reward).toBeGreaterThan(10);
  expect((await judge(question!, longer!)).reward).toBeCloseTo(reward! - 2, 10);
});

test("a model that plays by other prompts is told the whole game", () => {
  const [question] = drawQuestions(undefined, { sokoban: 1 }, 4, 1, {
    sokoban: { sizes, prompt: "think-answer" },
  });
  const { messages } = askedChat(question!, "frame");
  expect(messages.map(({ role }) => role)).toEqual(["system", "user"]);
  expect(JSON.stringify(messages)).toContain("green figure");
});

test("plans are written as data to imitate, and not as questions with one right answer", async () => {
  const folder = mkdtempSync(join(tmpdir(), "touchline-sokoban-"));
  const options = { count: 8, seed: 1, mix: { sokoban: 1 } };
  try {
    await expect(writeQuestions(folder, { ...options, stage: "mgt" })).rejects.toMatchObject({
      code: "question/mix",
    });
    const { file, frames } = await writeQuestions(folder, { ...options, stage: "sft" });
    expect(readFileSync(file, "utf8").trim().split("\n")).toHaveLength(8);
    expect(frames).toBeGreaterThan(0);
    expect(readdirSync(join(folder, "sft"))).toHaveLength(frames);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
