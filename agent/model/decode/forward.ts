/** @file The network at work: pictures to features, prompts to logits, and then a token for each row. */
import { TouchlineError } from "../../../env/error.ts";
import { type Device, type Feeds, float32, int64, Session, type Tensor } from "../../graph/index.ts";
import type { ModelConfig, TextConfig, Weights } from "../folder/index.ts";
import { Buffers, type Patches } from "../image/index.ts";
import { decoderGraph, storedWeights, visionGraph } from "../network/index.ts";
import { type Cache, cacheNames } from "./cache.ts";
import { DeviceCache, openRowPicker } from "./device-cache.ts";
import { HostCache } from "./host-cache.ts";
import { Outputs } from "./outputs.ts";
import { positionsOf } from "./positions.ts";
import { commonLength, commonStart, makePrefix, type Prefix } from "./prefix.ts";
import { SharedCache } from "./shared-cache.ts";

/** What a chat has become: tokens, and the patches of its pictures. */
export interface Prompt extends Patches {
  ids: readonly number[];
}

export interface ForwardOptions {
  device?: Device;
  /** Threads of one operator; 0: as many as there are cores. */
  threads?: number;
  /** Keep weights as they are stored, and convert them in every run: half the memory for files of 16 bits, but slow. */
  compact?: boolean;
}

/** What comes after tokens. */
export interface Predictions {
  /** [rows, vocabularySize] */
  logits: Float32Array;
  /** [rows]: the logarithm of the sum of exp(logit). */
  logSums: Float32Array;
}

/** Of the last token of each prompt, or of all tokens, prompt after prompt. */
export interface Prefilled extends Predictions {
  cache: Cache;
  /** Where the next token of each prompt stands. */
  next: number[];
}

/**
 * Pictures are worked on together up to so many patches, prompts up to so many tokens. More at once is slower: what
 * lies between two operators no longer fits the cache of the processor, and scores grow with the square of a length.
 */
const PATCHES_AT_ONCE = 1536;
const TOKENS_AT_ONCE = 1280;
/** Tokens that a prefix must be longer by than twice what another shares with it, to take its place. */
const PREFIX_GAIN = 16;
/** Tokens whose part of the head is made float32 together when weights stay as they are stored. */
const HEAD_PIECE = 8192;

export class Forward {
  readonly config: ModelConfig;
  readonly #weights: Weights;
  readonly #options: ForwardOptions;
  readonly #decoder: Session;
  /** Where the device keeps the cache. */
  readonly #picker: Session | undefined;
  #vision: Promise<Session> | undefined;
  readonly #buffers = new Buffers();
  /** For keys and values. */
  readonly #caches = new Buffers();
  readonly #logits = new Outputs(["logits"]);
  readonly #logSums = new Outputs(["log_sums"]);
  readonly #keysAndValues: Outputs;
  readonly #noPrefix: Prefix;
  #prefix: Prefix;
  /** The prompt that was asked about last. */
  #last: readonly number[] = [];

  /** `weights` must have been held against the config. */
  static async open(config: ModelConfig, weights: Weights, options: ForwardOptions = {}): Promise<Forward> {
    // Of the devices only WebGPU lets outputs of onnxruntime-node stay where they are.
    const onDevice = options.device === "webgpu";
    const graph = decoderGraph(config, storedWeights(weights, { picks: !onDevice }), {
      joined: onDevice,
      prefixed: !onDevice,
      ...(options.compact && { headPieceSize: HEAD_PIECE }),
    });
    const decoder = await Session.open(graph, {
      ...sessionOptions(weights, options),
      onDevice: graph.outputs.map(({ name }) => name).filter((name) => name.startsWith("new.")),
    });
    const picker = onDevice ? await openRowPicker(config.text) : undefined;
    return new Forward(config, weights, options, decoder, picker);
  }

