/** @file The recipe `quick` in short, from the cold start that ships: a few updates, after which more goals fall than before. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { afterAll, expect, test } from "vitest";
import { findRecipe } from "../../trainer/index.ts";
import { readMetrics, Training } from "../train/run.ts";

const STEPS = 6;
const folder = mkdtempSync(join(tmpdir(), "touchline-quick-"));
afterAll(() => rmSync(folder, { recursive: true }));

test("a few updates of quick bring reward", { timeout: 600_000 }, async () => {
  const path = findRecipe("quick");
  const quick = JSON.parse(readFileSync(path, "utf8")) as { model: string; evaluate?: object };
  const { evaluate: _, ...recipe } = quick;
  const short = {
    ...recipe,
    model: resolve(dirname(path), quick.model),
    steps: STEPS,
    schedule: { decay: "constant", warmupSteps: 2 },
    saveEvery: STEPS,
  };
  writeFileSync(join(folder, "short.json"), JSON.stringify(short));
  const out = join(folder, "run");
  const training = new Training(["--recipe", join(folder, "short.json"), "--out", out]);
  expect(await training.ended).toMatchObject({ status: 0 });
  const rewards = readMetrics(out).map((line) => line["charts/reward"]!);
  expect(rewards).toHaveLength(STEPS);
  // 96 episodes each.
  expect((rewards[4]! + rewards[5]!) / 2).toBeGreaterThan((rewards[0]! + rewards[1]!) / 2);
});
