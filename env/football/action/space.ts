/** @file What each set looks like as a space. */
import type { Space } from "../../space.ts";
import type { Match, Slot } from "../state/match.ts";
import { type ActionSet, BUTTONS } from "./names.ts";
import { sentencesOf } from "./sentence.ts";

/** The space of one action, for each place under control. */
export function placeSpacesOf(match: Match, set: ActionSet): Space[] {
  return match.slots.map((slot) => {
    if (set === "continuous") return CONTINUOUS;
    if (set === "semantic") return text(match, slot);
    const names = BUTTONS[set];
    return { kind: "discrete", n: names.length, names };
  });
}

/** The space of one step's action: of one player as it is, of several a list of one for each. */
export function joinSpaces(spaces: readonly Space[], set: ActionSet): Space {
  if (spaces.length === 1) return spaces[0]!;
  if (set === "continuous" || set === "semantic") return { kind: "tuple", spaces };
  return { kind: "multi-discrete", nvec: spaces.map(() => BUTTONS[set].length) };
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
