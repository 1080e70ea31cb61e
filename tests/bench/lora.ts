/**
 * @file Peak memory and time of a step of LoRA on a frozen model of 500 million parameters: `npm run bench:lora`. Each
 * case in a fresh process, idle Node and pages of the file included, as multiples of the bf16 file; in one JSON document
 * and a table on standard error.
 */
import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { LARGE_FOLDER, largeFileBytes } from "./model/large.ts";

const ADAPTER = fileURLToPath(new URL("model/adapter.ts", import.meta.url));
const TOKENS = 256;

const fileBytes = largeFileBytes();

interface Stage {
  stage: string;
  seconds: number;
  peakBytes: number;
}

const round = (value: number): number => Number(value.toFixed(2));
const rows: object[] = [];
for (const weights of ["bf16", "fp32", "float16", "int4"]) {
  for (const recompute of [false, true]) {
    const args = ["--import", "tsx", ADAPTER, LARGE_FOLDER, weights, String(TOKENS), String(recompute)];
    const lines = execFileSync(process.execPath, args, { encoding: "utf8" }).trim().split("\n");
    const { seconds, peakBytes } = JSON.parse(lines.at(-1)!) as Stage;
    const opened = JSON.parse(lines.find((line) => line.includes("opened"))!) as Stage;
    rows.push({
      weights,
      recompute,
      opened: round(opened.peakBytes / fileBytes),
      peak: round(peakBytes / fileBytes),
      seconds: round(seconds),
    });
  }
}
process.stdout.write(
  `${JSON.stringify({ bench: "lora", node: process.version, fileBytes, tokens: TOKENS, rows }, null, 2)}\n`,
);
console.error(["weights", "recompute", "opened", "peak", "seconds a step"].join("\t"));
console.error(rows.map((row) => Object.values(row).join("\t")).join("\n"));
