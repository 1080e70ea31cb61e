/**
 * @file TRL's GRPOTrainer, by the script and the configuration of `trainer/recipes/trl`: two updates on the CPU, with frames in the
 * prompts and the answers played on a server. A random model says nothing that can be played; `nano` plays, so that its answers
 * differ in worth.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { touchline } from "../cli/run.ts";
import { fixtureFolder, temporaryFolder } from "./fixture.ts";
import { runPython } from "./python.ts";
import { servedFolder } from "./serve.ts";
import { servedForFile } from "./serving.ts";

const url = servedForFile();

const CONFIG = new URL("../../trainer/recipes/trl/grpo.yaml", import.meta.url).pathname;
const NANO = new URL("../../agent/weights/nano", import.meta.url).pathname;
const CASES = {
  random: {
    model: servedFolder(join(fixtureFolder("tied"), "model")),
    scenario: "questions",
    setup: { frame: { width: 168, height: 112 } },
  },
  nano: {
    model: NANO,
    scenario: "academy_empty_goal_close",
    setup: {
      see: ["frame"],
      frame: { width: 168, height: 112, hud: false, tint: true },
      prompt: "nano",
      actions: "semantic",
      decisionSteps: 20,
      vary: true,
      formatPenalty: 0.5,
      rewards: { scoring: 1, approach: 5 },
    },
  },
};

interface Logged {
  step: number;
  reward?: number;
  reward_std?: number;
  grad_norm?: number;
  "rewards/play/mean"?: number;
}

const UPDATES = 2;

function train(name: keyof typeof CASES, folder: string): Logged[] {
  const { model, scenario, setup } = CASES[name];
  // What a machine without a GPU cannot, and less of the rest.
  const flags = {
    config: CONFIG,
    model_name_or_path: model,
    output_dir: folder,
    url: url(),
    scenario,
    setup: JSON.stringify(setup),
    starts: 8,
    use_cpu: true,
    use_vllm: false,
    vllm_enable_sleep_mode: false,
    bf16: false,
    dtype: "float32",
    attn_implementation: "sdpa",
    gradient_accumulation_steps: 1,
    warmup_steps: 0,
    max_steps: UPDATES,
    per_device_train_batch_size: 16,
    num_generations: 8,
    max_completion_length: 48,
    learning_rate: 1e-4,
    logging_steps: 1,
    save_steps: UPDATES,
    report_to: "none",
    disable_tqdm: true,
  };
  runPython(
    "train_trl.py",
    ...Object.entries(flags).flatMap(([flag, value]) => [`--${flag}`, String(value)]),
  );
  const state = readFileSync(join(folder, `checkpoint-${UPDATES}/trainer_state.json`), "utf8");
  const { log_history } = JSON.parse(state) as { log_history: Logged[] };
  return log_history.filter(({ reward }) => reward !== undefined);
}

test("two updates of a tiny random Qwen2.5-VL on questions with frames; the folder is read here", async () => {
  const folder = temporaryFolder();
  const updates = train("random", folder);
  expect(updates.map(({ step }) => step)).toEqual([1, 2]);
  for (const { reward } of updates) expect(reward).toBe(0);
  expect(await touchline(["model", "info", folder])).toMatchObject({ status: 0 });
});

test("two updates of nano on play: its answers differ in what they are worth, and it learns from that", () => {
  const updates = train("nano", temporaryFolder());
  expect(updates.map(({ step }) => step)).toEqual([1, 2]);
  for (const { reward, "rewards/play/mean": play } of updates) expect(play).toBeCloseTo(reward!, 6);
  expect(Math.max(...updates.map(({ reward_std }) => reward_std!))).toBeGreaterThan(0);
  expect(Math.max(...updates.map(({ grad_norm }) => grad_norm!))).toBeGreaterThan(0);
});
