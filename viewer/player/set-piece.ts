/** @file How far opponents must stay from a ball that is not in play yet (Laws 8, 13 to 15, 17). */
import { marksOf, type PitchSize } from "../../env/frame/index.ts";
import type { GameMode } from "../../env/frame/scene.ts";

const THROW_IN = 200;

/** In centimetres; undefined while the ball is in play, and for a goal kick, where it is the penalty area. */
export function distanceToKeep(mode: GameMode, pitch: PitchSize): number | undefined {
  if (mode === "normal" || mode === "goal-kick") return undefined;
  return mode === "throw-in" ? THROW_IN : marksOf(pitch).circle;
}
