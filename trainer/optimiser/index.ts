/** @file How gradients become new parameters. */
export { adamW, ADAMW_DEFAULTS, type AdamWOptions, type Parameter, stepScalars } from "./adamw.ts";
export { learningRateAt, type Schedule } from "./schedule.ts";
