/**
 * @file XXH64 of bytes: how states and frames are compared by name. Loading is asynchronous once, because it is
 * WebAssembly; hashing itself is synchronous, so a loop can hash every tick.
 */
import xxhash from "xxhash-wasm";

export interface Hash {
  /** XXH64 with seed 0 as 16 lower-case hex digits. */
  readonly hash64: (bytes: Uint8Array) => string;
}

let loading: Promise<Hash> | undefined;

/** The hash functions; every call gives the same object. */
export function loadHash(): Promise<Hash> {
  loading ??= xxhash().then((api) => ({
    hash64: (bytes) => api.h64Raw(bytes).toString(16).padStart(16, "0"),
  }));
  return loading;
}
