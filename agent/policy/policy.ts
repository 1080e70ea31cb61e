/**
 * @file Who plays: from what an agent may see to an action. A policy gets the rendered frame and nothing else
 * of the state, unless it says of itself that it is privileged.
 */
import type { Action, ActionSet } from "../../env/football/index.ts";
import type { Frame, FrameOptions } from "../../env/frame/index.ts";
import type { Random } from "../../env/random.ts";
import type { Space } from "../../env/space.ts";
import type { ChatMessage } from "../model/index.ts";

export type Side = "left" | "right";

/** Env steps for each decision, 1 to 100, or as long as nothing new comes up. */
export type DecisionSteps = number | "adaptive";

/** What a policy is told before the first step of an episode. */
export interface PolicyStart {
  /** Chance in the policy must come from this alone, so that an episode can be played again. */
  seed: number;
  side: Side;
  /** What the scenario asks for, in words. */
  goal: string;
}

/** What a policy is asked: one action for one of its players. */
export interface PolicyInput {
  /** Place among the players that this policy controls, from 0. */
  place: number;
  /** Env steps since the start. */
  step: number;
  /** The set that is played with, and the space of this player's action. */
  set: ActionSet;
  space: Space;
  /** What can be seen now. Painted at the first call, so a policy that never looks costs nothing. */
  readonly frame: () => Frame;
  /** Hears the policy's words as they come. */
  readonly onText?: ((piece: string) => void) | undefined;
}

export interface PrivilegedInput extends PolicyInput {
  /** What the built-in player of this difficulty (0 to 1) would do, who knows the whole state: a button or a sentence. */
  readonly advise: (difficulty: number, random: Random) => number | string;
}

export interface Decision {
  /** A member of `input.space`; of buttons the name is as good as the index. */
  action: Action;
  /** The whole answer that the action was read from. */
  text?: string;
  /** Its thought, and the words of its action. */
  think?: string;
  answer?: string;
  /** The answer has exactly the form that the prompt asks for. */
  wellFormed?: boolean;
  /** No action could be read from the answer, for this `reason`; `action` is a stand-in. */
  unparsed?: boolean;
  reason?: string;
  /** There was no answer at all, and why; `action` is a stand-in. */
  failed?: string;
  /** The chat that was answered; pictures are places in it, their frames have hashes elsewhere. */
  prompt?: readonly ChatMessage[];
  /** Tokens of the text with the natural logarithms of their probabilities. */
  tokens?: readonly { readonly text: string; readonly logProbability: number }[];
  promptTokens?: number;
  answerTokens?: number;
  /** How long the answer took; the runner measures it. */
  milliseconds?: number;
  /** XXH64 of the frame that the policy looked at, if it did. */
  frameHash?: string;
}

interface Player<Input extends PolicyInput> {
  /** As it would be written in `--policy`. */
  readonly name: string;
  /** The sets that it can play with; all of them without. */
  readonly sets?: readonly ActionSet[];
  /** It waits for others to think, so that many matches at once take little longer than one. */
  readonly waits?: true;
  /** How long its decisions last where nobody says otherwise; without it one step. */
  readonly decisionSteps?: DecisionSteps;
  /** What its frames are like where nobody says otherwise. */
  readonly frame?: Partial<FrameOptions>;
  /** Called before each episode; one policy plays one episode at a time. Slow loading belongs here. */
  start(start: PolicyStart): void | Promise<void>;
  /** For several players of a step it is called in the order of their places, before the first answer is awaited. */
  decide(input: Input): Decision | Promise<Decision>;
  /** Gives back what the policy holds outside JavaScript's heap. */
  close?(): void | Promise<void>;
}

export type SeeingPolicy = Player<PolicyInput> & { readonly privileged?: false };
export type PrivilegedPolicy = Player<PrivilegedInput> & { readonly privileged: true };
export type Policy = SeeingPolicy | PrivilegedPolicy;
