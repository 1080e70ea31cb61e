/** @file Sokoban, the second game: its env, levels, generator, solver, scores and frames. */
export {
  type SokobanAction,
  SOKOBAN_ACTION_SETS,
  type SokobanActionSet,
  type SokobanPossibility,
} from "./action.ts";
export { type LmmR1Answer, readGlobalAnswer, readLmmR1Answer, readOnlineAnswer } from "./answer.ts";
export { makeSokoban } from "./env.ts";
export { type Generated, generateLevel } from "./generate.ts";
export { boxesOnTarget, checkLevel, isSolved, type Level, type Position } from "./level.ts";
export { lmmR1Reward, type LmmR1Options, type LmmR1Reward } from "./lmm-r1.ts";
export { makeSokobanPainter, type SokobanFrameOptions, type SokobanPainter } from "./paint/index.ts";
export { MAX_STEPS, type Move, moved, MOVES, rewardTenths } from "./rules.ts";
export { magebenchScore, type Played, playPlan, returnBound } from "./score.ts";
export type { SokobanSnapshot } from "./snapshot.ts";
export { solve, type Solution, type SolveOptions } from "./solver/index.ts";
export {
  SOKOBAN_OBSERVATION_KINDS,
  type SokobanEnv,
  type SokobanInfo,
  type SokobanObservation,
  type SokobanObservationKind,
  type SokobanOptions,
} from "./types.ts";
export { type RoomSize, roomSize, type Variant, VARIANTS } from "./variant.ts";
export { readLevels, readXsb, writeXsb } from "./xsb.ts";
