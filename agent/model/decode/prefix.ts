/**
 * @file What prompts begin with alike, such as the words of the system: worked out once, and in each step read once for
 * all rows (as Hydragen does, arXiv 2402.05099). Only text that comes before any picture is shared.
 */
import { type Feeds, float32, type Tensor } from "../../graph/index.ts";
import type { TextConfig } from "../folder/index.ts";
import { prefixKeyName, prefixValueName } from "../network/index.ts";
import { cacheNames, range } from "./cache.ts";

export interface Prefix {
  ids: readonly number[];
  /** Inputs of the decoder graph, each [1, keyValueHeads, ids.length, headSize]. */
  tensors: Readonly<Record<string, Tensor>>;
}

/** Of what the decoder graph gave for these tokens; without outputs they must be none. */
export function makePrefix(config: TextConfig, ids: readonly number[], outputs?: Feeds): Prefix {
  const none = float32(new Float32Array(0), [1, config.keyValueHeads, 0, config.headSize]);
  const inputs = range(config.layers).flatMap((layer) => [prefixKeyName(layer), prefixValueName(layer)]);
  const names = cacheNames(config);
  const tensors = inputs.map((input, i) => [input, outputs?.[names[i]!.output] ?? none]);
  return { ids, tensors: Object.fromEntries(tensors) as Record<string, Tensor> };
}

/** Its first tokens. */
export function cut(prefix: Prefix, length: number): Prefix {
  if (length === prefix.ids.length) return prefix;
  const first = ({ data, dims }: Tensor): Tensor => {
    const [, heads, columns, headSize] = dims as [number, number, number, number];
    const short = new Float32Array(heads * length * headSize);
    for (let head = 0; head < heads; head++) {
      const start = head * columns * headSize;
      const own = (data as Float32Array).subarray(start, start + length * headSize);
      short.set(own, head * length * headSize);
    }
    return float32(short, [1, heads, length, headSize]);
  };
  const tensors = Object.entries(prefix.tensors).map(([name, tensor]) => [name, first(tensor)]);
  return {
    ids: prefix.ids.slice(0, length),
    tensors: Object.fromEntries(tensors) as Record<string, Tensor>,
  };
}

/** How many tokens two lists begin with alike. */
export function commonLength(a: readonly number[], b: readonly number[]): number {
  const end = Math.min(a.length, b.length);
  let length = 0;
  while (length < end && a[length] === b[length]) length++;
  return length;
}

/** What all of these begin with, up to the first picture; at least one token of each is left over. */
export function commonStart(lists: readonly (readonly number[])[], imageToken: number): readonly number[] {
  const [first, ...others] = lists as [readonly number[], ...(readonly number[])[]];
  const picture = first.indexOf(imageToken);
  const ends = others.map((ids) => Math.min(commonLength(first, ids), ids.length - 1));
  return first.slice(0, Math.min(first.length - 1, picture < 0 ? first.length : picture, ...ends));
}
