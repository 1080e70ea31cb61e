/** @file The shape of a recipe, as a zod schema. What one value says about another is in conflicts.ts. */
import { z } from "zod";
import { rl, type RlRecipe } from "./rl.ts";
import { sft, type SftRecipe } from "./sft.ts";

export { ALGORITHMS } from "./rl.ts";
export type { RlRecipe, SftRecipe };

export const recipeSchema = z.discriminatedUnion("stage", [sft, rl("fre"), rl("mgt")], {
  error: 'one of "sft", "fre", "mgt"',
});

/** What is trained, on what, how long. Its paths are absolute. */
export type Recipe = SftRecipe | RlRecipe;
