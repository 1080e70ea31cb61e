/** @file Judging policies: rates and their uncertainty. */
export { apart, meanOf, wilson, type Mean, type Rate } from "./statistics.ts";
