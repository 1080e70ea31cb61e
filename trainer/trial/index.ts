/** @file Scenarios held against play: docs/AUTHORING.md says what is asked of them. */
export { type Search, searchWin } from "./search.ts";
export { startProblems } from "./start.ts";
export { type Trial, tryScenario } from "./trial.ts";
