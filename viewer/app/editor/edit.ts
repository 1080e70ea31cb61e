/** @file The editor as a pure function: a state of plain data, and what each action makes of it. */
import type { Point, Scenario, Side } from "../../../env/football/index.ts";
import type { Formation } from "../../../scenarios/index.ts";
import { type Area, type Corner, moveCorner } from "./area.ts";
import { baseOf, beginning, commit, type History, redo, undo } from "./history.ts";
import { type Path, put } from "./path.ts";
import { moveThings } from "./place.ts";
import { add, type Added, addScatter, addShift, form, remove } from "./roster.ts";
import { type Thing, thingsOf } from "./thing.ts";

export interface EditState {
  history: History<Scenario>;
  selection: readonly Thing[];
}

/** Changes with the same gesture are one step of the history. */
export type Action =
  | { do: "open"; scenario: Scenario }
  | { do: "select"; things: readonly Thing[] }
  | { do: "toggle"; things: readonly Thing[] }
  | { do: "move"; by: Point; gesture?: string }
  | { do: "corner"; area: Area; corner: Corner; to: Point; gesture?: string }
  | { do: "put"; paths: readonly Path[]; value: unknown; gesture?: string }
  | { do: "add"; kind: Added; at: Point }
  | { do: "vary" | "scatter" | "remove" | "undo" | "redo" | "select-all" }
  | { do: "formation"; side: Side; formation: Formation };

export function open(scenario: Scenario): EditState {
  return { history: beginning(scenario), selection: [] };
}

export function edit(state: EditState, action: Action): EditState {
  const { history, selection } = state;
  const { present } = history;
  const changed = (next: Scenario | undefined, gesture?: string): EditState =>
    settled({ selection, history: next === undefined ? history : commit(history, next, gesture) });
  switch (action.do) {
    case "open":
      return open(action.scenario);
    case "select":
      return settled({ history, selection: [...new Set(action.things)] });
    case "toggle": {
      const { things } = action;
      const kept = selection.filter((thing) => !things.includes(thing));
      const added = things.filter((thing) => !selection.includes(thing));
      return settled({ history, selection: [...kept, ...added] });
    }
    case "select-all":
      return { history, selection: thingsOf(present) };
    case "move":
      return changed(moveThings(baseOf(history, action.gesture), selection, action.by), action.gesture);
    case "corner": {
      const base = baseOf(history, action.gesture);
      return changed(moveCorner(base, action.area, action.corner, action.to), action.gesture);
    }
    case "put": {
      const { paths, value, gesture } = action;
      const gone = value === undefined ? paths.map(playerAt).filter((thing) => thing !== undefined) : [];
      if (gone.length > 0) return changed(remove(present, gone));
      return changed(
        paths.reduce((next, path) => put(next, path, value), present),
        gesture,
      );
    }
    case "formation":
      return changed(form(present, action.side, action.formation));
    case "scatter":
      return changed(addScatter(present, selection));
    case "remove":
      return { history: commit(history, remove(present, selection)), selection: [] };
    case "add":
    case "vary": {
      const added = action.do === "add" ? add(present, action.kind, action.at) : addShift(present, selection);
      if (added === undefined) return state;
      return { history: commit(history, added.scenario), selection: [added.thing] };
    }
    case "undo":
      return settled({ history: undo(history), selection });
    default:
      return settled({ history: redo(history), selection });
  }
}

/** The player who stands at a path. */
function playerAt([side, list, place, ...inner]: Path): Thing | undefined {
  return list === "players" && inner.length === 0 ? `${side}.${place}` : undefined;
}

/** Nothing is chosen that is not there. */
function settled(state: EditState): EditState {
  const there = new Set(thingsOf(state.history.present));
  const selection = state.selection.filter((thing) => there.has(thing));
  return selection.length === state.selection.length ? state : { ...state, selection };
}
