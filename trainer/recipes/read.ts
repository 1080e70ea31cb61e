/** @file Finds recipes, ours by name and others by their file, and reads them. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { TouchlineError, unknownName } from "../../env/error.ts";
import { fileErrorCode } from "../../env/file-error.ts";
import { expected, problemsOf, problemsText } from "../../env/problem.ts";
import { parseJson } from "../../agent/model/index.ts";
import { conflicts } from "./conflicts.ts";
import { type Recipe, recipeSchema } from "./schema/index.ts";

const SHIPPED = fileURLToPath(new URL(".", import.meta.url));

/** The file of a recipe that is given by its name or by its path. Throws `recipe/unknown`. */
export function findRecipe(nameOrPath: string): string {
  const shipped = join(SHIPPED, `${nameOrPath}.json`);
  const isName = /^[\w-]+$/.test(nameOrPath);
  if (isName && existsSync(shipped)) return shipped;
  if (!isName || existsSync(nameOrPath)) return resolve(nameOrPath);
  throw new TouchlineError(
    "recipe/unknown",
    `${unknownName("recipe", nameOrPath, recipeNames())} A recipe of your own is given by its file, such as ./recipe.json.`,
  );
}

/** The recipes that ship. */
export function recipeNames(): string[] {
  const files = readdirSync(SHIPPED).filter((file) => file.endsWith(".json"));
  return files.map((file) => basename(file, ".json")).sort();
}

/**
 * The recipe in a file, with everything that it leaves out, and its paths made absolute.
 * @throws TouchlineError `recipe/file`, `recipe/not-json`, or `recipe/invalid` with every problem.
 */
export function readRecipe(path: string): Recipe {
  return checkRecipe(readRecipeFile(path), path);
}

/** What stands in a file, whatever it is. @throws TouchlineError `recipe/file`, `recipe/not-json`. */
export function readRecipeFile(path: string): unknown {
  let text: string;
  try {
    text = readFileSync(path, "utf8");
  } catch (cause) {
    throw new TouchlineError(
      "recipe/file",
      `The recipe "${path}" cannot be read (${fileErrorCode(cause)}); give a JSON file, or the name of one of ${recipeNames().join(", ")}.`,
      { cause },
    );
  }
  return parseJson(text, path, "recipe/not-json");
}

/**
 * The same for data; `path` is where it comes from, for paths are relative to that, and `source` what errors call it.
 * @throws TouchlineError `recipe/invalid`.
 */
export function checkRecipe(value: unknown, path: string, source = path): Recipe {
  const result = recipeSchema.safeParse(value, { error: expected, reportInput: true });
  const problems = result.success ? conflicts(result.data) : problemsOf(result.error);
  if (!result.success || problems.length > 0) {
    throw new TouchlineError("recipe/invalid", problemsText(source, problems));
  }
  return withPaths(result.data, (own) => resolve(dirname(path), own));
}

/** Every path of a recipe as `absolute` makes it. */
function withPaths(recipe: Recipe, absolute: (path: string) => string): Recipe {
  const { model, data } = recipe;
  const paths = { ...(model && { model: absolute(model) }), ...(data && { data: data.map(absolute) }) };
  if (recipe.stage !== "sft") return { ...recipe, ...paths };
  const { evaluate } = recipe;
  return {
    ...recipe,
    ...paths,
    ...(evaluate && { evaluate: { ...evaluate, data: evaluate.data.map(absolute) } }),
  };
}
