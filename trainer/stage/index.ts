/** @file Training by recipe. */
export { checkNamed } from "./check.ts";
export type { TrainingEvent, TrainingSummary, Watcher } from "./event.ts";
export {
  checkNoRun,
  checkpointFolder,
  checkpointSteps,
  freeFolder,
  hasBegun,
  hasRun,
  makeRunFolder,
  RECIPE_FILE,
} from "./run-folder.ts";
export { trainingProgress, type TrainingProgress } from "./progress.ts";
export { type SftOptions, trainSft } from "./sft.ts";
export { train, type TrainOptions } from "./thread/open.ts";
export { checkStages, differingKey, makeSeriesFolder, stageRun, type StageRun } from "./series.ts";
