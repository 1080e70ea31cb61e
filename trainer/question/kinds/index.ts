/** @file The kinds of questions, by name. */
import type { Random } from "../../../env/random.ts";
import type { Moment } from "../moments.ts";
import type { Drawn } from "../../sokoban/index.ts";
import type { Question } from "../question.ts";
import { act } from "./act.ts";
import { arithmetic } from "./arithmetic.ts";
import { distanceTo } from "./distance.ts";
import { geometry } from "./geometry.ts";
import { keeperFirst } from "./keeper.ts";
import { lane } from "./lane.ts";
import { look } from "./look.ts";
import { nearest } from "./nearest.ts";
import { offside } from "./offside.ts";
import { play } from "./play.ts";
import { possession } from "./possession.ts";
import { sokoban, type SokobanSettings } from "./sokoban.ts";
import { sokobanMove } from "./sokoban-move.ts";

export interface WordsKind {
  about: "words";
  make: (random: Random) => Question;
}

export interface PitchKind {
  about: "pitch";
  /** Undefined where the moment does not lend itself. */
  make: (random: Random, moment: Moment) => Question | undefined;
  /** Sorts of answers that are to come equally often, for in play some are rare and a guess would do. */
  evenly?: readonly RegExp[];
}

/** About a level of Sokoban. */
export interface LevelKind {
  about: "level";
  make: (drawn: Drawn, settings: SokobanSettings) => Question;
}

export { SOKOBAN_DEFAULTS, type SokobanSettings } from "./sokoban.ts";

export const QUESTION_KINDS = {
  arithmetic: { about: "words", make: arithmetic },
  geometry: { about: "words", make: geometry },
  nearest: { about: "pitch", make: nearest },
  distance: { about: "pitch", make: distanceTo },
  lane: { about: "pitch", make: lane, evenly: [/^none$/, /^\d+$/] },
  offside: { about: "pitch", make: offside, evenly: [/^yes$/, /^no$/] },
  keeper: { about: "pitch", make: keeperFirst },
  possession: { about: "pitch", make: possession, evenly: [/^mine$/, /^free$/, /^(?:ours|theirs)$/] },
  look: { about: "pitch", make: look },
  play: { about: "pitch", make: play },
  act: { about: "pitch", make: act },
  sokoban: { about: "level", make: sokoban },
  sokoban_move: { about: "level", make: sokobanMove },
} as const satisfies Record<string, WordsKind | PitchKind | LevelKind>;

export type QuestionKind = keyof typeof QUESTION_KINDS;
