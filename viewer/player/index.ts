/** @file A match as one viewer sees it: what he has of it, where he is in it, and what is there. No DOM. */
export { bannerAt, type Banner } from "./banner.ts";
export { aim, CAMERAS, glide, WHOLE, type Camera, type CameraChoice } from "./camera.ts";
export { nameOf, tell, weightOf, type Icon, type Telling, type Weight } from "./commentary.ts";
export {
  advance,
  follow,
  hold,
  liveTick,
  nextSpeed,
  secondsBehind,
  seek,
  setSpeed,
  SPEEDS,
  START,
  toggle,
  type Cursor,
  type Extent,
  type Pace,
} from "./cursor.ts";
export {
  CURVE_GROUPS,
  extend,
  inOrder,
  nearestPlace,
  placeAt,
  smooth,
  thin,
  ticks,
  titleOf,
  type CurveTitle,
} from "./curve.ts";
export {
  HAND_KEYS,
  handCommand,
  handsOf,
  padCommands,
  pressOf,
  TAKE_BUTTON,
  type HandCommand,
  type PadState,
  type Standing,
} from "./hands.ts";
export { lastEventAt } from "./event-at.ts";
export { eventFrom, leadTick, stepFrom } from "./jump.ts";
export { commandOf, KEYS, type Command, type KeyBinding } from "./key.ts";
export { LISTED_MAX, listedAround } from "./listed.ts";
export { marksOf } from "./mark.ts";
export { mindAt, MindLog, partsOf, percentText, type Decided, type MindView } from "./mind.ts";
export { ballAt, momentAt, type Moment } from "./moment.ts";
export { attackingTeam, flagAt, offsideLine, type OffsideFlag } from "./offside.ts";
export { distanceToKeep } from "./set-piece.ts";
export { Proof, type ProofCount } from "./proof.ts";
export { seenScene, seenTick } from "./seen.ts";
export { sightAt, type Sight } from "./sight.ts";
export { squadOf, type Squad } from "./squad.ts";
export { Timeline } from "./timeline.ts";
export { metresToGoal, tellWhere, zoneOf } from "./zone.ts";
