/** @file What `touchline doctor` finds out about this machine. */
import { execFile } from "node:child_process";
import { accessSync, constants } from "node:fs";
import { cpus, totalmem } from "node:os";
import { delimiter, join } from "node:path";
import { promisify } from "node:util";
import type { Availability } from "../agent/graph/index.ts";
import manifest from "../package.json" with { type: "json" };
import { examineDevice } from "./device.ts";
import { printLine, printTable } from "./output.ts";

export interface MachineReport {
  node: string;
  platform: string;
  cores: number;
  memoryBytes: number;
  /** Where a model can run. */
  devices: { cpu: Availability; webgpu: Availability; cuda: Availability };
  /** Needed by the tests of the page only. */
  chromium: Availability & { path?: string; version?: string };
  versions: Record<string, string>;
}

export async function examine(): Promise<MachineReport> {
  const [cpu, webgpu, cuda, chromium] = await Promise.all([
    examineDevice("cpu"),
    examineDevice("webgpu"),
    examineDevice("cuda"),
    examineChromium(),
  ]);
  return {
    node: process.version,
    platform: `${process.platform} ${process.arch}`,
    cores: cpus().length,
    memoryBytes: totalmem(),
    devices: { cpu, webgpu, cuda },
    chromium,
    versions: versions(),
  };
}

async function examineChromium(): Promise<MachineReport["chromium"]> {
  const path = findChromium();
  if (path === undefined) {
    return { ok: false, reason: "no Chromium on the PATH; on Debian: apt-get install chromium" };
  }
  try {
    const { stdout } = await promisify(execFile)(path, ["--version", "--no-sandbox"], { timeout: 20_000 });
    return { ok: true, path, version: stdout.trim() };
  } catch (error) {
    return { ok: false, path, reason: `${path} --version failed: ${String(error).split("\n")[0]}` };
  }
}

function findChromium(): string | undefined {
  const names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];
  const folders = (process.env.PATH ?? "").split(delimiter);
  return folders.flatMap((folder) => names.map((name) => join(folder, name))).find(isExecutable);
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** Touchline's own version and those that its dependencies are pinned to. */
function versions(): Record<string, string> {
  return { touchline: manifest.version, ...manifest.dependencies };
}

export function printReport(report: MachineReport): void {
  const gib = (report.memoryBytes / 2 ** 30).toFixed(1);
  printLine(`Node ${report.node} on ${report.platform}, ${report.cores} cores, ${gib} GiB of memory`);
  printLine();
  const rows = { ...report.devices, chromium: report.chromium };
  printTable(
    ["part", "", "note"],
    Object.entries(rows).map(([name, part]) => [
      name,
      part.ok ? "ok" : "missing",
      part.reason ?? ("version" in part ? `${part.version}, ${part.path}` : ""),
    ]),
  );
  printLine();
  printTable(["package", "version"], Object.entries(report.versions));
}
