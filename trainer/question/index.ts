/** @file What can be asked, with the right answer beside it. */
export { asksOfPlay, drawQuestions, type DrawOptions, type QuestionMix } from "./draw.ts";
export { judge, judgeText, type JudgeOptions } from "./judge.ts";
export { QUESTION_KINDS, type QuestionKind, SOKOBAN_DEFAULTS, type SokobanSettings } from "./kinds/index.ts";
export { type Moment, MomentSource, plausible, TRAINING_SEEDS_FROM } from "./moments.ts";
export {
  answeredChat,
  answerText,
  askedChat,
  factsOf,
  type Question,
  type Shown,
  viewOf,
} from "./question.ts";
export { distance, NEAR_ENOUGH, type Place, type Sight, sightOf } from "./sight.ts";
export { mentionsIn, type Named, placesSeen, seenWords, thoughtFor } from "./thought.ts";
