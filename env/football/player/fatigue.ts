/** @file Fatigue: running tires, and a tired player is a poorer one (GRF's measures). */
import type { Match, Player } from "../state/match.ts";

/** A match of 300 s played at full length, some 1.4 km, costs half of a player's freshness. */
const TIRED_PER_METRE = 0.00036;
/** GRF: a spent player keeps this much of his statistics. */
const SPENT = 0.7;

export function tire(match: Match, player: Player, speed: number): void {
  if (!match.rules.fatigue) return;
  player.tired = Math.min(1, player.tired + speed * match.tickSeconds * TIRED_PER_METRE);
}

/** Built-in skill as it is now. */
export function freshSkill(player: Player): number {
  return player.skill * (1 - (1 - SPENT) * player.tired);
}
