/** @file The frame that the agent sees: a scene of integers in, RGB bytes out, the same ones everywhere. */
export { FRAME_DEFAULTS, type Frame, type FrameOptions } from "./frame.ts";
export { frameHash, makeFrameHash } from "./fingerprint.ts";
export { marksOf, type Marks } from "./law.ts";
export { kitOf, type Kit } from "./kit.ts";
export { frameOptions } from "./options.ts";
export { frameSchema } from "./schema.ts";
export { makePainter, type Painter } from "./painter.ts";
export {
  GAME_MODES,
  POSES,
  type GameMode,
  type Lineup,
  type PitchSize,
  type PlayerSheet,
  type Pose,
  type Scene,
  type SceneFigure,
  type TeamSheet,
} from "./scene.ts";
