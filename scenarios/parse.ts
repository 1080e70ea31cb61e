/** @file Text or data -> a checked, complete Scenario, or one error that lists every problem. No files: see load.ts. */
import { parse as parseTolerant, type ParseError } from "jsonc-parser";
import type { Scenario } from "../env/football/scenario.ts";
import { TouchlineError } from "../env/error.ts";
import { expected, problemsOf, problemsText } from "../env/problem.ts";
import { checkScenario } from "./check.ts";
import { scenarioSchema } from "./schema.ts";

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
  const result = scenarioSchema.safeParse(withoutEditorKey(value), { error: expected, reportInput: true });
  const problems = result.success ? checkScenario(result.data) : problemsOf(result.error);
  if (result.success && problems.length === 0) return result.data;
  throw new TouchlineError("scenario/invalid", problemsText(source, problems));
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
