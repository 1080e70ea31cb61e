/** @file The folder of 500 million parameters in bf16 that memory benches open. */
import { existsSync, statSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { LARGE, writeCheckpoint } from "./checkpoint.ts";

/** Kept, because writing a gigabyte takes a while. */
export const LARGE_FOLDER = fileURLToPath(new URL("../../../runs/bench/model-500m", import.meta.url));

/** Bytes of its weights; writes it first where it is missing. */
export function largeFileBytes(): number {
  const file = join(LARGE_FOLDER, "model.safetensors");
  if (!existsSync(file)) writeCheckpoint(LARGE_FOLDER, LARGE);
  return statSync(file).size;
}
