/**
 * @file Plays a solved room backwards, pulling the boxes off their targets, and keeps the position that scores best.
 * What was pulled there can be pushed back, so the level can be solved.
 */
import { makeRandom, nextUint32 } from "../random.ts";
import { type Grid, opposite } from "./grid.ts";
import { StateSet } from "./state-set.ts";

export interface Pulled {
  player: number;
  boxes: readonly number[];
  /** The directions that lead back; not before the last one are all boxes on targets. */
  solution: readonly number[];
}

/** gym-sokoban's bounds. */
const MOST_STATES = 300_000;
const MOST_MOVES = 298;

/**
 * Depth first, pulls before walks, as in gym-sokoban. The score is its own: the number of pulls times the distance of
 * all boxes from the targets that they began on, and 0 while anything stands on a target. (There the pulls are meant
 * to be changes from box to box, but the box pulled last is never passed on.) Undefined when nothing scores.
 * Cells are the grid's; `distance` is that between two of them as the crow flies.
 */
export function pullApart(
  grid: Grid,
  player: number,
  targets: readonly number[],
  distance: (a: number, b: number) => number,
): Pulled | undefined {
  const { count, next } = grid;
  const boxes = [...targets];
  const boxAt = new Int8Array(count).fill(-1);
  const isTarget = new Uint8Array(count);
  targets.forEach((cell, box) => {
    boxAt[cell] = box;
    isTarget[cell] = 1;
  });
  const [high, low] = [keys(count, 1), keys(count, 2)];
  const seen = new StateSet();
  const path = new Uint8Array(MOST_MOVES);
  let best: Pulled | undefined;
  let bestScore = 0;
  let covered = targets.length;
  let boxesHigh = 0;
  let boxesLow = 0;
  const toggle = (cell: number): void => {
    boxesHigh ^= high[cell]!;
    boxesLow ^= low[cell]!;
  };
  for (const cell of targets) toggle(cell);

  const shift = (box: number, to: number): void => {
    const from = boxes[box]!;
    toggle(from);
    toggle(to);
    covered += isTarget[to]! - isTarget[from]!;
    boxAt[from] = -1;
    boxAt[to] = box;
    boxes[box] = to;
  };

  const weigh = (at: number, solvedAt: number, moves: number, pulls: number): void => {
    if (covered > 0 || isTarget[at] === 1) return;
    let apart = 0;
    for (let box = 0; box < boxes.length; box++) apart += distance(boxes[box]!, targets[box]!);
    if (pulls * apart <= bestScore) return;
    bestScore = pulls * apart;
    const back = [...path.subarray(solvedAt, moves)].toReversed().map(opposite);
    best = { player: at, boxes: [...boxes], solution: back };
  };

  /** `before`: after how many moves all boxes were last on targets. */
  const visit = (at: number, before: number, moves: number, pulls: number): void => {
    if (moves > MOST_MOVES || seen.size >= MOST_STATES) return;
    // Numbers of their own for the player: those of the boxes, turned.
    if (!seen.add(boxesHigh ^ ~low[at]!, boxesLow ^ ~high[at]!)) return;
    const solvedAt = covered === targets.length ? moves : before;
    weigh(at, solvedAt, moves, pulls);
    if (moves === MOST_MOVES) return;
    for (let direction = 0; direction < 4; direction++) {
      const to = next[at * 4 + direction]!;
      if (to < 0 || boxAt[to]! >= 0) continue;
      const behind = next[at * 4 + opposite(direction)]!;
      const box = behind < 0 ? -1 : boxAt[behind]!;
      path[moves] = direction;
      if (box < 0) visit(to, solvedAt, moves + 1, pulls);
      else {
        shift(box, at);
        visit(to, solvedAt, moves + 1, pulls + 1);
        shift(box, behind);
      }
    }
    for (let direction = 0; direction < 4; direction++) {
      const to = next[at * 4 + direction]!;
      const behind = next[at * 4 + opposite(direction)]!;
      // Away from no box is what was tried above.
      if (to < 0 || boxAt[to]! >= 0 || behind < 0 || boxAt[behind]! < 0) continue;
      path[moves] = direction;
      visit(to, solvedAt, moves + 1, pulls);
    }
  };
  visit(player, 0, 0, 0);
  return best;
}

/** A number of 32 bits for each cell, always the same ones (Zobrist 1970). */
function keys(count: number, stream: number): Int32Array {
  const random = makeRandom(0, stream);
  return Int32Array.from({ length: count }, () => nextUint32(random) | 0);
}
