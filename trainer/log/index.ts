/** @file What runs write beside their checkpoints. */
export { cannotWrite } from "./append.ts";
export type { Metrics } from "./metrics.ts";
export { METRICS_FILE, RunLog } from "./run-log.ts";
