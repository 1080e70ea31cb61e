/**
 * @file What an episode consists of, as plain data: one header, one reset, then decisions and steps, one end.
 * Everything that is needed to play it again, and a hash of everything that must come out when it is.
 */
import type {
  Action,
  ActionSet,
  Control,
  FootballEvent,
  FootballInfo,
  RewardWeights,
  Scenario,
} from "../football/index.ts";
import type { FrameOptions } from "../frame/index.ts";

export const EPISODE_FORMAT = "touchline-episode";

/**
 * Raised when an older reader could misread a file. New optional fields do not raise it.
 * 2: the header says which set the actions are of; in version 1 they are of `default`.
 */
export const EPISODE_VERSION = 2;
/** What the reader reads. */
export const EPISODE_VERSIONS = [1, EPISODE_VERSION] as const;

export interface EpisodeHeader {
  kind: "header";
  format: typeof EPISODE_FORMAT;
  version: (typeof EPISODE_VERSIONS)[number];
  /** The physics build: even patch versions of Rapier move bodies differently. */
  physics: string;
  scenario: Scenario;
  seed: number;
  /** Whether the start was drawn from the scenario's `variation`. */
  vary: boolean;
  /** Who was under control, the scenario's own choice included. */
  control: { left: Control; right: Control };
  /** Which set the actions are of. */
  actions: ActionSet;
  /** The caller's weights of reward terms, over the scenario's; absent when he gave none. */
  rewards?: RewardWeights;
  /** How the hashed frames were drawn; null when frames were not hashed. */
  frame: FrameOptions | null;
  /** How the frames of a side's policy are painted, where it has a way of its own. */
  frames?: { left?: FrameOptions; right?: FrameOptions };
  /** The policy of each side; null for the built-in players. */
  policies: { left: string | null; right: string | null };
  /** Another match, of which this one is the same up to a tick: a person played on from there. */
  parent?: EpisodeParent;
}

export interface EpisodeParent {
  /** Its name where it was played, and which of its episodes, from 1. */
  match: string;
  episode: number;
  /** Physics ticks and env steps that both have. */
  tick: number;
  step: number;
}

/** The start, before any action. */
export interface ResetRecord {
  kind: "reset";
  events: readonly FootballEvent[];
  /** XXH64 of the state, 16 hex digits. */
  state: string;
  /** XXH64 of the frame's bytes, when frames are hashed. */
  frame?: string;
}

/** One env step. */
export interface StepRecord {
  kind: "step";
  /** From 1, without gaps. */
  step: number;
  /** Physics ticks since the start, at the end of this step. */
  tick: number;
  /** Lineup indices of the controlled players, and the action of each: as `step` got it. */
  players: readonly number[];
  actions: readonly Action[];
  reward: number;
  terms: Readonly<Record<string, number>>;
  events: readonly FootballEvent[];
  /** XXH64 of the state, 16 hex digits. */
  state: string;
  /** Eight hex digits for every tick of this step; empty when ticks were not hashed. */
  ticks: string;
  frame?: string;
}

/** What a policy said beside its action, or who decides now. Written before the step that the action went into. */
export interface DecisionRecord {
  kind: "decision";
  /** The step that the action went into. */
  step: number;
  /** Place among the controlled players, as in `StepRecord.players`. */
  place: number;
  action: Action;
  /** A person has taken the player over, or he is the policy's again: it decides there from this step on. */
  by?: "policy" | "person";
  /** The whole answer, as the model gave it. */
  text?: string;
  think?: string;
  answer?: string;
  wellFormed?: boolean;
  /** No action could be read from the answer, for this `reason`; `action` is a stand-in. */
  unparsed?: boolean;
  reason?: string;
  /** There was no answer, and why; `action` is a stand-in. */
  failed?: string;
  /** The chat that was answered. */
  prompt?: readonly unknown[];
  tokens?: readonly { readonly text: string; readonly logProbability: number }[];
  promptTokens?: number;
  answerTokens?: number;
  milliseconds?: number;
  /** XXH64 of the frame that the policy looked at. */
  frameHash?: string;
  /** Steps from that frame to the one that the action went into; 0 when the game waited. */
  ageSteps?: number;
}

export interface EndRecord {
  kind: "end";
  terminated: boolean;
  truncated: boolean;
  ended: NonNullable<FootballInfo["ended"]> | null;
  /** Whether it was won; absent while it goes on, and in files of before there was one. */
  result?: FootballInfo["result"];
  score: readonly [left: number, right: number];
  steps: number;
  /** Sum of the reward and of each of its terms. */
  return: Readonly<Record<string, number>> & { readonly total: number };
}

export type EpisodeRecord = EpisodeHeader | ResetRecord | StepRecord | DecisionRecord | EndRecord;

/** Where a file stops being readable. */
export interface Damage {
  /** From 1. */
  line: number;
  byteOffset: number;
  /**
   * `cut`: the file ends before its end line. `checksum`: bytes of the line changed. `content`: the line is
   * whole, but is not a record. `order`: a record where it cannot stand.
   */
  reason: "cut" | "checksum" | "content" | "order";
  message: string;
}

/** A file as far as it could be read: the fields before the damage are there, those after it are not. */
export interface Episode {
  header?: EpisodeHeader;
  reset?: ResetRecord;
  steps: StepRecord[];
  decisions: DecisionRecord[];
  end?: EndRecord;
  damage?: Damage;
}
