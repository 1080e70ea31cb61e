/** @file The one cursor: what it does with time, and with what a viewer asks of it. */
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
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
} from "../../viewer/player/index.ts";
import type { Cursor, Extent } from "../../viewer/player/index.ts";

const extents: fc.Arbitrary<Extent> = fc
  .tuple(
    fc.integer({ min: 0, max: 5000 }),
    fc.integer({ min: 0, max: 5000 }),
    fc.boolean(),
    fc.integer({ min: 1, max: 20 }),
  )
  .map(([first, length, live, ticksPerScene]) => ({ first, last: first + length, live, ticksPerScene }));

const cursors: fc.Arbitrary<Cursor> = fc.record({
  pace: fc.constantFrom("paused", "playing", "following"),
  tick: fc.double({ min: 0, max: 12_000, noNaN: true }),
  speed: fc.constantFrom(...SPEEDS),
});

/** 60 s of a match whose scenes are 5 ticks apart. */
const MATCH: Extent = { first: 0, last: 3000, live: true, ticksPerScene: 5 };
const EDGE = liveTick(MATCH);

describe("whatever is done", () => {
  const acts: fc.Arbitrary<(cursor: Cursor, extent: Extent) => Cursor> = fc.oneof(
    fc.double({ min: 0, max: 3, noNaN: true }).map((s) => (c: Cursor, e: Extent) => advance(c, s, e)),
    fc.double({ min: -100, max: 20_000, noNaN: true }).map((t) => (c: Cursor, e: Extent) => seek(c, t, e)),
    fc.double({ min: -100, max: 20_000, noNaN: true }).map((t) => (c: Cursor, e: Extent) => hold(c, t, e)),
    fc.constantFrom(...SPEEDS).map((speed) => (c: Cursor) => setSpeed(c, speed)),
    fc.constant((c: Cursor, e: Extent) => toggle(c, e)),
    fc.constant((c: Cursor) => follow(c)),
  );

  test("the cursor never stands past the last scene, and time brings it to no tick before the first", () => {
    fc.assert(
      fc.property(extents, fc.array(acts, { maxLength: 30 }), (extent, list) => {
        let cursor = START;
        for (const act of [...list, (c: Cursor, e: Extent) => advance(c, 0.01, e)]) {
          cursor = act(cursor, extent);
          expect(cursor.tick).toBeLessThanOrEqual(Math.max(extent.last, START.tick));
          expect(SPEEDS).toContain(cursor.speed);
        }
        if (cursor.pace !== "paused") expect(cursor.tick).toBeGreaterThanOrEqual(extent.first);
      }),
    );
  });

  test("following is always at 1x, and nothing but a seek or a jump to live moves it back", () => {
    fc.assert(
      fc.property(
        cursors,
        extents,
        fc.double({ min: 0, max: 0.1, noNaN: true }),
        (cursor, extent, seconds) => {
          const at = { ...cursor, tick: Math.min(cursor.tick, extent.last) };
          const next = advance(at, seconds, extent);
          if (next.pace === "following" && at.pace !== "following") expect(next.speed).toBe(1);
          if (at.pace === "playing")
            expect(next.tick).toBeGreaterThanOrEqual(Math.min(at.tick, liveTick(extent)));
          if (at.pace === "paused") expect(next).toEqual(at);
        },
      ),
    );
  });
});

describe("playing", () => {
  const past: Cursor = { pace: "playing", tick: 500, speed: 1 };

  test.each(SPEEDS)("at %s times goes that much faster than the match", (speed) => {
    expect(advance({ ...past, speed }, 0.1, MATCH).tick).toBeCloseTo(500 + 5 * speed, 9);
  });

  test("faster than live reaches the edge, follows, and is at 1x again", () => {
    let cursor: Cursor = { ...past, tick: EDGE - 20, speed: 10 };
    for (let i = 0; i < 10; i++) cursor = advance(cursor, 0.1, MATCH);
    expect(cursor.pace).toBe("following");
    expect(cursor.speed).toBe(1);
  });

  test("slower than live never follows, for it falls behind", () => {
    const cursor = advance({ ...past, tick: EDGE - 0.1, speed: 0.5 }, 0.1, MATCH);
    expect(cursor.pace).toBe("playing");
  });

  test("to the end of an episode that is over stops at its last scene", () => {
    const over = { ...MATCH, live: false };
    const cursor = advance({ ...past, tick: 2999, speed: 4 }, 1, over);
    expect(cursor.tick).toBe(3000);
    expect(cursor.pace).toBe("following");
  });
});

