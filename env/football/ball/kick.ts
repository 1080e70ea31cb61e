/** @file Kicks: from what the player means to the velocity that the ball gets, error included. */
import { clamp, length } from "../../math.ts";
import { bell } from "../../random.ts";
import { groundPassSpeed } from "../player/aim.ts";
import { freshSkill } from "../player/fatigue.ts";
import { flyingSpeed, liftSpeed } from "./flight.ts";
import { note, release, ticksOf, touch } from "./possession.ts";
import type { Kick, KickKind, Match, Player } from "../state/match.ts";

/** Deviation of the direction in radians (small angles) of a perfect and of the poorest player. */
const ERROR: Record<KickKind, readonly [best: number, worst: number]> = {
  pass: [0.025, 0.09],
  long: [0.035, 0.12],
  loft: [0.04, 0.13],
  shot: [0.05, 0.14],
  clear: [0.12, 0.25],
  free: [0.04, 0.13],
};
const BARRED_SECONDS = 0.4;
const FASTEST_SHOT = 29;
/** Above this a foot does not reach the ball: it is a header. */
export const FOOT_HEIGHT = 1;

/** Kicks the ball that is at his feet, head or hands. Restarts bar the taker until another touch (Laws 8, 13 to 17). */
export function strike(match: Match, player: Player, kick: Kick): void {
  const { ball } = match;
  const isRestart = match.restart !== null;
  const header = !ball.held && ball.z > FOOT_HEIGHT;
  const throwIn = match.restart?.kind === "throw-in";
  const from = throwIn ? 1.8 : ball.held && kick.kind === "pass" ? 0.6 : ball.z;
  release(match);
  const dx = kick.x - ball.x;
  const dy = kick.y - ball.y;
  const distance = Math.max(0.5, length(dx, dy));
  const { speed, lift } = header
    ? headerPower(kick, distance, from)
    : power(throwIn && kick.kind !== "loft" ? { ...kick, kind: "loft" } : kick, distance, from, player.skill);
  const error = directionError(match, player, kick, dx / distance, dy / distance, header);
  const vx = (dx / distance - (dy / distance) * error) * speed;
  const vy = (dy / distance + (dx / distance) * error) * speed;
  ball.z = Math.max(ball.z, throwIn ? 1.8 : 0);
  ball.vx = vx;
  ball.vy = vy;
  ball.vz = lift * (1 + 0.12 * bell(match.random) * (1.3 - player.skill));
  ball.headed = header;
  ball.from = originOf(match);
  ball.barred = player.id;
  ball.barredTicks = isRestart ? 1_000_000 : ticksOf(match, BARRED_SECONDS);
  touch(match, player, true);
  player.recoverTicks = 2;
  ball.shot = kick.kind === "shot";
  const passes = kick.kind !== "shot" && kick.kind !== "clear";
  ball.passFrom = passes ? player.id : -1;
  ball.passTo = passes ? kick.receiver : -1;
  if (ball.passTo >= 0) match.players[ball.passTo]!.thinkSteps = 0;
  if (kick.kind === "shot") note(match, player, { kind: "shot", header });
  else if (kick.kind === "clear") note(match, player, { kind: "clearance" });
  else note(match, player, { kind: "pass", lofted: ball.vz > 3, receiver: kick.receiver });
}

/** What the laws on direct goals and on offside ask about a kick: which restart it is. */
function originOf({ restart }: Match): Match["ball"]["from"] {
  if (!restart) return null;
  return restart.kind === "free-kick" && restart.indirect ? "indirect-free-kick" : restart.kind;
}

/** The error of the direction, as the tangent of its angle. */
function directionError(
  match: Match,
  player: Player,
  kick: Kick,
  dirX: number,
  dirY: number,
  header: boolean,
): number {
  const [best, worst] = ERROR[kick.kind];
  let deviation = best + (worst - best) * (1 - freshSkill(player));
  // Behind the back, on the run and in the air it gets worse.
  const ahead = dirX * player.faceX + dirY * player.faceY;
  deviation *= ahead < -0.2 ? 1.8 : ahead < 0.5 ? 1.3 : 1;
  deviation *= 1 + 0.04 * length(player.vx, player.vy);
  if (header) deviation *= 2;
  return deviation * bell(match.random);
}

function power(kick: Kick, distance: number, from: number, skill: number): { speed: number; lift: number } {
  switch (kick.kind) {
    case "pass":
      return { speed: groundPassSpeed(distance), lift: 0 };
    case "long": {
      // Driven: low and fast, landing short of the receiver.
      const seconds = clamp(distance / 21, 0.35, 1.9);
      return {
        speed: Math.min(flyingSpeed(distance, seconds), 28),
        lift: liftSpeed(from, 0, seconds * 0.8),
      };
    }
    case "loft": {
      const seconds = clamp(0.7 + distance / 24, 0.8, 2.6);
      return {
        speed: Math.min(flyingSpeed(distance, seconds), 28),
        lift: liftSpeed(from, 0.4, seconds),
      };
    }
    case "clear":
      return { speed: 24, lift: 8 };
    case "free":
      // Its point is where the ball would be after a second without drag; `z` is its speed upwards.
      return { speed: distance, lift: kick.z };
    default: {
      const speed = Math.min(FASTEST_SHOT, 20 + distance * 0.45) * (0.85 + 0.15 * skill);
      const seconds = distance / speed / 0.93;
      return { speed, lift: liftSpeed(from, kick.z, seconds) };
    }
  }
}

function headerPower(kick: Kick, distance: number, from: number): { speed: number; lift: number } {
  const speed = kick.kind === "shot" ? 14 : kick.kind === "clear" ? 12 : clamp(distance, 6, 11);
  const lift =
    kick.kind === "clear" ? 4 : liftSpeed(from, kick.kind === "shot" ? kick.z : 0, distance / speed);
  return { speed, lift: Math.min(lift, 5) };
}
