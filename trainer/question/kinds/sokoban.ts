/** @file Sokoban: all moves that solve a level, worth what LMM-R1's training reward gives for them. */
import { type Level, makeSokobanPainter } from "../../../env/sokoban/index.ts";
import type { Frame } from "../../../env/frame/index.ts";
import {
  answerOf,
  type Drawn,
  goodPlan,
  levelWords,
  planThought,
  sokobanForm,
  sokobanPrompt,
  sokobanReward,
  type SokobanRewardOptions,
} from "../../sokoban/index.ts";
import type { Question } from "../question.ts";

export interface SokobanSettings extends Required<SokobanRewardOptions> {
  /** Sizes of rooms, by gym-sokoban's names or as 7x7x1: columns, rows, boxes. */
  sizes: readonly string[];
  /** The prompt of football that the model plays by, which says how it is asked here. */
  prompt: string;
}

export const SOKOBAN_DEFAULTS: SokobanSettings = {
  sizes: ["small-v0"],
  lengthBonuses: false,
  extraMoveCost: 0,
  prompt: "nano",
};

/** "Push." A plan is looked for, and the frame painted, only when it is asked for. */
export function sokoban(drawn: Drawn, settings: SokobanSettings): Question {
  const { level } = drawn;
  const { system, first } = sokobanPrompt(sokobanForm(settings.prompt), "global");
  let plan: ReturnType<typeof goodPlan> | undefined;
  const search = (): NonNullable<typeof plan> => (plan ??= goodPlan(drawn));
  return {
    kind: "sokoban",
    ...(system !== "" && { system }),
    view: levelView(level),
    ask: first,
    get think() {
      return planThought(level, search());
    },
    get gold() {
      return answerOf(search());
    },
    reward: (response) => sokobanReward(level, response, settings, () => search().length),
  };
}

/** A level in words, and as a frame that is painted when it is asked for. */
export function levelView(level: Level): NonNullable<Question["view"]> {
  return {
    words: levelWords(level),
    get frame(): Frame {
      return makeSokobanPainter(level).paint(level);
    },
  };
}
