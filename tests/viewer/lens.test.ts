/** @file How near the editor looks: never beyond the pitch, and what the fingers hold stays under them. */
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { pitchOf, type Point } from "../../env/football/index.ts";
import { boxSeen, type Lens, moved, nearer, showing, WHOLE, wholeBox } from "../../viewer/app/editor/lens.ts";

const box = wholeBox(pitchOf(undefined));
const place = fc.tuple(
  fc.double({ min: box.x, max: box.x + box.width, noNaN: true }),
  fc.double({ min: box.y, max: box.y + box.height, noNaN: true }),
);
const way = fc.tuple(
  fc.double({ min: -200, max: 200, noNaN: true }),
  fc.double({ min: -200, max: 200, noNaN: true }),
);
const lens = fc
  .array(fc.tuple(fc.double({ min: 0.1, max: 5, noNaN: true }), place, way), { maxLength: 6 })
  .map((all) => all.reduce((at, [factor, kept, by]) => moved(box, nearer(box, at, factor, kept), by), WHOLE));

/** As a share of what is seen, from the left and from the top. */
const seenAt = (at: Lens, [x, y]: Point): Point => {
  const seen = boxSeen(box, at);
  return [(x - seen.x) / seen.width, (y - seen.y) / seen.height];
};

test("what is seen is a part of the pitch, in its shape", () => {
  fc.assert(
    fc.property(lens, (at) => {
      const seen = boxSeen(box, at);
      expect(seen.width / seen.height).toBeCloseTo(box.width / box.height, 6);
      expect(seen.width).toBeLessThanOrEqual(box.width);
      expect(seen.x).toBeGreaterThanOrEqual(box.x - 1e-6);
      expect(seen.y).toBeGreaterThanOrEqual(box.y - 1e-6);
      expect(seen.x + seen.width).toBeLessThanOrEqual(box.x + box.width + 1e-6);
      expect(seen.y + seen.height).toBeLessThanOrEqual(box.y + box.height + 1e-6);
    }),
  );
});

test("going nearer keeps what is under the fingers there", () => {
  fc.assert(
    fc.property(lens, place, fc.double({ min: 1, max: 5, noNaN: true }), (at, kept, factor) => {
      const [x, y] = seenAt(at, kept);
      fc.pre(x >= 0 && x <= 1 && y >= 0 && y <= 1);
      const now = seenAt(nearer(box, at, factor, kept), kept);
      expect(now[0]).toBeCloseTo(x, 6);
      expect(now[1]).toBeCloseTo(y, 6);
    }),
  );
});

test("any place is brought into sight, and what is in sight already moves nothing", () => {
  fc.assert(
    fc.property(lens, place, (at, wanted) => {
      const shown = showing(box, at, wanted);
      const [x, y] = seenAt(shown, wanted);
      expect(Math.min(x, y)).toBeGreaterThanOrEqual(-1e-6);
      expect(Math.max(x, y)).toBeLessThanOrEqual(1 + 1e-6);
      expect(showing(box, at, at.middle)).toBe(at);
    }),
  );
});

test("far enough away it is all of it again", () => {
  fc.assert(
    fc.property(lens, (at) => {
      expect(boxSeen(box, nearer(box, at, 0))).toEqual(box);
    }),
  );
});
