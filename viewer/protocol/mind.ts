/** @file What policies that play by words saw, thought and answered, and what they earned by it, as the page gets it. */
import type { Binary } from "./message.ts";

/** Characters of a text that are sent; a longer one is cut and ends in an ellipsis. */
export const TEXT_MAX = 8192;
/** Tokens of an answer that are sent, the last ones. */
export const TOKENS_MAX = 96;

/** A decision from the moment on from which it is played. Texts are a model's: shown as text and as nothing else. */
export interface DecisionNote {
  kind: "decision";
  /** Physics tick at the start of `step`, the first step that it is played in. */
  tick: number;
  step: number;
  /** Place among the players under control, and who that was: an index of the lineup. */
  place: number;
  player: number;
  /** The action in words. */
  action: string;
  /** Who decides there from now on, where that changes. */
  by?: "policy" | "person";
  prompt?: string;
  think?: string;
  answer?: string;
  /** The whole answer, where no action could be read from it: for this `reason`. `action` is a stand-in. */
  text?: string;
  reason?: string;
  /** There was no answer, and why; `action` is a stand-in. */
  failed?: string;
  /** How likely the model was to answer just this, from 0 to 1, where it tells. */
  probability?: number;
  /** Tokens of the action's words, or of `text`, and how likely each was. */
  tokens?: readonly (readonly [text: string, probability: number])[];
  milliseconds?: number;
  /** XXH64 of the frame that it was made on, and the steps from there to `step`. */
  frameHash?: string;
  ageSteps?: number;
  /** The scene of that frame as its side saw it, by `encodeScene`. */
  seen?: Binary;
}

/** What a step was worth to a player under control, when it was worth anything. */
export interface RewardNote {
  kind: "reward";
  /** At the end of the step. */
  tick: number;
  place: number;
  /** The weighed sum, and the terms that are not 0, unweighed. */
  reward: number;
  terms: Readonly<Record<string, number>>;
}

export type MindNote = DecisionNote | RewardNote;

/** News of an episode's notes, which are counted from 0 and in the order of their ticks. */
export interface Minds {
  match: string;
  episode: number;
  /** The number of the first of them. */
  from: number;
  notes: readonly MindNote[];
}

/** A thought that is still going on: a piece of it, or all of it so far. */
export interface Thought {
  place: number;
  player: number;
  /** When it began. */
  tick: number;
  /** How many characters of it came before this text. */
  from: number;
  text: string;
  /** As in `DecisionNote`; comes with the beginning. */
  seen?: Binary;
}

export interface Thoughts {
  match: string;
  episode: number;
  thoughts: readonly Thought[];
}
