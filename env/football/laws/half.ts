/** @file Law 7: half-time and lost time. The clock of a step does not run while the ball is dead, as in GRF. */
import type { Scenario } from "../scenario.ts";
import type { Match } from "../state/match.ts";

/** 30 s of a match of 90 minutes, at 1.8 s a step. */
const LOST_STEPS = 17;
const LOST_STEPS_MOST = 170;

/** A goal or a card: time that the referee adds, when the scenario says so. */
export function addLostTime(match: Match): void {
  if (match.rules.stoppage) match.addedSteps = Math.min(LOST_STEPS_MOST, match.addedSteps + LOST_STEPS);
}

export function isHalfTime(match: Match): boolean {
  const { secondHalf } = match.rules;
  return match.half === 1 && secondHalf !== null && match.step >= secondHalf + match.addedSteps;
}

export function isFullTime(match: Match, scenario: Scenario): boolean {
  return match.step >= scenario.steps + match.addedSteps;
}

/** The first half ends. The other team will kick off. */
export function beginSecondHalf(match: Match): void {
  match.half = 2;
  match.kickOffTeam = match.kickOffTeam === 0 ? 1 : 0;
  match.foul = null;
  match.events.push({ tick: match.tick, player: -1, team: 0, kind: "half-time" });
}
