/** @file Sokoban on the page. */
export { answerPuzzles } from "./answer.ts";
export { PuzzleDesk } from "./desk.ts";
