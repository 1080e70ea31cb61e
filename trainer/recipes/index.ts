/** @file What to train, on what, how long. */
export { checkRecipe, findRecipe, readRecipe, recipeNames } from "./read.ts";
export type { Recipe, SftRecipe } from "./schema.ts";
