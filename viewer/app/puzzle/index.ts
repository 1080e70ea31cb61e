/** @file Sokoban on the page. */
export { PuzzleView } from "./view.tsx";
