/** @file The folder of a run: its recipe, and its checkpoints by their steps. */
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { TouchlineError } from "../../env/error.ts";
import { cannotWrite, METRICS_FILE } from "../log/index.ts";
import type { Recipe } from "../recipes/index.ts";

export const RECIPE_FILE = "recipe.json";
const CHECKPOINTS = "checkpoints";
/** How names of folders end that are being deleted. */
const DEAD = ".old";
/** Of such folders, and those that `saveCheckpoint` writes to. */
const UNFINISHED = /^\.?\d+\.(?:\d+\.)?(?:part|old)$/;

/** The run of a stage in the folder of a run of several. */
const STAGE_FOLDER = /^\d+-(?:sft|fre|mgt)$/;

export function hasRun(directory: string): boolean {
  return existsSync(join(directory, RECIPE_FILE));
}

/** Whether anything was learned: a start that failed before is no run yet. */
export function hasBegun(directory: string): boolean {
  if (existsSync(join(directory, METRICS_FILE)) || checkpointSteps(directory).length > 0) return true;
  const isFolder = existsSync(directory) && statSync(directory).isDirectory();
  return isFolder && readdirSync(directory).some((name) => STAGE_FOLDER.test(name));
}

/** @throws TouchlineError `train/out` when the folder has a run already. */
export function checkNoRun(directory: string): void {
  if (!hasBegun(directory)) return;
  throw new TouchlineError(
    "train/out",
    `"${directory}" has a run already; go on with it by --resume "${directory}", or give another folder.`,
  );
}

/**
 * Makes the folder, with the recipe in it.
 * @throws TouchlineError `train/out` when it has a run already, `train/write`.
 */
export function makeRunFolder(directory: string, recipe: Recipe): void {
  checkNoRun(directory);
  const path = join(directory, RECIPE_FILE);
  try {
    mkdirSync(join(directory, CHECKPOINTS), { recursive: true });
    writeFileSync(`${path}.part`, `${JSON.stringify(recipe, null, 2)}\n`);
    renameSync(`${path}.part`, path);
  } catch (cause) {
    throw cannotWrite(path, cause);
  }
}

/** `DIRECTORY/NAME`, or with -2, -3 and so on where there is a run. */
export function freeFolder(directory: string, name: string): string {
  for (let copy = 1; ; copy++) {
    const path = join(directory, copy === 1 ? name : `${name}-${copy}`);
    if (!hasBegun(path)) return path;
  }
}

export function checkpointFolder(directory: string, step: number): string {
  return join(directory, CHECKPOINTS, String(step));
}

/** The steps of the checkpoints, from the first to the last. */
export function checkpointSteps(directory: string): number[] {
  const folder = join(directory, CHECKPOINTS);
  const names = existsSync(folder) ? readdirSync(folder) : [];
  return names
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .sort((a, b) => a - b);
}

/** The folder of the newest checkpoint. */
export function lastCheckpoint(directory: string): string | undefined {
  const step = checkpointSteps(directory).at(-1);
  return step === undefined ? undefined : checkpointFolder(directory, step);
}

/** Deletes all but the newest checkpoints, and `used`, a folder that is still read from. */
export function pruneCheckpoints(directory: string, keep: number, used?: string): void {
  for (const step of checkpointSteps(directory).slice(0, -keep)) {
    const path = checkpointFolder(directory, step);
    if (path !== used) remove(path);
  }
}

/** Takes away what a process that was killed left half written or half deleted. */
export function removeUnfinished(directory: string): void {
  const folder = join(directory, CHECKPOINTS);
  const names = existsSync(folder) ? readdirSync(folder) : [];
  for (const name of names) if (UNFINISHED.test(name)) remove(join(folder, name));
}

function remove(path: string): void {
  // Out of the way first, so that a checkpoint that is there is whole.
  const dead = path.endsWith(DEAD) ? path : `${path}${DEAD}`;
  try {
    if (dead !== path) renameSync(path, dead);
    rmSync(dead, { recursive: true, force: true });
  } catch (cause) {
    throw cannotWrite(path, cause);
  }
}
