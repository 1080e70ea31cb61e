/** @file The race to a loose ball, and what to do at the first touch. */
import { length } from "../../math.ts";
import type { Random } from "../../random.ts";
import { inOwnBox } from "../pitch.ts";
import { shotAtGoal } from "../player/aim.ts";
import { type Intent, type Player, SPRINT } from "../state/match.ts";
import { clearance } from "./attack.ts";
import { rush } from "./go.ts";
import { meetingPoint, type Side } from "./side.ts";
import { chanceOfGoal, spaceAround } from "./value.ts";

export function chase(side: Side, me: Player, skill: number, random: Random): Intent {
  const { match, race, sign } = side;
  const [x, y] = meetingPoint(race, me);
  const intent = rush(me, x, y, SPRINT);
  if (race.seconds[me.id]! > 0.4) return intent;
  const space = spaceAround(side, x, y);
  const distance = length(sign * match.pitch.halfLength - x, y);
  // First time, when there is no time for a second touch: a header or volley at goal, or away from the own.
  const first = distance < 18 && chanceOfGoal(side, x, y) > (space < 2.5 ? 0.08 : 0.22);
  if (first && skill > 0.2) intent.kick = shotAtGoal(match, me, random);
  else if (space < 2.5 && inOwnBox(match.pitch, me.team, x, y)) intent.kick = clearance(side, me);
  return intent;
}
