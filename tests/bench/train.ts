/**
 * @file A training step beside torch's on the CPU, both with 2 threads: `npm run bench:train`. Same random weights,
 * same batch, AdamW, in processes of their own that take turns, so that whatever else the machine does meets all.
 * `-- --grow`: how time and memory grow with parameters, length and batch. `-- --device webgpu` or `cuda`: on a GPU, torch
 * beside it on CUDA where it finds one, at 5, 50 and 500 million parameters (`--sizes 5M,50M`). Medians as one JSON
 * document, and a table on standard error.
 */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { writeCheckpoint } from "./model/checkpoint.ts";
import type { Measured } from "./train/case.ts";
import { SIZES } from "./train/sizes.ts";
import { startReference, Worker } from "./worker.ts";

const STEPS = Number(process.env["STEPS"] ?? 12);
/** The first steps find their memory and choose their ways. */
const WARM = 3;
const THREADS = 2;
const { values: options } = parseArgs({
  options: {
    grow: { type: "boolean", default: false },
    device: { type: "string", default: "cpu" },
    sizes: { type: "string", default: "5M,50M,500M" },
  },
});

const engines: Record<string, { start: () => Worker; given: object }> = {
  touchline: { start: startOurs, given: { recompute: false } },
  "touchline, recompute": { start: startOurs, given: { recompute: true } },
  torch: { start: () => startReference("train.py"), given: { fused: false } },
  "torch, fused AdamW": { start: () => startReference("train.py"), given: { fused: true } },
};

function startOurs(): Worker {
  const script = fileURLToPath(new URL("train/ours.ts", import.meta.url));
  return new Worker(process.execPath, ["--import", "tsx", script]);
}

interface Row {
  parameters: string;
  batch: number;
  length: number;
  engine: string;
  milliseconds: number;
  tokensPerSecond: number;
  cpuMilliseconds: number;
  /** Against torch, whichever of its optimisers takes less. */
  cpuRatio?: number;
  peakMegabytes: number;
  /** What was planned before the first step, against that; 0 where nothing was. */
  planned: number;
  peakRatio?: number;
  outside: number;
  loss: number;
}

async function measure(size: string, batch: number, length: number): Promise<Row[]> {
  const directory = join("runs", "bench", `train-${size}`);
  if (!existsSync(join(directory, "model.safetensors"))) writeCheckpoint(directory, SIZES[size]!);
  const given = { directory, batch, length, threads: THREADS, device: options.device };
  const runs = await Promise.all(
    Object.entries(engines).map(async ([engine, { start, given: own }]) => {
      const worker = start();
      const { plannedBytes = 0 } = await worker.ask<{ plannedBytes?: number }>("open", { ...given, ...own });
      return { engine, worker, plannedBytes, steps: [] as Measured[] };
    }),
  );
  for (let step = 0; step < STEPS; step++) {
    for (const { worker, steps } of runs) steps.push(await worker.ask<Measured>("step"));
  }
  const rows = await Promise.all(
    runs.map(async ({ engine, worker, plannedBytes, steps }): Promise<Row> => {
      const { peakBytes } = await worker.ask<{ peakBytes: number }>("memory");
      worker.close();
      const median = (key: keyof Measured): number => middle(steps.slice(WARM).map((one) => one[key]));
      return {
        parameters: size,
        batch,
        length,
        engine,
        milliseconds: Math.round(median("milliseconds")),
        tokensPerSecond: Math.round((1000 * batch * length) / median("milliseconds")),
        cpuMilliseconds: Math.round(median("cpuMilliseconds")),
        peakMegabytes: Math.round(peakBytes / 1e6),
        planned: rounded(plannedBytes / peakBytes),
        outside: rounded(median("outside")),
        loss: steps.at(-1)!.loss,
      };
    }),
  );
  const torch = rows.filter(({ engine }) => engine.startsWith("torch"));
  const least = (key: "cpuMilliseconds" | "peakMegabytes"): number =>
    Math.min(...torch.map((row) => row[key]));
  for (const row of rows) {
    row.cpuRatio = rounded(row.cpuMilliseconds / least("cpuMilliseconds"));
    row.peakRatio = rounded(row.peakMegabytes / least("peakMegabytes"));
  }
  return rows;
}

function middle(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]!;
}

function rounded(value: number): number {
  return Number(value.toFixed(3));
}

const GROWING: [size: string, batch: number, length: number][] = [
  ["5M", 4, 128],
  ["5M", 8, 128],
  ["5M", 16, 128],
  ["5M", 8, 256],
  ["5M", 4, 512],
  ["1M", 8, 256],
  ["20M", 8, 256],
];
const sizes = options.device === "cpu" ? ["1M", "5M", "20M"] : options.sizes.split(",");
const cases = options.grow ? GROWING : sizes.map((size): (typeof GROWING)[0] => [size, 8, 128]);
const rows: Row[] = [];
for (const one of cases) {
  const measured = await measure(...one);
  rows.push(...measured);
  for (const row of measured) console.error(Object.values(row).join("\t"));
}
process.stdout.write(
  `${JSON.stringify({ bench: "train", device: options.device, node: process.version, steps: STEPS, rows }, null, 2)}\n`,
);
