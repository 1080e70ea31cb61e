/** @file Measurements of models that are kept, by the weights and the conditions, so that none is made twice. */
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

export interface NamedModel {
  name: string;
  folder: string;
}

/** What was measured under the conditions `key` with these weights before, or is now and then stays in the folder `store`. */
export async function kept<T>(
  store: string,
  { name, folder }: NamedModel,
  key: object,
  measure: () => Promise<T>,
): Promise<T> {
  const weights = sha256(readFileSync(join(folder, "model.safetensors")));
  const id = sha256(JSON.stringify([weights, key])).slice(0, 24);
  const file = join(store, `${id}.json`);
  if (existsSync(file)) return (JSON.parse(readFileSync(file, "utf8")) as { value: T }).value;
  const began = Date.now();
  const value = await measure();
  mkdirSync(store, { recursive: true });
  writeFileSync(file, JSON.stringify({ name, key, value }));
  console.log(
    name,
    JSON.stringify(key),
    JSON.stringify(value),
    `${((Date.now() - began) / 1000).toFixed(0)} s`,
  );
  return value;
}

function sha256(bytes: string | Buffer): string {
  return createHash("sha256").update(bytes).digest("hex");
}
