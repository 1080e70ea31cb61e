/**
 * @file Pictures to the patches that Qwen2.5-VL sees: resize, normalise, cut. Every bit is that of transformers
 * 5.24.0's `Qwen2VLImageProcessorPil`, which `AutoProcessor` takes where torchvision is not installed. With it,
 * `Qwen2VLImageProcessor` resizes tensors with torch's own antialiased bicubic and folds the scale into mean and
 * deviation, so its values differ: by a few steps of a byte where a picture is resized, by rounding elsewhere.
 */
import { TouchlineError } from "../../../env/error.ts";
import type { Buffers } from "./buffers.ts";
import type { Picture } from "./picture.ts";
import { CHANNELS, checkPreprocessor, type PreprocessorConfig, preprocessorConfig } from "./preprocessor.ts";
import { resizeBicubic } from "./resize.ts";
import { smartResize } from "./smart-size.ts";

export interface Patches {
  /**
   * [patches, channels * temporalPatchSize * patchSize * patchSize], picture after picture. Rows run by blocks of
   * mergeSize x mergeSize patches; within a row the order is channel, time, y, x.
   */
  pixelValues: Float32Array;
  /** Patches in time, down and across, one entry a picture. */
  grids: [time: number, rows: number, columns: number][];
}

export interface ImageProcessor {
  /** Pixels. */
  patchSize: number;
  /** Frames. */
  temporalPatchSize: number;
  /** Patches. */
  mergeSize: number;
  /**
   * The patches of the pictures, their values in an array of `buffers` if given. Throws `model/picture-aspect` as
   * `smartResize` does, and `model/picture-size` for one that is not resized and is no whole number of blocks.
   */
  process(pictures: readonly Picture[], buffers?: Buffers): Patches;
}

/** The image processor that a parsed `preprocessor_config.json` describes. Throws as `checkPreprocessor` does. */
export function makeImageProcessor(value: unknown, path = "preprocessor_config.json"): ImageProcessor {
  return imageProcessor(checkPreprocessor(value, path), path);
}

/** The image processor of a model folder. Throws as `preprocessorConfig` does. */
export function loadImageProcessor(directory: string): ImageProcessor {
  return imageProcessor(preprocessorConfig(directory), directory);
}

function imageProcessor(config: PreprocessorConfig, path: string): ImageProcessor {
  const { patch_size: patchSize, temporal_patch_size: temporalPatchSize, merge_size: mergeSize } = config;
  const { min_pixels: minPixels, max_pixels: maxPixels } = config;
  const block = patchSize * mergeSize;
  const tables = Array.from({ length: CHANNELS }, (_, channel) => valueOfByte(config, channel));

  function fit(picture: Picture): Picture {
    const { width, height, name } = picture;
    if (config.do_resize) {
      const [rows, columns] = smartResize(height, width, block, minPixels, maxPixels, name);
      return resizeBicubic(picture, columns, rows);
    }
    if (width % block === 0 && height % block === 0) return picture;
    throw new TouchlineError(
      "model/picture-size",
      `The picture ${name === undefined ? "" : `${name} `}has ${width} x ${height} pixels and ${path} says not to resize; give one of multiples of ${block}.`,
    );
  }

  return {
    patchSize,
    temporalPatchSize,
    mergeSize,
    process(pictures, buffers) {
      const fitted = pictures.map(fit);
      const pixels = fitted.reduce((sum, { width, height }) => sum + width * height, 0);
      const size = pixels * CHANNELS * temporalPatchSize;
      const pixelValues = buffers?.take(size) ?? new Float32Array(size);
      let offset = 0;
      for (const picture of fitted) offset = cut(picture, config, tables, pixelValues, offset);
      return {
        pixelValues,
        grids: fitted.map(({ width, height }) => [1, height / patchSize, width / patchSize]),
      };
    },
  };
}

/** In the reference's roundings: scaled as a double, kept as a float, then mean and deviation as floats. */
function valueOfByte(config: PreprocessorConfig, channel: number): Float32Array {
  const mean = Math.fround(config.image_mean[channel]!);
  const deviation = Math.fround(config.image_std[channel]!);
  return Float32Array.from({ length: 256 }, (_, byte) => {
    const scaled = Math.fround(config.do_rescale ? byte * config.rescale_factor : byte);
    return config.do_normalize ? Math.fround(scaled - mean) / deviation : scaled;
  });
}

/** Writes the patches of one picture from `offset` on; returns where they end. */
function cut(
  { width, height, data }: Picture,
  { patch_size, temporal_patch_size, merge_size }: PreprocessorConfig,
  tables: readonly Float32Array[],
  values: Float32Array,
  offset: number,
): number {
  const block = patch_size * merge_size;
  const area = patch_size * patch_size;
  const film = area * temporal_patch_size;
  const [red, green, blue] = tables as [Float32Array, Float32Array, Float32Array];
  for (let blockTop = 0; blockTop < height; blockTop += block) {
    for (let blockLeft = 0; blockLeft < width; blockLeft += block) {
      for (let top = blockTop; top < blockTop + block; top += patch_size) {
        for (let left = blockLeft; left < blockLeft + block; left += patch_size) {
          let at = offset;
          for (let y = top; y < top + patch_size; y++) {
            let source = (y * width + left) * CHANNELS;
            for (const end = at + patch_size; at < end; at++, source += CHANNELS) {
              values[at] = red[data[source]!]!;
              values[at + film] = green[data[source + 1]!]!;
              values[at + 2 * film] = blue[data[source + 2]!]!;
            }
          }
          for (let channel = 0; channel < CHANNELS; channel++, offset += film) {
            // A picture is a film that stands still.
            for (let time = 1; time < temporal_patch_size; time++)
              values.copyWithin(offset + time * area, offset, offset + area);
          }
        }
      }
    }
  }
  return offset;
}
