/**
 * @file Sokoban on one core: `npm run bench:sokoban`. For each size, as one JSON document: the CPU time of a generated
 * level and how many of them differ, the CPU time and nodes of a solution, and what the solutions say of the levels.
 */
import {
  generateLevel,
  magebenchScore,
  returnBound,
  solve,
  type Variant,
  VARIANTS,
  writeXsb,
} from "../../env/sokoban/index.ts";

const LEVELS = 200;
/** The promise is about these: 1,000 levels of 10 x 10 in under 60 s. */
const LEVELS_10_X_10 = 1000;
const SOLVED = 50;

/** Of this process, so that what else the machine does counts little. */
function cpuMs(work: () => void): number {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

function mean(values: readonly number[]): number {
  return round(values.reduce((sum, value) => sum + value, 0) / values.length);
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}

function measure(size: Variant): object {
  const { width, height, boxes } = VARIANTS[size];
  const count = width === 10 ? LEVELS_10_X_10 : LEVELS;
  const texts = new Set<string>();
  const generateMs = cpuMs(() => {
    for (let seed = 0; seed < count; seed++) texts.add(writeXsb(generateLevel(size, seed).level));
  });
  const levels = Array.from({ length: SOLVED }, (_, seed) => generateLevel(size, seed).level);
  const solutions = levels.map((level) => {
    let solution = solve(level, { nodes: 0 });
    const ms = cpuMs(() => {
      solution = solve(level);
    });
    return { level, ms, solution };
  });
  const solved = solutions.flatMap(({ level, solution }) =>
    solution.status === "solved" ? [{ ...solution, bound: returnBound(level, solution)! }] : [],
  );
  return {
    size,
    room: `${width} x ${height}`,
    boxes,
    levels: count,
    distinct: texts.size,
    generateCpuMs: round(generateMs / count),
    solved: `${solved.length} of ${SOLVED}`,
    solveCpuMs: {
      mean: mean(solutions.map(({ ms }) => ms)),
      most: round(Math.max(...solutions.map(({ ms }) => ms))),
    },
    nodes: {
      mean: mean(solutions.map(({ solution }) => solution.nodes)),
      most: Math.max(...solutions.map(({ solution }) => solution.nodes)),
    },
    moves: mean(solved.map(({ plan }) => plan.length)),
    pushes: mean(solved.map(({ pushes }) => pushes)),
    bound: mean(solved.map(({ bound }) => bound)),
    idleScore: mean(solved.map(({ bound }) => magebenchScore(0, bound))),
  };
}

generateLevel("v0", 0);
const rows = (Object.keys(VARIANTS) as Variant[]).map((size) => {
  const row = measure(size);
  process.stderr.write(`${size}\n`);
  return row;
});
const memoryMb = Math.round(process.resourceUsage().maxRSS / 1024);
process.stdout.write(
  `${JSON.stringify({ bench: "sokoban", node: process.version, memoryMb, rows }, null, 2)}\n`,
);
