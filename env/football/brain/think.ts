/** @file Who thinks now: built-in players each step, as fast as their skill lets them react. */
import { uniform } from "../../random.ts";
import type { Scenario } from "../scenario.ts";
import type { Match, Player } from "../state/match.ts";
import { decide } from "./decide.ts";
import { comeBack } from "./go.ts";
import { ordered } from "./order.ts";
import { makeSide, runRace } from "./side.ts";

/** The slowest player decides this many steps late (GRF: up to 100 ms and poorer statistics). */
const SLOWEST_REACTION_STEPS = 4;

/** New intents for all players whom no policy controls; in dead time for all. */
export function think(match: Match, scenario: Scenario): void {
  const race = runRace(match);
  const sides = [makeSide(match, scenario, 0, race), makeSide(match, scenario, 1, race)] as const;
  const dead = match.restart !== null && !match.restart.ready;
  for (const player of match.players) {
    if (player.sentOff || (isControlled(match, player) && !dead)) continue;
    if (player.thinkSteps > 0) {
      player.thinkSteps--;
      continue;
    }
    const intent = ordered(match, player) ?? decide(sides[player.team], player, player.skill, match.random);
    player.intent = match.restart ? intent : comeBack(match.pitch, player, intent);
    if (player.keeper && match.ball.shot) continue;
    player.thinkSteps = Math.floor((1 - player.skill) * SLOWEST_REACTION_STEPS * uniform(match.random));
  }
}

export function isControlled(match: Match, player: Player): boolean {
  for (const slot of match.slots) if (slot.player === player.id) return true;
  return false;
}
