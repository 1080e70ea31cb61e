/**
 * @file What a new model is to be like, as a zod schema that a recipe can hold. An `error` is the phrase after
 * "expected"; what one size says about another is checked with the config that is made of them.
 */
import { z } from "zod";

function count(low: number, what: string, high = 2 ** 20) {
  const error = `${what}, an integer from ${low} to ${high}`;
  return z.int({ error }).min(low, { error }).max(high, { error });
}

const text = z
  .strictObject({
    hiddenSize: count(2, "numbers of a token between layers").default(128),
    layers: count(1, "layers", 1000).default(4),
    heads: count(1, "heads of attention").default(4),
    /** A divisor of `heads`. */
    keyValueHeads: count(1, "heads that keys and values have").default(2),
    intermediateSize: count(1, "numbers inside a layer").default(384),
  })
  .prefault({});

const vision = z
  .strictObject({
    /** A multiple of four times the heads. */
    hiddenSize: count(4, "numbers of a patch between blocks").default(96),
    depth: count(1, "blocks", 1000).default(3),
    heads: count(1, "heads of attention").default(4),
    intermediateSize: count(1, "numbers inside a block").default(256),
    /** Blocks whose patches see the whole picture; without it the one in the middle and the last. */
    fullAttentionBlocks: z.exactOptional(
      z.array(count(0, "a block"), { error: "a list of blocks, counted from 0" }),
    ),
    /** Pixels. */
    patchSize: count(1, "pixels").default(14),
    /** Patches along each side of the square that becomes one token. */
    mergeSize: count(1, "patches along a side").default(2),
    /** Pixels; a multiple of `patchSize * mergeSize`. */
    windowSize: count(1, "pixels").default(112),
    /** Frames. */
    temporalPatchSize: count(1, "frames").default(2),
  })
  .prefault({});

/** Bytes, added tokens and the numbers that are tokens of their own are 650. */
const FEWEST_TOKENS = 704;

export const newbornSchema = z.strictObject({
  text,
  vision,
  /** Tokens in all, if the corpus has as many. */
  vocabulary: count(FEWEST_TOKENS, "tokens").default(1024),
  contextTokens: count(1, "tokens").default(2048),
  seed: count(0, "a seed", 0xffffffff).default(0),
});

export type NewbornPlan = z.infer<typeof newbornSchema>;
