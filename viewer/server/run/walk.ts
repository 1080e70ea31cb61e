/** @file The folders below a folder, as far as runs and what belongs to them may lie. */
import type { Dirent } from "node:fs";
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { RUN_ID_MAX } from "../../protocol/index.ts";

/** How deep runs lie below the folder. */
const DEPTH_MAX = 3;
/** So many folders are looked into. */
const FOLDERS_MAX = 5000;
/** What a run writes besides; there are no runs in these. */
const INNER = new Set(["checkpoints", "episodes", "node_modules"]);

/** Each with its name below the root and what is in it; none where there is no such folder. Links are not followed. */
export async function* walkFolders(root: string): AsyncGenerator<{ id: string; entries: readonly Dirent[] }> {
  let level = ["."];
  let folders = 0;
  for (let depth = 0; depth <= DEPTH_MAX; depth++) {
    const below: string[] = [];
    for (const id of level) {
      if (++folders > FOLDERS_MAX) break;
      const entries = await readdir(join(root, id), { withFileTypes: true }).catch(() => []);
      yield { id, entries };
      for (const entry of entries) {
        const child = id === "." ? entry.name : `${id}/${entry.name}`;
        const walks = entry.isDirectory() && !INNER.has(entry.name) && !entry.name.startsWith(".");
        if (walks && child.length <= RUN_ID_MAX) below.push(child);
      }
    }
    level = below;
  }
}
