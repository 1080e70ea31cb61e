/**
 * @file How fast data sets are read, and in how much memory: `npm run bench:table` makes a TSV of 100 MB and a parquet file
 * of 130 MB in a temporary folder, reads each in a process of its own and prints JSON.
 */
import { spawnSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { readTable } from "../../trainer/table/index.ts";
import { IMAGE, type Values, writeParquet, writeTsv } from "../suite/files.ts";

const ROWS = 500;
const TSV_PICTURE = 150_000;
const PARQUET_ROWS = 340;
const PARQUET_PICTURE = 197_000;

async function read(file: string): Promise<void> {
  const start = performance.now();
  const cpu = process.cpuUsage();
  let rows = 0;
  let held = 0;
  for await (const row of readTable(file)) {
    if ("error" in row) throw new Error(row.error);
    rows++;
    for (const value of Object.values(row.values)) held += typeof value === "string" ? value.length : 1;
  }
  const ms = Math.round(performance.now() - start);
  const { user, system } = process.cpuUsage(cpu);
  const cpuMs = Math.round((user + system) / 1000);
  const peakMb = Math.round(peakKb() / 1024);
  console.log(JSON.stringify({ rows, held, ms, cpuMs, peakMb }));
}

/** A child's `maxRSS` begins with its parent's, Linux's own count does not. */
function peakKb(): number {
  if (process.platform !== "linux") return process.resourceUsage().maxRSS;
  return Number(/VmHWM:\s+(\d+)/.exec(readFileSync("/proc/self/status", "utf8"))![1]);
}

function measure(file: string): object {
  const self = fileURLToPath(import.meta.url);
  const { stdout, stderr } = spawnSync(process.execPath, [...process.execArgv, self, file], {
    encoding: "utf8",
  });
  if (stdout === "") throw new Error(stderr);
  const { held: _held, ...measured } = JSON.parse(stdout) as Record<string, number>;
  return { megabytes: Math.round(statSync(file).size / 1e6), ...measured };
}

function rowsOf(count: number, picture: (i: number) => Values): Values[] {
  return Array.from({ length: count }, (_, i) => ({
    index: i,
    question: `What is "shown"?\n\t${i}`,
    answer: "A",
    ...picture(i),
  }));
}

function main(): void {
  const folder = mkdtempSync(join(tmpdir(), "touchline-table-"));
  try {
    const results: Record<string, object> = {};
    const pictures = rowsOf(ROWS, () => ({ image: randomBytes(TSV_PICTURE).toString("base64") }));
    results["tsv"] = measure(writeTsv(join(folder, "set.tsv"), pictures));
    const twice = rowsOf(PARQUET_ROWS, () => {
      const bytes = new Uint8Array(randomBytes(PARQUET_PICTURE));
      return { image: { bytes, path: "a.png" }, decoded_image: { bytes, path: "a.png" } };
    });
    const types = {
      index: "int64",
      question: "string",
      answer: "string",
      image: IMAGE,
      decoded_image: IMAGE,
    } as const;
    const options = { rowGroupSize: PARQUET_ROWS };
    for (const codec of ["UNCOMPRESSED", "SNAPPY"] as const) {
      const file = join(folder, `${codec}.parquet`);
      results[`parquet ${codec.toLowerCase()}`] = measure(
        writeParquet(file, twice, types, { codec, ...options }),
      );
    }
    console.log(JSON.stringify(results, null, 2));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const given = process.argv[2];
if (given === undefined) main();
else await read(given);
