/** @file What many episodes come to: the document of `touchline play --json`. */
import { type EpisodeResult, opponentOf } from "../../agent/match/index.ts";
import type { ActionSet } from "../../env/football/index.ts";
import { loadHash } from "../../env/hash.ts";
import type { Rate } from "../statistics/index.ts";
import { wilson } from "../statistics/index.ts";
import type { Failure, RolloutTask } from "./task.ts";
import type { Rollout } from "./rollout.ts";

export interface PlaySummary {
  scenario: string;
  policy: string;
  /** Null for the built-in players. */
  opponent: string | null;
  /** The set of actions, when the task named one. */
  actions: ActionSet | null;
  vary: boolean;
  /** Episodes that were played to their end; the rates are over these. */
  episodes: number;
  /** Env steps, and decisions of the policies. */
  steps: number;
  decisions: number;
  /** The left side scored more than it conceded; in drills that end on a goal, that it scored. */
  success: Rate;
  goalsFor: number;
  goalsAgainst: number;
  /** Mean of an episode's sum, of the reward and of each of its terms. */
  return: Record<string, number>;
  unparsed: number;
  /** Decisions that had no answer at all. */
  failed: number;
  /** Milliseconds of a decision in words; null without any. */
  decisionMilliseconds: { p50: number; p95: number } | null;
  tokens: { prompt: number; answer: number };
  stepsPerSecond: number;
  /** Covers every state of every episode, in the order of the seeds. */
  hash: string;
  failures: Failure[];
}

export async function summarise(
  task: RolloutTask,
  { episodes, failures, seconds }: Rollout,
): Promise<PlaySummary> {
  const { hash64 } = await loadHash();
  const sum = (value: (episode: EpisodeResult) => number) =>
    episodes.reduce((total, e) => total + value(e), 0);
  const steps = sum(({ end }) => end.steps);
  return {
    scenario: task.scenario.id,
    policy: task.policy,
    opponent: opponentOf(task.scenario, task.opponent) ?? null,
    actions: task.actions ?? null,
    vary: task.vary ?? false,
    episodes: episodes.length,
    steps,
    decisions: sum((episode) => episode.decisions),
    success: wilson(episodes.filter(({ end }) => end.result === "success").length, episodes.length),
    goalsFor: sum(({ end }) => end.score[0]),
    goalsAgainst: sum(({ end }) => end.score[1]),
    return: meanReturn(episodes),
    unparsed: sum((episode) => episode.unparsed),
    failed: sum((episode) => episode.failed),
    decisionMilliseconds: spread(episodes.flatMap((episode) => episode.milliseconds)),
    tokens: {
      prompt: sum((episode) => episode.promptTokens),
      answer: sum((episode) => episode.answerTokens),
    },
    stepsPerSecond: Math.round(steps / seconds),
    hash: hash64(new TextEncoder().encode(episodes.map((episode) => episode.hash).join(""))),
    failures,
  };
}

function spread(values: readonly number[]): { p50: number; p95: number } | null {
  if (values.length === 0) return null;
  const sorted = values.toSorted((a, b) => a - b);
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))]!;
  return { p50: at(0.5), p95: at(0.95) };
}

/** A term that an episode does not have counts as 0 there. */
function meanReturn(episodes: readonly EpisodeResult[]): Record<string, number> {
  const mean: Record<string, number> = { total: 0 };
  for (const { end } of episodes) {
    for (const [term, value] of Object.entries(end.return))
      mean[term] = (mean[term] ?? 0) + value / episodes.length;
  }
  return mean;
}
