/** @file Where steps and jumps lead, over a match that is being played. */
import { describe, expect, test } from "vitest";
import type { FootballEvent } from "../../env/football/event.ts";
import { encodeScene } from "../protocol/index.ts";
import { eventFrom, leadTick, stepFrom, Timeline } from "./index.ts";

const TICKS = 5;

function shot(tick: number): FootballEvent {
  return { kind: "shot", header: false, tick, player: 1, team: 0 };
}

function landing(event: FootballEvent | undefined): number | undefined {
  return event && leadTick(event.tick, TICKS);
}

function timelineOf(scenes: number): Timeline {
  const timeline = new Timeline(1);
  for (let seq = 0; seq < scenes; seq++) timeline.addScene(seq, sceneBytes(seq * TICKS));
  return timeline;
}

function sceneBytes(tick: number): Uint8Array {
  return encodeScene({
    tick,
    step: tick / TICKS,
    ball: { x: 0, y: 0, z: 0 },
    figures: Array.from({ length: 22 }, () => ({
      x: 0,
      y: 0,
      facing: 0,
      pose: "upright" as const,
      controlled: false,
      booked: false,
      sentOff: false,
    })),
    owner: -1,
    score: [0, 0],
    clockSeconds: 0,
    mode: "normal",
    restartTeam: -1,
    half: 1,
  });
}

describe("a step", () => {
  const timeline = timelineOf(10);

  test.each([
    [20, 1, 25],
    [20, -1, 15],
    [22.5, 1, 25],
    [22.5, -1, 20],
    [0, -1, 0],
    [45, 1, 45],
  ] as const)("from tick %f in direction %i leads to %i", (tick, direction, target) => {
    expect(stepFrom(timeline, tick, direction)).toBe(target);
  });
});

describe("a jump", () => {
  const events = [shot(100), shot(300), shot(500)];

  test("forward goes through all events, each once", () => {
    const landed: number[] = [];
    for (let tick = 0; ;) {
      const next = landing(eventFrom(events, tick, 1, TICKS));
      if (next === undefined) break;
      landed.push(next);
      tick = next;
    }
    expect(landed).toEqual([60, 260, 460]);
  });

  test("back from a moment after an event leads to the one before it, though the match has played on a little", () => {
    expect(landing(eventFrom(events, 470, -1, TICKS))).toBe(260);
    expect(landing(eventFrom(events, 60, -1, TICKS))).toBeUndefined();
  });
});

test("of a match of 90 minutes any tick is at hand in far less than a picture takes", () => {
  const scenes = 54_000;
  const timeline = timelineOf(scenes);
  const scrubs = 1000;
  const start = performance.now();
  for (let i = 0; i < scrubs; i++) {
    const seq = (i * 7919) % scenes;
    expect(timeline.scene(timeline.indexAt(seq * TICKS))?.tick).toBe(seq * TICKS);
  }
  const milliseconds = (performance.now() - start) / scrubs;
  expect(milliseconds).toBeLessThan(5);
});
