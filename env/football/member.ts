/** @file Who a member of a scenario is in its lineup. */
import type { Member, Scenario } from "./scenario.ts";

/** The lineup index of a player who is named as "right.3". */
export function lineupIndex(member: Member, { left }: Pick<Scenario, "left">): number {
  const [side, place] = member.split(".");
  return Number(place) + (side === "right" ? left.players.length : 0);
}
