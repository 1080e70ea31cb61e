/** @file What is told of a rollout and what was learned of it, by the names of CleanRL and OpenRLHF. */
import {
  type Acted,
  type AnswerExperience,
  type EpisodeExperience,
  type Experience,
  truthOf,
} from "../../experience/index.ts";
import type { Metrics } from "../../log/index.ts";

export function rolloutMetrics(
  episodes: readonly EpisodeExperience[],
  groups: readonly (readonly AnswerExperience[])[],
  {
    acted,
    seconds,
    crashed,
    maxTokens,
  }: { acted: readonly Acted[]; seconds: number; crashed: number; maxTokens: number },
): Metrics {
  const answers = groups.flat();
  const turns = episodes.flatMap((episode) => episode.turns);
  const sampled = [...turns, ...answers];
  const tokens = sum(sampled.map((one) => one.tokens.length));
  const inRun = sum(acted.map(({ runSeconds }) => runSeconds));
  const judged = answers.filter(({ reward }) => reward !== null);
  const rewards = [...episodes.map(returnOf), ...judged.map(({ reward }) => reward!)];
  return {
    "charts/reward": mean(rewards),
    "charts/response_length": mean(sampled.map((one) => one.tokens.length)),
    "charts/truncated": mean(sampled.map((one) => Number(isCut(one, maxTokens)))),
    "charts/samples": sampled.length,
    "charts/samples_per_second": sampled.length / seconds,
    "charts/rollout_tokens_per_second": tokens / seconds,
    "charts/rollout_in_onnxruntime": inRun / sum(acted.map((one) => one.seconds)),
    ...(episodes.length > 0 && {
      ...playMetrics(episodes),
      "charts/decisions_per_second": turns.length / seconds,
    }),
    ...(answers.length > 0 && {
      ...answerMetrics(answers, judged),
      "charts/groups_alike": mean(groups.map((group) => Number(isAlike(group)))),
    }),
    ...(crashed > 0 && { "charts/crashed_episodes": crashed }),
  };
}

function playMetrics(episodes: readonly EpisodeExperience[]): Metrics {
  const turns = episodes.flatMap((episode) => episode.turns);
  const terms = [...new Set(turns.flatMap((turn) => Object.keys(turn.terms)))];
  return {
    "charts/episodic_return": mean(episodes.map(returnOf)),
    "charts/episodic_length": mean(episodes.map((episode) => episode.turns.length)),
    "charts/decisions": turns.length,
    "charts/unparsed": mean(turns.map(({ unparsed }) => Number(unparsed))),
    "charts/truth": mean(turns.map(({ places }) => truthOf(places))),
    ...Object.fromEntries(
      terms.map((term) => [
        // Beside questions, whose `rewards/format` is a share of answers.
        term === "format" ? "rewards/format_penalty" : `rewards/${term}`,
        mean(episodes.map((episode) => sum(episode.turns.map((turn) => turn.terms[term] ?? 0)))),
      ]),
    ),
    ...byName(
      episodes,
      ({ scenario }) => scenario,
      "success",
      ({ success }) => Number(success),
    ),
  };
}

function answerMetrics(answers: readonly AnswerExperience[], judged: readonly AnswerExperience[]): Metrics {
  return {
    "rewards/format": mean(answers.map(({ format }) => format)),
    "rewards/accuracy": mean(judged.map(({ accuracy }) => accuracy ?? 0)),
    "charts/unjudged": answers.length - judged.length,
    ...byName(
      judged,
      ({ kind }) => kind,
      "accuracy",
      ({ accuracy }) => accuracy ?? 0,
    ),
  };
}

/** Whether there is nothing to compare. */
function isAlike(group: readonly AnswerExperience[]): boolean {
  return group.every(({ reward }) => reward === group[0]!.reward);
}

function byName<T>(
  all: readonly T[],
  name: (one: T) => string,
  what: string,
  value: (one: T) => number,
): Metrics {
  const groups = new Map<string, T[]>();
  for (const one of all) groups.set(name(one), [...(groups.get(name(one)) ?? []), one]);
  return Object.fromEntries([...groups].map(([own, some]) => [`${what}/${own}`, mean(some.map(value))]));
}

function returnOf({ turns }: EpisodeExperience): number {
  return sum(turns.map(({ reward }) => reward));
}

/** Whether an answer came to no end. */
export function isCut({ tokens }: Experience, maxTokens: number): boolean {
  return tokens.length >= maxTokens;
}

/** 0 of nothing. */
export function mean(numbers: readonly number[]): number {
  return numbers.length === 0 ? 0 : sum(numbers) / numbers.length;
}

export function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, one) => total + one, 0);
}
