/** @file How many of a team are still on the pitch. */
import type { Lineup, Scene } from "../../env/frame/scene.ts";

export interface Squad {
  players: number;
  sentOff: number;
}

export function squadOf(scene: Scene, lineup: Lineup, team: 0 | 1): Squad {
  const figures = scene.figures.filter((_, i) => lineup.players[i]?.team === team);
  const sentOff = figures.filter((figure) => figure.sentOff).length;
  return { players: figures.length - sentOff, sentOff };
}
