/** @file Files that Touchline writes, read by the Python packages that define their formats. */
import { readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import {
  canonicalName,
  exportModel,
  openWeights,
  readTensor,
  writeSafetensors,
} from "../../agent/model/index.ts";
import { fixtureFolder, NAMES, temporaryFolder } from "./fixture.ts";
import { runPython } from "./python.ts";

interface CheckedGraph {
  inputs: Record<string, unknown[]>;
  outputs: Record<string, unknown[]>;
  foreign: string[];
}

const GRAPHS = ["vision_encoder", "embed_tokens", "decoder_model_merged"];

describe("onnx", () => {
  test("every exported graph passes its checker, shapes inferred anew", () => {
    const files = NAMES.flatMap((name) =>
      [Infinity, 0].flatMap((mostBytes) => {
        const out = join(temporaryFolder(), name);
        exportModel(join(fixtureFolder(name), "model"), out, mostBytes);
        return GRAPHS.map((graph) => join(out, "onnx", `${graph}.onnx`));
      }),
    );
    const found = runPython("check_onnx.py", ...files) as Record<string, CheckedGraph>;
    expect(Object.keys(found)).toEqual(files);
    for (const { foreign } of Object.values(found)) {
      // What onnxruntime adds to the standard: no more than this, lest other programs cannot run the graphs.
      expect(["", "com.microsoft.RotaryEmbedding"]).toContain(foreign.join());
    }
    const { inputs, outputs } = found[files.at(-1)!]!;
    const cache = ["batch_size", 1, "past_sequence_length", 16];
    expect(inputs).toMatchObject({
      inputs_embeds: ["batch_size", "sequence_length", 48],
      attention_mask: ["batch_size", "total_sequence_length"],
      position_ids: [3, "batch_size", "sequence_length"],
      num_logits_to_keep: [],
      "past_key_values.0.key": cache,
      "past_key_values.3.value": cache,
    });
    expect(outputs).toMatchObject({
      logits: ["batch_size", "num_logits", 480],
      "present.0.key": ["batch_size", 1, "total_sequence_length", 16],
      "present.3.value": ["batch_size", 1, "total_sequence_length", 16],
    });
  });
});

describe("safetensors", () => {
  test("a file of all three types is read with the bits that torch gives the same values", () => {
    const folder = temporaryFolder();
    const path = join(folder, "model.safetensors");
    const values = awkwardFloats();
    const [rows, columns] = [values.length / 8, 8];
    const types = ["BF16", "F16", "F32"] as const;
    writeSafetensors(path, [
      ...types.map((dtype) => ({ name: `layer.${dtype}`, dtype, shape: [rows, columns], data: values })),
      { name: "no values", dtype: "F32", shape: [0, 3], data: new Float32Array() },
      { name: "one value", dtype: "F16", shape: [], data: Float32Array.of(0.1) },
    ]);
    const all = Float32Array.from([...values, ...values, ...values, 0.1]);
    const beside = join(folder, "values.f32");
    writeFileSync(beside, all);
    expect(runPython("read_safetensors.py", path, beside)).toEqual({
      metadata: { format: "pt" },
      tensors: {
        "layer.BF16": { dtype: "torch.bfloat16", shape: [rows, columns], same: true },
        "layer.F16": { dtype: "torch.float16", shape: [rows, columns], same: true },
        "layer.F32": { dtype: "torch.float32", shape: [rows, columns], same: true },
        "no values": { dtype: "torch.float32", shape: [0, 3], same: true },
        "one value": { dtype: "torch.float16", shape: [], same: true },
      },
    });
  });
});

describe("transformers", () => {
  const cases = [
    { name: "sharded", dtype: "BF16", rename: canonicalName },
    { name: "sliding", dtype: "F16", rename: (name: string) => name },
    { name: "tied", dtype: "F32", rename: canonicalName },
    { name: "untied", dtype: "F32", rename: (name: string) => name },
  ] as const;
  const makeFolders = () =>
    cases.map(({ name, dtype, rename }) => {
      const fixture = fixtureFolder(name);
      const out = join(temporaryFolder(), name);
      exportModel(join(fixture, "model"), out);
      for (const file of readdirSync(out)) if (file.includes("safetensors")) rmSync(join(out, file));
      writeSafetensors(
        join(out, "model.safetensors"),
        Array.from(openWeights(join(fixture, "model")).tensors.values(), (tensor) => ({
          name: rename(tensor.name),
          dtype,
          shape: tensor.shape,
          data: () => readTensor(tensor),
        })),
      );
      return [out, fixture];
    });

  test("loads exported folders whose weights were written anew, and computes the same", () => {
    const found = runPython("load_folder.py", ...makeFolders().flat()) as {
      differences: Record<string, number>;
    }[];
    expect(found.length).toBe(cases.length);
    for (const folder of found) {
      expect(folder).toMatchObject({ missing_keys: [], unexpected_keys: [], mismatched_keys: [] });
      expect(Object.keys(folder.differences)).toEqual(["text", "image", "images", "batch"]);
      for (const difference of Object.values(folder.differences)) expect(difference).toBeLessThan(1e-4);
    }
  });
});

/** Of every exponent, with halves between two 16-bit values, and those that are too large or too small for them. */
function awkwardFloats(): Float32Array {
  const bits = new Uint32Array(8 * 256);
  for (let exponent = 0; exponent < 255; exponent++) {
    const fractions = [0, 0x7fffff, 0x8000, 0x18000, 0x1000, 0x3000, 0x8001, 0x1fff];
    fractions.forEach((fraction, i) => {
      const sign = (i + exponent) % 2 === 0 ? 0 : 0x8000_0000;
      bits[8 * exponent + i] = (sign | (exponent << 23) | fraction) >>> 0;
    });
  }
  // The last row: infinities, for a NaN has more than one form.
  bits.fill(0x7f80_0000, 8 * 255);
  bits[8 * 255] = 0xff80_0000;
  return new Float32Array(bits.buffer);
}
