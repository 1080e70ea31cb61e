/** @file The reward function for verl, on the rows that `touchline data --format parquet` writes. verl itself is not installed. */
import { join } from "node:path";
import { expect, test } from "vitest";
import { runPython } from "./python.ts";
import { servedForFile } from "./serving.ts";

const url = servedForFile();
const FILE = join(import.meta.dirname, "../../trainer/serve/python/touchline/verl.py");

const said = (answer: string) => `<think>The ball is in front of me.</think><answer>${answer}</answer>`;

test("answers are judged by the verifier that their row names", () => {
  const extra = { split: "train", index: 0, verifier: "exact" };
  const rows = [
    ["left", extra, said("left")],
    ["left", extra, said("right")],
    ["left", extra, "left"],
    ["1/2", { ...extra, verifier: "mathematics" }, said("0.5")],
    ["1/2", extra, said("0.5")],
  ];
  expect(runPython("verl_reward.py", FILE, url(), JSON.stringify(rows))).toEqual([
    { score: 1.5, format: 1, accuracy: 1 },
    { score: 0.5, format: 1, accuracy: 0 },
    { score: 0, format: 0, accuracy: 0 },
    { score: 1.5, format: 1, accuracy: 1 },
    { score: 0.5, format: 1, accuracy: 0 },
  ]);
});
