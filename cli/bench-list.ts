/** @file What there is for `touchline bench`, and the table of it. */
import { printJson, printTable } from "./output.ts";
import type { Suite } from "../trainer/suite/index.ts";

type Listed = Pick<Suite, "name" | "about" | "scorings" | "headline"> & { source?: string };

export const LEAGUE = "league";
export const SCENARIO = "scenario";

const LISTED_LEAGUE: Listed = {
  name: LEAGUE,
  about: "every policy against every other, ends changed: ratings with intervals",
  scorings: [],
  headline: "micro",
};

const LISTED_SCENARIO: Listed = {
  name: SCENARIO,
  about: "one scenario by its id, such as one of your own: goals in an episode, and whether it succeeds",
  scorings: [],
  headline: "scenario",
};

export async function benchSuites(): Promise<Listed[]> {
  const { listSuites } = await import("../trainer/suite/index.ts");
  const { FOOTBALL_SUITES } = await import("../trainer/benchmark/football/index.ts");
  const { SOKOBAN_SUITES } = await import("../trainer/benchmark/sokoban/index.ts");
  const played = FOOTBALL_SUITES.map((one) => Object.assign({ scorings: [], headline: "scenario" }, one));
  const levels = SOKOBAN_SUITES.map((one) => Object.assign({ scorings: [], headline: "micro" }, one));
  return [...listSuites(), ...played, LISTED_SCENARIO, LISTED_LEAGUE, ...levels];
}

export async function listBench({ json }: { json?: boolean }): Promise<void> {
  const suites = await benchSuites();
  if (json) {
    return printJson(
      suites.map(({ name, about, source, scorings, headline }) => ({
        id: name,
        about,
        source: source ?? null,
        scorings,
        headline,
      })),
    );
  }
  printTable(
    ["suite", "scoring", "data", "about"],
    suites.map(({ name, about, source, scorings }) => [
      name,
      scorings.join(", "),
      source === undefined ? "none needed" : "--data",
      about,
    ]),
  );
}
