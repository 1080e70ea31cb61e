/** @file Sokoban as a task of every stage: imitated on frames and in words, and learned from by LMM-R1's reward. */
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { answerOf, asked, newborn, taught, TINY_STYLE } from "../../../tests/rl/tiny.ts";
import { readMetrics } from "../../../tests/train/run.ts";
import { lmmR1Reward, makeSokobanPainter, readXsb } from "../../../env/sokoban/index.ts";
import { checkRecipe, type RlRecipe, type SftRecipe } from "../../recipes/index.ts";
import { checkpointSteps, makeRunFolder } from "../run-folder.ts";
import { trainSft } from "../sft.ts";
import { trainRl } from "./index.ts";

const folder = mkdtempSync(join(tmpdir(), "touchline-sokoban-"));
afterAll(() => rmSync(folder, { recursive: true }));

const watcher = { onEvent: () => undefined, isStopped: () => false };
const SOKOBAN = { mix: { sokoban: 1 }, sokoban: { sizes: ["7x7x1"] } };

test("a model imitates the solver's plans, on frames and in words", async () => {
  const recipe = checkRecipe(
    {
      model: newborn(join(folder, "newborn")),
      stage: "sft",
      questions: { ...SOKOBAN, inWords: 0.5 },
      steps: 4,
      batchSize: 4,
      learningRate: 5e-3,
    },
    join(folder, "cold.json"),
  ) as SftRecipe;
  const directory = join(folder, "cold");
  makeRunFolder(directory, recipe);
  await trainSft(recipe, directory, watcher, { threads: 1 });
  const losses = readMetrics(directory).map((line) => line["losses/loss"]!);
  expect(losses).toHaveLength(4);
  expect(losses[3]).toBeLessThan(losses[0]!);
}, 300_000);

test("answers on frames get LMM-R1's reward, and are learned from", async () => {
  const level = readXsb("#######\n#     #\n#     #\n#@ $ .#\n#     #\n#     #\n#######");
  const chat = asked("Push.", makeSokobanPainter(level).paint(level));
  const answers = ["Right", "Up, Right", "Down, Down"].map(answerOf);
  const model = await taught(join(folder, "model"), [{ chat, answers }], { style: TINY_STYLE });
  const recipe = checkRecipe(
    {
      model,
      stage: "mgt",
      steps: 1,
      questions: { ...SOKOBAN, shown: "frame", prompts: 4, samples: 4 },
      maxTokens: 40,
      learningRate: 1e-3,
      actors: 1,
      batchSize: 16,
    },
    join(folder, "mgt.json"),
  ) as RlRecipe;
  const directory = join(folder, "mgt");
  makeRunFolder(directory, recipe);
  await trainRl(recipe, directory, watcher, { threads: 1 });
  const [line] = readMetrics(directory);
  expect(line!["losses/gradient_norm"]).toBeGreaterThan(0);
  expect(line!["rewards/format"]).toBeGreaterThan(0.5);
  expect(line!["accuracy/sokoban"]).toBeLessThan(1);
  const samples = readFileSync(join(directory, "episodes/1/samples.jsonl"), "utf8").trim().split("\n");
  expect(samples).toHaveLength(16);
  for (const text of samples) {
    const { prompt, response, reward } = JSON.parse(text) as Record<string, string>;
    // The board stands where the page cannot show the picture.
    const [, board] = /^\[picture\]\n((?:(?:[#_@$.*+] ?){7}\n){7}) Push\.$/.exec(prompt!)!;
    const shown = readXsb(board!.replaceAll(/(?<!^) /gm, "").replaceAll("_", " "));
    expect(reward).toBe(lmmR1Reward(shown, response!, { lengthBonuses: false }).total);
  }
  expect(checkpointSteps(directory)).toEqual([1]);
}, 300_000);

test("episodes of one move an answer are learned from, and held-out levels judge", async () => {
  const level = readXsb("#######\n#     #\n#     #\n#@ $ .#\n#     #\n#     #\n#######");
  const chat = asked("Step.", makeSokobanPainter(level).paint(level));
  // One is no move, and costs something: else all episodes of a group may come to the same.
  const answers = ["Right", "Up", "Down", "Jump"].map(answerOf);
  const model = await taught(join(folder, "mover"), [{ chat, answers }], { style: TINY_STYLE });
  const given = {
    model,
    stage: "mgt",
    steps: 1,
    episodes: {
      scenarios: { "sokoban-online:7x7x1": 1 },
      episodes: 8,
      samples: 4,
      rewards: {},
      maxTurns: 5,
    },
    evaluate: { scenarios: ["sokoban:7x7x1", "sokoban-online:7x7x1"], every: 1, episodes: 2 },
    maxTokens: 40,
    learningRate: 1e-3,
    actors: 1,
    batchSize: 16,
  };
  const directory = join(folder, "online");
  const recipe = checkRecipe(given, join(folder, "online.json")) as RlRecipe;
  makeRunFolder(directory, recipe);
  await trainRl(recipe, directory, watcher, { threads: 1 });
  const [line] = readMetrics(directory);
  expect(line!["losses/gradient_norm"]).toBeGreaterThan(0);
  expect(line!["charts/decisions"]).toBeGreaterThan(8);
  // Nothing but steps at -0.1 comes of most of them.
  expect(line!["rewards/return"]).toBeLessThan(11);
  expect(line).toHaveProperty("success/sokoban-online:7x7x1");
  expect(line!["eval/score/sokoban:7x7x1"]).toBeGreaterThan(40);
  expect(line!["eval/score/sokoban-online:7x7x1"]).toBeGreaterThan(40);
  expect(line!["eval/success"]).toBeLessThanOrEqual(1);

  const plans = { ...given, episodes: { ...given.episodes, scenarios: { "sokoban:7x7x1": 1 } } };
  const wrong = checkRecipe(plans, join(folder, "plans.json")) as RlRecipe;
  await expect(trainRl(wrong, makeRunFolderOf("plans", wrong), watcher)).rejects.toMatchObject({
    code: "sokoban/plan",
  });
}, 300_000);

function makeRunFolderOf(name: string, recipe: RlRecipe): string {
  const directory = join(folder, name);
  makeRunFolder(directory, recipe);
  return directory;
}
