/** @file Holds any env, wrappers included, against the contract of env/env.ts, after Gymnasium's `check_env`. */
export type { CheckedEnv } from "./probe.ts";
export { CHECK_NAMES, checkEnv, type CheckOptions, type CheckResult } from "./run.ts";
