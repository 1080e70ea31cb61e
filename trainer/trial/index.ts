/** @file Scenarios held against play: docs/scenarios.md says what is asked of them. */
export { startProblems } from "./start.ts";
export { type Trial, tryScenario } from "./trial.ts";
