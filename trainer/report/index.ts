/** @file The report of benchmark runs: one HTML file in which every number opens the samples behind it. */
export { reportPage } from "./page/index.ts";
export { readReport } from "./read.ts";
