/** @file `touchline train`: a model learns as a recipe says. */
import { existsSync } from "node:fs";
import { basename, join, resolve } from "node:path";
import { type Command, Option } from "commander";
import { untilInterrupted } from "./interrupt.ts";
import { DEVICES, examples, integer, scenariosOption, useScenarios } from "./option.ts";
import { printJson, printLine, printTable } from "./output.ts";
import { TouchlineError } from "../env/error.ts";
import type { Device } from "../agent/graph/index.ts";
import type { Recipe } from "../trainer/recipes/index.ts";
import type { StageRun, TrainingSummary } from "../trainer/stage/index.ts";

interface Options {
  recipe?: string;
  stage?: string;
  model?: string;
  data?: string[];
  anyway?: boolean;
  watch?: string;
  seed?: number;
  device?: Device;
  out?: string;
  resume?: string;
  threads: number;
  scenarios: string[];
  json?: boolean;
}

/** As shells tell of commands that a signal ended. */
const STATUS_OF: ReadonlyMap<NodeJS.Signals, number> = new Map([
  ["SIGINT", 130],
  ["SIGTERM", 143],
]);

export function trainCommand(program: Command): void {
  program
    .command("train")
    .description("train a model as a recipe says; Ctrl-C finishes the step, saves and leaves (status 130)")
    .option("--recipe <name or file>", "what is trained, on what, how long; see docs/TRAINING.md")
    .addOption(
      new Option("--stage <stage>", "only this stage of the recipe").choices(["sft", "fre", "mgt", "all"]),
    )
    .option("--model <dir>", "another model folder than the recipe's")
    .option("--data <file...>", "other data than the recipe's, JSONL files; of several stages one file each")
    .addOption(new Option("--device <device>", "another device than the recipe's").choices(DEVICES))
    .option("--out <dir>", "the folder of the run (runs/NAME of the recipe); it must not have one yet")
    .option("--resume <dir>", "go on with the run in this folder, from its last checkpoint")
    .option("--threads <n>", "threads of one operator; 0: as many as there are cores", integer(0, 256), 0)
    .option("--seed <n>", "another seed than the recipe's", integer(0, 0xffffffff))
    .option("--watch <url>", "show episodes of evaluations on the page of a running touchline watch")
    .addOption(scenariosOption())
    .option("--anyway", "begin even where memory, disk or time will not do, by what is worked out before")
    .addHelpText(
      "after",
      examples(
        "touchline train --recipe sft-example",
        "touchline train --recipe mine.json --out runs/first",
        "touchline train --resume runs/first",
      ),
    )
    .action(async (_own: unknown, command: Command) => train(command.optsWithGlobals<Options>()));
}

async function train(options: Options): Promise<void> {
  useScenarios(options.scenarios);
  if (options.resume !== undefined && options.out !== undefined)
    throw new TouchlineError("cli/wrong-use", "--resume goes on in the folder of its run; leave --out away.");
  const series = await prepareSeries(options);
  if (series === undefined) {
    const { recipe, directory } = await prepare(options);
    const summary = await run(recipe, directory, options);
    if (options.json) printJson({ stage: recipe.stage, ...summary });
    return;
  }
  const done: object[] = [];
  for (const begin of series) {
    const { recipe, directory } = begin();
    const summary = await run(recipe, directory, options);
    done.push({ stage: recipe.stage, ...summary });
    if (summary.interrupted) break;
  }
  if (options.json) printJson({ stages: done });
}

async function run(recipe: Recipe, directory: string, options: Options): Promise<TrainingSummary> {
  if (options.watch !== undefined) {
    const { checkFeed } = await import("../agent/match/index.ts");
    await checkFeed(options.watch);
  }
  const stages = await import("../trainer/stage/index.ts");
  if (recipe.device !== "cpu") {
    const { requireDevice } = await import("./device.ts");
    await requireDevice(recipe.device);
  }
  const progress = stages.trainingProgress();
  const { threads, anyway = false, watch } = options;
  const onEvent: typeof progress.onEvent = (event) => progress.onEvent(event);
  let by: NodeJS.Signals | undefined;
  const onInterrupt = (signal: NodeJS.Signals): void => {
    by = signal;
    progress.clear();
    console.error("The step is finished, then saved. Once more ends it at once.");
  };
  const summary = await untilInterrupted(
    (signal) => stages.train(recipe, directory, { threads, anyway, watch, signal, onEvent }),
    { signals: [...STATUS_OF.keys()], onInterrupt },
  ).finally(() => progress.clear());
  if (!options.json) printSummary(summary);
  if (summary.interrupted) process.exitCode = STATUS_OF.get(by ?? "SIGINT");
  return summary;
}

