/** @file What to train, on what, how long. */
export { checkRecipe, findRecipe, readRecipe, recipeNames } from "./read.ts";
export { ALGORITHMS, type Recipe, type RlRecipe, type SftRecipe } from "./schema/index.ts";
export { readSeries, type Series, STAGE_BEFORE } from "./series.ts";
