/** @file Finds the runs below a folder: every folder with a `metrics.jsonl`, stages of longer runs among them. */
import { lstat } from "node:fs/promises";
import { join } from "node:path";
import { RUNS_MAX } from "../../protocol/index.ts";
import { walkFolders } from "./walk.ts";

export const METRICS_FILE = "metrics.jsonl";
export interface FoundRun {
  id: string;
  /** Its folder. */
  path: string;
  /** Of its metrics. */
  size: number;
  changedMs: number;
}

/** The newest runs, by their names; none where there is no such folder. Links are not followed. */
export async function findRuns(root: string): Promise<FoundRun[]> {
  const found: FoundRun[] = [];
  for await (const { id, entries } of walkFolders(root)) {
    if (!entries.some((entry) => entry.name === METRICS_FILE && entry.isFile())) continue;
    const path = join(root, id);
    const metrics = await lstat(join(path, METRICS_FILE)).catch(() => undefined);
    if (metrics) found.push({ id, path, size: metrics.size, changedMs: metrics.mtimeMs });
  }
  const newest = found.sort((a, b) => b.changedMs - a.changedMs).slice(0, RUNS_MAX);
  return newest.sort((a, b) => (a.id < b.id ? -1 : 1));
}
