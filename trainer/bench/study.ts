/**
 * @file Runs the paper's experiment: each recipe of `--recipes` with each of `--seeds`, one after another, as a process
 * of its own. Runs that are at their end are skipped and others gone on with, so it may be stopped and called again.
 */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { findRecipe } from "../recipes/index.ts";
import { hasBegun } from "../stage/index.ts";
import { orEnd, readOptions } from "./options.ts";
import { hasEnded, readRecipes, readSeeds, runFolder } from "./study-arms.ts";

/** npm runs this in the root of the checkout. */
const LAUNCHER = join("bin", "touchline.js");
/** Of `touchline train` that was to stop and has saved. */
const STOPPED = [130, 143];

const options = readOptions(
  { threads: { default: 2, least: 0, most: 256 } },
  { seeds: "1,2,3,4,5", out: "runs/study", recipes: "study,direct-rl" },
);
const runs = orEnd(() => {
  const recipes = readRecipes(options.recipes);
  recipes.forEach(findRecipe);
  return readSeeds(options.seeds).flatMap((seed) => recipes.map((recipe) => ({ seed, recipe })));
});

let child: ChildProcess | undefined;
let isStopped = false;
// A terminal's Ctrl-C reaches the training by itself, and twice would end it before it has saved.
process.on("SIGINT", () => (isStopped = true));
process.on("SIGTERM", () => {
  isStopped = true;
  child?.kill("SIGTERM");
});

const failed: string[] = [];
for (const [place, { recipe, seed }] of runs.entries()) {
  const directory = runFolder(options.out, recipe, seed);
  const name = `run ${place + 1} of ${runs.length}: ${directory}`;
  if (orEnd(() => hasEnded(directory))) {
    console.log(`${name}, is done`);
    continue;
  }
  console.log(name);
  const status = await train(recipe, seed, directory);
  if (isStopped || STOPPED.includes(status)) {
    console.error("Stopped; the same command goes on.");
    process.exit(STOPPED.includes(status) ? status : STOPPED[0]);
  }
  if (status !== 0) failed.push(directory);
}
for (const directory of failed) console.error(`failed: ${directory}`);
if (failed.length > 0) process.exitCode = 1;

/** Begins a run or goes on with it; resolves with its status. */
async function train(recipe: string, seed: number, directory: string): Promise<number> {
  const way = hasBegun(directory)
    ? ["--resume", directory]
    : ["--recipe", recipe, "--seed", String(seed), "--out", directory];
  const args = [LAUNCHER, "train", ...way, "--threads", String(options.threads)];
  child = spawn(process.execPath, args, { stdio: "inherit" });
  const [status] = (await once(child, "exit")) as [number | null];
  return status ?? 1;
}
