/** @file What a run of football adds to its plan, and the record of an episode. */
import type { Clock } from "../../../agent/match/index.ts";
import type { PlayStyle } from "../../../agent/protocol/index.ts";
import type { EndRecord } from "../../../env/episode/index.ts";
import type { ActionSet } from "../../../env/football/index.ts";
import type { Outcome } from "../../rollout/index.ts";
import { type RunPlan, type RunRecord, sha256 } from "../index.ts";
import type { ModelIdentity } from "../question/index.ts";
import type { FootballSuite } from "./suites.ts";

export interface FootballPlan extends RunPlan {
  /** Of each scenario; their seeds count up from the run's. */
  episodes: number;
  vary: boolean;
  /** Whether every episode is kept as a file. */
  recorded: boolean;
  clock: Clock;
  /** The set of actions, null for the policy's own; and the names of it that may be said, null for all. */
  actions: ActionSet | null;
  offered: readonly string[] | null;
  /** Null for a policy without words. */
  words: {
    temperature: number;
    topP: number;
    maxTokens: number | null;
    /** Null for the policy's own. */
    prompt: string | null;
    model: ModelIdentity;
    /** How a folder's `play.json` says that its model plays; null for none. */
    style: PlayStyle | null;
  } | null;
  /** The game itself: the build of its physics, and the SHA-256 of the scenarios. */
  physics: string;
  scenarios: string;
}

/** Of an episode, whoever plays it against whom. */
export interface EpisodeRecord extends RunRecord {
  scenario: string;
  seed: number;
  /** What came of it; null for an episode that crashed. */
  played: Played | null;
  /** The recorded episode, under `episodes/`; null where none is kept. */
  file: string | null;
}

export type FootballRecord = EpisodeRecord;

export interface Played {
  goals: readonly [left: number, right: number];
  /** The suite's other score; null where it has one only. */
  also: number | null;
  ended: string | null;
  /** Sum of the reward and of each of its terms. */
  return: Readonly<Record<string, number>>;
  steps: number;
  decisions: number;
  unparsed: number;
  /** Decisions that had no answer. */
  failed: number;
  /** What thinking took: steps that went on meanwhile, and time of all decisions in words. */
  thinking: { steps: number; milliseconds: number };
  tokens: { prompt: number; answer: number };
  /** XXH64 over every state. */
  hash: string;
}

/** Where episodes are kept, in the folder of a run. */
export const EPISODES = "episodes";

export function sampleOf(scenario: string, seed: number): string {
  return `${scenario}/${seed}`;
}

/** As the sink of recorded episodes names them. */
export function fileOf(scenario: string, seed: number): string {
  return `${scenario}-${seed}.jsonl`;
}

/** SHA-256 over the hashes of episodes, in this order. */
export function hashOf(records: readonly EpisodeRecord[]): string {
  return sha256(records.map(({ played }) => played?.hash ?? "").join("\n"));
}

/** An episode that crashed, or in which a decision had no answer, says nothing of the policy. */
export function recordOf(
  { suite, recorded }: { suite: FootballSuite; recorded: boolean },
  scenario: string,
  outcome: Outcome,
  milliseconds: number,
): FootballRecord {
  const { seed } = outcome;
  const sample = sampleOf(scenario, seed);
  const categories = { scenario, ...suite.groupsOf?.(scenario) };
  const about = { sample, repeat: 0, cluster: sample, categories };
  const own = { scenario, seed, milliseconds, ...playedOf(outcome, suite.also?.score) };
  if ("message" in outcome) {
    return { ...about, outcome: "infra_error", score: 0, ...own, file: null };
  }
  const { end, failed } = outcome;
  const result = end.result === "success" ? "right" : "wrong";
  return {
    ...about,
    outcome: failed > 0 ? "infra_error" : result,
    score: suite.score(end),
    ...own,
    file: recorded ? fileOf(scenario, seed) : null,
  };
}

/** What came of an episode, in figures and in a sentence. */
export function playedOf(
  outcome: Outcome,
  also?: (end: EndRecord) => number,
): Pick<EpisodeRecord, "played" | "reason"> {
  if ("message" in outcome) return { played: null, reason: `The episode crashed: ${outcome.message}` };
  const { end, decisions, unparsed, failed, promptTokens, answerTokens, hash } = outcome;
  const [left, right] = end.score;
  const how = end.ended === null ? "" : ` (${end.ended})`;
  return {
    reason:
      failed > 0
        ? `${failed} of ${decisions} decisions had no answer.`
        : `It ended ${left}:${right}${how} after ${end.steps} steps.`,
    played: {
      goals: [left, right],
      also: also?.(end) ?? null,
      ended: end.ended,
      return: end.return,
      steps: end.steps,
      decisions,
      unparsed,
      failed,
      thinking: {
        steps: outcome.thinkingSteps,
        milliseconds: outcome.milliseconds.reduce((sum, one) => sum + one, 0),
      },
      tokens: { prompt: promptTokens, answer: answerTokens },
      hash,
    },
  };
}
