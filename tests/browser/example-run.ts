/** @file A training run for the pictures of the docs: its numbers and words are made up, its episodes are played. */
import { appendFileSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { makeRandom, uniform } from "../../env/random.ts";
import { metricsLine, recordEpisodes, writeSamples } from "../viewer/run-folder.ts";

export const EXAMPLE_RUN = "lmm/2-fre";
export const EXAMPLE_STEP = 160;
const STEPS = 240;

/** Writes it, and the stage before it, into a folder of runs. */
export async function writeExampleRun(folder: string): Promise<void> {
  const before = join(folder, "lmm", "1-sft");
  mkdirSync(before, { recursive: true });
  writeFileSync(join(before, "recipe.json"), JSON.stringify({ steps: 60 }));
  const sft = Array.from({ length: 60 }, (_, i) => metricsLine(i + 1, { "losses/loss": 2.4 / (1 + i / 12) }));
  writeFileSync(join(before, "metrics.jsonl"), sft.join(""));
  const run = join(folder, EXAMPLE_RUN);
  mkdirSync(run, { recursive: true });
  writeFileSync(join(run, "recipe.json"), JSON.stringify({ steps: 400 }));
  for (let step = EXAMPLE_STEP / 4; step <= EXAMPLE_STEP; step += EXAMPLE_STEP / 4) {
    await recordEpisodes(run, step, [step, step + 1, step + 2]);
    writeSamples(run, step, QUESTIONS);
  }
  const random = makeRandom(7);
  const noise = (size: number): number => (uniform(random) - 0.5) * size;
  for (let step = 1; step <= STEPS; step++) {
    const learned = 1 - Math.exp(-step / 90);
    const accuracy = 0.15 + 0.6 * learned + noise(0.16);
    const format = Math.min(1, 0.4 + 1.2 * learned + noise(0.08));
    const metrics = {
      "charts/reward": accuracy + 0.5 * format,
      "rewards/format": format,
      "rewards/accuracy": accuracy,
      "charts/response_length": 120 + 90 * learned + noise(36),
      "losses/kl": 0.03 * learned + 0.004 + noise(0.006),
      "losses/entropy": 1.3 - 0.7 * learned + noise(0.1),
      "losses/clip_fraction": 0.06 + noise(0.05),
      "losses/policy_loss": noise(0.05),
      "charts/learning_rate": 1e-6 * Math.min(1, step / 20),
      "charts/tokens_per_second": 940 + noise(120),
    };
    const played = step % 20 === 0 && {
      "success/academy_empty_goal_close": Math.round(20 * (0.2 + 0.8 * learned)) / 20,
      "success/academy_3_vs_1_with_keeper": Math.round(20 * 0.5 * learned) / 20,
    };
    appendFileSync(join(run, "metrics.jsonl"), metricsLine(step, { ...metrics, ...played }));
  }
}

const QUESTIONS = [
  [
    "A striker is 12 metres from the goal and runs 6 metres a second. How many seconds does he need?",
    "12 metres at 6 metres a second take 12 / 6 seconds.",
    "2",
    "2",
  ],
  ["Of 20 shots a quarter are goals. How many are not?", "A quarter of 20 is 5, so 15 are not.", "15", "15"],
  [
    "A match has two halves of 45 minutes and 4 minutes of added time. How many minutes is that?",
    "Two times 45 is 80, and 4 more.",
    "84",
    "94",
  ],
  [
    "Which is nearer to the goal: 3/4 of the pitch or 0.7 of it?",
    "3/4 is 0.75, and that is more than 0.7.",
    "3/4",
    "3/4",
  ],
].map(([prompt, think, answer, gold]) => {
  const accuracy = answer === gold ? 1 : 0;
  const response = `<think>${think}</think><answer>${answer}</answer>`;
  return { prompt, response, gold, reward: accuracy + 0.5, format: 1, accuracy };
});
