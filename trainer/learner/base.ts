/** @file The weights that are not trained: where they lie, and how many bits they keep while a model learns. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Device, GraphBuilder } from "../../agent/graph/index.ts";
import {
  type ModelConfig,
  type Narrow,
  narrowWeights,
  type Parameters,
  storedWeights,
  type Weights,
} from "../../agent/model/index.ts";

/** As they are stored, or in fewer bits: WebGPU has no bfloat16. */
export type BaseType = "stored" | Narrow;

export interface Base {
  frozen: (g: GraphBuilder) => Parameters;
  /** Of the files that sessions read. */
  directory: string;
  /** They stay in few bits, and are made float32 layer by layer in every run. */
  widensLate: boolean;
  close: () => void;
}

/**
 * The base of a model in training. `adapts`: nearly everything is frozen, so that a float32 copy of it would take the
 * most memory of all.
 * @throws TouchlineError `model/write` when narrowed weights find no room in the folder for temporary files.
 */
export function openBase(
  config: ModelConfig,
  weights: Weights,
  { type, device, adapts }: { type: BaseType; device: Device; adapts: boolean },
): Base {
  if (type === "stored") {
    // WebGPU takes no parts of tensors of 16 bits.
    const frozen = storedWeights(weights, { picks: device !== "webgpu" });
    const widensLate = adapts && device !== "webgpu";
    return { frozen, directory: weights.directory, widensLate, close: () => {} };
  }
  const directory = mkdtempSync(join(tmpdir(), "touchline-base-"));
  const close = (): void => rmSync(directory, { recursive: true, force: true });
  try {
    const frozen = narrowWeights(config, weights, type, join(directory, "base.bin"));
    return { frozen, directory, widensLate: true, close };
  } catch (error) {
    close();
    throw error;
  }
}