describe("following", () => {
  test("stays behind the newest scene by so much that the next is always there, and moves evenly", () => {
    let cursor: Cursor = { ...START, tick: 985 };
    const extent = { ...MATCH, last: 1000 };
    const steps: number[] = [];
    for (let frame = 0; frame < 600; frame++) {
      // A scene every six frames of a screen of 60 Hz; every sixth of them is two frames late.
      const due = frame % 36 === 0 ? false : frame % 36 === 2 || frame % 6 === 0;
      if (due) extent.last += 5;
      const next = advance(cursor, 1 / 60, extent);
      steps.push(next.tick - cursor.tick);
      cursor = next;
      expect(cursor.tick).toBeLessThanOrEqual(extent.last);
    }
    // 50 ticks a second are 0.83 a frame.
    expect(Math.min(...steps)).toBeGreaterThan(0.55);
    expect(Math.max(...steps)).toBeLessThan(1.1);
    expect(secondsBehind(cursor, extent)).toBeLessThan(0.4);
  });

  test("jumps to the edge when the tab was asleep, instead of hurrying after it", () => {
    expect(advance({ ...START, tick: 10 }, 1 / 60, MATCH).tick).toBe(EDGE);
  });

  test("waits at the last scene when no more come", () => {
    let cursor: Cursor = { ...START, tick: 2990 };
    for (let i = 0; i < 300; i++) cursor = advance(cursor, 1 / 60, MATCH);
    expect(cursor.tick).toBeLessThanOrEqual(MATCH.last);
    expect(cursor.pace).toBe("following");
  });

  test("is left by slowing down, not by speeding up, for nobody can be ahead of live", () => {
    expect(setSpeed(START, 4)).toEqual(START);
    expect(setSpeed(START, 0.5)).toMatchObject({ pace: "playing", speed: 0.5 });
  });
});

describe("asking", () => {
  test("scrubbing back leaves following, and to the edge comes back to it", () => {
    const back = seek({ ...START, tick: EDGE }, 700, MATCH);
    expect(back).toMatchObject({ pace: "playing", tick: 700 });
    expect(seek(back, MATCH.last, MATCH).pace).toBe("following");
  });

  test("scrubbing while paused stays paused, even to the edge", () => {
    const paused = hold(START, 100, MATCH);
    expect(seek(paused, 2000, MATCH)).toMatchObject({ pace: "paused", tick: 2000 });
    expect(seek(paused, 9999, MATCH)).toMatchObject({ pace: "paused", tick: 3000 });
  });

  test("pausing at the edge and going on follows again; in the past it plays on from there", () => {
    const edge = toggle({ ...START, tick: EDGE }, MATCH);
    expect(edge.pace).toBe("paused");
    expect(toggle(edge, MATCH).pace).toBe("following");
    expect(toggle(hold(edge, 200, MATCH), MATCH)).toMatchObject({ pace: "playing", tick: 200 });
  });

  test("tells how far behind live one is", () => {
    expect(secondsBehind(hold(START, 2380, MATCH), MATCH)).toBeCloseTo(12.4, 9);
    expect(secondsBehind({ ...START, tick: 5000 }, MATCH)).toBe(0);
  });

  test("the next speed is the next in the list, and the ends stay", () => {
    expect(SPEEDS.map((speed) => nextSpeed(speed, 1))).toEqual([0.25, 0.5, 1, 2, 4, 10, 10]);
    expect(SPEEDS.map((speed) => nextSpeed(speed, -1))).toEqual([0.1, 0.1, 0.25, 0.5, 1, 2, 4]);
  });
});
