/** @file Fatigue: running tires, and a tired player is a poorer one (GRF's measures). */
import type { Match, Player } from "../state/match.ts";

/** A match of 300 s played at full length, some 1.4 km, costs half of a player's freshness. */
const TIRED_PER_METRE = 0.00036;
/** GRF: a spent player keeps this much of his statistics. */
const SPENT = 0.7;
const USUAL_STAMINA = 0.5;

export function tire(match: Match, player: Player, speed: number): void {
  if (!match.rules.fatigue) return;
  const { stamina = USUAL_STAMINA } = player;
  const perMetre = TIRED_PER_METRE * 2 * (1 - stamina);
  player.tired = Math.min(1, player.tired + speed * match.tickSeconds * perMetre);
}

/** Built-in skill, or what he has of a gift in its place, as it is now. */
export function freshSkill(player: Player, gift = player.skill): number {
  return gift * (1 - (1 - SPENT) * player.tired);
}
