/** @file The level, painted by the painter that paints for agents. */
import { useEffect, useMemo, useRef } from "preact/hooks";
import { makeSokobanPainter } from "../../../env/sokoban/index.ts";
import type { Puzzle } from "../../protocol/index.ts";
import { showFrame } from "../panel/frame.ts";
import { levelOf, positionAfter } from "./play.ts";

/** Pixels of a cell, before the page makes the picture as large as there is room. */
const CELL = 48;

export function Board({ puzzle, move }: { puzzle: Puzzle; move: number }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const level = useMemo(() => levelOf(puzzle), [puzzle.id]);
  const [width, height] = [level.width * CELL, level.height * CELL];
  const painter = useMemo(() => makeSokobanPainter(level, { width, height }), [level]);
  useEffect(() => {
    if (canvas.current === null) return;
    showFrame(canvas.current, painter.paint(level, positionAfter(level, puzzle.moves, move)));
  });
  return (
    <canvas
      ref={canvas}
      width={width}
      height={height}
      role="img"
      aria-label={`The level after ${move} of ${puzzle.moves.length} moves`}
    />
  );
}
