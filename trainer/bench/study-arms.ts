/** @file The runs of the study, and which of their models stands for each arm of the experiment. */
import { existsSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { TouchlineError } from "../../env/error.ts";
import { METRICS_FILE, type Metrics } from "../log/index.ts";
import { type Recipe, readRecipe, readSeries } from "../recipes/index.ts";
import { checkpointFolder, checkpointSteps, hasRun, RECIPE_FILE } from "../stage/index.ts";
import { STUDENT_MOST } from "../statistics/index.ts";

/**
 * The cold start; the series after its first stage, and at its end; MGT alone at its end, and after the time that the
 * series took.
 */
export const ARMS = ["base", "fre", "fre-mgt", "direct", "direct-time"] as const;
export type Arm = (typeof ARMS)[number];

export interface Study {
  /** Folder of all runs. */
  out: string;
  seeds: readonly number[];
  /** The recipe of FRE and then MGT, and that of MGT alone. */
  recipes: readonly [series: string, direct: string];
  /** Model folder that they begin with. */
  cold: string;
}

export interface ArmModel {
  arm: Arm;
  /** The base has none. */
  seed?: number;
  folder: string;
  /** Of direct-time: how long it took, against the series. */
  timeShare?: number;
}

/** The models that are there, and a sentence for each that is not. */
export function findModels(study: Study): { models: ArmModel[]; missing: string[] } {
  const models: ArmModel[] = [];
  const missing: string[] = [];
  const add = (model: ArmModel | string): void =>
    void (typeof model === "string" ? missing.push(model) : models.push(model));
  if (existsSync(join(study.cold, "config.json"))) add({ arm: "base", folder: study.cold });
  else add(`base: "${study.cold}" is no model folder; give --cold FOLDER.`);
  for (const seed of study.seeds) {
    const [series, direct] = study.recipes.map((recipe) => runFolder(study.out, recipe, seed));
    const stages = stagesOf(series!);
    add(ended("fre", seed, series!, stages[0]));
    add(ended("fre-mgt", seed, series!, stages.at(-1)));
    add(ended("direct", seed, direct!, stagesOf(direct!)[0]));
    add(directInTime(seed, series!, direct!));
  }
  return { models, missing };
}

export function runFolder(out: string, recipe: string, seed: number): string {
  return join(out, `${basename(recipe, ".json")}-${seed}`);
}

/** Whether each stage of a run has done all its steps, and saved. */
export function hasEnded(directory: string): boolean {
  const stages = stagesOf(directory);
  return stages.length > 0 && stages.every((stage) => lastModel(stage) !== undefined);
}

interface Stage {
  directory: string;
  recipe: Recipe;
}

/** In their order; none where there is no run. */
function stagesOf(directory: string): Stage[] {
  if (!hasRun(directory)) return [];
  const file = join(directory, RECIPE_FILE);
  const series = readSeries(file);
  if (series === undefined) return [{ directory, recipe: readRecipe(file) }];
  return series.stages.map((recipe, place) => ({
    directory: join(directory, `${place + 1}-${recipe.stage}`),
    recipe,
  }));
}

/** The model after the last step; undefined before. */
function lastModel({ directory, recipe: { steps = Infinity } }: Stage): string | undefined {
  const step = checkpointSteps(directory).at(-1);
  return step !== undefined && step >= steps ? checkpointFolder(directory, step) : undefined;
}

function ended(arm: Arm, seed: number, directory: string, stage: Stage | undefined): ArmModel | string {
  const folder = stage && lastModel(stage);
  return folder === undefined ? `${arm}, seed ${seed}: ${notEnded(directory)}` : { arm, seed, folder };
}

function directInTime(seed: number, series: string, direct: string): ArmModel | string {
  const arm = "direct-time";
  const behind = [series, direct].find((directory) => !hasEnded(directory));
  if (behind !== undefined) return `${arm}, seed ${seed}: ${notEnded(behind)}`;
  const whole = stagesOf(series).reduce(
    (sum, { directory }) => sum + (secondsAfter(directory).at(-1) ?? 0),
    0,
  );
  const after = secondsAfter(direct);
  const step = nearestInTime(checkpointSteps(direct), after, whole);
  const timeShare = after[step]! / whole;
  return { arm, seed, folder: checkpointFolder(direct, step), timeShare };
}

function notEnded(directory: string): string {
  return `the run in "${directory}" ${hasRun(directory) ? "is not at its end" : "is not there"}.`;
}

/** Of these steps the one after which the time was nearest to `seconds`; `after` has the time after each step, from 0. */
export function nearestInTime(steps: readonly number[], after: readonly number[], seconds: number): number {
  const gap = (step: number): number => Math.abs(after[step]! - seconds);
  return steps.reduce((best, step) => (gap(step) < gap(best) ? step : best));
}

/** How many seconds of work, all `time/...` of its metrics, a run had taken after each step: that of 0, then of a line a step. */
export function secondsAfter(directory: string): number[] {
  const lines = readFileSync(join(directory, METRICS_FILE), "utf8").split("\n").filter(Boolean);
  const after = [0];
  for (const line of lines) {
    const entries = Object.entries(JSON.parse(line) as Metrics);
    const seconds = entries.filter(([name]) => name.startsWith("time/"));
    after.push(seconds.reduce((sum, [, value]) => sum + value, after.at(-1)!));
  }
  return after;
}

/** @throws TouchlineError `bench/option`. */
export function readSeeds(text: string): number[] {
  const seeds = text.split(",").map((one) => (/^\d+$/.test(one) ? Number(one) : NaN));
  const isRight = seeds.every((seed) => seed <= 0xffffffff) && new Set(seeds).size === seeds.length;
  if (isRight && seeds.length <= STUDENT_MOST) return seeds;
  throw new TouchlineError(
    "bench/option",
    `--seeds is "${text}"; expected up to ${STUDENT_MOST} different whole numbers, such as 1,2,3,4,5.`,
  );
}

/** @throws TouchlineError `bench/option`. */
export function readRecipes(text: string): [series: string, direct: string] {
  const [series, direct, ...others] = text.split(",");
  if (series && direct && others.length === 0) return [series, direct];
  throw new TouchlineError(
    "bench/option",
    `--recipes is "${text}"; expected the recipe of the series and that of MGT alone, such as study,direct-rl.`,
  );
}
