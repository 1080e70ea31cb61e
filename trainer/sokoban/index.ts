/** @file Sokoban for training and judging: levels that are kept apart, how they are told and asked about, what answers are worth. */
export { drawLevel, type Drawn, goodPlan, heldOutLevels, isHeldOutLevel, type Sizes } from "./levels.ts";
export { type SokobanForm, sokobanForm, type SokobanMode, sokobanPrompt } from "./prompt.ts";
export { readMove, spelt } from "./read.ts";
export { sokobanReward, type SokobanRewardOptions } from "./reward.ts";
export { sokobanTask, type SokobanTask } from "./task.ts";
export { answerOf, levelWords, moveName, planThought } from "./telling.ts";
export { textHash } from "./text-hash.ts";
