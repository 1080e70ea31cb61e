/** @file When an episode ends before its steps are over, and whether it was won. */
import type { End, Member, Scenario, Result, Zone } from "./scenario.ts";
import { lineupIndex } from "./member.ts";
import { toScenario } from "./pitch.ts";
import { type Match, ownerOf, type Team } from "./state/match.ts";

/** What a step brought that cannot be seen in the state after it. */
export interface Happened {
  /** Who scored. */
  goal?: Team;
  /** Play is to be restarted, not for a goal. */
  restart: boolean;
  /** The other side than that which had the ball has got it. */
  lost: boolean;
}

/** How many numbers `match.endCounts` needs; 0 when nothing is counted from step to step. */
export function countsOf({ ends }: Scenario): number {
  return ends.some(({ when }) => when === "possession" || when === "passes" || when === "leaves")
    ? ends.length
    : 0;
}

/** Whether a whistle has already ended the episode, so that nothing more is to come of this step. */
export function isStopped({ ends }: Scenario, happened: Happened): boolean {
  return ends.some((end) => isWhistled(end, happened));
}

/** The first of the scenario's ends that this step has brought about. Brings the counts up to date. */
export function endOf(match: Match, scenario: Scenario, happened: Happened): End | undefined {
  const { ends } = scenario;
  if (match.endCounts !== undefined) match.endCounts = ends.map((end, i) => count(match, scenario, end, i));
  return ends.find((end, i) => isBrought(match, scenario, end, match.endCounts?.[i] ?? 0, happened));
}

function isBrought(match: Match, scenario: Scenario, end: End, counted: number, happened: Happened): boolean {
  switch (end.when) {
    case "goal":
    case "out-of-play":
      return isWhistled(end, happened);
    case "possession-lost":
      return happened.lost;
    case "possession":
      return counted >= end.steps;
    case "passes":
      return counted >= end.count;
    case "enters":
      return isIn(match, scenario, end.who, end.zone) && (end.by === undefined || hasBall(match, end.by));
    case "leaves":
      return counted > 0 && !isIn(match, scenario, end.who, end.zone);
    default:
      return false;
  }
}

function isWhistled(end: End, { goal, restart }: Happened): boolean {
  if (end.when === "goal") return goal !== undefined && (end.by === undefined || sideOf(end.by) === goal);
  return end.when === "out-of-play" && restart;
}

/** Steps in a row with the ball, passes in a row, or whether he has been in the zone. */
function count(match: Match, scenario: Scenario, end: End, place: number): number {
  const { ball, restart, events } = match;
  const before = match.endCounts?.[place] ?? 0;
  if (end.when === "possession") {
    if (restart) return before;
    return ball.possession === sideOf(end.by) ? before + 1 : 0;
  }
  if (end.when === "passes") {
    const team = sideOf(end.by);
    const kept = ball.possession === -1 || ball.possession === team ? before : 0;
    return kept + events.filter((event) => event.kind === "pass-completed" && event.team === team).length;
  }
  if (end.when === "leaves") return before || +isIn(match, scenario, end.who, end.zone);
  return 0;
}

function hasBall(match: Match, by: "left" | "right"): boolean {
  return ownerOf(match)?.team === sideOf(by);
}

function sideOf(side: "left" | "right"): Team {
  return side === "left" ? 0 : 1;
}

function isIn(match: Match, scenario: Scenario, who: Member, name: string): boolean {
  const zone = scenario.zones?.find((one) => one.name === name);
  if (zone === undefined) return false;
  const { x, y } = who === "ball" ? match.ball : match.players[lineupIndex(who, scenario)]!;
  return holds(zone, toScenario(match.pitch, x, y));
}

/** Whether a place, in a scenario's coordinates, lies in the zone or on its edge. */
export function holds({ from, to }: Zone, [x, y]: readonly [number, number]): boolean {
  return (
    x >= Math.min(from[0], to[0]) &&
    x <= Math.max(from[0], to[0]) &&
    y >= Math.min(from[1], to[1]) &&
    y <= Math.max(from[1], to[1])
  );
}

/** Won or not: by what ended it where the scenario says what wins, else by goals since the start. */
export function resultOf(
  { ends, start }: Pick<Scenario, "ends" | "start">,
  score: readonly [number, number],
  end: End | undefined,
): Result {
  if (ends.some(({ result }) => result !== undefined)) {
    const by = end ?? ends.find(({ when }) => when === "time");
    return by?.result ?? "failure";
  }
  const [left, right] = start?.score ?? [0, 0];
  return score[0] - left > score[1] - right ? "success" : "failure";
}
