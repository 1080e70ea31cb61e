/** @file A run in this thread: what goes wrong beside the learning takes nothing away from it. */
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { checkRecipe, type SftRecipe } from "../recipes/index.ts";
import { checkpointSteps, makeRunFolder } from "./run-folder.ts";
import { trainSft } from "./sft.ts";

const folder = mkdtempSync(join(tmpdir(), "touchline-sft-"));
afterAll(() => rmSync(folder, { recursive: true }));

const ANSWER = { role: "assistant", content: "Left." };

test("a picture to evaluate with that is gone: the step before has its line, and is saved", async () => {
  const picture = join(folder, "frame.png");
  copyFileSync("trainer/recipes/sft-example/corner.png", picture);
  const asked = { role: "user", content: [{ type: "image" }, { type: "text", text: "Where?" }] };
  const withPicture = { messages: [asked, ANSWER], images: [picture] };
  writeFileSync(join(folder, "evaluate.jsonl"), JSON.stringify(withPicture));
  const plain = { messages: [{ role: "user", content: "Where?" }, ANSWER] };
  writeFileSync(join(folder, "learn.jsonl"), JSON.stringify(plain));
  const value = {
    model: join(process.cwd(), "tests/reference/fixtures/tied/model"),
    stage: "sft",
    data: ["learn.jsonl"],
    steps: 4,
    learningRate: 1e-3,
    evaluate: { data: ["evaluate.jsonl"], every: 2 },
  };
  const recipe = checkRecipe(value, join(folder, "recipe.json")) as SftRecipe;
  const directory = join(folder, "run");
  makeRunFolder(directory, recipe);
  const watcher = {
    onEvent: ({ kind }: { kind: string }) => kind === "step" && rmSync(picture, { force: true }),
  };
  const run = trainSft(recipe, directory, { ...watcher, isStopped: () => false }, { threads: 1 });
  await expect(run).rejects.toThrow(expect.objectContaining({ code: "model/picture-file" }));
  const lines = readFileSync(join(directory, "metrics.jsonl"), "utf8").trim().split("\n");
  expect(lines.map((line) => (JSON.parse(line) as { global_step: number }).global_step)).toEqual([1, 2]);
  expect(checkpointSteps(directory)).toEqual([2]);
});
