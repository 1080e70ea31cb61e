/** @file The best pass: for each teammate how likely it arrives, and what it is worth there. */
import { clamp, length } from "../../math.ts";
import { HALF_LENGTH } from "../pitch.ts";
import { isInOffsidePosition } from "../laws/offside.ts";
import { groundPassSpeed, passTo } from "../player/aim.ts";
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
/** A passer does not see an offside of less than this many metres. */
const BENEFIT_OF_THE_DOUBT = 0.8;

/** `lofted`: only passes in the air (crosses, goal kicks). */
export function bestPass(side: Side, me: Player, lofted = false): PassOption | undefined {
  let best: PassOption | undefined;
  const loss = 0.3 + 0.2 * clamp((-side.sign * me.x) / HALF_LENGTH, 0, 1);
  for (const mate of side.match.players) {
    if (mate.team !== me.team || mate === me || mate.lazy || mate.sentOff) continue;
    if (isInOffsidePosition(side.match, mate, BENEFIT_OF_THE_DOUBT)) continue;
    const distance = length(mate.x - me.x, mate.y - me.y);
    if (distance < SHORTEST || distance > LONGEST) continue;
    const onGround = lofted ? undefined : passTo(side.match, me, mate, "pass");
    const inTheAir = distance > 18 ? passTo(side.match, me, mate, "loft") : undefined;
    for (const kick of [onGround, inTheAir]) {
      if (!kick) continue;
      const arrives = kick.kind === "pass" ? rolls(side, me, kick, distance) : flies(side, kick, distance);
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

/** Chance that a pass in the air arrives: whoever is nearer when it comes down has it. */
function flies(side: Side, kick: Kick, distance: number): number {
  const open = spaceAround(side, kick.x, kick.y);
  return clamp(open / 16, 0.03, 0.55) * clamp(1.1 - distance / 110, 0.5, 0.95);
}
