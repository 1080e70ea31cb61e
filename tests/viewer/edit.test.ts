/** @file The editor as a function of plain data: whatever is done can be undone, and names still name the same players. */
import * as fc from "fast-check";
import { expect, test } from "vitest";
import type { Scenario } from "../../env/football/index.ts";
import { scenarioProblems } from "../../scenarios/index.ts";
import { listScenarios, loadScenario } from "../../scenarios/load.ts";
import { areasOf, CORNERS } from "../../viewer/app/editor/area.ts";
import { type Action, edit, type EditState, open } from "../../viewer/app/editor/edit.ts";
import { thingsOf } from "../../viewer/app/editor/thing.ts";

const SCENARIOS = listScenarios().filter(({ suite }) => suite === "academy");
const fraction = fc.double({ min: 0, max: 1, noNaN: true });
const point = fc.tuple(
  fc.double({ min: -1.2, max: 1.2, noNaN: true }),
  fc.double({ min: -0.6, max: 0.6, noNaN: true }),
);
const gesture = fc.constantFrom(undefined, "drag", "pull");

/** An action; what it is done to is chosen by a fraction of what there is then. */
type Made = (state: EditState) => Action | undefined;

const chosen = <T>(list: readonly T[], at: number): T | undefined =>
  list[Math.floor(at * list.length * 0.9999)];

const actions: fc.Arbitrary<Made> = fc.oneof(
  fc.array(fraction, { maxLength: 4 }).map((at): Made => ({ history }) => {
    const things = thingsOf(history.present);
    return { do: "select", things: at.map((one) => chosen(things, one)!) };
  }),
  fraction.map((at): Made => ({ history }) => ({
    do: "toggle",
    things: [chosen(thingsOf(history.present), at)!],
  })),
  fc.tuple(point, gesture).map(([by, name]): Made => () => ({
    do: "move",
    by,
    ...(name !== undefined && { gesture: name }),
  })),
  fc
    .tuple(fraction, fraction, point, gesture)
    .map(([at, corner, to, name]): Made => ({ history: { present } }) => {
      const area = chosen(
        thingsOf(present).flatMap((thing) => areasOf(present, thing)),
        at,
      );
      if (area === undefined) return undefined;
      return {
        do: "corner",
        area,
        corner: chosen(CORNERS, corner)!,
        to,
        ...(name !== undefined && { gesture: name }),
      };
    }),
  fc
    .tuple(fc.constantFrom("left" as const, "right" as const, "zone" as const, "obstacle" as const), point)
    .map(([kind, at]): Made => () => ({ do: "add", kind, at })),
  fc
    .constantFrom("vary" as const, "scatter" as const, "remove" as const, "select-all" as const)
    .map((name): Made => () => ({ do: name })),
  fc
    .tuple(
      fc.constantFrom("left" as const, "right" as const),
      fc.constantFrom("4-4-2" as const, "2-1" as const),
    )
    .map(([side, formation]): Made => () => ({ do: "formation", side, formation })),
  fc.string().map((title): Made => () => ({ do: "put", paths: [["title"]], value: title })),
);

const stories = fc.tuple(fc.constantFrom(...SCENARIOS), fc.array(actions, { maxLength: 30 }));

function frozen<T>(value: T): T {
  if (typeof value !== "object" || value === null || Object.isFrozen(value)) return value;
  for (const inner of Object.values(value)) frozen(inner);
  return Object.freeze(value);
}

/** Plays a story; nothing that was is changed by it. */
function play(scenario: Scenario, story: readonly Made[]): EditState {
  let state = open(frozen(scenario));
  for (const made of story) {
    const action = made(state);
    if (action !== undefined) state = frozen(edit(state, action));
  }
  return state;
}

const times = (state: EditState, action: Action, count: number): EditState =>
  Array.from({ length: count }).reduce<EditState>((now) => edit(now, action), state);

test("everything is undone to the first state, and done again to the last", () => {
  fc.assert(
    fc.property(stories, fraction, ([scenario, story], part) => {
      const end = play(scenario, story);
      const steps = end.history.past.length;
      const start = times(end, { do: "undo" }, steps);
      expect(start.history.present).toEqual(scenario);
      expect(start.history.past).toEqual([]);
      expect(times(start, { do: "undo" }, 3)).toEqual(start);
      const again = times(start, { do: "redo" }, steps + 3);
      expect(again.history.present).toEqual(end.history.present);
      const back = Math.floor(part * steps);
      const between = times(times(end, { do: "undo" }, back), { do: "redo" }, back);
      expect(between.history.present).toEqual(end.history.present);
    }),
    { numRuns: 300 },
  );
});

test("what is chosen is there, and all that a scenario names is in it", () => {
  fc.assert(
    fc.property(stories, ([scenario, story]) => {
      const { history, selection } = play(scenario, story);
      const things = thingsOf(history.present);
      expect(selection.filter((thing) => !things.includes(thing))).toEqual([]);
      const lost = scenarioProblems(history.present).filter(({ says }) =>
        /who is not in|expected a place/.test(says),
      );
      expect(lost).toEqual([]);
    }),
    { numRuns: 300 },
  );
});

test("a drag is one step, however many moves it has", () => {
  const state = edit(open(loadScenario("academy_corner")), { do: "select", things: ["left.3", "ball"] });
  const [before] = [state.history.present.left.players[3]!.position];
  let dragged = state;
  for (let i = 1; i <= 40; i++)
    dragged = edit(dragged, { do: "move", by: [-0.01 * i, -0.002 * i], gesture: "a" });
  expect(dragged.history.past).toHaveLength(1);
  expect(dragged.history.present.left.players[3]!.position).toEqual([
    expect.closeTo(before[0] - 0.4, 3),
    expect.closeTo(before[1] - 0.08, 3),
  ]);
  expect(edit(dragged, { do: "undo" }).history.present).toBe(state.history.present);
});

test("who leaves takes along what is said of him, and those behind him move up", () => {
  const scenario: Scenario = {
    ...loadScenario("academy_3_vs_1_with_keeper"),
    control: { left: [1, 3], right: "none" },
    start: { owner: "left.3" },
    ends: [
      { when: "enters", who: "left.2", zone: "box" },
      { when: "enters", who: "left.3", zone: "box" },
    ],
    zones: [{ name: "box", from: [0.8, -0.1], to: [1, 0.1] }],
  };
  const chose = edit(open(scenario), { do: "select", things: ["left.2"] });
  const { present } = edit(chose, { do: "remove" }).history;
  expect(present.left.players).toHaveLength(3);
  expect(present.control.left).toEqual([1, 2]);
  expect(present.start).toEqual({ owner: "left.2" });
  expect(present.ends).toEqual([{ when: "enters", who: "left.2", zone: "box" }]);
  expect(present.variation?.shifts[0]?.members).toEqual(["ball", "left.1", "left.2", "right.1"]);
  expect(present.variation?.shifts.map(({ members }) => members)).not.toContainEqual(["left.3"]);
  expect(scenarioProblems(present)).toEqual([]);
});
