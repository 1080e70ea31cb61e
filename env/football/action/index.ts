/** @file Actions: the sets, how one is read and applied, what is possible now, and the space of each. */
export { actionIndex, applyActions, askedKick, checkAction, readAction, type ReadAction } from "./apply.ts";
export { DIRECTION_VECTORS } from "./direction.ts";
export { possibleActions, type Possibility } from "./mask.ts";
export {
  type Action,
  ACTION_SETS,
  type ActionName,
  ACTIONS,
  type ActionSet,
  type ButtonName,
  BUTTONS,
  type ContinuousAction,
  FULL_ACTIONS,
  IDLE_ACTIONS,
  SIMPLE_ACTIONS,
} from "./names.ts";
export { parseSentence, type Sentence } from "./sentence.ts";
export { toBall } from "./spoken.ts";
export { joinSpaces, placeSpacesOf } from "./space.ts";
