/** @file What a recipe names and must be there before anything is learned: found out now, not hours later. */
import { existsSync } from "node:fs";
import { TouchlineError } from "../../env/error.ts";
import type { Scenario } from "../../env/football/index.ts";
import { readConfig } from "../../agent/model/index.ts";
import { type Recipe, STAGE_BEFORE } from "../recipes/index.ts";
import { sokobanTask } from "../sokoban/index.ts";
import { askedScenarios } from "./asked.ts";
import { scenariosOf } from "./scenarios.ts";

/**
 * Model, data and scenarios of a stage by their names alone; what stands in them is read when it begins.
 * @throws TouchlineError `data/file`, `model/...`, `scenario/...`, `sokoban/plan`.
 */
export function checkNamed(recipe: Recipe): void {
  const { model, data = [], questions } = recipe;
  if (model !== undefined && model !== STAGE_BEFORE) readConfig(model);
  const files = recipe.stage === "sft" ? [...data, ...(recipe.evaluate?.data ?? [])] : data;
  const missing = files.find((file) => !existsSync(file));
  if (missing !== undefined)
    throw new TouchlineError("data/file", `The data "${missing}" are not there; give a JSONL file.`);
  if (questions) askedScenarios(questions);
  if (recipe.stage === "sft") return;
  if (recipe.episodes) footballOf(recipe.episodes.scenarios);
  if (recipe.evaluate) evaluatedScenarios(recipe.evaluate.scenarios);
}

/** @throws TouchlineError `scenario/...`, `sokoban/...` for what there is not. */
export function footballOf(played: Readonly<Record<string, number>>): Scenario[] {
  const names = Object.keys(played);
  const plans = names.find((name) => sokobanTask(name)?.suite === "sokoban");
  if (plans === undefined) return scenariosOf(names.filter((name) => sokobanTask(name) === undefined));
  throw new TouchlineError(
    "sokoban/plan",
    `episodes.scenarios has "${plans}", in which one answer has all moves: that is a question, see questions.mix.sokoban. Episodes have one move an answer: write sokoban-online:SIZE.`,
  );
}

/** Those of football. @throws TouchlineError `scenario/...`. */
export function evaluatedScenarios(names: readonly string[]): Scenario[] {
  return scenariosOf(names.filter((name) => sokobanTask(name) === undefined));
}

/** @throws TouchlineError `train/data-changed`; `before` is what the checkpoint has kept. */
export function checkData(directory: string, now: string, before: string | undefined): void {
  if (before === undefined || before === now) return;
  throw new TouchlineError(
    "train/data-changed",
    `The data of "${directory}" are no more those that it began with, so it cannot go on as if it had never stopped; give them back, or begin a new run.`,
  );
}
