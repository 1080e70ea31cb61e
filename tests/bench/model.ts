/**
 * @file Our model beside transformers on torch's CPU, both with 2 threads: `npm run bench:model`. Both get the same
 * random checkpoint and the same prompts, and run in turns, so that whatever else the machine does meets both.
 * Medians as one JSON document, and a table on standard error.
 */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Forward, type Generation, type Prompt, Writer } from "../../agent/model/decode/index.ts";
import { checkWeights, openWeights, readConfig, readJson } from "../../agent/model/folder/index.ts";
import { makeImageProcessor, type Picture } from "../../agent/model/image/index.ts";
import { integer, makeRandom } from "../../env/random.ts";
import { SMALL, writeCheckpoint } from "./model/checkpoint.ts";
import { type Attention, ATTENTIONS, Reference } from "./model/reference.ts";

const TURNS = Number(process.env["TURNS"] ?? 5);
const THREADS = 2;
const BATCHES = [1, 32];
const NEW_TOKENS = 64;
const PROMPT_TOKENS = 300;
const GREEDY = { temperature: 0, topP: 1, topK: 0 };

const directory = mkdtempSync(join(tmpdir(), "touchline-bench-"));
process.on("exit", () => rmSync(directory, { recursive: true, force: true }));
writeCheckpoint(directory, SMALL);
const config = readConfig(directory);
const weights = openWeights(directory);
checkWeights(config, weights);
const forward = await Forward.open(config, weights, { threads: THREADS });
const reference = new Reference();
const { parameters, torch } = await reference.ask("open", { directory, threads: THREADS });

const random = makeRandom(2);
const frame: Picture = {
  width: 448,
  height: 288,
  data: Uint8Array.from({ length: 448 * 288 * 3 }, () => integer(random, 256)),
};

/** Words at random; with the frame, its tokens come after the first ten. */
function makePrompt(pictures: readonly Picture[]): Prompt {
  const path = join(directory, "preprocessor_config.json");
  const patches = makeImageProcessor(readJson(path), path).process(pictures);
  const { image, visionStart, visionEnd } = config.tokens;
  const tokens = patches.grids.flatMap(([time, rows, columns]) => [
    visionStart,
    ...Array<number>((time * rows * columns) / config.vision.mergeSize ** 2).fill(image),
    visionEnd,
  ]);
  const words = Array.from({ length: PROMPT_TOKENS - tokens.length }, () => integer(random, 256));
  return { ids: [...words.slice(0, 10), ...tokens, ...words.slice(10)], ...patches };
}

let asked = 0;
/** No prompt begins as the one before it, for what they begin with alike would be read once only. */
function begunAnew(prompt: Prompt): Prompt {
  return { ...prompt, ids: [asked++ % 256, ...prompt.ids.slice(1)] };
}

/** Seconds to the first token, for one more token of every row, and the share of all that is not onnxruntime's. */
async function write(
  prompt: Prompt,
  rows: number,
): Promise<Record<"prefill" | "decode" | "outside", number>> {
  const generation = (): Generation => ({
    prompt: begunAnew(prompt),
    seeds: [0],
    maxTokens: NEW_TOKENS,
    endTokens: [],
    alternatives: 0,
    ...GREEDY,
  });
  const before = await forward.seconds();
  const start = performance.now();
  let first = 0;
  const writer = new Writer(forward);
  const onToken = (): void => void (first ||= performance.now());
  await Promise.all(
    Array.from({ length: rows }, () => writer.write(generation(), { batchSize: rows, onToken })),
  );
  const end = performance.now();
  const inside = (await forward.seconds()) - before;
  return {
    prefill: (first - start) / 1000,
    decode: (end - first) / 1000 / (NEW_TOKENS - 1),
    outside: 1 - inside / ((end - start) / 1000),
  };
}

/** Seconds from patches to features. */
async function see(prompt: Prompt, rows: number): Promise<{ vision: number }> {
  const start = performance.now();
  await forward.features(Array<Prompt>(rows).fill(prompt));
  return { vision: (performance.now() - start) / 1000 };
}

/** Medians of both in turns; the reference with either attention, of which the faster counts. One turn warms up. */
async function sideBySide<K extends string>(
  keys: readonly K[],
  our: () => Promise<Record<K, number>>,
  their: (attention: Attention) => Promise<Record<K, number>>,
): Promise<{ key: K; ours: number; torch: number; ratio: number }[]> {
  const mine: Record<K, number>[] = [];
  const others = ATTENTIONS.map((): Record<K, number>[] => []);
  for (let turn = 0; turn <= TURNS; turn++) {
    const own = await our();
    if (turn > 0) mine.push(own);
    for (const [i, attention] of ATTENTIONS.entries()) {
      const other = await their(attention);
      if (turn > 0) others[i]!.push(other);
    }
  }
  return keys.map((key) => {
    const ours = median(mine.map((turn) => turn[key]));
    const torch = Math.min(...others.map((turns) => median(turns.map((turn) => turn[key]))));
    return { key, ours: round(1000 * ours), torch: round(1000 * torch), ratio: round(ours / torch) };
  });
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]!;
}

function round(value: number): number {
  return Number(value.toPrecision(3));
}

const rows: object[] = [];
const PICTURES = { text: [], image: [frame] };
for (const [name, pictures] of Object.entries(PICTURES)) {
  const prompt = makePrompt(pictures);
  const pixels = pictures.length > 0 ? join(directory, "pixels.f32") : null;
  if (pixels) writeFileSync(pixels, prompt.pixelValues);
  await reference.ask("prompt", { ids: prompt.ids, pixels, grid: prompt.grids[0] ?? null });
  for (const batch of BATCHES) {
    const outside: number[] = [];
    const measured: object[] = await sideBySide(
      ["prefill", "decode"],
      async () => {
        const turn = await write(prompt, batch);
        outside.push(turn.outside);
        return turn;
      },
      async (attention) => {
        const { prefill, decode } = await reference.ask("generate", {
          attention,
          rows: batch,
          tokens: NEW_TOKENS,
        });
        return { prefill, decode: decode / (NEW_TOKENS - 1) };
      },
    );
    if (pictures.length > 0) {
      const seen = await sideBySide(
        ["vision"],
        () => see(prompt, batch),
        async (attention) => ({
          vision: (await reference.ask("vision", { attention, rows: batch })).seconds,
        }),
      );
      measured.push(...seen);
    }
    const share = round(median(outside));
    for (const one of measured) rows.push({ case: name, batch, ...one, outsideRun: share });
  }
}
reference.close();
process.stdout.write(
  `${JSON.stringify({ bench: "model", node: process.version, torch, parameters, rows }, null, 2)}\n`,
);
console.error("case\tbatch\tpart\tours ms\ttorch ms\tratio\tshare outside run");
console.error(rows.map((row) => Object.values(row).join("\t")).join("\n"));
