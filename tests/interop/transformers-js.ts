/** @file The real transformers.js on a folder, without a network, and ways around its defects (4.3.1). */
import { dirname, basename } from "node:path";
import {
  AutoProcessor,
  env,
  type Processor,
  Qwen2_5_VLForConditionalGeneration,
  Tensor,
} from "@huggingface/transformers";
import { loadImageProcessor, type Picture } from "../../agent/model/image/index.ts";
import type { ChatMessage } from "../../agent/model/index.ts";
import { expandImages } from "../../agent/model/text/index.ts";

export interface Foreign {
  model: Qwen2_5_VLForConditionalGeneration;
  processor: Processor;
}

export interface ForeignInputs {
  input_ids: Tensor;
  attention_mask: Tensor;
  pixel_values?: Tensor;
  image_grid_thw?: Tensor;
}

export async function openForeign(directory: string): Promise<Foreign> {
  env.allowRemoteModels = false;
  env.allowLocalModels = true;
  env.useFSCache = false;
  env.localModelPath = `${dirname(directory)}/`;
  env.fetch = (url) => {
    throw new Error(`transformers.js asks the network for ${String(url)}`);
  };
  const name = basename(directory);
  const processor = await AutoProcessor.from_pretrained(name);
  const model = (await Qwen2_5_VLForConditionalGeneration.from_pretrained(name, {
    dtype: "fp32",
    device: "cpu",
    session_options: { intraOpNumThreads: 1 },
  })) as Qwen2_5_VLForConditionalGeneration;
  mendTextPositions(model);
  mendPadding(model);
  return { model, processor };
}

/**
 * Without pictures its first decoded token stands 2 * length too far on: the delta of the positions adds the length of
 * the prompt where it should take it away.
 */
function mendTextPositions(model: Qwen2_5_VLForConditionalGeneration): void {
  const original = model._get_text_only_rope_index.bind(model);
  model._get_text_only_rope_index = (ids, mask) => {
    const [positions, deltas] = original(ids, mask);
    const length = BigInt(ids.dims.at(-1) ?? 0);
    const right = (deltas.data as BigInt64Array).map((delta) => delta - 2n * length);
    return [positions, new Tensor("int64", right, deltas.dims)];
  };
}

/**
 * After a prompt with pictures it goes on with `pixel_values` null, takes that for more pictures, and then looks at the
 * padding of shorter rows as if it were text.
 */
function mendPadding(model: Qwen2_5_VLForConditionalGeneration): void {
  const original = model.forward.bind(model);
  model.forward = (inputs: Record<string, unknown>) => {
    const { pixel_values: pixels, ...others } = inputs;
    return original(pixels === null ? others : inputs);
  };
}

/**
 * Model inputs of a batch. Template and tokenizer are transformers.js's; the pixels are ours, because it resizes with
 * another filter than Pillow, and takes several pictures for one film.
 */
export function foreignInputs(
  { processor }: Foreign,
  directory: string,
  rows: readonly { messages: readonly ChatMessage[]; images?: readonly Picture[] }[],
): ForeignInputs {
  const images = loadImageProcessor(directory);
  const { pixelValues, grids } = images.process(rows.flatMap(({ images = [] }) => images));
  let used = 0;
  const texts = rows.map(({ messages, images: pictures = [] }) => {
    const chat = messages.map(({ role, content }) => ({
      role,
      content: typeof content === "string" ? content : Array.from(content),
    }));
    const text = processor.apply_chat_template(chat, { add_generation_prompt: true }) as string;
    const first = used;
    used += pictures.length;
    return expandImages(text, grids.slice(first, used), images.mergeSize);
  });
  const tokens = processor.tokenizer!(texts, { padding: true }) as ForeignInputs;
  if (grids.length === 0) return tokens;
  const patches = grids.reduce((sum, [time, down, across]) => sum + time * down * across, 0);
  return {
    ...tokens,
    pixel_values: new Tensor("float32", pixelValues, [patches, pixelValues.length / patches]),
    image_grid_thw: new Tensor("int64", BigInt64Array.from(grids.flat(), BigInt), [grids.length, 3]),
  };
}

/** [tokens, vocabulary] of one forward pass: the rows one after the other, without padding. */
export async function foreignLogits({ model }: Foreign, inputs: ForeignInputs): Promise<Float32Array> {
  const { logits } = (await model(inputs)) as { logits: Tensor };
  const width = logits.dims[2]!;
  const mask = inputs.attention_mask.data as BigInt64Array;
  return (logits.data as Float32Array).filter((_, i) => mask[Math.floor(i / width)] === 1n);
}

/** The new ids of each row, up to and with its first end token: transformers.js goes on until all rows end at once. */
export async function foreignGreedy(
  { model }: Foreign,
  inputs: ForeignInputs,
  tokens: number,
): Promise<number[][]> {
  const sequences = (await model.generate({
    ...inputs,
    max_new_tokens: tokens,
    do_sample: false,
  })) as Tensor;
  const ends = new Set<unknown>([model.generation_config?.eos_token_id].flat());
  const rows = sequences.slice(null, [inputs.input_ids.dims[1]!, sequences.dims[1]!]).tolist() as bigint[][];
  return rows.map((row) => {
    const ids = row.map(Number);
    const end = ids.findIndex((id) => ends.has(id));
    return end === -1 ? ids : ids.slice(0, end + 1);
  });
}

export function numbersOf(ids: Tensor): number[][] {
  return (ids.tolist() as bigint[][]).map((row) => row.map(Number));
}
