/** @file What a run of Sokoban adds to its plan, and the record of a level that was played. */
import type { Memory } from "../../../agent/protocol/index.ts";
import type { SokobanForm } from "../../sokoban/index.ts";
import type { RunPlan, RunRecord } from "../index.ts";
import type { ModelIdentity } from "../question/index.ts";

export interface SokobanPlan extends RunPlan {
  /** Sizes of rooms, and levels of each: those that are never trained on, from the run's seed on. */
  sizes: readonly string[];
  episodes: number;
  /** Null for a policy without words. */
  words: {
    temperature: number;
    maxTokens: number;
    form: SokobanForm;
    /** What it sees again of its own, where it gives a move an answer. */
    memory: Memory;
    model: ModelIdentity;
  } | null;
}

export interface SokobanRecord extends RunRecord {
  size: string;
  seed: number;
  /** As it began, in XSB. */
  level: string;
  /** The return of a shortest solution; of an unproven one at most that. */
  bound: number;
  proven: boolean;
  /** The moves that were made, as u, d, l and r. */
  moves: string;
  return: number;
  bestReturn: number;
  /** Answers as they came; none of a policy without words. */
  said: readonly string[];
  /** Answers without a move. */
  unparsed: number;
}

export function sampleOf(size: string, seed: number): string {
  return `${size}/${seed}`;
}
