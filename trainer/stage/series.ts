/** @file The folder of a run of several stages: each is a run of its own below it, `1-sft`, `2-fre`, `3-mgt`. */
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { TouchlineError } from "../../env/error.ts";
import { cannotWrite } from "../log/index.ts";
import { readRecipe, type Recipe, type Series, STAGE_BEFORE } from "../recipes/index.ts";
import { hasBegun, lastCheckpoint, makeRunFolder, RECIPE_FILE } from "./run-folder.ts";

export interface StageRun {
  recipe: Recipe;
  directory: string;
}

/**
 * Writes the recipe into the folder, or finds the same one there.
 * @throws TouchlineError `train/recipe-changed`, `train/write`.
 */
export function makeSeriesFolder(directory: string, series: Series): void {
  const path = join(directory, RECIPE_FILE);
  const text = `${JSON.stringify(series, null, 2)}\n`;
  if (existsSync(path)) {
    if (readFileSync(path, "utf8") === text) return;
    throw new TouchlineError(
      "train/recipe-changed",
      `"${directory}" has a run of another recipe; give another folder, or go on with --resume and without --recipe.`,
    );
  }
  try {
    mkdirSync(directory, { recursive: true });
    writeFileSync(`${path}.part`, text);
    renameSync(`${path}.part`, path);
  } catch (cause) {
    throw cannotWrite(path, cause);
  }
}

/**
 * The run of a stage, begun or to be begun.
 * @param place of the stage, from 0.
 * @throws TouchlineError `train/stage-before` when the stage before has no model yet.
 */
export function stageRun(directory: string, { stages }: Series, place: number): StageRun {
  const folder = (one: number): string => stageFolder(directory, stages[one]!, one);
  const own = folder(place);
  let recipe = stages[place]!;
  if (recipe.model === STAGE_BEFORE) {
    const model = lastCheckpoint(folder(place - 1));
    if (model === undefined) {
      throw new TouchlineError(
        "train/stage-before",
        `The stage ${recipe.stage} begins with the model of the stage before, and "${folder(place - 1)}" has none; run that first, or give --model.`,
      );
    }
    recipe = { ...recipe, model };
  }
  if (!hasBegun(own)) makeRunFolder(own, recipe);
  return { recipe, directory: own };
}

/**
 * Whether the stages that have begun still have the recipes that the series has for them: whoever changes one of the two
 * files means something by it.
 * @throws TouchlineError `train/recipe-changed`.
 */
export function checkStages(directory: string, { stages }: Series): void {
  for (const [place, stage] of stages.entries()) {
    const own = stageFolder(directory, stage, place);
    if (!hasBegun(own)) continue;
    const begun = readRecipe(join(own, RECIPE_FILE));
    const model = stage.model === STAGE_BEFORE ? begun.model : stage.model;
    const key = differingKey({ ...stage, model } as Recipe, begun);
    if (key === undefined) continue;
    throw new TouchlineError(
      "train/recipe-changed",
      `"${key}" of the stage in ${own} is another in its ${RECIPE_FILE} than in ${join(directory, RECIPE_FILE)}; make them the same, or go on with that stage alone: --resume ${own}.`,
    );
  }
}

function stageFolder(directory: string, { stage }: Recipe, place: number): string {
  return join(directory, `${place + 1}-${stage}`);
}

/** The first key that two recipes have different values of. */
export function differingKey(one: Recipe, other: Recipe): keyof Recipe | undefined {
  return (Object.keys({ ...one, ...other }) as (keyof Recipe)[]).find(
    (key) => JSON.stringify(one[key]) !== JSON.stringify(other[key]),
  );
}
