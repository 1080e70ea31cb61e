/** @file How a model plays that still learns: episodes with its likeliest answers, on seeds that are never learned from. */
import { join } from "node:path";
import type { Metrics } from "../../log/index.ts";
import { rollout } from "../../rollout/index.ts";
import { scenariosOf } from "../scenarios.ts";
import { mean } from "./metrics.ts";

/** Episodes of each scenario that are kept to be looked at. */
const KEPT = 2;

export interface Evaluation {
  scenarios: readonly string[];
  /** Of each. */
  episodes: number;
}

/**
 * Plays the first seeds of each scenario, varied; the first few are recorded.
 * @param policy the model's folder.
 * @param record where episodes are kept.
 * @param url of a page that shows those.
 */
export async function evaluatePlay(
  policy: string,
  { scenarios, episodes }: Evaluation,
  record: string,
  url?: string,
): Promise<Metrics> {
  const watch = url === undefined ? undefined : { url, by: "train" };
  const metrics: Record<string, number> = {};
  for (const scenario of scenariosOf(scenarios)) {
    const task = {
      scenario,
      policy: `dir:${policy}`,
      vary: true,
      words: { temperature: 0, model: { threads: 1 } },
    };
    const seeds = Array.from({ length: episodes }, (_, seed) => seed);
    const kept = seeds.slice(0, KEPT);
    const runs = [
      await rollout({ ...task, record, watch }, { seeds: kept, workers: 1, concurrency: kept.length }),
      await rollout(task, { seeds: seeds.slice(KEPT), workers: 1, concurrency: 64 }),
    ];
    const won = runs.flatMap((one) => one.episodes).map(({ end: { score } }) => Number(score[0] > score[1]));
    metrics[`eval/success/${scenario.id}`] = mean(won);
  }
  metrics["eval/success"] = mean(Object.values(metrics));
  return metrics;
}

export function episodesFolder(directory: string, step: number): string {
  return join(directory, "episodes", String(step));
}
