/** @file Sequences as the inputs of a training graph. */
import { TouchlineError } from "../../env/error.ts";
import { type Feeds, float32, int64 } from "../../agent/graph/index.ts";
import { type ModelConfig, positionsOf, type Prompt, type VisionConfig } from "../../agent/model/index.ts";
import type { Lengths } from "./memory.ts";
import { FEW_ROWS } from "./steady.ts";

/** A prompt and what follows it. */
export interface Sequence extends Prompt {
  /** Places of the tokens that are learned, in order; each needs one before it. */
  learned: readonly number[];
}

export interface Batch {
  feeds: Feeds;
  /** Learned tokens, sequence after sequence; as many rows has every input of a loss. */
  rows: number;
  /** With the padding to the longest. */
  tokens: number;
  pictures: boolean;
  /** By the names that graphs give them. */
  lengths: Lengths;
  /** Whether any matrix of the batch has fewer than `FEW_ROWS` rows. */
  few: boolean;
}

/** No token has this id. */
const NO_IMAGE = -1;

/**
 * Sequences side by side, padded to the longest. The order of the rows is that of the sequences and of their learned
 * tokens.
 * @throws TouchlineError `trainer/batch` when nothing is learned, `model/picture-count`.
 */
export function makeBatch({ vision, tokens }: ModelConfig, sequences: readonly Sequence[]): Batch {
  const batch = sequences.length;
  const length = Math.max(0, ...sequences.map(({ ids }) => ids.length));
  const size = batch * length;
  const [ids, index, mask] = [new Int32Array(size), new Int32Array(size).fill(-1), new Int32Array(size)];
  const positions = new Int32Array(3 * size);
  const [rows, labels, features]: [number[], number[], number[]] = [[], [], []];
  sequences.forEach((sequence, row) => {
    const start = row * length;
    // A placeholder that the model wrote itself, after those of its pictures, is a word: no picture stands there.
    const written = new Set(sequence.learned);
    let pictured = featuresOf(sequence.grids, vision.mergeSize);
    const places = sequence.ids.map((id, i) =>
      id === tokens.image && pictured-- <= 0 && written.has(i) ? NO_IMAGE : id,
    );
    const found = positionsOf(places, sequence.grids, {
      imageToken: tokens.image,
      mergeSize: vision.mergeSize,
    });
    sequence.ids.forEach((id, i) => {
      ids[start + i] = id;
      mask[start + i] = 1;
      if (places[i] === tokens.image) index[start + i] = features.push(start + i) - 1;
      for (let axis = 0; axis < 3; axis++) positions[axis * size + start + i] = found.axes[axis]![i]!;
    });
    for (const place of sequence.learned) {
      const label = sequence.ids[place];
      if (label === undefined || place < 1) {
        throw new TouchlineError(
          "trainer/batch",
          `A sequence of ${sequence.ids.length} tokens has its token ${place} to learn; expected one from 1 to ${sequence.ids.length - 1}.`,
        );
      }
      rows.push(start + place - 1);
      labels.push(label);
    }
  });
  if (rows.length === 0) {
    throw new TouchlineError(
      "trainer/batch",
      `None of the ${batch} sequences of a batch has a token to learn; leave such sequences out.`,
    );
  }
  const tokenShape = [batch, length];
  const pictures = features.length > 0;
  const grids = sequences.flatMap((sequence) => sequence.grids);
  return {
    feeds: {
      input_ids: int64(ids, tokenShape),
      mask: int64(mask, tokenShape),
      position_ids: int64(positions, [3, batch, length]),
      logit_rows: int64(rows),
      labels: int64(labels),
      ...(pictures && pictureFeeds(sequences, index, features, tokenShape)),
    },
    rows: rows.length,
    tokens: size,
    pictures,
    lengths: batchLengths(vision, { batch, length, rows: rows.length, grids }),
    few: Math.min(size, rows.length, ...(pictures ? [features.length] : [])) < FEW_ROWS,
  };
}

function featuresOf(grids: Sequence["grids"], mergeSize: number): number {
  return grids.reduce((sum, [time, high, wide]) => sum + (time * high * wide) / mergeSize ** 2, 0);
}

/** What a batch of such a size is to a graph; `rows` are its learned tokens. */
export function batchLengths(
  { mergeSize, patchSize, windowSize }: VisionConfig,
  {
    batch,
    length,
    rows,
    grids = [],
  }: { batch: number; length: number; rows: number; grids?: Sequence["grids"] },
): Lengths {
  const sum = (of: (grid: readonly [number, number, number]) => number): number =>
    grids.reduce((total, grid) => total + of(grid), 0);
  const side = windowSize / patchSize;
  const patches = sum(([time, high, wide]) => time * high * wide);
  return {
    batch,
    length,
    rows,
    images: grids.length,
    patches,
    features: patches / mergeSize ** 2,
    frames: sum(([time]) => time),
    windows: sum(([time, high, wide]) => time * Math.ceil(high / side) * Math.ceil(wide / side)),
    largest_frame: Math.max(0, ...grids.map(([, high, wide]) => high * wide)),
  };
}

function pictureFeeds(
  sequences: readonly Sequence[],
  index: Int32Array,
  features: readonly number[],
  tokenShape: readonly number[],
): Feeds {
  const grids = sequences.flatMap((sequence) => sequence.grids);
  const patches = grids.reduce((sum, [time, rows, columns]) => sum + time * rows * columns, 0);
  const values = sequences.reduce((sum, { pixelValues }) => sum + pixelValues.length, 0);
  const pixels = new Float32Array(values);
  let at = 0;
  for (const { pixelValues } of sequences) {
    pixels.set(pixelValues, at);
    at += pixelValues.length;
  }
  return {
    pixel_values: float32(pixels, [patches, values / patches]),
    image_grid_thw: int64(grids.flat(), [grids.length, 3]),
    feature_index: int64(index, tokenShape),
    feature_rows: int64(features),
  };
}
