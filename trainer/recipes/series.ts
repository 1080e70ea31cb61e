/** @file Recipes of several stages, of which each begins with the model that the one before has ended with. */
import { TouchlineError } from "../../env/error.ts";
import { checkRecipe, readRecipeFile } from "./read.ts";
import type { Recipe } from "./schema/index.ts";

/** The model of a stage that begins with that of the stage before. */
export const STAGE_BEFORE = "(the stage before)";

export interface Series {
  stages: readonly Recipe[];
}

/**
 * The stages of a file `{"stages": [...]}`; undefined for a recipe of one stage. A stage after the first that names no
 * model has `STAGE_BEFORE`.
 * @throws TouchlineError `recipe/file`, `recipe/not-json`, `recipe/invalid`.
 */
export function readSeries(path: string): Series | undefined {
  const value = readRecipeFile(path);
  if (typeof value !== "object" || value === null || !("stages" in value)) return undefined;
  const { stages, ...others } = value;
  if (!Array.isArray(stages) || stages.length === 0 || Object.keys(others).length > 0) {
    throw new TouchlineError(
      "recipe/invalid",
      `${path}: a recipe of several stages has nothing but "stages", a list of one or more recipes.`,
    );
  }
  return { stages: stages.map((stage: unknown, place) => checkStage(stage, place, path)) };
}

function checkStage(stage: unknown, place: number, path: string): Recipe {
  const own = typeof stage === "object" && stage !== null ? stage : {};
  const goesOn = place > 0 && !("newborn" in own) && (!("model" in own) || own.model === STAGE_BEFORE);
  const source = `${path}, stage ${place + 1}`;
  if (!goesOn) return checkRecipe(stage, path, source);
  return { ...checkRecipe({ ...own, model: "." }, path, source), model: STAGE_BEFORE };
}
