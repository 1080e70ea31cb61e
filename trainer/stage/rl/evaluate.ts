/** @file How a model plays that still learns: episodes with its likeliest answers, on seeds that are never learned from. */
import { existsSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import type { Metrics } from "../../log/index.ts";
import { runSokoban, sokobanCast, sokobanSuite } from "../../benchmark/sokoban/index.ts";
import { rollout } from "../../rollout/index.ts";
import { type SokobanTask, sokobanTask } from "../../sokoban/index.ts";
import { evaluatedScenarios } from "../check.ts";
import { mean } from "./metrics.ts";

/** Neither learned from nor reported on: seeds from 0 on are for tables, those from `TRAINING_SEEDS_FROM` on for training. */
const SEEDS_FROM = 500_000;
const EPISODES = "episodes";
/** Episodes of each scenario that are kept to be looked at. */
const KEPT = 2;

export interface Evaluation {
  scenarios: readonly string[];
  /** Of each. */
  episodes: number;
}

/**
 * Plays seeds of its own of each scenario, varied; the first few are recorded. Of Sokoban it plays levels that are held out.
 * @param policy the model's folder; beside it is room for more.
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
  const scores: Record<string, number> = {};
  for (const name of scenarios) {
    const sokoban = sokobanTask(name);
    if (sokoban === undefined) continue;
    const { success, score } = await evaluateSokoban(policy, sokoban, episodes, url);
    metrics[`eval/success/${name}`] = success;
    scores[`eval/score/${name}`] = score;
  }
  for (const scenario of evaluatedScenarios(scenarios)) {
    const task = {
      scenario,
      policy: `dir:${policy}`,
      vary: true,
      words: { temperature: 0, model: { threads: 1 } },
    };
    const seeds = Array.from({ length: episodes }, (_, place) => SEEDS_FROM + place);
    const kept = seeds.slice(0, KEPT);
    const runs = [
      await rollout({ ...task, record, watch }, { seeds: kept, workers: 1, concurrency: kept.length }),
      await rollout(task, { seeds: seeds.slice(KEPT), workers: 1, concurrency: 64 }),
    ];
    // Those that crashed are not won.
    const won = runs.flatMap((one) => one.episodes).filter(({ end }) => end.result === "success");
    metrics[`eval/success/${scenario.id}`] = won.length / episodes;
  }
  return { ...metrics, ...scores, "eval/success": mean(Object.values(metrics)) };
}

/** Levels from a seed of their own on; what comes of them is by MageBench's score, too. */
async function evaluateSokoban(
  policy: string,
  { suite: name, size }: SokobanTask,
  episodes: number,
  watch: string | undefined,
): Promise<{ success: number; score: number }> {
  const suite = sokobanSuite(name)!;
  const wishes = { policy: `dir:${policy}`, sizes: [size], episodes, seed: SEEDS_FROM, temperature: 0 };
  const directory = `${policy}-${name}-${size}`;
  const { overall } = await runSokoban({ ...(await sokobanCast(suite, wishes)), suite, directory, watch });
  return { success: overall.success.mean, score: overall.score.mean };
}

/** Takes away what was kept of steps that are done again. */
export function removeEpisodesAfter(directory: string, step: number): void {
  const folder = join(directory, EPISODES);
  const names = existsSync(folder) ? readdirSync(folder) : [];
  for (const name of names) {
    if (/^\d+$/.test(name) && Number(name) > step)
      rmSync(join(folder, name), { recursive: true, force: true });
  }
}

export function episodesFolder(directory: string, step: number): string {
  return join(directory, EPISODES, String(step));
}
