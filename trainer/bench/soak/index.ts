/** @file Matches of random legal actions, to find what crashes, goes on for ever or leaks. */
export { soak, type Soak, type SoakOptions } from "./run.ts";
export { failureSentence, soakFailures, soakTable } from "./table.ts";
