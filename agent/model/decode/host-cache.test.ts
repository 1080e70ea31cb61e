/** @file The cache in the host's memory against plain lists of rows, for any order of events. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { fixtureFolder } from "../../../tests/reference/fixture.ts";
import { type Feeds, float32 } from "../../graph/index.ts";
import { readConfig, type TextConfig } from "../folder/index.ts";
import { type Cache, cacheNames } from "./cache.ts";
import { HostCache } from "./host-cache.ts";

const HEADS = 2;
const SIZE = 3;
const CONFIG: TextConfig = {
  ...readConfig(`${fixtureFolder("tied")}/model`).text,
  layers: 2,
  keyValueHeads: HEADS,
  headSize: SIZE,
};
const NAMES = cacheNames(CONFIG);

/** A row is the numbers of its tokens; each has numbers of its own in all tensors, heads and dimensions. */
type Rows = number[][];

function element(token: number, name: number, head: number, dimension: number): number {
  return ((token * NAMES.length + name) * HEADS + head) * SIZE + dimension;
}

/** What the decoder gives for these new tokens, padded on the right to one length with what nobody may see. */
function outputsOf(fresh: Rows): Feeds {
  const length = Math.max(1, ...fresh.map((row) => row.length));
  return Object.fromEntries(
    NAMES.map(({ output }, name) => {
      const values = fresh.flatMap((row) =>
        Array.from({ length: HEADS }, (_, head) =>
          Array.from({ length }, (_, column) =>
            Array.from({ length: SIZE }, (_, dimension) =>
              column < row.length ? element(row[column]!, name, head, dimension) : Number.NaN,
            ),
          ),
        ),
      );
      return [output, float32(Float32Array.from(values.flat(2)), [fresh.length, HEADS, length, SIZE])];
    }),
  );
}

function expectRows(cache: Cache, rows: Rows): void {
  expect(cache.rows).toBe(rows.length);
  const feeds = cache.feeds();
  const mask = feeds["cache_mask"]!;
  const columns = mask.dims[1]!;
  expect(mask.dims).toEqual([rows.length, columns]);
  const seen = Array.from(mask.data as BigInt64Array, Number);
  NAMES.forEach(({ input }, name) => {
    const { dims, data } = feeds[input]!;
    expect(dims).toEqual([rows.length, HEADS, columns, SIZE]);
    rows.forEach((row, i) => {
      const places = Array.from({ length: columns }, (_, column) => column).filter(
        (column) => seen[i * columns + column] === 1,
      );
      for (let head = 0; head < HEADS; head++) {
        const found = places.map((column) => {
          const at = ((i * HEADS + head) * columns + column) * SIZE;
          return Array.from((data as Float32Array).subarray(at, at + SIZE));
        });
        const expected = row.map((token) =>
          [0, 1, 2].map((dimension) => element(token, name, head, dimension)),
        );
        expect(found).toEqual(expected);
      }
    });
    // A mask does not hide what is no number.
    expect((data as Float32Array).some(Number.isNaN)).toBe(false);
  });
}

function ascending(numbers: readonly number[]): number[] {
  return numbers.toSorted((a, b) => a - b);
}

type Event =
  | { kind: "append"; lengths: number[] }
  | { kind: "keep"; rows: number[] }
  | { kind: "join"; lengths: number[] };

// Around 64 columns rows get more room.
const length = fc.oneof(fc.integer({ min: 0, max: 5 }), fc.integer({ min: 50, max: 70 }));
const event: fc.Arbitrary<Event> = fc.oneof(
  fc.record({
    kind: fc.constant("append" as const),
    lengths: fc.array(length, { minLength: 1, maxLength: 6 }),
  }),
  fc.record({ kind: fc.constant("keep" as const), rows: fc.array(fc.nat(20), { maxLength: 5 }) }),
  fc.record({
    kind: fc.constant("join" as const),
    lengths: fc.array(length, { minLength: 1, maxLength: 3 }),
  }),
);

describe("a cache", () => {
  it("holds what a plain list of rows holds, after any events", async () => {
    const start = fc.array(length, { minLength: 1, maxLength: 3 });
    await fc.assert(
      fc.asyncProperty(start, fc.array(event, { maxLength: 8 }), async (first, events) => {
        let token = 0;
        const fresh = (lengths: number[]): Rows =>
          lengths.map((count) => Array.from({ length: count }, () => token++));
        const filled = async (lengths: number[]): Promise<[HostCache, Rows]> => {
          const [cache, rows] = [new HostCache(CONFIG, lengths.length), fresh(lengths)];
          await cache.append(outputsOf(rows), lengths);
          return [cache, rows];
        };
        let [cache, rows] = await filled(first);
        for (const one of events) {
          if (one.kind === "append") {
            if (rows.length === 0) continue;
            const added = fresh(rows.map((_, i) => one.lengths[i % one.lengths.length]!));
            await cache.append(
              outputsOf(added),
              added.map((row) => row.length),
            );
            rows = rows.map((row, i) => row.concat(added[i]!));
          } else if (one.kind === "keep") {
            const kept = rows.length === 0 ? [] : one.rows.map((row) => row % rows.length);
            const order = await cache.keep(kept);
            expect(ascending(order)).toEqual(ascending(kept));
            rows = order.map((row) => rows[row]!);
          } else {
            const [other, more] = await filled(one.lengths);
            cache.join(other);
            expect(other.rows).toBe(0);
            rows = [...rows, ...more];
          }
          expectRows(cache, rows);
        }
        cache.close();
        expect(cache.rows).toBe(0);
      }),
      { seed: 1, numRuns: 60 },
    );
  });

  it("is empty at first, with room for nothing", () => {
    const cache = new HostCache(CONFIG, 2);
    expectRows(cache, [[], []]);
    expect(cache.feeds()["cache_mask"]!.dims).toEqual([2, 0]);
  });

  it("does not change a row with the other that was made of the same", async () => {
    const cache = new HostCache(CONFIG, 1);
    await cache.append(outputsOf([[7, 8]]), [2]);
    await cache.keep([0, 0]);
    await cache.append(outputsOf([[9], [10]]), [1, 1]);
    expectRows(cache, [
      [7, 8, 9],
      [7, 8, 10],
    ]);
  });
});
