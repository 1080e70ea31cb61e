/** @file The best pass: for each teammate how likely it arrives, and what it is worth there. */
import { clamp, length } from "../../math.ts";
import { HALF_LENGTH } from "../pitch.ts";
import { passTo } from "../player/aim.ts";
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

/** `lofted`: only passes in the air (crosses, goal kicks). */
export function bestPass(side: Side, me: Player, lofted = false): PassOption | undefined {
  let best: PassOption | undefined;
  const loss = 0.3 + 0.2 * clamp((-side.sign * me.x) / HALF_LENGTH, 0, 1);
  for (const mate of side.match.players) {
    if (mate.team !== me.team || mate === me || mate.lazy) continue;
    const distance = length(mate.x - me.x, mate.y - me.y);
    if (distance < SHORTEST || distance > LONGEST) continue;
    const onGround = lofted ? undefined : passTo(side.match, me, mate, "pass");
    const inTheAir = distance > 15 ? passTo(side.match, me, mate, "loft") : undefined;
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

function rolls(side: Side, me: Player, kick: Kick, distance: number): number {
  const lane = laneFreedom(side, me.x, me.y, kick.x, kick.y);
  const open = spaceAround(side, kick.x, kick.y);
  return (
    clamp(0.25 + lane / 2.2, 0.02, 1) * clamp(0.45 + open / 6, 0.45, 1) * clamp(1.12 - distance / 90, 0.5, 0.97)
  );
}

function flies(side: Side, kick: Kick, distance: number): number {
  const open = spaceAround(side, kick.x, kick.y);
  return clamp(open / 7, 0.08, 0.8) * clamp(1.1 - distance / 110, 0.5, 0.95);
}
