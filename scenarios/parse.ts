/** @file Text or data -> a checked, complete Scenario, or one error that lists every problem. No files: see load.ts. */
import { parse as parseTolerant, type ParseError } from "jsonc-parser";
import { migrateScenario } from "../env/football/migrate.ts";
import type { Scenario } from "../env/football/scenario.ts";
import { TouchlineError } from "../env/error.ts";
import { expected, type Problem, problemsOf, problemsText } from "../env/problem.ts";
import { checkScenario } from "./check/index.ts";
import { FIXED_KEYS, levelData, levelId } from "./level.ts";
import { scenarioSchema } from "./schema/index.ts";

/**
 * Reads one scenario file.
 * @param text JSON.
 * @param source what errors call it, usually the file's path.
 * @throws TouchlineError `scenario/not-json` with line and column, or `scenario/invalid` with every problem.
 */
export function parseScenario(text: string, source = "scenario"): Scenario {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw new TouchlineError("scenario/not-json", notJson(text, source), { cause });
  }
  return validateScenario(value, source);
}

/**
 * The same for data that is already in memory, such as what an editor holds.
 * @throws TouchlineError `scenario/invalid`.
 */
export function validateScenario(value: unknown, source = "scenario"): Scenario {
  const { scenario, problems = [] } = readWhole(value);
  if (scenario !== undefined && problems.length === 0) return scenario;
  throw new TouchlineError("scenario/invalid", problemsText(source, problems));
}

/** All that is wrong with such data, each with the path to it. */
export function scenarioProblems(value: unknown): readonly Problem[] {
  return readWhole(value).problems ?? [];
}

function readWhole(value: unknown): { scenario?: Scenario; problems?: Problem[] } {
  const read = readData(migrateScenario(withoutEditorKey(value)));
  return read.scenario === undefined ? read : { ...read, problems: levelProblems(read.scenario) };
}

/**
 * One level of a scenario, from 1, as a scenario of its own, whose id is `ID@number`.
 * @throws TouchlineError `scenario/level` when there is none of this number.
 */
export function levelOf(scenario: Scenario, number: string): Scenario {
  const { id, levels = [] } = scenario;
  const n = /^[1-9]\d*$/.test(number) ? Number(number) : 0;
  const read = n > levels.length || n < 1 ? undefined : readData(levelData(scenario, n));
  if (read?.scenario !== undefined) return { ...read.scenario, id: levelId(id, n) };
  const some =
    levels.length === 0 ? "the id alone, for it has no levels" : `${id}@1 to ${id}@${levels.length}`;
  throw new TouchlineError("scenario/level", `There is no level "${number}" of ${id}; expected ${some}.`);
}

function levelProblems(scenario: Scenario): Problem[] {
  return (scenario.levels ?? []).flatMap(({ changes }, i): Problem[] => {
    const path: PropertyKey[] = ["levels", i, "changes"];
    const fixed = FIXED_KEYS.filter((key) => Object.hasOwn(changes, key));
    if (fixed.length > 0) {
      return fixed.map((key) => ({ path: [...path, key], says: "is what no level changes; leave it out" }));
    }
    const { problems = [] } = readData(levelData(scenario, i + 1));
    return problems.map(({ path: below, says }) => ({ path: path.concat(below), says }));
  });
}

type Read = { scenario: Scenario; problems?: never } | { scenario?: never; problems: Problem[] };

function readData(value: unknown): Read {
  const result = scenarioSchema.safeParse(value, { error: expected, reportInput: true });
  if (!result.success) return { problems: problemsOf(result.error) };
  const problems = checkScenario(result.data);
  return problems.length === 0 ? { scenario: result.data } : { problems };
}

/** `$schema` tells an editor where scenario.schema.json lies; a scenario does not carry it on. */
function withoutEditorKey(value: unknown): unknown {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
  if (!("$schema" in value) || typeof value.$schema !== "string") return value;
  const { $schema: _, ...scenario } = value;
  return scenario;
}

/** Engines word and place the same mistake differently, so the place comes from a parser of our own choice. */
function notJson(text: string, source: string): string {
  const errors: ParseError[] = [];
  try {
    parseTolerant(text, errors, { disallowComments: true });
  } catch {
    // Nested too deep for a recursive parser; the sentence then names no place.
  }
  const offset = errors[0]?.offset;
  if (offset === undefined) return `${source} is not JSON. Expected one JSON object with a scenario.`;
  const before = text.slice(0, offset);
  const line = before.split("\n").length;
  const column = offset - before.lastIndexOf("\n");
  const token = text.slice(offset, offset + 12).split(/\s/)[0] ?? "";
  const found = offset >= text.trimEnd().length ? "the text ends" : `${JSON.stringify(token)} cannot stand`;
  return `${source} is not JSON: ${found} at line ${line}, column ${column}.`;
}
