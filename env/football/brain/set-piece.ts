/** @file Restarts: the taker's walk and kick, and where the others wait. */
import { clamp, length } from "../../math.ts";
import { between, type Random, uniform } from "../../random.ts";
import type { Pitch } from "../pitch.ts";
import { distanceFor, STALL_STEPS } from "../laws/restart.ts";
import { passAlong, passTo, shotAtGoal } from "../player/aim.ts";
import { idleIntent, type Intent, type Kick, type Player, type Restart, SPRINT } from "../state/match.ts";
import { defend } from "./defend.ts";
import { go, takePlace } from "./go.ts";
import { bestPass } from "./pass.ts";
import type { Side } from "./side.ts";
import { support } from "./support.ts";

/** Steps between the taker's arrival and his kick. */
const SETTLE_STEPS = 5;
/** From nearer than this a direct free kick is shot at goal, over a wall. */
const SHOOTING_DISTANCE = 27;
const WALL_PLAYERS = 4;
/** Attackers who go up for a corner wait at these places: distance from the goal line and across, ball side positive, on GRF's
 * pitch. */
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
  const { pitch } = side.match;
  if (me.id === restart.taker) return take(side, me, restart, skill, random);
  if (restart.kind === "kick-off") {
    const [x, y] = me.team === restart.team ? me.kickOff : me.receiving;
    return takePlace(pitch, me, x, y);
  }
  if (restart.kind === "penalty" && !me.keeper) return behindThePenalty(pitch, me, restart);
  const inTheWall =
    restart.kind === "free-kick" && me.team !== restart.team ? wallPlace(side, me, restart) : -1;
  if (inTheWall >= 0) return standInTheWall(pitch, me, restart, inTheWall);
  const intent =
    restart.kind === "corner" ? atCorner(side, me, restart, random) : inShape(side, me, restart, random);
  return me.team === restart.team ? intent : keepOut(pitch, me, restart, intent);
}

function take(side: Side, me: Player, restart: Restart, skill: number, random: Random): Intent {
  if (!restart.ready) return go(side.match.pitch, me, restart.x, restart.y, SPRINT);
  const intent = idleIntent();
  if (restart.readySteps < SETTLE_STEPS + Math.floor(3 * uniform(random))) return intent;
  intent.kick = restartKick(side, me, restart, skill, random);
  return intent;
}

function restartKick(side: Side, me: Player, restart: Restart, skill: number, random: Random): Kick {
  const { match, sign } = side;
  const { halfLength, marks } = match.pitch;
  if (restart.kind === "penalty" || shootsAtGoal(side, restart)) return shotAtGoal(match, me, random);
  if (restart.kind === "corner") {
    const target = match.players
      .filter((mate) => mate.team === me.team && mate !== me && sign * mate.x > halfLength - 14 * marks)
      .sort((a, b) => Math.abs(a.y) - Math.abs(b.y))[Math.floor(3 * uniform(random))];
    if (target) return passTo(match, me, target, "loft");
    const x = sign * (halfLength - between(random, 5, 10) * marks);
    return { kind: "loft", x, y: between(random, -4, 4) * marks, z: 0, receiver: -1 };
  }
  const lofted = restart.kind === "goal-kick" && uniform(random) > 0.5 * skill;
  return bestPass(side, me, lofted)?.kick ?? passAlong(match, me, "pass", me.faceX, me.faceY);
}

/** A direct free kick within reach of the goal. */
function shootsAtGoal({ sign, match }: Side, restart: Restart): boolean {
  if (restart.kind !== "free-kick" || restart.indirect) return false;
  const { halfLength, marks } = match.pitch;
  const away = length(halfLength - sign * restart.x, restart.y);
  return away < SHOOTING_DISTANCE * marks && Math.abs(restart.y) < 17 * marks;
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
  const { pitch } = side.match;
  return go(pitch, me, -side.sign * (pitch.halfLength - 1.2), 0, SPRINT);
}

