import { expect, it } from "vitest";
import { makeRandom, uniform } from "../../../env/random.ts";
import { quantise } from "./int4.ts";

const COLUMNS = 72;
const ROWS = 5;
const random = makeRandom(3);
const values = Float32Array.from({ length: ROWS * COLUMNS }, () => uniform(random) - 0.5);

/** The number that stands for each value. */
function read(columns: number, { codes, scales }: ReturnType<typeof quantise>): number[] {
  const blocks = Math.ceil(columns / 32);
  return Array.from({ length: codes.length * 2 }, (_, i) => {
    const step = (codes[i >> 1]! >> (4 * (i & 1))) & 15;
    const block = Math.floor(i / columns) * blocks + ((i % columns) >> 5);
    return (step < 8 ? step : step - 16) * scales[block]!;
  });
}

it("rounds each number to the nearest of 16 steps, but for the end that one sign lacks", () => {
  const quantised = quantise(values, COLUMNS);
  expect(quantised.scales).toHaveLength(ROWS * 3);
  const found = read(COLUMNS, quantised);
  const beyond = found.filter((value, i) => {
    const scale = Math.abs(quantised.scales[Math.floor(i / COLUMNS) * 3 + ((i % COLUMNS) >> 5)]!);
    const error = Math.abs(value - values[i]!);
    expect(error).toBeLessThanOrEqual(scale * 1.0001);
    return error > scale * 0.5001;
  });
  // Only values beyond 7.5 steps on the side where there is no eighth.
  expect(beyond.length).toBeLessThan(found.length / 10);
});

it("keeps what is furthest from 0 in each block, whatever its sign, and blocks of zeros", () => {
  const row = new Float32Array(64);
  row[3] = 0.7;
  row[9] = -0.2;
  const found = read(64, quantise(row, 64));
  expect(found[3]).toBeCloseTo(0.7, 6);
  expect(found[9]).toBeCloseTo(-0.175, 6);
  expect(found.slice(32)).toEqual(Array(32).fill(0));
  expect(
    read(
      64,
      quantise(
        row.map((value) => -value),
        64,
      ),
    )[3],
  ).toBeCloseTo(-0.7, 6);
});
