/** @file Frames of Sokoban. */
export { makeSokobanPainter, type SokobanFrameOptions, type SokobanPainter } from "./painter.ts";
