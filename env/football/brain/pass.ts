/** @file The best pass: for each teammate how likely it arrives, and what it is worth there. */
import { clamp, length } from "../../math.ts";
import { isInOffsidePosition } from "../laws/offside.ts";
import { groundPassSpeed, passTo } from "../player/aim.ts";
import { topSpeed } from "../player/movement.ts";
import type { Kick, Player } from "../state/match.ts";
import type { Side } from "./side.ts";
import { laneFreedom, spaceAround, worth } from "./value.ts";

export interface PassOption {
  kick: Kick;
  mate: Player;
  /** Chance that it arrives, times what it is worth there, less what its loss costs. */
  value: number;
}

const SHORTEST = 4;
const LONGEST = 42;
/** An offside of less than this many metres a passer does not see: the best, and what the poorest lack to them. */
const UNSEEN_OFFSIDE = 0.6;
const UNSEEN_OFFSIDE_UNSKILLED = 4;

/** `lofted`: only passes in the air (crosses, goal kicks). */
export function bestPass(side: Side, me: Player, lofted = false): PassOption | undefined {
  let best: PassOption | undefined;
  const unseen = UNSEEN_OFFSIDE + UNSEEN_OFFSIDE_UNSKILLED * (1 - me.skill);
  const loss = 0.3 + 0.2 * clamp((-side.sign * me.x) / side.match.pitch.halfLength, 0, 1);
  for (const mate of side.match.players) {
    if (mate.team !== me.team || mate === me || mate.lazy || mate.sentOff) continue;
    if (isInOffsidePosition(side.match, mate, unseen)) continue;
    const distance = length(mate.x - me.x, mate.y - me.y);
    if (distance < SHORTEST || distance > LONGEST) continue;
    const onGround = lofted ? undefined : passTo(side.match, me, mate, "pass");
    const inTheAir = distance > 18 ? passTo(side.match, me, mate, "loft") : undefined;
    const through = lofted ? undefined : throughBall(side, me, mate);
    for (const kick of [onGround, inTheAir, through]) {
      if (!kick) continue;
      const arrives =
        kick === through
          ? runsOnto(side, me, mate, kick)
          : kick.kind === "pass"
            ? rolls(side, me, kick, distance)
            : isCross(side, me, kick)
              ? CROSS_ARRIVES
              : flies(side, kick, distance);
      const keeperCost = mate.keeper ? 0.12 : 0;
      const value = arrives * worth(side, kick.x, kick.y) - (1 - arrives) * loss * 0.5 - keeperCost;
      if (!best || value > best.value) best = { kick, mate, value };
    }
  }
  return best;
}

/** Chance that a rolling pass arrives: nobody cuts it out, and the receiver has room. */
function rolls(side: Side, me: Player, kick: Kick, distance: number): number {
  const speed = groundPassSpeed(distance) * 0.82;
  const free = laneFreedom(side, me, kick.x, kick.y, speed);
  return clamp(0.55 + free / 5, 0.02, 1) * clamp(1.1 - distance / 110, 0.5, 0.97);
}

/** A ball into the space behind the defence, for a mate who plays up front to run onto. */
function throughBall(side: Side, me: Player, mate: Player): Kick | undefined {
  const { sign, match } = side;
  const { halfLength, along } = match.pitch;
  const up = sign * mate.x;
  if (up < sign * me.x + 2 * along || up < -5 * along) return undefined;
  const ahead = Math.min(14 * along, halfLength - 9 * along - up);
  if (ahead < 5 * along) return undefined;
  const inward = -mate.y * 0.18;
  return { kind: "pass", x: mate.x + sign * ahead, y: mate.y + inward, z: 0, receiver: mate.id };
}

/** Chance that the runner gets to a through ball: he must be there before every opponent. */
function runsOnto(side: Side, me: Player, mate: Player, kick: Kick): number {
  const distance = length(kick.x - me.x, kick.y - me.y);
  const speed = groundPassSpeed(distance);
  const free = laneFreedom(side, me, kick.x, kick.y, speed * 0.82);
  if (free < 0.3) return 0;
  const mine = length(kick.x - mate.x, kick.y - mate.y) / topSpeed(mate);
  let margin = 2;
  for (const other of side.match.players) {
    if (other.team === me.team || other.sentOff) continue;
    const theirs = length(kick.x - other.x, kick.y - other.y) / topSpeed(other);
    margin = Math.min(margin, theirs - mine);
  }
  return clamp(0.45 + margin * 0.7, 0, 0.88) * clamp(0.6 + free / 5, 0, 1);
}

/** Chance that a cross finds a head in the crowd. */
const CROSS_ARRIVES = 0.34;

/** From the wing into the penalty area. */
function isCross(side: Side, me: Player, kick: Kick): boolean {
  const { halfLength, along, across } = side.match.pitch;
  const up = halfLength - side.sign * me.x;
  const down = halfLength - side.sign * kick.x;
  const fromTheWing = up < 26 * along && Math.abs(me.y) > 14 * across;
  return fromTheWing && down < 14 * along && Math.abs(kick.y) < 11 * across;
}

/** Chance that a pass in the air arrives: whoever is nearer when it comes down has it. */
function flies(side: Side, kick: Kick, distance: number): number {
  const open = spaceAround(side, kick.x, kick.y);
  return clamp(open / 22, 0.02, 0.42) * clamp(1.1 - distance / 110, 0.5, 0.95);
}
