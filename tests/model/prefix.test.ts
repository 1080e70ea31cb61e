/** @file What prompts begin with alike, kept once: the same logits and texts as when each is read whole. */
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  Forward,
  type Generation,
  type Prompt,
  Writer,
  type Written,
} from "../../agent/model/decode/index.ts";
import { commonStart } from "../../agent/model/decode/prefix.ts";
import { openWeights, readConfig, readJson } from "../../agent/model/folder/index.ts";
import { makeImageProcessor } from "../../agent/model/image/index.ts";
import { fixtureFolder, readCases, readInputs, unpadded } from "../reference/fixture.ts";

/** Longer than the window of the sliding fixture. */
const WORDS = Array.from({ length: 40 }, (_, i) => (i * 37 + 11) % 250);

function openForward(name: string): Promise<Forward> {
  const folder = join(fixtureFolder(name), "model");
  return Forward.open(readConfig(folder), openWeights(folder), { threads: 1 });
}

/** The fixture's prompts, with no to two pictures, after the first `words` of the words. */
async function promptsOf(name: string, words: (place: number) => number): Promise<Prompt[]> {
  const path = join(fixtureFolder(name), "model", "preprocessor_config.json");
  const images = makeImageProcessor(readJson(path), path);
  const prompts: Prompt[] = [];
  for (const one of readCases(name)) {
    const inputs = await readInputs(name, one);
    for (const [i, input] of inputs.entries()) {
      const own = unpadded(one.input_ids[i]!, one.attention_mask[i]!);
      const ids = [...WORDS.slice(0, words(prompts.length)), ...own];
      prompts.push({ ids, ...images.process(input.images ?? []) });
    }
  }
  return prompts;
}

function text(length: number, seed = 0): Prompt {
  const ids = Array.from({ length }, (_, i) => (i * 31 + seed) % 250);
  return { ids, pixelValues: new Float32Array(0), grids: [] };
}

function generation(prompt: Prompt, i: number): Generation {
  const sampling = { temperature: 1, topP: 1, topK: 0 };
  return {
    ...sampling,
    prompt,
    seeds: [i, 90 + i],
    maxTokens: 8 + 5 * i,
    endTokens: [],
    alternatives: 0,
  };
}

function idsOf(written: readonly Written[]): number[] {
  return written.flatMap(({ tokens }) => tokens.map(({ token }) => token));
}

function expectClose(found: Float32Array, expected: Float32Array): void {
  expect(found).toHaveLength(expected.length);
  const differences = found.map((value, i) => Math.abs(value - expected[i]!));
  expect(Math.max(...differences)).toBeLessThan(1e-5);
  expect(Math.max(...expected)).toBeGreaterThan(0.1);
}

describe.each(["tied", "sliding"])("%s: rows beside a prefix", (name) => {
  let forward: Forward;
  beforeAll(async () => void (forward = await openForward(name)));
  afterAll(() => forward.close());

  it("give the logits of prompts that are read whole, while rows leave, double and join", async () => {
    // Some share all of it, some a part, one nothing.
    const prompts = await promptsOf(name, (i) => [40, 40, 25, 40, 0, 12][i]!);
    const prefix = await forward.prefixOf(prompts.slice(0, 2));
    expect(prefix.ids.slice(0, 40)).toEqual(WORDS);
    const run = async (shared: boolean): Promise<Float32Array[]> => {
      const options = shared ? { prefix } : {};
      const first = await forward.prefill(prompts.slice(2), options);
      const found = [first.logits];
      const { cache } = first;
      let next = first.next;
      const step = async (): Promise<void> => {
        const ids = next.map((_, row) => 5 + 3 * row);
        found.push((await forward.step(ids, next, cache)).logits);
        next = next.map((position) => position + 1);
      };
      await step();
      expect(cache.prefix?.ids.length).toBe(shared ? prefix.ids.length : 0);
      await cache.keep([3, 0, 0]);
      next = [3, 0, 0].map((row) => next[row]!);
      await step();
      expect(cache.prefix?.ids.length).toBe(shared ? 25 : 0);
      const second = await forward.prefill(prompts.slice(0, 2), options);
      found.push(second.logits);
      cache.join!(second.cache);
      next.push(...second.next);
      await step();
      await step();
      expect(cache.prefix?.ids.length).toBe(shared ? prefix.ids.length : 0);
      cache.close();
      return found;
    };
    const [whole, shared] = [await run(false), await run(true)];
    shared.forEach((logits, i) => expectClose(logits, whole[i]!));
  });
});

describe("what is shared", () => {
  const IMAGE = 478;

  it.each<[what: string, lists: number[][], start: number[]]>([
    [
      "all of them begin with",
      [
        [1, 2, 3, 4],
        [1, 2, 3, 5],
        [1, 2, 6],
      ],
      [1, 2],
    ],
    [
      "nothing, when one begins otherwise",
      [
        [1, 2, 3],
        [2, 2, 3],
      ],
      [],
    ],
    [
      "no picture",
      [
        [1, 2, IMAGE, 4, 5],
        [1, 2, IMAGE, 4, 6],
      ],
      [1, 2],
    ],
    [
      "never the whole of one",
      [
        [1, 2, 3],
        [1, 2, 3],
        [1, 2, 3, 4],
      ],
      [1, 2],
    ],
    ["nothing with no prompt before", [[], [1, 2, 3]], []],
  ])("is what %s", (_what, lists, start) => {
    expect(commonStart(lists, IMAGE)).toEqual(start);
  });

  it("is found by the second prompt, kept for others, and gives way to far more, but not below rows", async () => {
    const forward = await openForward("tied");
    const lengths: number[] = [];
    const shared = async (prompts: readonly Prompt[]): Promise<void> => {
      lengths.push((await forward.prefixOf(prompts)).ids.length);
    };
    await shared([text(60)]);
    await shared([text(50)]);
    await shared([text(300, 7)]);
    const prefix = await forward.prefixOf([text(60)]);
    const { cache } = await forward.prefill([text(60)], { prefix });
    const others = [text(200, 7), text(250, 7)];
    expect((await forward.prefixOf(others, cache)).ids).toEqual(text(49).ids);
    cache.close();
    await shared(others);
    await shared([text(60)]);
    expect(lengths).toEqual([0, 49, 49, 199, 199]);
    await forward.close();
  });

  it("changes no text, whoever comes while others write", async () => {
    const prompts = await promptsOf("tied", (i) => [40, 40, 40, 25, 40, 0][i]!);
    const alone: number[][] = [];
    for (const [i, prompt] of prompts.entries()) {
      const forward = await openForward("tied");
      const written = await new Writer(forward).write(generation(prompt, i), { batchSize: 9 });
      alone.push(idsOf(written));
      await forward.close();
    }
    const forward = await openForward("tied");
    const writer = new Writer(forward);
    const together: Promise<Written[]>[] = [];
    const ask = (i: number): void => {
      let told = 0;
      const next = (): void => {
        if (++told === 6 && i + 1 < prompts.length) ask(i + 1);
      };
      together[i] = writer.write(generation(prompts[i]!, i), { batchSize: 20, onToken: next });
    };
    ask(0);
    for (const [i, expected] of alone.entries()) expect(idsOf(await together[i]!)).toEqual(expected);
    await forward.close();
  });
});
