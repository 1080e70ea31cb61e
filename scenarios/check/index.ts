/** @file What one value of a scenario says about another: keepers, control lists, zones, and where a variation can lead. */
import type { Scenario } from "../../env/football/scenario.ts";
import type { Problem } from "../../env/problem.ts";
import { checkEnds } from "./end.ts";
import { checkPitch } from "./pitch.ts";
import { checkHalves, checkStart } from "./start.ts";
import { checkTeams } from "./team.ts";
import { checkVariation } from "./variation.ts";

/** Every problem of a scenario whose shape is right, but for those of its levels. */
export function checkScenario(scenario: Scenario): Problem[] {
  return [
    ...checkTeams(scenario),
    ...checkPitch(scenario),
    ...checkHalves(scenario),
    ...checkStart(scenario),
    ...checkEnds(scenario),
    ...checkChecks(scenario),
    ...(scenario.variation === undefined ? [] : checkVariation(scenario, scenario.variation)),
  ];
}

function checkChecks({ checks = [], levels = [] }: Scenario): Problem[] {
  return checks.flatMap(({ level, atLeast, atMost }, i): Problem[] => {
    const path = ["checks", i];
    if (level !== undefined && level > levels.length) {
      const says = `is ${level}; expected a level from 1 to ${levels.length}, or none`;
      return [{ path: [...path, "level"], says }];
    }
    if (atLeast === undefined && atMost === undefined) {
      return [{ path, says: "asks for nothing; expected atLeast, atMost or both" }];
    }
    if (atLeast === undefined || atMost === undefined || atLeast <= atMost) return [];
    return [
      { path: [...path, "atLeast"], says: `is ${atLeast}; expected at most atMost, which is ${atMost}` },
    ];
  });
}
