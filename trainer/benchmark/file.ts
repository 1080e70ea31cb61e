/** @file Files of runs: their hashes, and how they are written so that a half is never seen. */
import { createHash, randomUUID } from "node:crypto";
import { createReadStream, mkdirSync, readdirSync, renameSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { TouchlineError } from "../../env/error.ts";
import { fileErrorCode } from "../../env/file-error.ts";

export function sha256(data: string | Uint8Array): string {
  return createHash("sha256").update(data).digest("hex");
}

/** Of a file its bytes; of a folder the names and the bytes of all the files in it that `takes` says yes to. */
export async function sha256OfPath(path: string, takes: (name: string) => boolean = all): Promise<string> {
  try {
    if (statSync(path).isFile()) return await sha256OfFile(path);
    const names = readdirSync(path, { recursive: true, encoding: "utf8" })
      .filter((name) => takes(name) && statSync(join(path, name)).isFile())
      .sort();
    const hash = createHash("sha256");
    for (const name of names) hash.update(`${name}\n${await sha256OfFile(join(path, name))}\n`);
    return hash.digest("hex");
  } catch (cause) {
    const message = `"${path}" cannot be read (${fileErrorCode(cause)}); give a file or a folder that is there.`;
    throw new TouchlineError("bench/read", message, { cause });
  }
}

const all = (): boolean => true;

async function sha256OfFile(path: string): Promise<string> {
  const hash = createHash("sha256");
  for await (const chunk of createReadStream(path, { highWaterMark: 1 << 20 })) hash.update(chunk as Buffer);
  return hash.digest("hex");
}

/** Makes the file and its folder, or puts it in place of the one that is there. @throws TouchlineError `bench/write`. */
export function writeWhole(path: string, data: string | Uint8Array): void {
  const part = `${path}.${randomUUID()}.part`;
  try {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(part, data);
    renameSync(part, path);
  } catch (cause) {
    throw cannotWrite(path, cause);
  }
}

export function cannotWrite(path: string, cause: unknown): TouchlineError {
  const message = `"${path}" cannot be written (${fileErrorCode(cause)}); make room or give a folder that you may write to, and go on with --resume.`;
  return new TouchlineError("bench/write", message, { cause });
}
