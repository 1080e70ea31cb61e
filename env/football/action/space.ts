/** @file What each set looks like as a space. */
import type { Space } from "../../space.ts";
import type { Match, Slot } from "../state/match.ts";
import { type ActionSet, BUTTONS } from "./names.ts";
import { sentencesOf } from "./sentence.ts";

/** The space of one step's action: of one player as it is, of several a list of one for each. */
export function actionSpaceOf(match: Match, set: ActionSet): Space {
  const { slots } = match;
  if (set === "default" || set === "full" || set === "simple") {
    const names = BUTTONS[set];
    if (slots.length === 1) return { kind: "discrete", n: names.length, names };
    return { kind: "multi-discrete", nvec: slots.map(() => names.length) };
  }
  const spaces = slots.map((slot) => (set === "continuous" ? CONTINUOUS : text(match, slot)));
  return spaces.length === 1 ? spaces[0]! : { kind: "tuple", spaces };
}

const share = { kind: "box", shape: [], low: 0, high: 1, dtype: "float64" } as const;
const CONTINUOUS: Space = {
  kind: "dict",
  spaces: {
    direction: { kind: "box", shape: [2], low: -1, high: 1, dtype: "float64" },
    power: share,
    loft: share,
    kick: share,
  },
};

function text(match: Match, slot: Slot): Space {
  const choices = sentencesOf(match, slot.team);
  const maxLength = Math.max(...choices.map((choice) => choice.length));
  return { kind: "text", minLength: 1, maxLength, choices };
}
