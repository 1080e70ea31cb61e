/** @file Runs of benchmarks: folders that are gone on with where they ended, and what their records come to. */
export { cannotWrite, sha256, sha256OfPath, writeWhole } from "./file.ts";
export { failureWatch } from "./failures.ts";
export { measure, type Measured, type Score } from "./measure.ts";
export { CONCURRENCY, inPool, makePace } from "./pool.ts";
export { runProgress } from "./progress.ts";
export { counts, FAILURES, inOrder, keyOf, type RunRecord, SUCCESS } from "./record.ts";
export { readRecords, RecordsFile, replaceRecords } from "./records.ts";
export {
  checkRun,
  freeRunFolder,
  hasRun,
  readPlan,
  readSummary,
  type RunPlan,
  writePlan,
  writeSummary,
} from "./run-folder.ts";
export { seedOf } from "./seed.ts";
export {
  type Overall,
  type PlayedRun,
  type Row,
  type RunSummary,
  summarisePlayed,
  summariseRun,
  type Unreadable,
} from "./summary.ts";
