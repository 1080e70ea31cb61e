/** @file The editor's server: the list of scenarios, the one folder that it writes to, and drafts that are played. */
export { answerScenarios } from "./answer.ts";
export { AuthoringDesk } from "./desk.ts";
export { DraftStage } from "./stage.ts";
