/** @file Fog: whom and what a player sees from where he stands. */
import { length, turnOf } from "../../math.ts";
import type { Match } from "../state/match.ts";
import type { Fog } from "./options.ts";

export interface Sight {
  /** By player id; the sent-off are never seen, the observer always is. */
  players: readonly boolean[];
  ball: boolean;
}

/** Widths of view are measured in 256 parts of a turn. */
const TURN = 256;

export function sightOf(match: Match, observer: number, fog: Fog | undefined): Sight {
  const { players, ball } = match;
  if (!fog) return { players: players.map((player) => !player.sentOff), ball: true };
  const { x, y, faceX, faceY } = players[observer]!;
  const { metres = Infinity, degrees = 360 } = fog;
  const facing = turnOf(faceX, faceY);
  const sees = (atX: number, atY: number): boolean => {
    const dx = atX - x;
    const dy = atY - y;
    if (length(dx, dy) > metres) return false;
    if (degrees >= 360 || (dx === 0 && dy === 0)) return true;
    const aside = ((turnOf(dx, dy) - facing + TURN + TURN / 2) % TURN) - TURN / 2;
    return Math.abs(aside) * 2 * 360 <= degrees * TURN;
  };
  return {
    players: players.map((player) => !player.sentOff && (player.id === observer || sees(player.x, player.y))),
    ball: ball.owner === observer || sees(ball.x, ball.y),
  };
}
