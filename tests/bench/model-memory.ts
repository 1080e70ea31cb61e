/**
 * @file Peak memory of a model of 500 million parameters in bf16: `npm run bench:model:memory`. Each case in a fresh
 * process, idle Node included; as multiples of the file, in one JSON document and a table on standard error.
 */
import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { LARGE_FOLDER, largeFileBytes } from "./model/large.ts";

const OPENER = fileURLToPath(new URL("model/opener.ts", import.meta.url));
const SAMPLE_MILLISECONDS = 10;

const fileBytes = largeFileBytes();

interface Stage {
  stage: string;
  seconds: number;
  peakBytes: number;
  /** Without pages of files, which the system can drop; sampled, so short peaks may be missed. */
  peakOwnBytes: number;
}

/** Memory of a process that is no file's, in bytes; 0 when it has ended. */
function ownBytes(pid: number): number {
  try {
    const line = /RssAnon:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, "utf8"));
    return line ? Number(line[1]) * 1024 : 0;
  } catch {
    return 0;
  }
}

async function measure(compact: boolean): Promise<Stage[]> {
  const child = spawn(process.execPath, ["--import", "tsx", OPENER, LARGE_FOLDER, String(compact)], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  let peakOwnBytes = 0;
  const timer = setInterval(() => {
    peakOwnBytes = Math.max(peakOwnBytes, ownBytes(child.pid!));
  }, SAMPLE_MILLISECONDS);
  const stages: Stage[] = [];
  for await (const line of createInterface({ input: child.stdout })) {
    peakOwnBytes = Math.max(peakOwnBytes, ownBytes(child.pid!));
    stages.push({ ...(JSON.parse(line) as Omit<Stage, "peakOwnBytes">), peakOwnBytes });
  }
  clearInterval(timer);
  return stages;
}

const round = (value: number): number => Number(value.toFixed(2));
const rows: object[] = [];
for (const compact of [true, false]) {
  for (const { stage, seconds, peakBytes, peakOwnBytes } of await measure(compact)) {
    const [peak, own] = [round(peakBytes / fileBytes), round(peakOwnBytes / fileBytes)];
    rows.push({ weights: compact ? "bf16" : "fp32", stage, peak, own, seconds: round(seconds) });
  }
}
process.stdout.write(
  `${JSON.stringify({ bench: "model-memory", node: process.version, fileBytes, rows }, null, 2)}\n`,
);
console.error(`Peak memory in multiples of the file; own: without pages of files.`);
console.error(rows.map((row) => Object.values(row).join("\t")).join("\n"));