  private constructor(
    config: ModelConfig,
    weights: Weights,
    options: ForwardOptions,
    decoder: Session,
    picker?: Session,
  ) {
    this.config = config;
    this.#picker = picker;
    this.#weights = weights;
    this.#options = options;
    this.#decoder = decoder;
    this.#keysAndValues = new Outputs(cacheNames(config.text).map(({ output }) => output));
    this.#noPrefix = this.#prefix = makePrefix(config.text, []);
  }

  /** What onnxruntime has taken, in all sessions. */
  async seconds(): Promise<number> {
    return this.#decoder.seconds + ((await this.#vision)?.seconds ?? 0);
  }

  /**
   * What these prompts can share: what they begin with alike, or one prompt and the one before it. It is kept until
   * others have far more in common. `beside`: the cache that theirs will be joined to.
   */
  async prefixOf(prompts: readonly Prompt[], beside?: Cache): Promise<Prefix> {
    if (this.#picker) return this.#noPrefix;
    const ids = prompts.map((prompt) => prompt.ids);
    const start = commonStart(ids.length > 1 ? ids : [this.#last, ...ids], this.config.tokens.image);
    this.#last = ids.at(-1)!;
    const used = beside?.prefix ?? this.#noPrefix;
    const holds = (other: readonly number[]): boolean => commonLength(other, used.ids) === used.ids.length;
    const gain = start.length - 2 * commonLength(start, this.#prefix.ids);
    if (gain >= PREFIX_GAIN && holds(start)) {
      const prompt = { ids: start, pixelValues: new Float32Array(0), grids: [] };
      const { outputs } = await this.#read([{ prompt, from: 0 }], this.#cache([0], this.#noPrefix));
      this.#prefix = makePrefix(this.config.text, start, outputs);
    }
    return holds(this.#prefix.ids) ? this.#prefix : used;
  }

  /**
   * Works on prompts, which `checkPrompt` has let pass, beside what they share. `all`: logits of every token, not only
   * of the last ones, which leaves nothing to share.
   */
  async prefill(
    prompts: readonly Prompt[],
    { all = false, prefix = this.#noPrefix }: { all?: boolean; prefix?: Prefix } = {},
  ): Promise<Prefilled> {
    const rests = prompts.map((prompt): Rest => {
      const from = Math.min(commonLength(prompt.ids, prefix.ids), prompt.ids.length - 1);
      return { prompt, from };
    });
    const cacheOf = (rows: readonly Rest[], columns?: number): Cache =>
      this.#cache(
        rows.map(({ from }) => from),
        prefix,
        columns,
      );
    const cache = cacheOf(rests, Math.max(...rests.map(lengthOf)));
    const predictions: Predictions[] = [];
    const next: number[] = [];
    // What a device joined to its cache cannot be put together again from groups.
    for (const group of this.#picker ? [rests] : groupsOf(rests)) {
      const empty = this.#picker ? cache : cacheOf(group);
      const read = await this.#read(group, empty, { all, again: !this.#picker });
      await cache.append(read.outputs, read.lengths, next.length);
      predictions.push(predictionsOf(read.outputs));
      next.push(...read.next);
    }
    return {
      logits: join(predictions.map(({ logits }) => logits)),
      logSums: join(predictions.map(({ logSums }) => logSums)),
      cache,
      next,
    };
  }

  /** Rows that begin with so many tokens of the prefix, and have room for so many columns of their own. */
  #cache(shared: readonly number[], prefix: Prefix, columns?: number): Cache {
    const { text } = this.config;
    if (this.#picker) return new DeviceCache(text, shared.length, this.#picker);
    return new SharedCache(new HostCache(text, shared.length, columns, this.#caches), prefix, shared);
  }

  /**
   * One run over what is left of prompts, beside a cache of as many rows that are empty but for a prefix. `again`: its
   * keys and values lie where those of the next run will.
   */
  async #read(rests: readonly Rest[], empty: Cache, { all = false, again = false } = {}) {
    const { vision, tokens } = this.config;
    const features = await this.features(rests.map(({ prompt }) => prompt));
    const batch = rests.length;
    const length = Math.max(...rests.map(lengthOf));
    const size = batch * length;
    const [ids, index, mask] = [new Int32Array(size), new Int32Array(size).fill(-1), new Int32Array(size)];
    const positions = new Int32Array(3 * size);
    const rows: number[] = [];
    let feature = 0;
    const next = rests.map(({ prompt, from }, row) => {
      const start = row * length;
      const found = positionsOf(prompt.ids, prompt.grids, {
        imageToken: tokens.image,
        mergeSize: vision.mergeSize,
      });
      const rest = prompt.ids.slice(from);
      rest.forEach((id, i) => {
        ids[start + i] = id;
        mask[start + i] = 1;
        if (id === tokens.image) index[start + i] = feature++;
        if (all || i === rest.length - 1) rows.push(start + i);
        for (let axis = 0; axis < 3; axis++)
          positions[axis * size + start + i] = found.axes[axis]![from + i]!;
      });
      return found.next;
    });
    const feeds = {
      input_ids: int64(ids, [batch, length]),
      image_features: features,
      feature_index: int64(index, [batch, length]),
      position_ids: int64(positions, [3, batch, length]),
      mask: int64(mask, [batch, length]),
      logit_rows: int64(rows),
      ...empty.feeds(),
    };
    const outputs = await this.#decoder.run(feeds, again ? this.#added(batch, length) : undefined);
    return { outputs, lengths: rests.map(lengthOf), next };
  }

  /** Where keys and values of so many new tokens are written, for a cache to copy. */
  #added(rows: number, columns: number): Feeds {
    const { keyValueHeads, headSize } = this.config.text;
    return this.#keysAndValues.of(rows, keyValueHeads, columns, headSize);
  }

  /** One more token for each row of the cache, at these positions. What it gives holds until the next step. */
  async step(ids: readonly number[], positions: readonly number[], cache: Cache): Promise<Predictions> {
    const rows = ids.length;
    const feeds = {
      input_ids: int64(ids, [rows, 1]),
      image_features: this.#noFeatures(),
      feature_index: int64(Array<number>(rows).fill(-1), [rows, 1]),
      position_ids: int64([...positions, ...positions, ...positions], [3, rows, 1]),
      mask: int64(Array<number>(rows).fill(1), [rows, 1]),
      logit_rows: int64(ids.map((_, row) => row)),
      ...cache.feeds(),
    };
    const into = {
      ...this.#logits.of(rows, this.config.text.vocabularySize),
      ...this.#logSums.of(rows),
      ...this.#added(rows, 1),
    };
    const outputs = await this.#decoder.run(feeds, this.#picker ? undefined : into);
    await cache.append(outputs, Array<number>(rows).fill(1));
    return predictionsOf(outputs);
  }

  async close(): Promise<void> {
    await this.#decoder.close();
    await this.#picker?.close();
    await (await this.#vision)?.close();
  }

  /** Features of all pictures, in order: [features, hiddenSize]; a row of zeros when there is none. */
  async features(prompts: readonly Prompt[]): Promise<Tensor> {
    const { hiddenSize } = this.config.text;
    const runs = runsOf(prompts, PATCHES_AT_ONCE);
    if (runs.length === 0) return this.#noFeatures();
    const options = sessionOptions(this.#weights, this.#options);
    this.#vision ??= Session.open(visionGraph(this.config, storedWeights(this.#weights)), options);
    const session = await this.#vision;
    const parts: Float32Array[] = [];
    for (const { pieces, grids, patches } of runs) {
      const pixels = join(pieces, this.#buffers);
      const outputs = await session.run({
        pixel_values: float32(pixels, [patches, pixels.length / patches]),
        image_grid_thw: int64(grids.flat(), [grids.length, 3]),
      });
      parts.push(outputs["image_features"]!.data as Float32Array);
      if (pieces.length > 1) this.#buffers.give(pixels);
    }
    const all = join(parts);
    return float32(all, [all.length / hiddenSize, hiddenSize]);
  }

  #noFeatures(): Tensor {
    const { hiddenSize } = this.config.text;
    return float32(new Float32Array(hiddenSize), [1, hiddenSize]);
  }
}

function predictionsOf(outputs: Feeds): Predictions {
  return {
    logits: outputs["logits"]!.data as Float32Array,
    logSums: outputs["log_sums"]!.data as Float32Array,
  };
}

function sessionOptions({ directory }: Weights, { device, threads, compact = false }: ForwardOptions) {
  return {
    directory,
    foldConstants: !compact,
    ...(device !== undefined && { device }),
    ...(threads !== undefined && { threads }),
  };
}

interface VisionRun {
  pieces: Float32Array[];
  grids: (readonly [number, number, number])[];
  patches: number;
}

/** All pictures in order, in runs of at most so many patches, or of one picture. */
function runsOf(prompts: readonly Prompt[], most: number): VisionRun[] {
  const runs: VisionRun[] = [];
  for (const { pixelValues, grids } of prompts) {
    const total = grids.reduce((sum, grid) => sum + patchesOf(grid), 0);
    const width = pixelValues.length / Math.max(1, total);
    let start = 0;
    for (const grid of grids) {
      const patches = patchesOf(grid);
      const end = start + patches * width;
      let run = runs.at(-1);
      if (!run || run.patches + patches > most) runs.push((run = { pieces: [], grids: [], patches: 0 }));
      run.pieces.push(pixelValues.subarray(start, end));
      run.grids.push(grid);
      run.patches += patches;
      start = end;
    }
  }
  return runs;
}

/** A prompt from the first token that is in no prefix on. */
interface Rest {
  prompt: Prompt;
  from: number;
}

function lengthOf({ prompt, from }: Rest): number {
  return prompt.ids.length - from;
}

/** Rests in order, in groups of at most so many tokens with their padding, or of one. */
function groupsOf(rests: readonly Rest[]): Rest[][] {
  const groups: Rest[][] = [];
  let longest = 0;
  for (const rest of rests) {
    const group = groups.at(-1);
    longest = Math.max(longest, lengthOf(rest));
    if (group && longest * (group.length + 1) <= TOKENS_AT_ONCE) group.push(rest);
    else {
      groups.push([rest]);
      longest = lengthOf(rest);
    }
  }
  return groups;
}

function patchesOf([time, rows, columns]: readonly [number, number, number]): number {
  return time * rows * columns;
}

function join(parts: readonly Float32Array[], buffers?: Buffers): Float32Array {
  if (parts.length === 1) return parts[0]!;
  const size = parts.reduce((sum, part) => sum + part.length, 0);
  const all = buffers?.take(size) ?? new Float32Array(size);
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

/** @throws TouchlineError `model/prompt-empty`, `model/prompt-too-long`, `model/token`. */
export function checkPrompt({ ids }: Prompt, { contextLength, vocabularySize }: TextConfig): void {
  if (ids.length === 0) {
    throw new TouchlineError("model/prompt-empty", "The prompt has no tokens; expected at least one.");
  }
  if (ids.length > contextLength) {
    throw new TouchlineError(
      "model/prompt-too-long",
      `The prompt has ${ids.length} tokens; the model takes at most ${contextLength} (max_position_embeddings of its config.json).`,
    );
  }
  const stranger = ids.find((id) => !(id >= 0 && id < vocabularySize));
  if (stranger !== undefined) {
    throw new TouchlineError(
      "model/token",
      `The tokenizer gives the token ${stranger}, but the model knows ${vocabularySize}; the two do not belong together.`,
    );
  }
}
