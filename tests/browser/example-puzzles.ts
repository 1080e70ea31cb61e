/** @file Levels of Sokoban for the pictures of the docs: real ones with their shortest solutions, and made-up words. */
import { generateLevel, returnBound, solve, writeXsb } from "../../env/sokoban/index.ts";
import type { Puzzle } from "../../viewer/protocol/index.ts";

const WORDS: Readonly<Record<string, string>> = { u: "up", d: "down", l: "left", r: "right" };
const THOUGHTS = [
  "One box stands in the open, the other beside a wall. The one at the wall can only be pushed along it, so I begin with it.",
  "That box is on its way. I walk round it to come behind the other one.",
  "Both can be pushed straight onto their targets now.",
];

/** Shows them on the page; the last, which the page opens first, is played by one who thinks aloud. */
export async function sendExamplePuzzles(url: string): Promise<void> {
  for (const seed of [3, 4, 5, 6, 7]) {
    const { level } = generateLevel("small-v0", seed);
    const solution = solve(level);
    const bound = returnBound(level, solution);
    if (solution.status !== "solved" || bound === undefined) throw new Error(`No solution of seed ${seed}.`);
    const moves = solution.plan.map(([letter]) => letter).join("");
    const thinks = seed === 7;
    const puzzle: Puzzle = {
      id: `example-${seed}`,
      by: "bench",
      policy: thinks ? "example" : "scripted",
      size: "small-v0",
      seed,
      level: writeXsb(level),
      bound,
      moves,
      said: thinks ? said(moves) : [],
      over: { solved: true, score: 100 },
    };
    const headers = { "content-type": "application/json" };
    await fetch(`${url}/puzzles`, { method: "POST", headers, body: JSON.stringify(puzzle) });
  }
}

/** The moves in as many answers as there are thoughts. */
function said(moves: string): Puzzle["said"] {
  const each = Math.ceil(moves.length / THOUGHTS.length);
  return THOUGHTS.map((thought, i) => {
    const words = moves
      .slice(i * each, (i + 1) * each)
      .split("")
      .map((move) => WORDS[move])
      .join(", ");
    return { at: i * each, text: `<think>${thought}</think><answer>${words}</answer>` };
  });
}
