/**
 * @file Writing a scenario into the one folder that the editor may write to. The name comes from a page and is not
 * believed: it must be an id, its file must lie in the folder itself and be nobody else's, and no link is followed.
 */
import { randomBytes } from "node:crypto";
import { link, lstat, mkdir, open, realpath, rename, rm } from "node:fs/promises";
import { dirname, join, relative, sep } from "node:path";
import { TouchlineError } from "../../../env/error.ts";

/** Where a file is to be written. */
export interface Target {
  /** The real path of the folder. */
  root: string;
  path: string;
  /** It is there already and may be replaced. */
  replaces: boolean;
}

/** The folder as it really lies, made where it is missing. */
export async function realFolder(folder: string): Promise<string> {
  await mkdir(folder, { recursive: true });
  return realpath(folder);
}

/** @throws TouchlineError `scenario/outside` for what does not lie below the folder, or is no plain file. */
export async function writeInside({ root, path, replaces }: Target, text: string): Promise<void> {
  const folder = await realpath(dirname(path)).catch(() => undefined);
  const way = folder === undefined ? ".." : relative(root, join(folder, "x"));
  if (folder === undefined || way.split(sep)[0] === "..") throw outside(root);
  const there = await lstat(path).catch(() => undefined);
  if (there !== undefined && (!there.isFile() || !replaces)) throw taken(path);
  // Whoever reads meanwhile gets the old text or the new one; whoever stops it leaves the old one.
  const fresh = join(folder, `.${randomBytes(9).toString("hex")}.tmp`);
  try {
    const file = await open(fresh, "wx", 0o644);
    try {
      await file.writeFile(text);
      await file.sync();
    } finally {
      await file.close();
    }
    // A link is made only where nothing is, whatever has come there in between.
    if (replaces) await rename(fresh, path);
    else await link(fresh, path).catch(() => Promise.reject(taken(path)));
  } finally {
    await rm(fresh, { force: true });
  }
}

function outside(root: string): TouchlineError {
  return new TouchlineError("scenario/outside", `The editor writes below ${root} only.`);
}

function taken(path: string): TouchlineError {
  return new TouchlineError("scenario/taken", `${path} is there already; save it under another id.`);
}
