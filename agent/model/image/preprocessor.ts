/** @file What a model folder says of its image processor, with what it leaves to defaults. */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { checkShape, readJson, wrongValue } from "../folder/index.ts";

export const CHANNELS = 3;

const count = z.int("a whole number from 1 up").positive("a whole number from 1 up");
const flag = z.boolean("true or false").default(true);
const number = z.number("a number");
const perChannel = z
  .union([number, z.array(number).length(CHANNELS)], `a number, or ${CHANNELS} of them`)
  .transform((value) =>
    typeof value === "number" ? Array.from<number>({ length: CHANNELS }).fill(value) : value,
  );

/** What a `preprocessor_config.json` says; the defaults are the reference's. Older files have `min_pixels`. */
const ConfigSchema = z.object(
  {
    do_resize: flag,
    do_rescale: flag,
    do_normalize: flag,
    resample: z.literal(3, "3, bicubic").default(3),
    rescale_factor: number.default(1 / 255),
    image_mean: perChannel.default([0.48145466, 0.4578275, 0.40821073]),
    image_std: perChannel.default([0.26862954, 0.26130258, 0.27577711]),
    patch_size: count.default(14),
    temporal_patch_size: count.default(2),
    merge_size: count.default(2),
    min_pixels: count.nullish(),
    max_pixels: count.nullish(),
    size: z
      .object(
        { shortest_edge: count.optional(), longest_edge: count.optional() },
        "an object of two counts of pixels",
      )
      .nullish(),
  },
  "an object",
);

const WholeSchema = z.object({ image_processor: z.unknown().optional() }, "an object");

/** The keys of the file, with what it leaves to defaults. The bounds are pixels of the whole picture. */
export type PreprocessorConfig = Omit<z.infer<typeof ConfigSchema>, "size" | "min_pixels" | "max_pixels"> & {
  min_pixels: number;
  max_pixels: number;
};

/** Pixels of the whole picture, in spite of the names. */
const DEFAULT_SIZE = { shortest_edge: 56 * 56, longest_edge: 28 * 28 * 1280 };

/**
 * What the folder says of its image processor: `processor_config.json` under "image_processor", as transformers 5 saves
 * a processor whole, or `preprocessor_config.json`. Throws `model/file`, `model/not-json`, `model/config`.
 */
export function preprocessorConfig(directory: string): PreprocessorConfig {
  const whole = join(directory, "processor_config.json");
  if (existsSync(whole)) {
    const { image_processor: value } = checkShape(WholeSchema, readJson(whole), whole);
    if (value !== undefined) return checkPreprocessor(value, whole, ["image_processor"]);
  }
  const path = join(directory, "preprocessor_config.json");
  return checkPreprocessor(readJson(path), path);
}

/**
 * A parsed `preprocessor_config.json` held against what Touchline can do; `path` is what errors call the file, and
 * `parents` the keys in it that lead to the value. Throws `model/config` for a value that is missing or of the wrong
 * kind.
 */
export function checkPreprocessor(
  value: unknown,
  path: string,
  parents: readonly string[] = [],
): PreprocessorConfig {
  const { size, min_pixels, max_pixels, ...config } = checkShape(ConfigSchema, value, path, parents);
  const { shortest_edge, longest_edge } = size ?? DEFAULT_SIZE;
  const missing = (key: string): never => {
    throw wrongValue(path, [...parents, key].join("."), undefined, "a number of pixels");
  };
  return {
    ...config,
    min_pixels: min_pixels ?? shortest_edge ?? missing("size.shortest_edge"),
    max_pixels: max_pixels ?? longest_edge ?? missing("size.longest_edge"),
  };
}