/** The stages of a recipe that has several, each to be begun when those before are done; undefined for one of a single stage. */
async function prepareSeries(options: Options): Promise<(() => StageRun)[] | undefined> {
  const { findRecipe, readSeries } = await import("../trainer/recipes/index.ts");
  const { checkNamed, checkNoRun, checkStages, freeFolder, hasRun, makeSeriesFolder, RECIPE_FILE, stageRun } =
    await import("../trainer/stage/index.ts");
  const { recipe, resume, out, stage = "all", device, model, data, seed } = options;
  const begun = resume !== undefined && hasRun(resume);
  const file = begun ? join(resume, RECIPE_FILE) : recipe && findRecipe(recipe);
  const series = file === undefined || !existsSync(file) ? undefined : readSeries(file);
  if (file === undefined || series === undefined) return undefined;
  const chosen = [...series.stages.keys()].filter(
    (at) => stage === "all" || series.stages[at]!.stage === stage,
  );
  const first = chosen[0];
  if (first === undefined) throw new TouchlineError("train/stage", `The recipe has no stage "${stage}".`);
  const files =
    data &&
    filesOf(
      chosen.filter((at) => series.stages[at]!.data !== undefined),
      data,
    );
  const changed = (one: Recipe, at: number): Recipe => ({
    ...one,
    ...(device && { device }),
    ...(seed !== undefined && { seed }),
    ...(model !== undefined && at === first && { model: resolve(model) }),
    ...(files?.has(at) && { data: [files.get(at)!] }),
  });
  const stages = series.stages.map(changed);
  if (begun && JSON.stringify(stages) !== JSON.stringify(series.stages)) {
    const given = Object.entries({ device, seed, model, data }).filter(([, value]) => value !== undefined);
    throw changing(
      resume,
      given.map(([name]) => name),
    );
  }
  for (const at of chosen) checkNamed(stages[at]!);
  const directory = resolve(resume ?? out ?? freeFolder("runs", basename(file, ".json")));
  if (resume === undefined) checkNoRun(directory);
  else checkStages(directory, { stages });
  makeSeriesFolder(directory, { stages });
  return chosen.map((at) => () => stageRun(directory, { stages }, at));
}

/** A run goes on as it began: options that would change it are told by their names. */
function changing(resume: string, options: readonly string[]): TouchlineError {
  const names = options.map((name) => `--${name}`).join(", ");
  return new TouchlineError(
    "train/recipe-changed",
    `The run in "${resume}" goes on as it began; leave ${names} away, or begin a new run.`,
  );
}

/** The files for the stages that learn from files, one each, in their order. */
function filesOf(stages: readonly number[], data: readonly string[]): Map<number, string> {
  if (data.length === stages.length) return new Map(stages.map((at, i) => [at, resolve(data[i]!)]));
  throw new TouchlineError(
    "cli/wrong-use",
    `${data.length} given to --data; expected ${stages.length}, a file for each stage that learns from files.`,
  );
}

/** The recipe, and the folder of its run. */
async function prepare(options: Options): Promise<{ recipe: Recipe; directory: string }> {
  const { findRecipe, readRecipe } = await import("../trainer/recipes/index.ts");
  const { freeFolder, hasBegun, hasRun, makeRunFolder, RECIPE_FILE } =
    await import("../trainer/stage/index.ts");
  const { out, resume } = options;
  if (options.recipe === undefined && resume === undefined) {
    throw new TouchlineError("cli/wrong-use", "Nothing to train; give --recipe NAME|FILE, or --resume DIR.");
  }
  const file = options.recipe === undefined ? undefined : findRecipe(options.recipe);
  const given = file === undefined ? undefined : withOptions(readRecipe(file), options);
  // Where nothing was learned yet a recipe that is given counts: the one before it may have been the mistake.
  if (resume !== undefined && hasRun(resume) && (given === undefined || hasBegun(resume))) {
    const ofRun = readRecipe(join(resume, RECIPE_FILE));
    const recipe = withOptions(ofRun, options);
    if (given !== undefined) await checkSame(given, recipe, resume);
    const changed = (["model", "data", "seed"] as const).filter(
      (key) => String(recipe[key]) !== String(ofRun[key]),
    );
    if (hasBegun(resume) && changed.length > 0) throw changing(resume, changed);
    return { recipe, directory: resolve(resume) };
  }
  if (file === undefined || given === undefined) {
    throw new TouchlineError(
      "train/no-run",
      `"${resume}" has no ${RECIPE_FILE}; expected the folder of a run. With --recipe it begins there.`,
    );
  }
  const directory = resolve(out ?? resume ?? freeFolder("runs", basename(file, ".json")));
  makeRunFolder(directory, given);
  return { recipe: given, directory };
}

function withOptions(recipe: Recipe, { stage, device, model, data, seed }: Options): Recipe {
  if (stage !== undefined && stage !== "all" && stage !== recipe.stage) {
    throw new TouchlineError("train/stage", `The recipe is of the stage "${recipe.stage}", not "${stage}".`);
  }
  return {
    ...recipe,
    ...(device && { device }),
    ...(model !== undefined && { model: resolve(model) }),
    ...(data && { data: data.map((file) => resolve(file)) }),
    ...(seed !== undefined && { seed }),
  };
}

async function checkSame(given: Recipe, ofRun: Recipe, resume: string): Promise<void> {
  const { differingKey } = await import("../trainer/stage/index.ts");
  const differs = differingKey(given, ofRun);
  if (differs === undefined) return;
  throw new TouchlineError(
    "train/recipe-changed",
    `The run in "${resume}" began with another recipe: "${differs}" differs. Leave --recipe away, and change ${resume}/recipe.json if the run is to go on in another way.`,
  );
}

function printSummary(summary: TrainingSummary): void {
  const { directory, checkpoint, stepsDone, steps, examples, leftOut, tokens, loss, evaluation } = summary;
  printLine(summary.interrupted ? `${directory}: interrupted` : `${directory}: done`);
  const rows: [string, string][] = [
    ["steps", `${count(stepsDone)} of ${count(steps)}`],
    ["examples", `${count(examples)}${leftOut === 0 ? "" : `, and ${count(leftOut)} left out`}`],
    ["tokens", `${count(tokens)} read`],
  ];
  if (loss !== null) rows.push(["loss", `${loss.toFixed(4)} in the last step`]);
  if (evaluation !== null) rows.push(["evaluation", `${evaluation.toFixed(4)} on the data set aside`]);
  if (checkpoint !== null) rows.push(["model", checkpoint]);
  printTable(["", ""], rows);
  if (summary.interrupted) printLine(`Go on with: touchline train --resume ${directory}`);
}

function count(n: number): string {
  return n.toLocaleString("en");
}
