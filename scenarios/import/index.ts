/**
 * @file Reads GRF's scenario files, and those written for it such as MageBench's, without running Python: their text
 * is parsed, and what `build_scenario(builder)` does is followed step by step. Runs in the page too.
 */
import type { Scenario } from "../../env/football/scenario.ts";
import { validateScenario } from "../parse.ts";
import { runEpisodes } from "./episodes.ts";
import { Refusal, refused } from "./refusal.ts";
import { scenarioOf } from "./scenario.ts";

export interface ImportOptions {
  /** The scenario's id, the name of the file that it is for. */
  id: string;
  suite?: string;
  /** What errors call the text, usually the file's path. */
  source?: string;
  /** Where `random` and `numpy.random` begin in a file that sets no seed; without it such a file is refused. */
  seed?: number;
}

export interface Imported {
  /** Checked, and complete with its defaults. */
  scenario: Scenario;
  /** What a scenario file should hold: only what the Python file says. */
  data: Record<string, unknown>;
  /** One sentence for each thing that has no place in a scenario. */
  notes: readonly string[];
}

/**
 * The scenario that a GRF file builds.
 * @throws TouchlineError `scenario/not-python` or `scenario/not-imported` with line and column, or
 * `scenario/invalid` when what it builds is no scenario.
 */
export function importScenario(text: string, options: ImportOptions): Imported {
  const { id, suite = "imported", source = "scenario", seed } = options;
  try {
    const { scenario: data, notes } = scenarioOf(runEpisodes(text, seed), { id, suite });
    return { scenario: validateScenario(data, source), data, notes };
  } catch (error) {
    if (error instanceof Refusal) throw refused(error, source);
    throw error;
  }
}

/** The text of a scenario file, with points on one line. */
export function scenarioText(data: unknown): string {
  const text = JSON.stringify(data, null, 2);
  return `${text.replaceAll(/\[\s+(-?[\d.e+-]+),\s+(-?[\d.e+-]+)\s+\]/g, "[$1, $2]")}\n`;
}
