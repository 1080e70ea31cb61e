/** @file Where a kick goes: the receiver that a direction means, the lead that he needs, the corner of the goal. */
import { clamp, length } from "../../math.ts";
import { type Random, uniform } from "../../random.ts";
import { rollingSeconds, rollingSpeed } from "../ball/flight.ts";
import { attackSign, type Pitch } from "../pitch.ts";
import type { Kick, KickKind, Match, Player } from "../state/match.ts";

/** The distance that each kind of pass looks for, in metres. */
const IDEAL_DISTANCE: Record<"pass" | "long" | "loft", number> = { pass: 12, long: 28, loft: 30 };

/** A pass on the ground arrives at this speed: fast enough to be hard to cut out, slow enough to control. */
const ARRIVAL_SPEED = 7.5;
const SLOWEST_PASS = 9;
const FASTEST_PASS = 24;

export function groundPassSpeed(distance: number): number {
  return clamp(rollingSpeed(distance, ARRIVAL_SPEED), SLOWEST_PASS, FASTEST_PASS);
}

/** The teammate whom a pass in this direction means (GRF chooses by the direction of movement, too). */
export function receiverFor(
  match: Match,
  passer: Player,
  kind: "pass" | "long" | "loft",
  dirX: number,
  dirY: number,
): Player | undefined {
  let best: Player | undefined;
  let bestScore = -Infinity;
  for (const mate of match.players) {
    if (mate.team !== passer.team || mate === passer || mate.sentOff) continue;
    const dx = mate.x - passer.x;
    const dy = mate.y - passer.y;
    const distance = length(dx, dy);
    if (distance < 1.5) continue;
    const along = (dx * dirX + dy * dirY) / distance;
    if (along < 0.2) continue;
    const score = along - Math.abs(distance - IDEAL_DISTANCE[kind]) / 70 - (mate.keeper ? 0.3 : 0);
    if (score > bestScore) [best, bestScore] = [mate, score];
  }
  return best;
}

/** A pass to a teammate, led by how far he runs meanwhile. */
export function passTo(match: Match, passer: Player, mate: Player, kind: "pass" | "long" | "loft"): Kick {
  const distance = length(mate.x - passer.x, mate.y - passer.y);
  const seconds =
    kind === "pass"
      ? rollingSeconds(distance, groundPassSpeed(distance))
      : clamp(0.3 + distance / 22, 0.4, 2.4);
  const lead = Math.min(seconds, 1.6) * 0.85;
  const { halfLength, halfWidth } = match.pitch;
  return {
    kind,
    x: clamp(mate.x + mate.vx * lead, 1 - halfLength, halfLength - 1),
    y: clamp(mate.y + mate.vy * lead, 1 - halfWidth, halfWidth - 1),
    z: 0,
    receiver: mate.id,
  };
}

/** A pass in a direction: to whom it means, or into the space when nobody is there. */
export function passAlong(
  match: Match,
  passer: Player,
  kind: "pass" | "long" | "loft",
  dirX: number,
  dirY: number,
): Kick {
  const mate = receiverFor(match, passer, kind, dirX, dirY);
  if (mate) return passTo(match, passer, mate, kind);
  const distance = IDEAL_DISTANCE[kind];
  return { kind, x: passer.x + dirX * distance, y: passer.y + dirY * distance, z: 0, receiver: -1 };
}

/** So many metres inside a post, or half-way to it in a narrow goal. */
export function insidePost({ goalHalfWidth }: Pitch, metres: number): number {
  return Math.max(goalHalfWidth - metres, goalHalfWidth / 2);
}

/** A shot at the opponents' goal: the side that the keeper leaves open, low more often than high. */
export function shotAtGoal(match: Match, shooter: Player, random: Random): Kick {
  const { pitch } = match;
  const goalX = attackSign(shooter.team) * pitch.halfLength;
  const keeper = match.players.find((other) => other.keeper && other.team !== shooter.team);
  const corner = insidePost(pitch, 0.75);
  const middle = Math.min(1.2, corner);
  const near = clamp(shooter.y, -middle, middle);
  let y = near;
  if (keeper && Math.abs(keeper.x - goalX) < 20) {
    // Where the keeper's body hides the goal, seen from the ball.
    const reach = (goalX - shooter.x) / (keeper.x - shooter.x || 1e-3);
    const hidden = reach > 0 ? shooter.y + (keeper.y - shooter.y) * Math.min(reach, 6) : keeper.y;
    const side = Math.abs(hidden) < 0.15 ? (uniform(random) < 0.5 ? 1 : -1) : hidden > 0 ? -1 : 1;
    y = side * corner;
  }
  const kind: KickKind = "shot";
  const z = 0.2 + (pitch.goalHeight - 0.9) * uniform(random) * uniform(random);
  return { kind, x: goalX, y, z, receiver: -1 };
}
