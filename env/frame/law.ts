/** @file The marks of Law 1 in centimetres, for a pitch of any size. */
import type { PitchSize } from "./scene.ts";

/** Of a pitch of these half measures or more; on a smaller one they shrink with it. */
const LAW = {
  halfLength: 5000,
  halfWidth: 3200,
  circle: 915,
  penaltySpot: 1100,
  penaltyArea: { depth: 1650, halfWidth: 2016 },
  goalArea: { depth: 550, halfWidth: 916 },
  corner: 100,
};

export interface Marks {
  /** How much of Law 1's measures they have, at most 1. */
  scale: number;
  /** Radius of the centre circle and of the penalty arc. */
  circle: number;
  /** From the goal line. */
  penaltySpot: number;
  penaltyArea: Area;
  goalArea: Area;
  corner: number;
}

export interface Area {
  depth: number;
  halfWidth: number;
}

type Size = Pick<PitchSize, "halfLength" | "halfWidth" | "goalHalfWidth">;

export function marksOf({ halfLength, halfWidth, goalHalfWidth }: Size): Marks {
  const scale = Math.min(1, halfLength / LAW.halfLength, halfWidth / LAW.halfWidth);
  const area = ({ depth, halfWidth }: Area): Area => ({ depth: depth * scale, halfWidth: halfWidth * scale });
  const goalArea = area(LAW.goalArea);
  const penaltyArea = area(LAW.penaltyArea);
  // Before a goal that is wide for its pitch a keeper would else not have his hands near the posts.
  penaltyArea.halfWidth = Math.max(penaltyArea.halfWidth, goalHalfWidth + goalArea.depth);
  return {
    scale,
    circle: LAW.circle * scale,
    penaltySpot: LAW.penaltySpot * scale,
    penaltyArea,
    goalArea,
    corner: LAW.corner * scale,
  };
}
