import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { distanceToSegment, exponential, turnOf } from "../../env/math.ts";
import { bell, between, integer, makeRandom, nextUint32, uniform } from "../../env/random.ts";

describe("arithmetic without transcendental functions", () => {
  test("exponential agrees with Math.exp", () => {
    fc.assert(
      fc.property(fc.double({ min: -3, max: 3, noNaN: true }), (x) => {
        expect(Math.abs(exponential(x) / Math.exp(x) - 1)).toBeLessThan(1e-6);
      }),
    );
  });

  test("turnOf agrees with Math.atan2 within a part of the turn", () => {
    fc.assert(
      fc.property(
        fc.double({ min: -50, max: 50, noNaN: true }),
        fc.double({ min: -50, max: 50, noNaN: true }),
        (x, y) => {
          fc.pre(Math.abs(x) + Math.abs(y) > 1e-6);
          const exact = (Math.atan2(y, x) / (2 * Math.PI)) * 256;
          const off = (((turnOf(x, y) - exact) % 256) + 384) % 256;
          expect(Math.abs(off - 128)).toBeLessThan(0.65);
        },
      ),
    );
  });

  test.each([
    [1, 0, 0],
    [1, 1, 32],
    [0, 1, 64],
    [-1, 1, 96],
    [-1, 0, 128],
    [-1, -1, 160],
    [0, -1, 192],
    [1, -1, 224],
    [0, 0, 0],
  ])("turnOf(%d, %d) is %d", (x, y, turn) => {
    expect(turnOf(x, y)).toBe(turn);
  });

  test.each([
    [0, 1, -1, 0, 1, 0, 1],
    [3, 0, -1, 0, 1, 0, 2],
    [0, 2, 0, 0, 0, 0, 2],
  ])("distanceToSegment of (%d, %d)", (px, py, ax, ay, bx, by, distance) => {
    expect(distanceToSegment(px, py, ax, ay, bx, by)).toBe(distance);
  });
});

function draw(seed: number, stream?: number): number[] {
  const random = makeRandom(seed, stream);
  return Array.from({ length: 8 }, () => nextUint32(random));
}

describe("the generator", () => {
  /** xoshiro128** from state 1, 2, 3, 4, by hand: rotl(s1 * 5, 7) * 9 and the linear step. */
  test("is xoshiro128**", () => {
    const random = new Uint32Array([1, 2, 3, 4]);
    expect([nextUint32(random), nextUint32(random), nextUint32(random)]).toEqual([11520, 0, 5927040]);
  });

  test("gives the same numbers for the same seed and stream, others for another", () => {
    expect(draw(7)).toEqual(draw(7));
    expect(draw(7)).not.toEqual(draw(8));
    expect(draw(7)).not.toEqual(draw(7, 1));
  });

  test("has the moments that it says", () => {
    const random = makeRandom(3);
    const bells = Array.from({ length: 20_000 }, () => bell(random));
    const mean = bells.reduce((sum, value) => sum + value, 0) / bells.length;
    const variance = bells.reduce((sum, value) => sum + (value - mean) ** 2, 0) / bells.length;
    expect(Math.abs(mean)).toBeLessThan(0.03);
    expect(Math.abs(variance - 1)).toBeLessThan(0.04);
    expect(Math.max(...bells.map(Math.abs))).toBeLessThanOrEqual(3);
  });

  test("stays within its ranges", () => {
    fc.assert(
      fc.property(fc.integer(), (seed) => {
        const random = makeRandom(seed);
        for (let i = 0; i < 50; i++) {
          const u = uniform(random);
          expect(u >= 0 && u < 1).toBe(true);
          const b = between(random, -2, 3);
          expect(b >= -2 && b < 3).toBe(true);
          expect([0, 1, 2]).toContain(integer(random, 3));
        }
      }),
    );
  });
});
