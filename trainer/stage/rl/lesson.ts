/** @file What is learned of one sample: its tokens, and how much better or worse each was than expected. */
import type { Experience } from "../../experience/index.ts";

export interface Lesson {
  experience: Experience;
  /** Of each token. */
  advantages: readonly number[];
  /** With a value head: what was expected before each token and what came of it; undefined where nothing is. */
  values?: readonly (Valued | undefined)[];
}

export interface Valued {
  before: number;
  return: number;
}
