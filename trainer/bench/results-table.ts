/**
 * @file Measures models and writes their table into docs/RESULTS.md: `--models NAME=FOLDER,NAME=FOLDER`, one column each
 * for the likeliest answers and for answers by chance. What is measured already is kept in `--store`, by folder and condition.
 */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { TouchlineError } from "../../env/error.ts";
import { listScenarios } from "../../scenarios/load.ts";
import { QUESTION_KINDS, type QuestionKind, type Shown } from "../question/index.ts";
import { rateText } from "./academy.ts";
import { kept, type NamedModel } from "./kept.ts";
import { orEnd, readOptions } from "./options.ts";
import { commandLine, writeSection } from "./page.ts";
import { measurePlay, measureQuestions, NAMED_PLACES, type NamedPlace, type Played } from "./results.ts";
import type { Rate } from "../statistics/index.ts";
import { table } from "./tables.ts";

const options = readOptions(
  {
    episodes: { default: 200, least: 1 },
    questions: { default: 200, least: 0 },
    threads: { default: 1, least: 0, most: 64 },
  },
  {
    models: "",
    only: "",
    out: "docs/RESULTS.md",
    section: "table",
    store: "runs/results",
    temperatures: "0,1",
  },
);
const models = orEnd(() => readModels(options.models));
const temperatures = options.temperatures.split(",").map(Number);
const scenarios = listScenarios().filter(({ suite, id }) => suite === "academy" && id.includes(options.only));
const kinds = (Object.keys(QUESTION_KINDS) as QuestionKind[]).filter(
  (kind) => kind !== "act" && kind !== "play" && QUESTION_KINDS[kind].about !== "level",
);

const parts = [await playTable(true), await playTable(false), await readTable()];
if (options.questions > 0) parts.push(await questionTable("words"), await questionTable("frame"));
const written = `Written by \`${commandLine("table:results")}\`: seeds 0 to ${options.episodes - 1}, Wilson's 95 % intervals.`;
writeSection(options.out, options.section, [...parts, written].join("\n\n"));

async function playTable(vary: boolean): Promise<string> {
  const title = vary ? "### Varied starts" : "### Fixed starts";
  const rows: string[][] = [];
  for (const { id } of scenarios) {
    const cells: string[] = [];
    for (const model of models) {
      for (const temperature of temperatures)
        cells.push(rateText((await played(model, id, vary, temperature)).success));
    }
    rows.push([`\`${id}\``, ...cells]);
  }
  return `${title}\n\n${table(["drill", ...columns()], rows)}`;
}

/** Over all drills with varied starts. */
async function readTable(): Promise<string> {
  const measured: Played["read"][][] = [];
  for (const model of models) {
    for (const temperature of temperatures) {
      const reads: Played["read"][] = [];
      for (const { id } of scenarios) reads.push((await played(model, id, true, temperature)).read);
      measured.push(reads);
    }
  }
  const row = (title: string, names: readonly NamedPlace[]) => [
    title,
    ...measured.map((reads) => readCell(reads, names)),
  ];
  const rows = [row("all", NAMED_PLACES), ...NAMED_PLACES.map((name) => row(name, [name]))];
  return `### Places that thoughts name, within a twentieth of the pitch's length\n\n${table(["place", ...columns()], rows)}`;
}

function readCell(reads: readonly Played["read"][], names: readonly NamedPlace[]): string {
  const rates = reads.flatMap((read) => names.map((name) => read[name]));
  const [right, named] = [sum(rates.map(({ k }) => k)), sum(rates.map(({ n }) => n))];
  return named === 0 ? "-" : `${((100 * right) / named).toFixed(1)} % of ${named.toLocaleString("en")}`;
}

async function questionTable(shown: Shown): Promise<string> {
  const rows: string[][] = [];
  for (const kind of kinds) {
    const isAsked = QUESTION_KINDS[kind].about === "pitch" || shown === "words";
    if (!isAsked) continue;
    const cells: string[] = [];
    for (const model of models) {
      for (const temperature of temperatures) {
        const count = options.questions;
        const rate = await kept<Rate>(options.store, model, { kind, shown, temperature, count }, () =>
          measureQuestions(
            conditions(model, temperature),
            listScenarios().filter(({ suite }) => suite === "academy"),
            {
              kind,
              shown,
              count,
            },
          ),
        );
        cells.push(rateText(rate));
      }
    }
    rows.push([kind, ...cells]);
  }
  const title = shown === "words" ? "### Questions in words" : "### The same of pictures";
  return `${title}\n\n${table(["kind", ...columns()], rows)}`;
}

function played(model: NamedModel, id: string, vary: boolean, temperature: number): Promise<Played> {
  const { episodes } = options;
  const scenario = scenarios.find((one) => one.id === id)!;
  return kept(options.store, model, { scenario: id, vary, temperature, episodes }, () =>
    measurePlay(conditions(model, temperature), scenario, { episodes, vary }),
  );
}

function conditions({ folder }: NamedModel, temperature: number) {
  return { model: folder, temperature, threads: options.threads };
}

function columns(): string[] {
  return models.flatMap(({ name }) =>
    temperatures.map((one) => `${name}, ${one === 0 ? "greedy" : `T=${one}`}`),
  );
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

/** @throws TouchlineError `bench/option`. */
function readModels(text: string): NamedModel[] {
  const found = text.split(",").map((one) => {
    const at = one.indexOf("=");
    return { name: one.slice(0, at), folder: one.slice(at + 1) };
  });
  if (found.every(({ name, folder }) => name !== "" && existsSync(join(folder, "config.json")))) return found;
  throw new TouchlineError(
    "bench/option",
    `--models is "${text}"; expected NAME=FOLDER,NAME=FOLDER of model folders.`,
  );
}
