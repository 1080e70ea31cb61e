/** @file Where patches lie, against a walk over each picture, window by window. */
import { describe, expect, it } from "vitest";
import { evaluateAll, ints } from "../../../tests/model/evaluate.ts";
import type { Value } from "../../graph/index.ts";
import type { VisionConfig } from "../folder/index.ts";
import { type Grouping, patchLayout } from "./grid.ts";

type Grid = readonly [frames: number, rows: number, columns: number];

const BASE: VisionConfig = {
  hiddenSize: 16,
  intermediateSize: 24,
  depth: 1,
  heads: 2,
  channels: 3,
  patchSize: 14,
  temporalPatchSize: 2,
  mergeSize: 2,
  windowSize: 112,
  fullAttentionLayers: [],
  outSize: 32,
};

const CONFIGS: [name: string, config: VisionConfig][] = [
  ["windows of 4 x 4 blocks", BASE],
  ["windows of 2 x 2 blocks", { ...BASE, windowSize: 56 }],
  ["windows of one block", { ...BASE, windowSize: 28 }],
  ["windows of 3 x 3 single patches", { ...BASE, mergeSize: 1, windowSize: 42 }],
  ["windows of 2 x 2 blocks of 3 x 3", { ...BASE, mergeSize: 3, windowSize: 84 }],
];

/** In blocks. */
const PICTURES: [name: string, grids: Grid[]][] = [
  ["one block", [[1, 1, 1]]],
  ["one window", [[1, 4, 4]]],
  [
    "a line and a column",
    [
      [1, 1, 9],
      [1, 7, 1],
    ],
  ],
  [
    "odd sizes",
    [
      [1, 5, 3],
      [1, 2, 7],
      [1, 4, 9],
      [1, 1, 2],
    ],
  ],
  [
    "films",
    [
      [3, 3, 5],
      [1, 2, 2],
      [2, 5, 1],
    ],
  ],
];

interface Walked {
  positions: [row: number, column: number][];
  /** Patches of each window and each frame, in the order of the patches. */
  windows: number[][];
  frames: number[][];
}

/**
 * A picture's patches stand block by block; a window is a square of blocks, cut off at the right and at the bottom, and
 * reaches over one frame.
 */
function walk(grids: readonly Grid[], merge: number, side: number): Walked {
  const walked: Walked = { positions: [], windows: [], frames: [] };
  let patch = 0;
  for (const [frames, rows, columns] of grids) {
    for (let frame = 0; frame < frames; frame++) {
      const windows = new Map<string, number[]>();
      const inFrame: number[] = [];
      for (let blockRow = 0; blockRow < rows; blockRow++) {
        for (let blockColumn = 0; blockColumn < columns; blockColumn++) {
          const key = `${Math.floor(blockRow / side)} ${Math.floor(blockColumn / side)}`;
          const window = windows.get(key) ?? [];
          windows.set(key, window);
          for (let y = 0; y < merge; y++) {
            for (let x = 0; x < merge; x++) {
              walked.positions.push([blockRow * merge + y, blockColumn * merge + x]);
              window.push(patch);
              inFrame.push(patch++);
            }
          }
        }
      }
      walked.windows.push(...windows.values());
      walked.frames.push(inFrame);
    }
  }
  return walked;
}

describe.each(CONFIGS)("%s", (_config, config) => {
  it.each(PICTURES)("%s", async (_pictures, blocks) => {
    const merge = config.mergeSize;
    const side = config.windowSize / config.patchSize / merge;
    const expected = walk(blocks, merge, side);
    const patches = expected.positions.length;
    const grids = blocks.flatMap(([frames, rows, columns]) => [frames, rows * merge, columns * merge]);
    const given = [
      ints([blocks.length, 3], grids, ["pictures", 3]),
      ints([patches], Array<number>(patches).fill(0), ["patches"]),
    ];
    const [positions, ...groupings] = await evaluateAll(given, (g, table) => {
      const layout = patchLayout(g, config, table, "patches");
      return [layout.positions, ...parts(layout.windows), ...parts(layout.frames)];
    });
    expect(positions).toMatchObject({ shape: [patches, 2], values: expected.positions.flat() });

    const values = groupings.map((one) => one.values);
    expectGroups(values.slice(0, 3), expected.windows, (side * merge) ** 2);
    const largest = Math.max(...expected.frames.map((frame) => frame.length));
    expectGroups(values.slice(3), expected.frames, largest);
  });
});

function parts({ patches, filled, places }: Grouping): Value[] {
  return [patches, filled, places];
}

/** That each group has a row of its own with room for `room`, and every patch is found again at its place. */
function expectGroups(
  [patches, filled, places]: readonly number[][],
  groups: readonly number[][],
  room: number,
): void {
  const rows = groups.map((_, i) =>
    Array.from({ length: room }, (_, at) => i * room + at)
      .filter((place) => filled![place] === 1)
      .map((place) => patches![place]!),
  );
  expect(patches).toHaveLength(groups.length * room);
  expect(filled).toHaveLength(groups.length * room);
  expect(rows).toEqual(groups);
  expect(places!.map((place) => patches![place])).toEqual(places!.map((_, patch) => patch));
  expect(new Set(places).size).toBe(places!.length);
  patches!.forEach((patch, place) => filled![place] === 0 && expect(patch).toBe(0));
}
