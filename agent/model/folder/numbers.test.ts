import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { decode, encode } from "./index.ts";

const PATTERNS = Uint16Array.from({ length: 1 << 16 }, (_, pattern) => pattern);
const TYPES = ["F16", "BF16"] as const;

function values(dtype: "F16" | "BF16", patterns: Uint16Array): Float32Array {
  const floats = new Float32Array(patterns.length);
  decode(dtype, patterns, floats);
  return floats;
}

function patterns(dtype: "F16" | "BF16", floats: readonly number[] | Float32Array): Uint16Array {
  const result = new Uint16Array(floats.length);
  encode(dtype, Float32Array.from(floats), result);
  return result;
}

describe.each(TYPES)("%s", (dtype) => {
  const finite = [...new Set(values(dtype, PATTERNS))].filter(Number.isFinite).sort((a, b) => a - b);

  test("every pattern that is a number comes back from its value", () => {
    const floats = values(dtype, PATTERNS);
    const back = patterns(dtype, floats);
    const lost = [...PATTERNS].filter((p) => !Number.isNaN(floats[p]) && back[p] !== p);
    expect(lost).toEqual([]);
  });

  test("NaN stays NaN, with any payload", () => {
    const floats = new Float32Array(
      Uint32Array.of(0x7f80_0001, 0x7fff_ffff, 0xff80_0001, 0x7fc0_0000).buffer,
    );
    const back = new Uint16Array(4);
    encode(dtype, floats, back);
    expect([...values(dtype, back)]).toEqual([NaN, NaN, NaN, NaN]);
  });

  test("any number becomes the nearest, and of two equally near the even one", () => {
    // A pattern after the largest finite one, as if the exponent went on: what lies beyond its middle overflows.
    const largest = finite.at(-1) ?? 0;
    const beyond = largest + (largest - (finite.at(-2) ?? 0));
    const nearest = (x: number): number => {
      const size = Math.abs(x);
      let low = 0;
      let high = finite.length - 1;
      while (low < high) {
        const middle = (low + high + 1) >> 1;
        if ((finite[middle] ?? 0) <= size) low = middle;
        else high = middle - 1;
      }
      const below = finite[low] ?? 0;
      const above = finite[low + 1] ?? beyond;
      const isEven = (patterns(dtype, [below])[0] ?? 0) % 2 === 0;
      const rounded =
        size - below < above - size || (size - below === above - size && isEven) ? below : above;
      return Math.sign(x) * (rounded === beyond ? Infinity : rounded);
    };
    const float = fc.oneof(
      fc.float({ noNaN: true, noDefaultInfinity: true }),
      fc.float({ min: -65536, max: 65536, noNaN: true }),
      fc.float({ min: Math.fround(-1e-4), max: Math.fround(1e-4), noNaN: true }),
      // Exactly between two neighbours.
      fc
        .integer({ min: 0, max: finite.length - 2 })
        .map((i) => ((finite[i] ?? 0) + (finite[i + 1] ?? 0)) / 2),
    );
    fc.assert(
      fc.property(float.map(Math.fround), (x) => {
        expect(values(dtype, patterns(dtype, [x]))[0]).toBe(
          Math.fround(nearest(x)) || (Object.is(x, -0) || x < 0 ? -0 : 0),
        );
      }),
      { numRuns: 2000 },
    );
  });
});

// From the tables of IEEE 754 binary16.
test.each([
  [0x0001, 2 ** -24],
  [0x03ff, 1023 * 2 ** -24],
  [0x0400, 2 ** -14],
  [0x3555, 0.333251953125],
  [0x3c00, 1],
  [0xc000, -2],
  [0x7bff, 65504],
  [0x7c00, Infinity],
  [0xfc00, -Infinity],
  [0x8000, -0],
])("F16 %i is %d", (pattern, value) => {
  expect(values("F16", Uint16Array.of(pattern))[0]).toBe(value);
});

test.each([
  ["F16", 65519.99, 0x7bff],
  ["F16", 65520, 0x7c00],
  ["F16", 2 ** -25, 0x0000],
  ["F16", 2 ** -25 * 1.001, 0x0001],
  ["F16", 3 * 2 ** -25, 0x0002],
  ["F16", -1e-30, 0x8000],
  ["BF16", 1, 0x3f80],
  ["BF16", 1 + 2 ** -8, 0x3f80],
  ["BF16", 1 + 3 * 2 ** -8, 0x3f82],
  ["BF16", 3.4028234663852886e38, 0x7f80],
] as const)("%s of %d has the pattern %i", (dtype, value, pattern) => {
  expect(patterns(dtype, [value])[0]).toBe(pattern);
});