/** Outside the area and behind the ball (Law 14), nearest to where he is. */
function behindThePenalty(pitch: Pitch, me: Player, restart: Restart): Intent {
  const { halfLength, boxDepth, marks } = pitch;
  const end = restart.x > 0 ? 1 : -1;
  const x = Math.min(
    end * me.x,
    halfLength - boxDepth - 1.5 - (Math.abs(me.y) < 8 * marks ? 3.5 * marks : 0),
  );
  return takePlace(pitch, me, end * x, me.y);
}

/** His place in the wall before a free kick within reach of the goal, -1 when he is not in it. */
function wallPlace(side: Side, me: Player, restart: Restart): number {
  if (me.keeper || restart.indirect) return -1;
  const { halfLength, marks } = side.match.pitch;
  const away = length(halfLength + side.sign * restart.x, restart.y);
  if (away > (SHOOTING_DISTANCE + 3) * marks) return -1;
  const rank = side.match.players
    .filter((mate) => mate.team === me.team && !mate.keeper && !mate.lazy && !mate.sentOff)
    .sort(
      (a, b) =>
        Math.abs(a.x - restart.x) +
          Math.abs(a.y - restart.y) -
          Math.abs(b.x - restart.x) -
          Math.abs(b.y - restart.y) || a.id - b.id,
    )
    .indexOf(me);
  return rank < WALL_PLAYERS ? rank : -1;
}

/** Shoulder to shoulder across the line from the ball to the middle of the goal, at the distance of Law 13. */
function standInTheWall(pitch: Pitch, me: Player, restart: Restart, rank: number): Intent {
  const goalX = restart.x > 0 ? pitch.halfLength : -pitch.halfLength;
  const away = length(goalX - restart.x, restart.y) || 1;
  const dirX = (goalX - restart.x) / away;
  const dirY = -restart.y / away;
  const beside = (rank - (WALL_PLAYERS - 1) / 2) * 0.9;
  const distance = distanceFor(pitch, "free-kick") + 0.3;
  return takePlace(
    pitch,
    me,
    restart.x + dirX * distance - dirY * beside,
    restart.y + dirY * distance + dirX * beside,
  );
}

/** Attackers fill the box; each defender goes to the nearest of them, goal side. */
function atCorner(side: Side, me: Player, restart: Restart, random: Random): Intent {
  const { pitch } = side.match;
  const { halfLength, marks } = pitch;
  const end = restart.x > 0 ? 1 : -1;
  const ballSide = restart.y > 0 ? 1 : -1;
  if (me.keeper) return keeperPlace(side, me);
  const rank = side.match.players
    .filter(
      (mate) =>
        mate.team === me.team && !mate.keeper && mate.id !== restart.taker && !mate.lazy && !mate.sentOff,
    )
    .sort((a, b) => Math.abs(a.x - end * halfLength) - Math.abs(b.x - end * halfLength) || a.id - b.id)
    .indexOf(me);
  const place = CORNER_PLACES[rank];
  if (!place) return inShape(side, me, restart, random);
  const [out, across] = place;
  const goalSide = me.team === restart.team ? 0 : 1.2;
  return takePlace(pitch, me, end * (halfLength - out * marks + goalSide), across * marks * ballSide);
}

/** The other team waits at the distance that the law asks for. */
function keepOut(pitch: Pitch, me: Player, restart: Restart, intent: Intent): Intent {
  const distance = distanceFor(pitch, restart.kind) + 0.5;
  const dx = me.x - restart.x;
  const dy = me.y - restart.y;
  const away = length(dx, dy) || 1;
  if (away >= distance) return intent;
  return takePlace(
    pitch,
    me,
    clamp(restart.x + (dx / away) * distance, -pitch.halfLength, pitch.halfLength),
    clamp(restart.y + (dy / away) * distance, -pitch.halfWidth, pitch.halfWidth),
  );
}
