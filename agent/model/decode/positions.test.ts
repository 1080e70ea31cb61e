/** @file Positions against transformers' `get_rope_index`, and by hand where its fixtures have no example. */
import { describe, expect, it } from "vitest";
import { fixtureFolder, readCases, unpadded } from "../../../tests/reference/fixture.ts";
import { readConfig } from "../folder/index.ts";
import { positionsOf } from "./positions.ts";

const IMAGE = 9;
type Grid = [number, number, number];

describe.each(["tied", "untied", "sharded", "sliding"])("for the model %s", (name) => {
  const { tokens, vision } = readConfig(`${fixtureFolder(name)}/model`);

  it.each(readCases(name))("each token of $name stands where the reference has it", (one) => {
    let picture = 0;
    one.input_ids.forEach((row, i) => {
      const mask = one.attention_mask[i]!;
      const ids = unpadded(row, mask);
      // A picture takes as many placeholders as it has features.
      let placeholders = ids.filter((id) => id === tokens.image).length;
      const grids: Grid[] = [];
      while (placeholders > 0) {
        const grid = one.image_grid_thw[picture++]!;
        grids.push(grid);
        placeholders -= (grid[0] * grid[1] * grid[2]) / vision.mergeSize ** 2;
      }
      const found = positionsOf(ids, grids, { imageToken: tokens.image, mergeSize: vision.mergeSize });
      expect(found.axes).toEqual(one.position_ids.map((axis) => unpadded(axis[i]!, mask)));
      expect(found.next).toBe(ids.length + one.rope_deltas[i]!);
    });
    expect(picture).toBe(one.image_grid_thw.length);
  });
});

describe("by hand", () => {
  const pads = (count: number): number[] => Array<number>(count).fill(IMAGE);
  const table: [what: string, ids: number[], grids: Grid[], axes: number[][], next: number][] = [
    ["no token", [], [], [[], [], []], 0],
    [
      "text",
      [1, 2, 3],
      [],
      [
        [0, 1, 2],
        [0, 1, 2],
        [0, 1, 2],
      ],
      3,
    ],
    [
      "one block",
      [1, IMAGE, 2],
      [[1, 2, 2]],
      [
        [0, 1, 2],
        [0, 1, 2],
        [0, 1, 2],
      ],
      3,
    ],
    [
      "a wide picture at the beginning",
      [...pads(3), 5],
      [[1, 2, 6]],
      [
        [0, 0, 0, 3],
        [0, 0, 0, 3],
        [0, 1, 2, 3],
      ],
      4,
    ],
    [
      "a high picture at the end",
      [5, ...pads(6)],
      [[1, 6, 4]],
      [
        [0, 1, 1, 1, 1, 1, 1],
        [0, 1, 1, 2, 2, 3, 3],
        [0, 1, 2, 1, 2, 1, 2],
      ],
      4,
    ],
    [
      "two pictures side by side",
      [...pads(2), ...pads(2)],
      [
        [1, 2, 4],
        [1, 4, 2],
      ],
      [
        [0, 0, 2, 2],
        [0, 0, 2, 3],
        [0, 1, 2, 2],
      ],
      4,
    ],
  ];
  it.each(table)("%s", (_what, ids, grids, axes, next) => {
    expect(positionsOf(ids, grids, { imageToken: IMAGE, mergeSize: 2 })).toEqual({ axes, next });
  });

  it.each([
    ["a picture too many", [1, 2], [[1, 2, 2]]],
    ["a picture too few", [1, IMAGE], []],
    ["a picture that is larger than its room", [1, IMAGE, 2], [[1, 4, 4]]],
  ] as [string, number[], Grid[]][])("%s is refused", (_what, ids, grids) => {
    expect(() => positionsOf(ids, grids, { imageToken: IMAGE, mergeSize: 2 })).toThrow(
      expect.objectContaining({
        code: "model/picture-count",
        message: `The prompt has placeholders for other pictures than the ${grids.length} that came with it.`,
      }),
    );
  });
});
