/** @file What a whole model thinks of given tokens, pictures included, against the reference's logits. */
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import {
  type Case,
  fixtureFolder,
  readCases,
  readFloats,
  readInputs,
} from "../../tests/reference/fixture.ts";
import { type Feeds, float32, type GraphBuilder, Session } from "../../agent/graph/index.ts";
import { openWeights, readConfig, readJson, readTensor } from "../../agent/model/folder/index.ts";
import { makeImageProcessor } from "../../agent/model/image/index.ts";
import { type Parameters, storedWeights } from "../../agent/model/index.ts";
import { makeBatch, type Sequence } from "../learner/index.ts";
import { type Score, scoreGraph, SCORES, VALUE_BIAS, VALUE_WEIGHT } from "./index.ts";

const folder = join(fixtureFolder("tied"), "model");
const config = readConfig(folder);
const weights = openWeights(folder);
const [size, tokens] = [config.text.hiddenSize, config.text.vocabularySize];
const EMBEDDING = "model.language_model.embed_tokens.weight";

const sessions: Session[] = [];
afterAll(() => Promise.all(sessions.map((session) => session.close())));

/** The folder's weights; a value head is given with every run. */
function withValueHead(g: GraphBuilder): Parameters {
  const stored = storedWeights(weights)(g);
  const shapes = new Map([
    [VALUE_WEIGHT, [1, size]],
    [VALUE_BIAS, [1]],
  ]);
  return (name, pick) => {
    const shape = shapes.get(name);
    return shape ? g.once(name, () => g.input(name, "float32", shape)) : stored(name, pick);
  };
}

async function sequencesOf(one: Case): Promise<Sequence[]> {
  const path = join(folder, "preprocessor_config.json");
  const processor = makeImageProcessor(readJson(path), path);
  return (await readInputs("tied", one)).map(({ images = [] }, row) => {
    const ids = one.input_ids[row]!.filter((_, i) => one.attention_mask[row]![i] === 1);
    const { pixelValues, grids } = images.length > 0 ? processor.process(images) : NO_PICTURES;
    return { ids, pixelValues, grids, learned: ids.map((_, i) => i).slice(1) };
  });
}

const NO_PICTURES = { pixelValues: new Float32Array(0), grids: [] };

async function run(
  sequences: readonly Sequence[],
  options: { temperature?: number; scores?: readonly Score[]; headPieceSize?: number },
  more: Feeds = {},
): Promise<Record<string, Float32Array>> {
  const { feeds, pictures } = makeBatch(config, sequences);
  const graph = scoreGraph(config, withValueHead, { pictures, ...options });
  const session = await Session.open(graph, { directory: folder, threads: 1 });
  sessions.push(session);
  const found = await session.run({ ...feeds, ...more });
  return Object.fromEntries(Object.entries(found).map(([name, { data }]) => [name, data as Float32Array]));
}

/** In float64, from the reference's logits: of each token but the first what came before thinks of it. */
function expectedOf(one: Case, sequences: readonly Sequence[], temperature: number) {
  const logits = readFloats(join(fixtureFolder("tied"), one.logits.file));
  const rows: { logits: number[]; label: number }[] = [];
  let start = 0;
  for (const { ids } of sequences) {
    ids.slice(1).forEach((label, i) => {
      const place = (start + i) * tokens;
      rows.push({ logits: Array.from(logits.subarray(place, place + tokens)), label });
    });
    start += ids.length;
  }
  return rows.map((row) => {
    const scaled = row.logits.map((logit) => logit / temperature);
    const sum = Math.log(scaled.reduce((total, logit) => total + Math.exp(logit), 0));
    const entropy = -scaled.reduce((total, logit) => total + Math.exp(logit - sum) * (logit - sum), 0);
    return { logits: row.logits, logProbability: scaled[row.label]! - sum, entropy };
  });
}

function expectNear(found: Float32Array, expected: readonly number[]): void {
  expect(found).toHaveLength(expected.length);
  expect(Math.max(...expected.map((value, i) => Math.abs(found[i]! - value)))).toBeLessThan(1e-4);
}

describe.each(readCases("tied").map((one) => [one.name, one] as const))("of the case %s", (_name, one) => {
  it.each([1, 0.6])("log-probabilities and entropies at temperature %f", async (temperature) => {
    const sequences = await sequencesOf(one);
    const found = await run(sequences, { temperature });
    const expected = expectedOf(one, sequences, temperature);
    expect(Object.keys(found)).toEqual(["log_probabilities", "entropies"]);
    expectNear(
      found["log_probabilities"]!,
      expected.map(({ logProbability }) => logProbability),
    );
    expectNear(
      found["entropies"]!,
      expected.map(({ entropy }) => entropy),
    );
  });
});

describe("values", () => {
  // With a word's own row as the head, the value is that word's logit.
  const word = 17;
  const row = readTensor(weights.tensors.get(EMBEDDING)!).slice(word * size, (word + 1) * size);
  const head = {
    [VALUE_WEIGHT]: float32(row, [1, size]),
    [VALUE_BIAS]: float32(Float32Array.of(0.5), [1]),
  };
  const one = readCases("tied").find(({ name }) => name === "batch")!;

  it.each([[["values"]], [SCORES]] as const)("among %j", async (scores) => {
    const sequences = await sequencesOf(one);
    const found = await run(sequences, { scores, headPieceSize: 100 }, head);
    expect(Object.keys(found)).toEqual(scores);
    expectNear(
      found["values"]!,
      expectedOf(one, sequences, 1).map(({ logits }) => logits[word]! + 0.5),
    );
  });

  it("alone leave the head of words out", () => {
    const graph = scoreGraph(config, withValueHead, { pictures: false, scores: ["values"] });
    expect(graph.nodes.some(({ outputs }) => outputs[0]!.shape.includes(tokens))).toBe(false);
  });
});
