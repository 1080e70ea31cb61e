/**
 * @file Measures the models of `npm run study` and writes the section `study` of a page: each arm as a mean over seeds,
 * and what FRE before MGT brings. What is measured already is kept in `--store`, by weights and condition.
 */
import { listScenarios } from "../../scenarios/load.ts";
import { QUESTION_KINDS, type QuestionKind, type Shown } from "../question/index.ts";
import { kept } from "./kept.ts";
import { orEnd, readOptions } from "./options.ts";
import { commandLine, writeSection } from "./page.ts";
import { measurePlay, measureQuestions, type Played } from "./results.ts";
import { pairedDifference, type Rate, studentMean } from "../statistics/index.ts";
import { type Arm, type ArmModel, ARMS, findModels, readRecipes, readSeeds } from "./study-arms.ts";
import { differenceText, shareText, table } from "./tables.ts";

const options = readOptions(
  {
    episodes: { default: 100, least: 1 },
    questions: { default: 100, least: 1 },
    threads: { default: 1, least: 0, most: 64 },
  },
  {
    seeds: "1,2,3,4,5",
    out: "runs/study",
    recipes: "study,direct-rl",
    cold: "agent/weights/cold",
    page: "docs/RESULTS.md",
    store: "runs/results",
  },
);
const { episodes, questions: count, threads, store } = options;
const scenarios = listScenarios().filter(({ suite }) => suite === "academy");
const kinds = (Object.keys(QUESTION_KINDS) as QuestionKind[]).filter(
  (kind) => kind !== "act" && kind !== "play" && QUESTION_KINDS[kind].about !== "level",
);

/** Shares of 1, by the name of what was measured. */
type Figures = Readonly<Record<string, number>>;
interface Measured extends ArmModel {
  figures: Figures;
}

const MEANS = ["drills, greedy", "drills, T=1", "questions in words", "questions on frames"];
const OTHERS: readonly Arm[] = ["direct", "direct-time"];

const { models, missing } = orEnd(() =>
  findModels({
    out: options.out,
    seeds: readSeeds(options.seeds),
    recipes: readRecipes(options.recipes),
    cold: options.cold,
  }),
);
for (const sentence of missing) console.error(`left out: ${sentence}`);
if (models.length === 0) process.exit(1);

const measured: Measured[] = [];
for (const model of models) measured.push({ ...model, figures: await measure(model) });
writeSection(options.page, "study", page());

async function measure(model: ArmModel): Promise<Figures> {
  const drills: Record<string, number> = {};
  for (const { id } of scenarios) drills[id] = await success(model, id, 0);
  const byChance: number[] = [];
  for (const { id } of scenarios) byChance.push(await success(model, id, 1));
  const figures = [
    mean(Object.values(drills)),
    mean(byChance),
    await answered(model, "words"),
    await answered(model, "frame"),
  ];
  return { ...drills, ...Object.fromEntries(MEANS.map((name, i) => [name, figures[i]!])) };
}

async function success(model: ArmModel, id: string, temperature: number): Promise<number> {
  const scenario = scenarios.find((one) => one.id === id)!;
  const { folder } = model;
  const key = { scenario: id, vary: true, temperature, episodes };
  const played = await kept<Played>(store, { name: nameOf(model), folder }, key, () =>
    measurePlay({ model: folder, temperature, threads }, scenario, { episodes, vary: true }),
  );
  return played.success.mean;
}

/** The mean over the kinds, of the likeliest answers. */
async function answered(model: ArmModel, shown: Shown): Promise<number> {
  const { folder } = model;
  const rates: number[] = [];
  for (const kind of kinds) {
    if (shown === "frame" && QUESTION_KINDS[kind].about !== "pitch") continue;
    const key = { kind, shown, temperature: 0, count };
    const rate = await kept<Rate>(store, { name: nameOf(model), folder }, key, () =>
      measureQuestions({ model: folder, temperature: 0, threads }, scenarios, { kind, shown, count }),
    );
    rates.push(rate.mean);
  }
  return mean(rates);
}

function page(): string {
  const heads = ARMS.map((arm) => (arm === "base" ? arm : `${arm}, n = ${of(arm).length}`));
  const lesses = OTHERS.map((other) => `fre-mgt less ${other}`);
  return [
    "### The arms",
    table(["mean", ...heads], rows(MEANS, ofArms)),
    "### Each drill, greedy",
    table(
      ["drill", ...heads],
      rows(
        scenarios.map(({ id }) => id),
        ofArms,
        (id) => `\`${id}\``,
      ),
    ),
    "### What FRE before MGT brings",
    table(["mean", ...lesses], rows(MEANS, differences)),
    notes().join(" "),
  ].join("\n\n");
}

function rows(
  names: readonly string[],
  cells: (name: string) => string[],
  label = (name: string): string => name,
): string[][] {
  return names.map((name) => [label(name)].concat(cells(name)));
}

function ofArms(name: string): string[] {
  return ARMS.map((arm) => shareText(studentMean(values(of(arm), name))));
}

function differences(name: string): string[] {
  return OTHERS.map((other) => difference(name, other));
}

/** Of the seeds that both arms have. */
function difference(name: string, other: Arm): string {
  const inBoth = ({ seed }: Measured): boolean =>
    [of("fre-mgt"), of(other)].every((arm) => arm.some((model) => model.seed === seed));
  const [one, others] = [of("fre-mgt"), of(other)].map((arm) => values(arm.filter(inBoth), name));
  return differenceText(pairedDifference(one!, others!));
}

function notes(): string[] {
  const shares = of("direct-time").map(
    ({ seed, timeShare }) => `${(100 * timeShare!).toFixed(0)} % (seed ${seed})`,
  );
  return [
    "n: seeds. 95 % intervals over seeds by Student's t; differences by pairs of a seed, not corrected for how many are compared.",
    ...(shares.length === 0 ? [] : [`direct-time took, of the time of fre-mgt, ${shares.join(", ")}.`]),
    ...missing.map((sentence) => `Left out: ${sentence}`),
    `Written by \`${commandLine("table:study")}\`: seeds 0 to ${episodes - 1} of each drill, ${count} questions of each kind.`,
  ];
}

function of(arm: Arm): Measured[] {
  return measured.filter((model) => model.arm === arm);
}

function values(arm: readonly Measured[], name: string): number[] {
  return arm.map(({ figures }) => figures[name]!);
}

function nameOf({ arm, seed }: ArmModel): string {
  return seed === undefined ? arm : `${arm}, seed ${seed}`;
}

function mean(shares: readonly number[]): number {
  return shares.reduce((sum, share) => sum + share, 0) / shares.length;
}
