/** @file What one value of a recipe says about another. */
import type { Problem } from "../../env/problem.ts";
import type { Recipe, RlRecipe, SftRecipe } from "./schema/index.ts";

/** Every problem of a recipe whose single values are right. */
export function conflicts(recipe: Recipe): Problem[] {
  const problems: Problem[] = [];
  const says = (path: PropertyKey[], text: string): void => void problems.push({ path, says: text });
  const both = (path: PropertyKey[], other: string): void =>
    says(path, `stands beside ${other}; expected one of the two`);
  const oneOf = (first: readonly [string, unknown], second: readonly [string, unknown]): void => {
    if (first[1] !== undefined && second[1] !== undefined) both([second[0]], first[0]);
    if (first[1] === undefined && second[1] === undefined)
      says([first[0]], `is missing, and so is ${second[0]}; expected one of the two`);
  };
  const { schedule, learningRate, lora, train, freeze } = recipe;
  if (recipe.stage === "sft") {
    oneOf(["model", recipe.model], ["newborn", recipe.newborn]);
    oneOf(["data", recipe.data], ["questions", recipe.questions]);
    oneOf(["epochs", recipe.epochs], ["steps", recipe.steps]);
    sftConflicts(recipe, says);
  } else rlConflicts(recipe, says);
  if (schedule.warmupSteps !== undefined && schedule.warmupShare !== undefined) {
    both(["schedule", "warmupShare"], "schedule.warmupSteps");
  }
  if (schedule.minimumRate > learningRate) {
    const path = ["schedule", "minimumRate"];
    says(path, `is ${schedule.minimumRate}; expected at most the learningRate, ${learningRate}`);
  }
  if (schedule.decay === "constant" && schedule.decaySteps !== undefined)
    says(["schedule", "decaySteps"], 'stands beside decay "constant"; expected it with "cosine"');
  if (schedule.decaySteps !== undefined && schedule.decaySteps <= (schedule.warmupSteps ?? 0)) {
    const path = ["schedule", "decaySteps"];
    says(path, `is ${schedule.decaySteps}; expected more than warmupSteps, ${schedule.warmupSteps}`);
  }
  if (lora !== undefined && train !== undefined) both(["train"], "lora, which trains only its own matrices");
  if (lora !== undefined && freeze !== undefined) both(["freeze"], "lora, which freezes everything else");
  return problems;
}

type Says = (path: PropertyKey[], text: string) => void;

function sftConflicts({ newborn, play, questions, epochs }: SftRecipe, says: Says): void {
  if (play && !newborn) says(["play"], "is there without newborn; a model folder has a play.json of its own");
  if (questions && epochs !== undefined)
    says(["epochs"], "stands beside questions, which have no end; expected steps");
}

function playConflicts(
  { episodes, samples, starts, truthPenalty, truthCredit }: NonNullable<RlRecipe["episodes"]>,
  says: Says,
): void {
  if (episodes % samples !== 0)
    says(["episodes", "episodes"], `is ${episodes}; expected a multiple of samples, ${samples}`);
  if (starts === "branch" && samples === 1)
    says(["episodes", "samples"], 'is 1; expected at least 2 for starts "branch", where one goes before');
  if (truthCredit === "place" && truthPenalty === 0)
    says(["episodes", "truthPenalty"], 'is 0; expected a price for truthCredit "place" to share out');
}

function rlConflicts({ stage, data, questions, episodes, algorithm, lora }: RlRecipe, says: Says): void {
  if (!data && !questions && !episodes)
    says(["questions"], "is missing, and so are data and episodes; expected at least one to learn from");
  if (stage === "fre" && episodes) says(["episodes"], "is play, on pictures; expected it in the stage mgt");
  if (stage === "fre" && questions?.shown === "frame")
    says(["questions", "shown"], 'is "frame"; expected "words", or the stage mgt');
  if (episodes) playConflicts(episodes, says);
  const alone = episodes !== undefined && episodes.samples === 1;
  if (alone && (algorithm === "grpo" || algorithm === "dr_grpo" || algorithm === "rloo")) {
    says(
      ["episodes", "samples"],
      `is 1; expected at least 2 for ${algorithm}, which compares episodes that begin alike`,
    );
  }
  if (lora?.base === "int4")
    says(
      ["lora", "base"],
      'is "int4"; expected "stored" or "float16", for the samples are of unnarrowed weights',
    );
}
