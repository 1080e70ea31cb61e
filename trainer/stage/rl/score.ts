/** @file What models think of sampled answers before they are learned from: a reference of each token, the value head of its prospects. */
import { type ChatReader, encodeChat, type Prompt } from "../../../agent/model/index.ts";
import { type Batch, Learner, type Lengths, type LossContext, makeBatch } from "../../learner/index.ts";
import { tokenValues, valueHead } from "../../loss/index.ts";
import { microBatches } from "../micro-batches.ts";
import type { Experience } from "../../experience/index.ts";

/** A prompt with an answer, of which so many tokens are kept. */
export function sequenceOf(reader: ChatReader, { chat, tokens }: Experience, kept = tokens.length) {
  const prompt: Prompt = encodeChat(reader, chat);
  const ids = [...prompt.ids, ...tokens.slice(0, kept)];
  const learned = Array.from({ length: kept }, (_, i) => prompt.ids.length + i);
  return { ...prompt, ids, learned };
}

/** Batches of experiences, alike in length, none with more tokens than `tokens` unless it has but one. */
export function* batchesOf(
  reader: ChatReader,
  experiences: readonly Experience[],
  tokens: number,
  kept?: number,
): Generator<{ batch: Batch; places: readonly number[] }> {
  // Lengths of prompts are not known before they are encoded; those of one kind differ little.
  const lengths = experiences.map((one) => roughLength(reader, one, kept));
  for (const places of microBatches(lengths, tokens)) {
    const sequences = places.map((place) => sequenceOf(reader, experiences[place]!, kept));
    yield { batch: makeBatch(reader.config, sequences), places };
  }
}

/** Tokens of the words, of the pictures, and of the answer. */
export function roughLength(reader: ChatReader, { chat, tokens }: Experience, kept = tokens.length): number {
  const { patchSize, mergeSize } = reader.config.vision;
  const side = patchSize * mergeSize;
  const pictures = (chat.images ?? []).reduce(
    (sum, { width, height }) => sum + (width * height) / side ** 2,
    0,
  );
  return (
    Math.ceil(
      reader.tokenizer.renderChat(chat.messages, { addGenerationPrompt: true }).length / 3 + pictures,
    ) + kept
  );
}

const VALUES = ({ g, hidden, parameter }: LossContext) => ({ values: valueHead(g, hidden, parameter) });
const logProbabilities =
  (temperature: number) =>
  ({ g, logits, labels }: LossContext) => ({
    logProbabilities: tokenValues(g, logits(), labels, temperature).logProbability,
  });

/** What the value head expects before each of the first `kept` tokens of each experience; of all without it. */
export async function valuesOf(
  learner: Learner,
  reader: ChatReader,
  experiences: readonly Experience[],
  tokens: number,
  kept?: number,
): Promise<number[][]> {
  const found: number[][] = Array.from({ length: experiences.length });
  for (const { batch, places } of batchesOf(reader, experiences, tokens, kept)) {
    const { values } = await learner.rows("values", VALUES, { batch, rows: {} });
    spread(values, places, (place) => Math.min(kept ?? Infinity, experiences[place]!.tokens.length), found);
  }
  return found;
}

/** What `logProbabilitiesOf` takes of memory for a batch of such lengths, beside what the process has. */
export function scoringBytes(learner: Learner, lengths: Lengths): number {
  return learner.rowsMemory(logProbabilities(1), lengths).total - process.memoryUsage.rss();
}

/** The logarithms of the probabilities that `learner` gives the tokens now, at a temperature. */
export async function logProbabilitiesOf(
  learner: Learner,
  reader: ChatReader,
  experiences: readonly Experience[],
  tokens: number,
  temperature = 1,
): Promise<number[][]> {
  const found: number[][] = Array.from({ length: experiences.length });
  const name = `log-probabilities at ${temperature}`;
  for (const { batch, places } of batchesOf(reader, experiences, tokens)) {
    const rows = await learner.rows(name, logProbabilities(temperature), { batch, rows: {} });
    spread(rows.logProbabilities, places, (place) => experiences[place]!.tokens.length, found);
  }
  return found;
}

/** Rows back to the experiences that they are of. */
function spread(
  rows: Float32Array,
  places: readonly number[],
  lengthOf: (place: number) => number,
  found: number[][],
): void {
  let row = 0;
  for (const place of places) {
    found[place] = [...rows.subarray(row, row + lengthOf(place))];
    row += lengthOf(place);
  }
}
