import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  type Flight,
  fly,
  flyingSpeed,
  liftSpeed,
  rollingSeconds,
  rollingSpeed,
} from "../../env/football/ball/flight.ts";

const TICK = 0.02;
const speed = fc.double({ min: -30, max: 30, noNaN: true });

function energy(ball: Flight): number {
  return (ball.vx * ball.vx + ball.vy * ball.vy + ball.vz * ball.vz) / 2 + 9.81 * ball.z;
}

function rest(): Flight {
  return { x: 0, y: 0, z: 0, vx: 0, vy: 0, vz: 0 };
}

/** Flies and moves in the plane, as the env does with Rapier's help. */
function advance(ball: Flight): void {
  const { vx, vy } = ball;
  fly(ball, TICK);
  ball.x += ((vx + ball.vx) / 2) * TICK;
  ball.y += ((vy + ball.vy) / 2) * TICK;
}

describe("a free ball", () => {
  test("never sinks into the grass, never gains energy, and comes to rest", () => {
    fc.assert(
      fc.property(speed, speed, fc.double({ min: 0, max: 15, noNaN: true }), (vx, vy, vz) => {
        const ball = { ...rest(), vx, vy, vz };
        let before = energy(ball);
        let lowest = 0;
        let gained = 0;
        for (let i = 0; i < 2000; i++) {
          advance(ball);
          const after = energy(ball);
          lowest = Math.min(lowest, ball.z);
          gained = Math.max(gained, after - before);
          before = after;
        }
        expect(lowest).toBe(0);
        expect(gained).toBeLessThan(1e-9);
        expect(energy(ball)).toBe(0);
      }),
      { numRuns: 60 },
    );
  });

  test("keeps its direction", () => {
    fc.assert(
      fc.property(fc.double({ min: 1, max: 30, noNaN: true }), speed, (vx, vy) => {
        const ball = { ...rest(), vx, vy, vz: 5 };
        for (let i = 0; i < 50; i++) advance(ball);
        expect(ball.vy * vx).toBeCloseTo(ball.vx * vy, 6);
      }),
    );
  });

  test("bounces to 0.62 of its speed, a little lower each time", () => {
    const ball = { ...rest(), z: 2 };
    const peaks: number[] = [];
    let rising = false;
    for (let i = 0; i < 500; i++) {
      const z = ball.z;
      advance(ball);
      if (ball.z > z) rising = true;
      else if (rising) {
        peaks.push(z);
        rising = false;
      }
    }
    expect(peaks.length).toBeGreaterThan(2);
    expect(peaks[0]! / 2).toBeGreaterThan(0.3);
    expect(peaks[0]! / 2).toBeLessThan(0.62 ** 2);
    for (let i = 1; i < peaks.length; i++) expect(peaks[i]!).toBeLessThan(peaks[i - 1]!);
  });
});

describe("the sums backwards", () => {
  const distance = fc.double({ min: 3, max: 45, noNaN: true });

  test("a ball rolled with rollingSpeed passes the point at the speed asked, at about the time foretold", () => {
    fc.assert(
      fc.property(distance, fc.double({ min: 3, max: 9, noNaN: true }), (far, arrival) => {
        const start = rollingSpeed(far, arrival);
        const ball = { ...rest(), vx: start };
        let seconds = 0;
        while (ball.x < far) {
          advance(ball);
          seconds += TICK;
        }
        expect(Math.abs(ball.vx - arrival)).toBeLessThan(0.15);
        expect(Math.abs(seconds - rollingSeconds(far, start))).toBeLessThan(0.08 + 0.05 * seconds);
      }),
    );
  });

  test("a lofted ball comes down where and when it was meant to", () => {
    fc.assert(
      fc.property(distance, fc.double({ min: 0.8, max: 2.6, noNaN: true }), (far, seconds) => {
        const ball = { ...rest(), vx: flyingSpeed(far, seconds), vz: liftSpeed(0, 0.4, seconds) };
        for (let t = TICK; t <= seconds; t += TICK) advance(ball);
        expect(Math.abs(ball.x - far)).toBeLessThan(0.6 + ball.vx * TICK);
        expect(Math.abs(ball.z - 0.4)).toBeLessThan(0.05 + Math.abs(ball.vz) * TICK);
      }),
    );
  });
});
