/**
 * @file Where each patch lies, worked out in the graph from the pictures' grids alone, because other programs give a
 * vision encoder nothing else. Patches run picture by picture, frame by frame, and there by merged blocks: the four
 * patches of a block stand together (2 x 2 when `mergeSize` is 2).
 */
import { type Dimension, type GraphBuilder, times, type Value } from "../../graph/index.ts";
import {
  add,
  cast,
  concat,
  cumulativeSum,
  div,
  expand,
  gather,
  lessOrEqual,
  mod,
  mul,
  range,
  maximum,
  reduceMax,
  reduceSum,
  reshape,
  scatterRows,
  slice,
  sub,
} from "../../graph/ops/index.ts";
import type { VisionConfig } from "../folder/index.ts";

/** Groups of patches that attend to one another, padded to rows of one length. */
export interface Grouping {
  groups: Dimension;
  /** Patches that a group has room for. */
  room: Dimension;
  /** int64 [groups * room]: the patch at each place, 0 where there is none. */
  patches: Value;
  /** The same, -1 where there is none. */
  found: Value;
  /** bool [groups * room]: whether there is a patch. */
  filled: Value;
  /** int64 [patches]: the place of each patch. */
  places: Value;
}

export interface PatchLayout {
  /** int64 [patches, 2]: row and column in its picture. */
  positions: Value;
  windows: Grouping;
  /** Whole frames: a picture is one of them. */
  frames: Grouping;
}

/** `grids`: int64 [pictures, 3], frames, rows and columns of patches. */
export function patchLayout(
  g: GraphBuilder,
  config: VisionConfig,
  grids: Value,
  patches: Dimension,
): PatchLayout {
  const { mergeSize } = config;
  const int = (value: number): Value => g.constant("int64", [value]);
  const column = (axis: number): Value => reshape(g, slice(g, grids, 1, axis, axis + 1), [grids.shape[0]!]);
  const [frames, height, width] = [column(0), column(1), column(2)];
  const area = mul(g, height, width);
  const sizes = mul(g, frames, area);
  const ends = cumulativeSum(g, sizes, 0);

  const patch = range(g, patches);
  // How many pictures end before or at this patch is the place of its own.
  const before = lessOrEqual(g, reshape(g, ends, [1, ...ends.shape]), reshape(g, patch, [patches, 1]));
  const picture = reduceSum(g, cast(g, before, "int64"), [1]);
  const of = (table: Value): Value => gather(g, table, picture);
  const inPicture = sub(g, patch, of(sub(g, ends, sizes)));
  const frame = div(g, inPicture, of(area));
  const inFrame = mod(g, inPicture, of(area));
  const unit = int(mergeSize * mergeSize);
  const [block, inBlock] = [div(g, inFrame, unit), mod(g, inFrame, unit)];
  const merge = int(mergeSize);
  const blocksWide = div(g, of(width), merge);
  const [blockRow, blockColumn] = [div(g, block, blocksWide), mod(g, block, blocksWide)];
  const row = add(g, mul(g, blockRow, merge), div(g, inBlock, merge));
  const col = add(g, mul(g, blockColumn, merge), mod(g, inBlock, merge));

  const side = config.windowSize / config.patchSize / mergeSize;
  const window = int(side);
  const windowsAcross = (length: Value): Value =>
    div(g, add(g, div(g, length, merge), int(side - 1)), window);
  const [windowsHigh, windowsWide] = [windowsAcross(height), windowsAcross(width)];
  const windowsEach = mul(g, windowsHigh, windowsWide);
  const windowsOf = mul(g, frames, windowsEach);
  const windowEnds = cumulativeSum(g, windowsOf, 0);
  const windowPlace = add(
    g,
    add(g, of(sub(g, windowEnds, windowsOf)), mul(g, frame, of(windowsEach))),
    add(g, mul(g, div(g, blockRow, window), of(windowsWide)), div(g, blockColumn, window)),
  );
  const blockInWindow = add(g, mul(g, mod(g, blockRow, window), window), mod(g, blockColumn, window));
  const inWindow = add(g, mul(g, blockInWindow, unit), inBlock);

  const frameEnds = cumulativeSum(g, frames, 0);
  const framePlace = add(g, of(sub(g, frameEnds, frames)), frame);
  const windowRoom = side * side * mergeSize * mergeSize;
  const largest = reduceMax(g, area, [0], true);
  g.define("windows", reduceSum(g, windowsOf, [0], true));
  g.define("frames", reduceSum(g, frames, [0], true));
  g.define("largest_frame", largest);
  return {
    positions: concat(g, [reshape(g, row, [patches, 1]), reshape(g, col, [patches, 1])], 1),
    windows: grouping(
      g,
      patch,
      add(g, mul(g, windowPlace, int(windowRoom)), inWindow),
      "windows",
      windowRoom,
    ),
    frames: grouping(g, patch, add(g, mul(g, framePlace, largest), inFrame), "frames", "largest_frame"),
  };
}

function grouping(
  g: GraphBuilder,
  patch: Value,
  places: Value,
  groups: Dimension,
  room: Dimension,
): Grouping {
  const none = expand(g, g.constant("int64", [-1]), [times(groups, room)]);
  const found = scatterRows(g, none, places, patch);
  const nothing = g.constant("int64", [0]);
  return {
    groups,
    room,
    patches: maximum(g, found, nothing),
    found,
    filled: lessOrEqual(g, nothing, found),
    places,
  };
}
