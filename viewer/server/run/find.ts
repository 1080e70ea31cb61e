/** @file Finds the runs below a folder: every folder with a `metrics.jsonl`, stages of longer runs among them. */
import { lstat, readdir } from "node:fs/promises";
import { join } from "node:path";
import { RUN_ID_MAX, RUNS_MAX } from "../../protocol/index.ts";

export const METRICS_FILE = "metrics.jsonl";
/** How deep runs lie below the folder. */
const DEPTH_MAX = 3;
/** So many folders are looked into. */
const FOLDERS_MAX = 5000;
/** What a run writes besides; there are no runs in these. */
const INNER = new Set(["checkpoints", "episodes", "node_modules"]);

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
  let level = ["."];
  let folders = 0;
  for (let depth = 0; depth <= DEPTH_MAX; depth++) {
    const below: string[] = [];
    for (const id of level) {
      if (++folders > FOLDERS_MAX) break;
      const path = join(root, id);
      const entries = await readdir(path, { withFileTypes: true }).catch(() => []);
      for (const entry of entries) {
        if (entry.name === METRICS_FILE && entry.isFile()) {
          const metrics = await lstat(join(path, METRICS_FILE)).catch(() => undefined);
          if (metrics) found.push({ id, path, size: metrics.size, changedMs: metrics.mtimeMs });
        }
        const child = id === "." ? entry.name : `${id}/${entry.name}`;
        const walks = entry.isDirectory() && !INNER.has(entry.name) && !entry.name.startsWith(".");
        if (walks && child.length <= RUN_ID_MAX) below.push(child);
      }
    }
    level = below;
  }
  const newest = found.sort((a, b) => b.changedMs - a.changedMs).slice(0, RUNS_MAX);
  return newest.sort((a, b) => (a.id < b.id ? -1 : 1));
}
