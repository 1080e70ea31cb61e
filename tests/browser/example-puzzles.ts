/** @file Levels of Sokoban for the pictures of the docs: real ones with their shortest solutions, and made-up words. */
import { generateLevel, returnBound, solve, writeXsb } from "../../env/sokoban/index.ts";
import type { Puzzle } from "../../viewer/protocol/index.ts";

const WORDS: Readonly<Record<string, string>> = { u: "up", d: "down", l: "left", r: "right" };
/** The seed of a level that takes many moves. */
const THINKER = 5;
const THOUGHTS = [
  "I ask which box has to go first, and from which side it must be pushed. So I walk round it until it is between me and its target.",
  "No box may come into a corner that is no target. I push this one on, and walk to the other.",
  "Now the way is free: the last pushes bring both onto their targets.",
];

/** Shows them on the page; the last, which the page opens first, is played by one who thinks aloud. */
export async function sendExamplePuzzles(url: string): Promise<void> {
  for (const seed of [3, 4, 6, 7, THINKER]) {
    const { level } = generateLevel("small-v0", seed);
    const solution = solve(level);
    const bound = returnBound(level, solution);
    if (solution.status !== "solved" || bound === undefined) throw new Error(`No solution of seed ${seed}.`);
    const moves = solution.plan.map(([letter]) => letter).join("");
    const thinks = seed === THINKER;
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
