/** @file Scenarios as recipes name them: by their own names, or by those of suites. */
import { TouchlineError, unknownName } from "../../env/error.ts";
import type { Scenario } from "../../env/football/index.ts";
import { levelOf, splitLevel } from "../../scenarios/index.ts";
import { listScenarios } from "../../scenarios/load.ts";

/** Each once, in the order in which they are named; `ID@2` is the second level. Throws `scenario/unknown` and `scenario/level`. */
export function scenariosOf(names: readonly string[]): Scenario[] {
  const all = listScenarios();
  const found = new Map<string, Scenario>();
  for (const name of names) {
    const { id: base, level } = splitLevel(name);
    const meant = all
      .filter(({ id, suite }) => id === base || (suite === name && level === undefined))
      .map((scenario) => (level === undefined ? scenario : levelOf(scenario, level)));
    if (meant.length === 0) {
      const known = [...new Set(all.flatMap(({ id, suite }) => [suite, id]))];
      throw new TouchlineError("scenario/unknown", unknownName("scenario", name, known));
    }
    for (const scenario of meant) found.set(scenario.id, scenario);
  }
  return [...found.values()];
}
