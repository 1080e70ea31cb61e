/** @file How far opponents must stay from a ball that is not in play yet (Laws 8, 13 to 15, 17). */
import type { GameMode } from "../../env/frame/scene.ts";

const DISTANCES: Partial<Record<GameMode, number>> = {
  "kick-off": 915,
  "free-kick": 915,
  corner: 915,
  penalty: 915,
  "throw-in": 200,
};

/** In centimetres; undefined while the ball is in play, and for a goal kick, where it is the penalty area. */
export function distanceToKeep(mode: GameMode): number | undefined {
  return DISTANCES[mode];
}
