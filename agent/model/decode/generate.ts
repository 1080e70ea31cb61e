/**
 * @file Prompts to texts, many at once. Rows live independently: each has its own length, chance and end, so what a
 * prompt gives does not depend on the others. A row that ends makes room for the next prompt that waits.
 */
import { makeRandom, type Random } from "../../../env/random.ts";
import type { Cache } from "./cache.ts";
import type { Forward, Prefilled, Prompt } from "./forward.ts";
import { type Sampled, sampleToken, type Sampling } from "./sample.ts";

export interface Generation extends Sampling {
  prompt: Prompt;
  /** One text is written for each. */
  seeds: readonly number[];
  maxTokens: number;
  /** Any of these ends a text; it is the last of its tokens. */
  endTokens: readonly number[];
  /** Asked once for each token: whether the text ends with it for a reason of the caller's, such as a stop word. */
  ends?: (sample: number, token: number) => boolean;
  /** How many of the likeliest tokens to tell beside each. */
  alternatives: number;
}

/** `length`: maxTokens or the model's context was reached. */
export type FinishReason = "stop" | "length" | "cancelled";

export interface Written {
  tokens: Sampled[];
  finish: FinishReason;
}

export interface GenerateOptions {
  /** Texts that are written at the same time. */
  batchSize: number;
  /** `finish`: how the text ends with this token, if it does. */
  onToken?: (generation: number, sample: number, token: Sampled, finish?: FinishReason) => void;
  isCancelled?: () => boolean;
}

interface Row {
  generation: number;
  sample: number;
  random: Random;
  tokens: Sampled[];
  /** Tokens of its prompt. */
  prompt: number;
  position: number;
}

/** For each generation a text for each of its seeds. */
export async function generate(
  forward: Forward,
  generations: readonly Generation[],
  { batchSize, onToken, isCancelled = () => false }: GenerateOptions,
): Promise<Written[][]> {
  const { contextLength, vocabularySize } = forward.config.text;
  const results: Written[][] = generations.map(() => []);
  let waiting = 0;
  let rows: Row[] = [];
  let cache: Cache | undefined;
  const end = ({ generation, sample, tokens }: Row, finish: FinishReason): void => {
    results[generation]![sample] = { tokens, finish };
  };

  /** Draws a token for each row and gives back the places of the rows that go on. */
  const draw = (drawn: readonly Row[], logits: Float32Array, logitRow: (i: number) => number): number[] => {
    const going: number[] = [];
    drawn.forEach((row, i) => {
      const generation = generations[row.generation]!;
      const start = logitRow(i) * vocabularySize;
      const own = logits.subarray(start, start + vocabularySize);
      const token = sampleToken(own, generation, row.random, generation.alternatives);
      row.tokens.push(token);
      const stops = generation.ends?.(row.sample, token.token) || generation.endTokens.includes(token.token);
      const isFull =
        row.tokens.length >= generation.maxTokens || row.prompt + row.tokens.length >= contextLength;
      const finish = stops ? "stop" : isFull ? "length" : undefined;
      onToken?.(row.generation, row.sample, token, finish);
      if (finish) end(row, finish);
      else going.push(i);
    });
    return going;
  };

  /** Works on prompts that wait, as many as there is room for. */
  const admit = async (): Promise<void> => {
    if (rows.length > 0 && !cache?.join) return;
    const first = waiting;
    for (let free = batchSize - rows.length; waiting < generations.length; waiting++) {
      free -= generations[waiting]!.seeds.length;
      if (free < 0 && (rows.length > 0 || waiting > first)) break;
    }
    if (waiting === first) return;
    const admitted = generations.slice(first, waiting);
    const prefilled: Prefilled = await forward.prefill(admitted.map(({ prompt }) => prompt));
    const fresh: Row[] = [];
    const promptOf: number[] = [];
    admitted.forEach(({ prompt, seeds }, i) =>
      seeds.forEach((seed, sample) => {
        const position = prefilled.next[i]!;
        const random = makeRandom(seed);
        fresh.push({
          generation: first + i,
          sample,
          random,
          tokens: [],
          prompt: prompt.ids.length,
          position,
        });
        promptOf.push(i);
      }),
    );
    const going = draw(fresh, prefilled.logits, (i) => promptOf[i]!);
    await keepRows(
      prefilled.cache,
      going.map((i) => promptOf[i]!),
    );
    rows = [...rows, ...going.map((i) => fresh[i]!)];
    if (cache && rows.length > going.length) cache.join!(prefilled.cache);
    else {
      cache?.close();
      cache = prefilled.cache;
    }
  };

  try {
    while (waiting < generations.length || rows.length > 0) {
      if (isCancelled()) break;
      await admit();
      if (rows.length === 0) continue;
      const ids = rows.map(({ tokens }) => tokens.at(-1)!.token);
      const positions = rows.map((row) => row.position++);
      const logits = await forward.step(ids, positions, cache!);
      const going = draw(rows, logits, (i) => i);
      if (going.length < rows.length) {
        await keepRows(cache!, going);
        rows = going.map((i) => rows[i]!);
      }
    }
    // Only when it was cancelled is anything left.
    for (const row of rows) end(row, "cancelled");
    generations.forEach(({ seeds }, i) =>
      seeds.forEach((_, sample) => (results[i]![sample] ??= { tokens: [], finish: "cancelled" })),
    );
    return results;
  } finally {
    cache?.close();
  }
}

/** Nothing is moved when all rows stay where they are. */
async function keepRows(cache: Cache, rows: readonly number[]): Promise<void> {
  if (rows.length === cache.rows && rows.every((row, place) => row === place)) return;
  await cache.keep(rows);
}
