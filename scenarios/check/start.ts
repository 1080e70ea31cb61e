/** @file The halves, and the moment at which play begins. */
import type { Scenario, TeamSetup } from "../../env/football/scenario.ts";
import type { Problem } from "../../env/problem.ts";
import { checkWho } from "./end.ts";

export function checkHalves({ steps, rules: { secondHalf } }: Scenario): Problem[] {
  if (secondHalf === null || secondHalf < steps) return [];
  const says = `is ${secondHalf}; expected a step before the end of the episode, at ${steps}`;
  return [{ path: ["rules", "secondHalf"], says }];
}

function isMoving({ players }: TeamSetup): boolean {
  return players.some(({ velocity }) => velocity !== undefined);
}

/** A kick-off puts everybody in his place; and nobody can have the ball while it flies. */
export function checkStart(scenario: Scenario): Problem[] {
  const { start, left, right, rules } = scenario;
  const problems: Problem[] = [];
  for (const key of ["owner", "ballVelocity", "ballHeight"] as const) {
    if (start?.[key] === undefined) continue;
    const path = ["start", key];
    if (rules.kickOff !== null)
      problems.push({ path, says: "cannot stand beside a kick-off; leave one out" });
    else if (key !== "owner" && start.owner !== undefined) {
      problems.push({ path, says: "cannot stand beside an owner, who carries the ball; leave one out" });
    }
  }
  if (rules.kickOff !== null) {
    for (const [side, team] of [
      ["left", left],
      ["right", right],
    ] as const) {
      if (!isMoving(team)) continue;
      problems.push({ path: [side, "players"], says: "have a velocity beside a kick-off; leave one out" });
    }
  }
  if (start?.owner === undefined) return problems;
  return [...problems, ...checkWho(scenario, start.owner, ["start", "owner"])];
}
