/** @file Judging policies: rates and their uncertainty. */
export { apart, wilson, type Rate } from "./statistics.ts";
