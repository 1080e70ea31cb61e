/** @file To whom a pass is meant that has only a direction: actions that are sentences name him. */
import type { Lineup, Scene } from "../../env/frame/index.ts";
import { DIRECTION_TURNS } from "../protocol/index.ts";

/** A mate who stands farther aside than this, in parts of a turn of 256, is not meant. */
const ASIDE_MOST = 45;
/** So many centimetres count as much as one 256th of a turn aside. */
const CENTIMETRES_PER_TURN = 60;

/** The number of the mate whom he looks at, 0 being straight ahead, 1 to 8 as in `HandsMessage`. */
export function mateTowards(
  { figures }: Scene,
  { players }: Lineup,
  player: number,
  direction: number,
): number | undefined {
  const me = figures[player];
  const team = players[player]?.team;
  if (me === undefined) return undefined;
  // Directions are as his team attacks, places are in the one frame of the pitch.
  const turn = direction === 0 ? me.facing : DIRECTION_TURNS[direction]! + (team === 0 ? 0 : 128);
  let best: { number: number; cost: number } | undefined;
  players.forEach((mate, id) => {
    const he = figures[id]!;
    if (mate.team !== team || id === player || he.sentOff) return;
    const towards = (Math.atan2(he.y - me.y, he.x - me.x) / (2 * Math.PI)) * 256;
    const aside = Math.abs(((towards - turn + 640) % 256) - 128);
    const cost = Math.hypot(he.x - me.x, he.y - me.y) + aside * CENTIMETRES_PER_TURN;
    if (aside <= ASIDE_MOST && (best === undefined || cost < best.cost)) best = { number: mate.number, cost };
  });
  return best?.number;
}
