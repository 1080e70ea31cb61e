/** @file The solver: the shortest plan in moves. */
export { solve, type Solution, type SolveOptions } from "./solve.ts";
