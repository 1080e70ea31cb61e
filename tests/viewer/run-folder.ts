/** @file Folders of training runs as a trainer writes them, made up for the tests of those who look at them. */
import { appendFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { FileSink, playEpisode } from "../../agent/match/index.ts";
import { parsePolicy, type Policy } from "../../agent/policy/index.ts";
import { loadScenario } from "../../scenarios/load.ts";
import type { Venue } from "./serve.ts";

export const CLOSE = "academy_empty_goal_close";

/** An empty folder for runs, which goes after the test. */
export function runsFolder(venue: Venue): string {
  const folder = mkdtempSync(join(tmpdir(), "touchline-runs-"));
  venue.keep({ close: () => rmSync(folder, { recursive: true, force: true }) });
  return folder;
}

/** One line of metrics. */
export function metricsLine(step: number, metrics: Readonly<Record<string, number>>): string {
  return `${JSON.stringify({ global_step: step, ...metrics })}\n`;
}

/** A run of so many steps whose reward is a tenth of the step; its folder. */
export function writeRun(folder: string, id: string, steps: number, recipe?: object): string {
  const run = join(folder, id);
  mkdirSync(run, { recursive: true });
  if (recipe !== undefined) writeFileSync(join(run, "recipe.json"), JSON.stringify(recipe));
  const lines = Array.from({ length: steps }, (_, i) =>
    metricsLine(i + 1, { "charts/reward": (i + 1) / 10, "losses/kl": 0.01 * i }),
  );
  writeFileSync(join(run, "metrics.jsonl"), lines.join(""));
  return run;
}

/** One more step. */
export function growRun(run: string, step: number): void {
  appendFileSync(join(run, "metrics.jsonl"), metricsLine(step, { "charts/reward": step / 10 }));
}

/** Episodes with these seeds, recorded at a step. */
export async function recordEpisodes(
  run: string,
  step: number,
  seeds: readonly number[],
  left: Policy = parsePolicy("scripted"),
): Promise<void> {
  const sink = new FileSink(join(run, "episodes", String(step)));
  for (const seed of seeds) await playEpisode({ scenario: loadScenario(CLOSE), left, sink }, seed);
}

export const SAMPLE = {
  prompt: "A striker runs 6 metres a second. How long for 12 metres?",
  response: "<think>12 divided by 6 is 2.</think><answer>2</answer>",
  gold: "2",
  reward: 1.5,
  format: 1,
  accuracy: 1,
};

/** Questions that were sampled at a step. */
export function writeSamples(run: string, step: number, samples: readonly unknown[]): void {
  const folder = join(run, "episodes", String(step));
  mkdirSync(folder, { recursive: true });
  const lines = samples.map((sample) => `${typeof sample === "string" ? sample : JSON.stringify(sample)}\n`);
  writeFileSync(join(folder, "samples.jsonl"), lines.join(""));
}
