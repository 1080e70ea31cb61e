/**
 * @file Measures models and writes their table into docs/RESULTS.md: `--models NAME=FOLDER,NAME=FOLDER`, one column each
 * for the likeliest answers and for answers by chance. What is measured already is kept in `--store`, by folder and condition.
 */
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { TouchlineError } from "../../env/error.ts";
import { listScenarios } from "../../scenarios/load.ts";
import { QUESTION_KINDS, type QuestionKind, type Shown } from "../question/index.ts";
import { rateText } from "./academy.ts";
import { orEnd, readOptions } from "./options.ts";
import { commandLine, writeSection } from "./page.ts";
import { measurePlay, measureQuestions, type Played } from "./results.ts";
import type { Rate } from "./statistics.ts";

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
  (kind) => kind !== "act" && kind !== "play",
);

mkdirSync(options.store, { recursive: true });
const parts = [await playTable(true), await playTable(false), await readTable()];
if (options.questions > 0) parts.push(await questionTable("words"), await questionTable("frame"));
const written = `Written by \`${commandLine("table:results")}\`: seeds 0 to ${options.episodes - 1}, Wilson's 95 % intervals.`;
writeSection(options.out, options.section, [...parts, written].join("\n\n"));

interface Model {
  name: string;
  folder: string;
}

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
  const cells: string[] = [];
  for (const model of models) {
    for (const temperature of temperatures) {
      let [right, named] = [0, 0];
      for (const { id } of scenarios) {
        const { read } = await played(model, id, true, temperature);
        right += read.k;
        named += read.n;
      }
      cells.push(`${((100 * right) / named).toFixed(1)} % of ${named.toLocaleString("en")}`);
    }
  }
  return `### Places that thoughts name, within a twentieth of the pitch's length\n\n${table(["", ...columns()], [["right", ...cells]])}`;
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
        const rate = await kept<Rate>(model, { kind, shown, temperature, count }, () =>
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

function played(model: Model, id: string, vary: boolean, temperature: number): Promise<Played> {
  const { episodes } = options;
  const scenario = scenarios.find((one) => one.id === id)!;
  return kept(model, { scenario: id, vary, temperature, episodes }, () =>
    measurePlay(conditions(model, temperature), scenario, { episodes, vary }),
  );
}

function conditions({ folder }: Model, temperature: number) {
  return { model: folder, temperature, threads: options.threads };
}

/** What was measured under these conditions with these weights before, or is now. */
async function kept<T>({ name, folder }: Model, key: object, measure: () => Promise<T>): Promise<T> {
  const weights = createHash("sha256")
    .update(readFileSync(join(folder, "model.safetensors")))
    .digest("hex");
  const id = createHash("sha256")
    .update(JSON.stringify([weights, key]))
    .digest("hex")
    .slice(0, 24);
  const file = join(options.store, `${id}.json`);
  if (existsSync(file)) return (JSON.parse(readFileSync(file, "utf8")) as { value: T }).value;
  const began = Date.now();
  const value = await measure();
  writeFileSync(file, JSON.stringify({ name, key, value }));
  console.log(
    name,
    JSON.stringify(key),
    JSON.stringify(value),
    `${((Date.now() - began) / 1000).toFixed(0)} s`,
  );
  return value;
}

function columns(): string[] {
  return models.flatMap(({ name }) =>
    temperatures.map((one) => `${name}, ${one === 0 ? "greedy" : `T=${one}`}`),
  );
}

const line = (cells: readonly string[]): string => `| ${cells.join(" | ")} |`;

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  return [
    line(head),
    `|---|${head
      .slice(1)
      .map(() => "---:|")
      .join("")}`,
    ...rows.map(line),
  ].join("\n");
}

/** @throws TouchlineError `bench/option`. */
function readModels(text: string): Model[] {
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
