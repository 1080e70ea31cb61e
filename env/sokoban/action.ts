/** @file Actions as an agent gives them: four pushes, or the nine of gym-sokoban. */
import { TouchlineError, unknownName } from "../error.ts";
import type { Space } from "../space.ts";
import { type Level, type Position } from "./level.ts";
import { type Move, moved, MOVES } from "./rules.ts";

/**
 * `push` is what MageBench and LMM-R1 play with: the player walks, and pushes the box in his way. `gym` is
 * gym-sokoban's: nothing, the four pushes, and four walks that leave boxes where they are.
 */
const NAMES = {
  push: MOVES,
  gym: ["no operation", ...MOVES.map((move) => `push ${move}`), ...MOVES.map((move) => `move ${move}`)],
} as const satisfies Readonly<Record<string, readonly string[]>>;

export type SokobanActionSet = keyof typeof NAMES;

export const SOKOBAN_ACTION_SETS = Object.keys(NAMES) as readonly SokobanActionSet[];

/** An index or a name of the set. */
export type SokobanAction = number | string;

export interface SokobanPossibility {
  action: string;
  possible: boolean;
  /** Why not; absent when it is possible. */
  reason?: string;
}

/** The names of a set's actions. Throws `action/set`. */
export function actionNames(set: SokobanActionSet): readonly string[] {
  if (Object.hasOwn(NAMES, set)) return NAMES[set];
  throw new TouchlineError("action/set", unknownName("action set", set, SOKOBAN_ACTION_SETS));
}

export function actionSpace(set: SokobanActionSet): Space {
  const names = actionNames(set);
  return { kind: "discrete", n: names.length, names };
}

/** The position after the action; the same object when nothing moved. Throws `action/unknown`. */
export function act(
  level: Level,
  position: Position,
  set: SokobanActionSet,
  action: SokobanAction,
): Position {
  const names = actionNames(set);
  const index = typeof action === "number" ? action : names.indexOf(action);
  if (names[index] === undefined) {
    throw new TouchlineError(
      "action/unknown",
      typeof action === "string"
        ? unknownName("action", action, names)
        : `There is no action ${String(action)}; expected an integer from 0 to ${names.length - 1} or a name.`,
    );
  }
  if (set === "push") return moved(level, position, MOVES[index]!);
  return index === 0 ? position : moved(level, position, MOVES[(index - 1) % 4]!, index < 5);
}

/** Each action of the set in its order: whether it would move anything now, and why not. It may be taken anyway. */
export function possibleActions(
  level: Level,
  position: Position,
  set: SokobanActionSet,
): SokobanPossibility[] {
  return actionNames(set).map((action, index) => {
    const still = set === "gym" && index === 0;
    if (still || act(level, position, set, index) !== position) return { action, possible: true };
    const move = action.split(" ").at(-1) as Move;
    const pushes = moved(level, position, move) !== position;
    return { action, possible: false, reason: pushes ? "a box stands there" : "the way is blocked" };
  });
}
