/**
 * @file What plans by chance come to in Sokoban, by how long they are: what LMM-R1's reward and MageBench's score pay a
 * plan for that sees nothing. Prints the table of docs/SOKOBAN.md.
 */
import { integer, makeRandom } from "../../env/random.ts";
import { type Level, magebenchScore, MOVES, playPlan, returnBound, solve } from "../../env/sokoban/index.ts";
import { heldOutLevels } from "../sokoban/index.ts";
import { readOptions, SEED } from "./options.ts";
import { table } from "./tables.ts";

const {
  levels: count,
  seed,
  size,
} = readOptions({ levels: { default: 1000, least: 1 }, seed: SEED }, { size: "7x7x1" });
const LENGTHS = [1, 5, 10, 20, 50, 120];

const levels: { level: Level; bound: number }[] = [];
let shortest = 0;
for (const { level } of heldOutLevels(size, seed)) {
  const solution = solve(level);
  if (solution.status === "solved") shortest += solution.plan.length / count;
  levels.push({ level, bound: returnBound(level, solution)! });
  if (levels.length === count) break;
}

const random = makeRandom(seed, 3);
const rows = LENGTHS.map((length) => {
  const played = levels.map(({ level, bound }) => {
    const plan = Array.from({ length }, () => MOVES[integer(random, MOVES.length)]!);
    const { bestReturn, return: end, solved } = playPlan(level, plan);
    return { bestReturn, end, solved: Number(solved), score: magebenchScore(bestReturn, bound) };
  });
  const mean = (of: keyof (typeof played)[number]): number =>
    played.reduce((sum, one) => sum + one[of], 0) / played.length;
  return [
    `${length}`,
    mean("bestReturn").toFixed(2),
    mean("end").toFixed(2),
    `${(100 * mean("solved")).toFixed(1)} %`,
    mean("score").toFixed(1),
  ];
});
console.log(`${count} held-out levels of ${size}; a shortest plan has ${shortest.toFixed(1)} moves\n`);
console.log(
  table(["moves", "best return, which is what counts", "return at the end", "solved", "score"], rows),
);
