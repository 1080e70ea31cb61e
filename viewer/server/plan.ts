/** @file What is played in a match, and by whom: what a room is made from. */
import type { Clock } from "../../agent/match/index.ts";
import type { DecisionSteps, Policy } from "../../agent/policy/index.ts";
import type { EpisodeParent, EpisodeSink, Episode as Recording } from "../../env/episode/index.ts";
import type { ActionSet, Control, RewardWeights, Scenario } from "../../env/football/index.ts";
import type { EpisodeRequest } from "../protocol/index.ts";
import type { PlayedStep } from "./episode.ts";

/** Who plays each side; without a policy its built-in players do. */
export interface Players {
  left?: Policy | undefined;
  right?: Policy | undefined;
}

export interface MatchPlan {
  id: string;
  scenario: Scenario;
  left?: Policy | undefined;
  right?: Policy | undefined;
  /** Who is under control, instead of the scenario's choice. */
  players?: Control | undefined;
  opponentPlayers?: Control | undefined;
  actions?: ActionSet | undefined;
  /** How long decisions last, instead of the policies' own choice, and whether the game waits for them. */
  decisionSteps?: DecisionSteps | undefined;
  clock?: Clock | undefined;
  /** Seed of the first episode; the next has the next. */
  seed: number;
  vary?: boolean | undefined;
  /** Hears of everything that is played. */
  sink?: EpisodeSink | undefined;
  /** Play this again and again, instead of new episodes. `scenario` and `seed` are its own. */
  recording?: Recording | undefined;
  /** The recording is played to its end before anybody looks, and stays there: for those who look at a moment of it. */
  held?: boolean | undefined;
  /** The policies once more, for those who play on from a moment of it; without, they are found by their names. */
  again?: (() => Players) | undefined;
  /** Weights of reward terms, over the scenario's. */
  rewards?: RewardWeights | undefined;
  /** It is a scenario from the editor. */
  draft?: boolean | undefined;
  /** It begins as another match did, and is played once. */
  branch?: BranchPlan | undefined;
  /** It is played elsewhere: `recording` may still grow, and others follow it. */
  fed?: Fed | undefined;
  /** It is an episode of this training run. */
  run?: EpisodeRequest | undefined;
}

export interface Fed {
  /** What plays it, such as `play`. */
  by: string;
  /** Somebody plays by words. */
  thinks: boolean;
  /** The next episode of the same match, once there is one. */
  next(): Recording | undefined;
}

/** The steps that a branch has in common with its parent. */
export interface BranchPlan {
  parent: EpisodeParent;
  steps: readonly PlayedStep[];
}

/** What it takes to play an episode of a match again, beside its seed. */
export interface Origin {
  scenario: Scenario;
  vary: boolean;
  control: { left: Control; right: Control };
  actions: ActionSet;
  rewards?: RewardWeights | undefined;
}
