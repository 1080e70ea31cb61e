/** @file The line of time has room for the events of a whole match, and shows all that matter most. */
import { expect, test } from "vitest";
import type { FootballEvent } from "../../env/football/event.ts";
import { marksOf } from "./mark.ts";

const LAST = 54_000;

function event(kind: "shot" | "pass" | "goal", tick: number): FootballEvent {
  const common = { tick, team: 0, player: 9 } as const;
  if (kind === "goal") return { ...common, kind, score: [1, 0], ownGoal: false };
  return kind === "shot"
    ? { ...common, kind, header: false }
    : { ...common, kind, lofted: false, receiver: 3 };
}

test("of thousands of shots some two hundred are marked, over the whole line, and every goal is", () => {
  const events = Array.from({ length: 5000 }, (_, i) => event("shot", Math.floor((i / 5000) * LAST)));
  const goals = [100, 101, 102].map((tick) => event("goal", tick));
  const marks = marksOf([...goals, ...events], 0, LAST);
  expect(marks.length).toBeLessThanOrEqual(203);
  expect(marks.length).toBeGreaterThan(190);
  expect(marks.filter(({ kind }) => kind === "goal")).toEqual(goals);
  expect(marks.at(-1)!.tick).toBeGreaterThan(0.99 * LAST);
});

test("few events are all marked, but not the flow of play", () => {
  const events = [event("shot", 10), event("pass", 5000), event("shot", 20_000)];
  expect(marksOf(events, 0, LAST)).toEqual([events[0], events[2]]);
});
