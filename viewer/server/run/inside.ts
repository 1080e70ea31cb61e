/** @file Reading within the folder of all runs, and nowhere else: links that lead out of it are not followed. */
import { open, realpath, stat } from "node:fs/promises";
import { sep } from "node:path";

/** The real path of what lies below a folder, or undefined where it does not, or is not there. */
export async function realInside(root: string, path: string): Promise<string | undefined> {
  try {
    const [base, real] = [await realpath(root), await realpath(path)];
    return real === base || real.startsWith(base.endsWith(sep) ? base : base + sep) ? real : undefined;
  } catch {
    return undefined;
  }
}

/**
 * The bytes of a plain file below a folder, or of a part of it; undefined where there is none. Pipes and devices, which
 * may never end, are not read.
 */
export async function readInside(
  root: string,
  path: string,
  { most, from = 0 }: { most: number; from?: number | "end" },
): Promise<{ bytes: Buffer; size: number } | undefined> {
  const real = await realInside(root, path);
  if (real === undefined) return undefined;
  try {
    if (!(await stat(real)).isFile()) return undefined;
    const file = await open(real, "r");
    try {
      const { size } = await file.stat();
      const start = from === "end" ? Math.max(0, size - most) : from;
      const bytes = Buffer.alloc(Math.max(0, Math.min(most, size - start)));
      const { bytesRead } = await file.read(bytes, 0, bytes.length, start);
      return { bytes: bytes.subarray(0, bytesRead), size };
    } finally {
      await file.close();
    }
  } catch {
    return undefined;
  }
}
