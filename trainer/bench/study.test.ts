import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { checkRecipe, type Recipe } from "../recipes/index.ts";
import { makeRunFolder } from "../stage/run-folder.ts";
import { makeSeriesFolder } from "../stage/series.ts";
import { findModels, hasEnded, nearestInTime, readRecipes, readSeeds, type Study } from "./study-arms.ts";
import { differenceText, shareText } from "./tables.ts";
import { pairedDifference, studentMean } from "../statistics/index.ts";

const out = mkdtempSync(join(tmpdir(), "touchline-study-"));
afterAll(() => rmSync(out, { recursive: true }));

function recipe(stage: "fre" | "mgt", steps: number): Recipe {
  const questions = { mix: { lane: 1 }, prompts: 1, ...(stage === "mgt" && { shown: "frame" }) };
  return checkRecipe(
    { model: "cold", stage, steps, questions, learningRate: 1e-4 },
    join(out, "recipe.json"),
  );
}

/** Leaves what a run leaves that took so long for each of its steps. */
function leave(directory: string, seconds: readonly number[], checkpoints: readonly number[]): void {
  for (const step of checkpoints)
    mkdirSync(join(directory, "checkpoints", String(step)), { recursive: true });
  const lines = seconds.map((whole, i) =>
    JSON.stringify({
      global_step: i + 1,
      "time/rollout": 0.75 * whole,
      "time/update": 0.25 * whole,
      "charts/SPS": 9,
    }),
  );
  writeFileSync(join(directory, "metrics.jsonl"), lines.map((line) => `${line}\n`).join(""));
}

const series = { stages: [recipe("fre", 2), recipe("mgt", 2)] };
function leaveSeries(seed: number, lastSteps: readonly number[]): void {
  const directory = join(out, `study-${seed}`);
  makeSeriesFolder(directory, series);
  leave(join(directory, "1-fre"), [2, 2], [1, 2]);
  leave(join(directory, "2-mgt"), [8, 8].slice(0, lastSteps.at(-1)), lastSteps);
}
function leaveDirect(seed: number, seconds: readonly number[], checkpoints: readonly number[]): void {
  const directory = join(out, `direct-rl-${seed}`);
  makeRunFolder(directory, recipe("mgt", 4));
  leave(directory, seconds, checkpoints);
}

const study: Study = {
  out,
  seeds: [1, 2, 3],
  recipes: ["study", "./direct-rl.json"],
  cold: join(out, "cold"),
};

beforeAll(() => {
  mkdirSync(study.cold);
  writeFileSync(join(study.cold, "config.json"), "{}");
  leaveSeries(1, [1, 2]);
  // 20 s, as long as the series, would be between the second step (14 s) and the third (22 s).
  leaveDirect(1, [7, 7, 8, 8], [1, 2, 3, 4]);
  leaveSeries(2, [1]);
  leaveDirect(2, [7, 7], [1, 2]);
});

describe("the arms", () => {
  test("are models at the ends of stages, and the direct one that took as long as the series", () => {
    const { models } = findModels({ ...study, seeds: [1] });
    const [seed, direct] = [1, join(out, "direct-rl-1", "checkpoints")];
    expect(models).toEqual([
      { arm: "base", folder: study.cold },
      { arm: "fre", seed, folder: join(out, "study-1", "1-fre", "checkpoints", "2") },
      { arm: "fre-mgt", seed, folder: join(out, "study-1", "2-mgt", "checkpoints", "2") },
      { arm: "direct", seed, folder: join(direct, "4") },
      { arm: "direct-time", seed, folder: join(direct, "3"), timeShare: 22 / 20 },
    ]);
  });

  test("are left out, each with a sentence, where a run is not at its end or not there", () => {
    const { models, missing } = findModels({ ...study, seeds: [2, 3], cold: join(out, "warm") });
    expect(models.map(({ arm, seed }) => `${arm} ${seed}`)).toEqual(["fre 2"]);
    const [half, none] = ["is not at its end.", "is not there."];
    expect(missing).toEqual([
      `base: "${join(out, "warm")}" is no model folder; give --cold FOLDER.`,
      `fre-mgt, seed 2: the run in "${join(out, "study-2")}" ${half}`,
      `direct, seed 2: the run in "${join(out, "direct-rl-2")}" ${half}`,
      `direct-time, seed 2: the run in "${join(out, "study-2")}" ${half}`,
      `fre, seed 3: the run in "${join(out, "study-3")}" ${none}`,
      `fre-mgt, seed 3: the run in "${join(out, "study-3")}" ${none}`,
      `direct, seed 3: the run in "${join(out, "direct-rl-3")}" ${none}`,
      `direct-time, seed 3: the run in "${join(out, "study-3")}" ${none}`,
    ]);
  });

  test("are at their end when every stage is", () => {
    const ended = ["study-1", "direct-rl-1", "study-2", "direct-rl-2", "study-3"].filter((name) =>
      hasEnded(join(out, name)),
    );
    expect(ended).toEqual(["study-1", "direct-rl-1"]);
  });

  test("are compared at the nearest of the checkpoints that were kept", () => {
    const after = [0, 10, 20, 30, 40];
    expect(nearestInTime([2, 4], after, 29)).toBe(2);
    expect(nearestInTime([2, 4], after, 31)).toBe(4);
    expect(nearestInTime([2, 4], after, 500)).toBe(4);
  });
});

test.each([
  ["1,1", "different"],
  ["1,a", "whole numbers"],
  ["", "whole numbers"],
  ["4294967296", "whole numbers"],
  ["1,2,3,4,5,6,7,8,9,10,11", "up to 10"],
])("--seeds %j is refused", (text, part) => {
  expect(() => readSeeds(text)).toThrow(
    expect.objectContaining({ code: "bench/option", message: expect.stringContaining(part) }),
  );
});

test("seeds and recipes are lists", () => {
  expect(readSeeds("3,0,12")).toEqual([3, 0, 12]);
  expect(readRecipes("study,direct-rl")).toEqual(["study", "direct-rl"]);
  expect(() => readRecipes("study")).toThrow(expect.objectContaining({ code: "bench/option" }));
});

const told = (one: number[], other: number[]): string => differenceText(pairedDifference(one, other));

test("a difference is told in words by its interval", () => {
  expect(told([0.5, 0.6, 0.4, 0.5, 0.5], [0.5, 0.5, 0.5, 0.5, 0.5])).toBe(
    "+0.0 points (-8.8 to +8.8): no difference that five seeds can show",
  );
  expect(told([0.6, 0.61], [0.5, 0.51])).toBe("+10.0 points (+10.0 to +10.0): better, by two seeds");
  expect(told([0.4, 0.41], [0.5, 0.51])).toBe("-10.0 points (-10.0 to -10.0): worse, by two seeds");
  expect(told([0.4], [0.5])).toBe("-10.0 points; one seed shows no difference");
  expect(told([], [])).toBe("not measured");
});

test("a mean of shares has its interval within 0 and 100 %", () => {
  expect(shareText(studentMean([0.9, 1]))).toBe("95.0 % (31.5 to 100.0)");
  expect(shareText(studentMean([0.9]))).toBe("90.0 %");
  expect(shareText(studentMean([]))).toBe("");
});
