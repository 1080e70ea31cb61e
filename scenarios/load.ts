/** @file Finds scenario files on disk: ours beside this file, and those in folders of one's own. For Node only. */
import { readFileSync, readdirSync, statSync } from "node:fs";
import { basename, delimiter, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import type { Scenario } from "../env/football/scenario.ts";
import { TouchlineError, unknownName } from "../env/error.ts";
import { splitLevel } from "./level.ts";
import { levelOf, parseScenario } from "./parse.ts";
import { REGION_IDS, regionScenario } from "./regions/index.ts";

export interface ScenarioSources {
  /** Folders to search besides the scenarios that ship, with all that is below them. */
  directories?: readonly string[];
}

const SHIPPED = fileURLToPath(new URL(".", import.meta.url));

/**
 * The scenario of this id: of a file, or one of regions/, which are drawn and not listed. `ID@2` is its second level.
 * @throws TouchlineError `scenario/unknown` with the nearest id, `scenario/duplicate` when two files have the id,
 * `scenario/unreadable`, `scenario/not-json`, `scenario/invalid`, `scenario/level`.
 */
export function loadScenario(name: string, sources: ScenarioSources = {}): Scenario {
  const { id, level } = splitLevel(name);
  const scenario = findScenario(id, sources);
  return level === undefined ? scenario : levelOf(scenario, level);
}

function findScenario(id: string, sources: ScenarioSources): Scenario {
  const files = findFiles(sources);
  const file = files.get(id);
  const found = file === undefined ? regionScenario(id) : readScenarioFile(file);
  if (found !== undefined) return found;
  const names = [...files.keys(), ...REGION_IDS].sort();
  throw new TouchlineError("scenario/unknown", unknownName("scenario", id, names));
}

/** All scenarios, by suite and then by id. Throws as `loadScenario` for the first file that is not right. */
export function listScenarios(sources: ScenarioSources = {}): Scenario[] {
  return [...findFiles(sources).values()].map(readScenarioFile).sort(bySuiteThenId);
}

function bySuiteThenId(a: Scenario, b: Scenario): number {
  return `${a.suite}/${a.id}` < `${b.suite}/${b.id}` ? -1 : 1;
}

/** One file, whose name must be the scenario's id. Throws as `loadScenario`. */
export function readScenarioFile(file: string): Scenario {
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch (cause) {
    throw unreadable("file", file, cause);
  }
  const scenario = parseScenario(text, file);
  const name = basename(file, ".json");
  if (scenario.id === name) return scenario;
  const message = `${file}: id is "${scenario.id}"; expected "${name}", the file's name without .json.`;
  throw new TouchlineError("scenario/invalid", message);
}

/** Folders that hold for all of a process and its threads, divided as those of PATH are. */
function usualDirectories(): string[] {
  return (process.env["TOUCHLINE_SCENARIOS"] ?? "").split(delimiter).filter((directory) => directory !== "");
}

/** Ids to files, without reading them. */
function findFiles(sources: ScenarioSources): Map<string, string> {
  const files = new Map<string, string>();
  for (const directory of [SHIPPED, ...usualDirectories(), ...(sources.directories ?? [])]) {
    for (const file of jsonFilesBelow(directory)) {
      const id = basename(file, ".json");
      const other = files.get(id);
      if (other !== undefined && resolve(other) !== resolve(file)) {
        const message = `Two files are scenario "${id}": ${other} and ${file}. Give one of them another name and id.`;
        throw new TouchlineError("scenario/duplicate", message);
      }
      files.set(id, file);
    }
  }
  return files;
}

/** The file itself, or the scenario files below a folder. @throws TouchlineError `scenario/unreadable`, `scenario/none`. */
export function scenarioFiles(path: string): string[] {
  if (!isFolder(path)) return [path];
  const files = jsonFilesBelow(path);
  if (files.length > 0) return files;
  throw new TouchlineError(
    "scenario/none",
    `There is no scenario below ${path}; expected files called ID.json.`,
  );
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
}

function jsonFilesBelow(directory: string): string[] {
  try {
    return readdirSync(directory, { recursive: true, encoding: "utf8" })
      .filter((name) => name.endsWith(".json") && !name.endsWith(".schema.json"))
      .sort()
      .map((name) => join(directory, name));
  } catch (cause) {
    throw unreadable("folder", directory, cause);
  }
}

function unreadable(kind: "file" | "folder", path: string, cause: unknown): TouchlineError {
  const code = cause instanceof Error && "code" in cause ? String(cause.code) : String(cause);
  const why = code === "ENOENT" ? "it does not exist" : code === "EISDIR" ? "it is a folder" : code;
  const message = `The scenario ${kind} ${path} cannot be read: ${why}.`;
  return new TouchlineError("scenario/unreadable", message, { cause });
}
