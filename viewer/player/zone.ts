/** @file Where somebody is on the pitch in a footballer's words, as his own team sees it. */
import { type Lineup, marksOf, type PitchSize, type Scene } from "../../env/frame/index.ts";
import { nameOf } from "./commentary.ts";

interface Place {
  x: number;
  y: number;
}

/** Such as "final third, left wing" or "own box". The left team attacks to the right in both halves. */
export function zoneOf({ x, y }: Place, pitch: PitchSize, team: 0 | 1): string {
  const forward = team === 0 ? x : -x;
  const right = team === 0 ? y : -y;
  const { penaltyArea } = marksOf(pitch);
  const inBox =
    Math.abs(right) <= penaltyArea.halfWidth && Math.abs(forward) >= pitch.halfLength - penaltyArea.depth;
  if (inBox) return forward > 0 ? "opponents' box" : "own box";
  const third = pitch.halfLength / 3;
  const depth = forward > third ? "final third" : forward < -third ? "own third" : "midfield";
  const channel =
    Math.abs(right) <= pitch.halfWidth / 2.5 ? "centre" : right > 0 ? "right wing" : "left wing";
  return `${depth}, ${channel}`;
}

/** Metres from a place to the middle of the goal that a team attacks. */
export function metresToGoal({ x, y }: Place, pitch: PitchSize, team: 0 | 1): number {
  return Math.hypot(pitch.halfLength - (team === 0 ? x : -x), y) / 100;
}

/** Who has the ball, where that is, and how it stands: a moment in two sentences. */
export function tellWhere(scene: Scene, lineup: Lineup): string {
  const { ball, owner, score } = scene;
  const [left, right] = lineup.teams;
  const standing = `${left.name} ${score[0]}, ${right.name} ${score[1]}.`;
  const sheet = lineup.players[owner];
  if (sheet === undefined) {
    return `Nobody has the ball: for ${left.name} it is in the ${zoneOf(ball, lineup.pitch, 0)}. ${standing}`;
  }
  const metres = Math.round(metresToGoal(ball, lineup.pitch, sheet.team));
  const zone = zoneOf(ball, lineup.pitch, sheet.team);
  return `${nameOf(owner, lineup)} has the ball: ${zone}, ${metres} metres from goal. ${standing}`;
}
