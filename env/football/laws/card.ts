/** @file Law 12's cards: yellow above a severity of 1.4, red above 2 (GRF's measures), a second yellow is red. */
import { addLostTime } from "./half.ts";
import type { Match, Player } from "../state/match.ts";

const YELLOW = 1.4;
const RED = 2;

export function showCard(match: Match, player: Player, severity: number): void {
  if (!match.rules.cards || severity <= YELLOW) return;
  const { tick } = match;
  const by = { tick, player: player.id, team: player.team };
  addLostTime(match);
  if (severity <= RED) {
    match.events.push({ ...by, kind: "yellow-card", second: player.booked });
    if (!player.booked) {
      player.booked = true;
      return;
    }
  }
  match.events.push({ ...by, kind: "red-card" });
  sendOff(match, player);
}

/** He takes no part any more. Somebody else goes in goal when he was the keeper (Law 3). */
function sendOff(match: Match, player: Player): void {
  player.sentOff = true;
  player.offside = false;
  if (match.ball.owner === player.id) match.ball.owner = -1;
  if (!player.keeper) return;
  player.keeper = false;
  const next = match.players.findLast((mate) => mate.team === player.team && !mate.sentOff);
  if (next) next.keeper = true;
}
