/** @file Restarts: the taker's walk and kick, and where the others wait. */
import { clamp, length } from "../../math.ts";
import { between, type Random, uniform } from "../../random.ts";
import { HALF_LENGTH, HALF_WIDTH } from "../pitch.ts";
import { distanceFor, STALL_STEPS } from "../laws/restart.ts";
import { passAlong, passTo } from "../player/aim.ts";
import { idleIntent, type Intent, type Kick, type Player, type Restart, SPRINT } from "../state/match.ts";
import { defend } from "./defend.ts";
import { go, takePlace } from "./go.ts";
import { bestPass } from "./pass.ts";
import type { Side } from "./side.ts";
import { support } from "./support.ts";

/** Steps between the taker's arrival and his kick. */
const SETTLE_STEPS = 5;
/** Attackers who go up for a corner wait at these places: distance from the goal line and across, ball side positive. */
const CORNER_PLACES: readonly (readonly [number, number])[] = [
  [5, 3],
  [6, -2],
  [9, 0],
  [8, 5],
  [10, -5],
  [16, 8],
  [18, -4],
];

export function setPiece(side: Side, me: Player, restart: Restart, skill: number, random: Random): Intent {
  if (me.id === restart.taker) return take(side, me, restart, skill, random);
  if (restart.kind === "kick-off") {
    const [x, y] = me.team === restart.team ? me.kickOff : me.receiving;
    return takePlace(me, x, y);
  }
  const intent = restart.kind === "corner" ? atCorner(side, me, restart, random) : inShape(side, me, restart, random);
  return me.team === restart.team ? intent : keepOut(me, restart, intent);
}

function take(side: Side, me: Player, restart: Restart, skill: number, random: Random): Intent {
  if (!restart.ready) return go(me, restart.x, restart.y, SPRINT);
  const intent = idleIntent();
  if (restart.readySteps < SETTLE_STEPS + Math.floor(3 * uniform(random))) return intent;
  intent.kick = restartKick(side, me, restart, skill, random);
  return intent;
}

function restartKick(side: Side, me: Player, restart: Restart, skill: number, random: Random): Kick {
  const { match, sign } = side;
  if (restart.kind === "corner") {
    const target = match.players
      .filter((mate) => mate.team === me.team && mate !== me && sign * mate.x > HALF_LENGTH - 14)
      .sort((a, b) => Math.abs(a.y) - Math.abs(b.y))[Math.floor(3 * uniform(random))];
    if (target) return passTo(match, me, target, "loft");
    const x = sign * (HALF_LENGTH - between(random, 5, 10));
    return { kind: "loft", x, y: between(random, -4, 4), z: 0, receiver: -1 };
  }
  const lofted = restart.kind === "goal-kick" && uniform(random) > 0.5 * skill;
  return bestPass(side, me, lofted)?.kick ?? passAlong(match, me, "pass", me.faceX, me.faceY);
}

/** An agent that does not restart play is helped (GRF forces a short pass). */
export function stalled(restart: Restart): boolean {
  return restart.ready && restart.readySteps >= STALL_STEPS;
}

function inShape(side: Side, me: Player, restart: Restart, random: Random): Intent {
  if (me.keeper) return keeperPlace(side, me);
  return me.team === restart.team ? support(side, me) : defend(side, me, undefined, random);
}

function keeperPlace(side: Side, me: Player): Intent {
  return go(me, -side.sign * (HALF_LENGTH - 1.2), 0, SPRINT);
}

/** Attackers fill the box; each defender goes to the nearest of them, goal side. */
function atCorner(side: Side, me: Player, restart: Restart, random: Random): Intent {
  const end = restart.x > 0 ? 1 : -1;
  const ballSide = restart.y > 0 ? 1 : -1;
  if (me.keeper) return keeperPlace(side, me);
  const rank = side.match.players
    .filter((mate) => mate.team === me.team && !mate.keeper && mate.id !== restart.taker && !mate.lazy && !mate.sentOff)
    .sort((a, b) => Math.abs(a.x - end * HALF_LENGTH) - Math.abs(b.x - end * HALF_LENGTH) || a.id - b.id)
    .indexOf(me);
  const place = CORNER_PLACES[rank];
  if (!place) return inShape(side, me, restart, random);
  const [out, across] = place;
  const goalSide = me.team === restart.team ? 0 : 1.2;
  return takePlace(me, end * (HALF_LENGTH - out + goalSide), across * ballSide);
}

/** The other team waits at the distance that the law asks for. */
function keepOut(me: Player, restart: Restart, intent: Intent): Intent {
  const distance = distanceFor(restart.kind) + 0.5;
  const dx = me.x - restart.x;
  const dy = me.y - restart.y;
  const away = length(dx, dy) || 1;
  if (away >= distance) return intent;
  return takePlace(
    me,
    clamp(restart.x + (dx / away) * distance, -HALF_LENGTH, HALF_LENGTH),
    clamp(restart.y + (dy / away) * distance, -HALF_WIDTH, HALF_WIDTH),
  );
}
