/** @file Training by recipe. */
export type { TrainingEvent, TrainingSummary, Watcher } from "./event.ts";
export {
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
export { makeSeriesFolder, stageRun, type StageRun } from "./series.ts";
