/** @file `touchline scenario import`: GRF's scenario files, written in Python, as scenarios of ours. */
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { basename, join, resolve } from "node:path";
import type { Command } from "commander";
import { TouchlineError } from "../env/error.ts";
import { fileErrorCode } from "../env/file-error.ts";
import { examples, integer } from "./option.ts";
import { printJson, printLine } from "./output.ts";

interface Options {
  out: string;
  suite?: string;
  prefix: string;
  seed?: number;
  force?: boolean;
  json?: boolean;
}

type Report =
  | { file: string; ok: true; id: string; out: string; notes: readonly string[] }
  | { file: string; ok: true; passed: true; notes: readonly string[] }
  | { file: string; ok: false; code: string; message: string };

const LAST_SEED = 0xffffffff;

export function importCommand(scenario: Command): void {
  scenario
    .command("import")
    .description("read GRF scenario files without running Python; status 1 when one of them cannot be read")
    .argument("<file...>", "Python files with a build_scenario(builder), GRF's own or written for it")
    .requiredOption("--out <dir>", "the folder of the scenario files")
    .option("--suite <name>", "the suite of the scenarios; without it the name of the folder")
    .option("--prefix <text>", "before every id, such as grf_", "")
    .option("--seed <n>", "for files that draw at random and set no seed", integer(0, LAST_SEED))
    .option("--force", "write over files that are there")
    .addHelpText(
      "after",
      examples(
        "touchline scenario import my_drill.py --out my",
        "touchline scenario import football/scenarios/*.py --out grf --prefix grf_",
        "touchline scenario import random_start.py --out my --seed 7 --json",
      ),
    )
    .action(async (files: string[], _own: unknown, command: Command) =>
      importFiles(files, command.optsWithGlobals<Options>()),
    );
}

async function importFiles(files: readonly string[], options: Options): Promise<void> {
  const { listScenarios } = await import("../scenarios/load.ts");
  const shipped = new Set(listScenarios().map(({ id }) => id));
  const written = new Set<string>();
  const reports: Report[] = [];
  for (const file of files) {
    // A shell's *.py names it too.
    const passed = files.length > 1 && basename(file) === "__init__.py";
    reports.push(passed ? passedOver(file) : await importFile(file, options, shipped, written));
  }
  if (options.json) printJson(reports);
  for (const report of reports) {
    if (!report.ok) console.error(`touchline: ${report.code}: ${report.message}`);
    else if (!options.json) {
      printLine("passed" in report ? `${report.file} is passed over` : `${report.file} -> ${report.out}`);
      for (const note of report.notes) printLine(`  ${note}`);
    }
  }
  if (reports.some(({ ok }) => !ok)) process.exitCode = 1;
}

function passedOver(file: string): Report {
  return {
    file,
    ok: true,
    passed: true,
    notes: ["__init__.py makes a folder a package, and builds no scenario."],
  };
}

async function importFile(
  file: string,
  { out, suite = basename(resolve(out)) || "imported", prefix, seed, force }: Options,
  shipped: ReadonlySet<string>,
  written: Set<string>,
): Promise<Report> {
  const { importScenario, scenarioText } = await import("../scenarios/import/index.ts");
  try {
    const id = `${prefix}${basename(file).replace(/\.py$/, "")}`.replaceAll(/[^A-Za-z0-9_-]/g, "_");
    const path = join(out, `${id}.json`);
    const options = { id, suite, source: file, ...(seed === undefined ? {} : { seed }) };
    const { data, notes } = importScenario(readText(file), options);
    if (written.has(path)) throw exists(`Another of the files has become ${path}`, "rename one of them");
    writeText(path, out, scenarioText(data), force === true);
    written.add(path);
    const twice = `Touchline ships a scenario with the id ${id}: give this one a --prefix before you load both.`;
    return { file, ok: true, id, out: path, notes: shipped.has(id) ? [...notes, twice] : notes };
  } catch (error) {
    if (!(error instanceof TouchlineError)) throw error;
    return { file, ok: false, code: error.code, message: error.message };
  }
}

function readText(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch (cause) {
    const message = `The file ${file} cannot be read (${fileErrorCode(cause)}); give the path of a .py file.`;
    throw new TouchlineError("scenario/unreadable", message, { cause });
  }
}

function writeText(path: string, folder: string, text: string, force: boolean): void {
  try {
    mkdirSync(folder, { recursive: true });
    writeFileSync(path, text, { flag: force ? "w" : "wx" });
  } catch (cause) {
    const code = fileErrorCode(cause);
    if (code === "EEXIST" && !force) throw exists(`${path} is there already`, "--force writes over it");
    throw new TouchlineError("scenario/unwritable", `${path} cannot be written (${code}).`, { cause });
  }
}

function exists(what: string, remedy: string): TouchlineError {
  return new TouchlineError("scenario/exists", `${what}; ${remedy}.`);
}
