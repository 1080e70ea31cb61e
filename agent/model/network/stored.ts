/**
 * @file Weights as initializers: in the safetensors file, where onnxruntime reads them itself, or, for graphs that are
 * handed on, inside the model or in a file beside it.
 */
import { relative } from "node:path";
import { type DataType, type GraphBuilder, sizeOf, type Value } from "../../graph/index.ts";
import { cast } from "../../graph/ops/index.ts";
import { readTensor, type Tensor, type Weights } from "../folder/index.ts";
import type { Weigh } from "./inference.ts";

const TYPES: Readonly<Record<string, DataType>> = { F32: "float32", F16: "float16", BF16: "bfloat16" };

/**
 * The weights of a folder that were held against the config before, in float32 whatever they are stored as.
 * `picks`: whether the device can take parts of tensors of 16 bits.
 */
export function storedWeights({ directory, tensors }: Weights, { picks = true } = {}): Weigh {
  return (g) => (name, pick) => {
    const stored = g.once(`stored ${name}`, () => {
      const { dtype, shape, file, offset, byteLength } = tensors.get(name)!;
      const range = { file: relative(directory, file), offset, byteLength };
      return g.external(name, TYPES[dtype]!, shape, range);
    });
    if (pick && picks) return cast(g, pick(stored), "float32");
    const whole = g.once(`parameter ${name}`, () => cast(g, stored, "float32"));
    return pick ? pick(whole) : whole;
  };
}

/** The weights inside the model, in float32. */
export function packedWeights({ tensors }: Weights): Weigh {
  return picking((g, name) => {
    const tensor = tensors.get(name)!;
    return g.raw("float32", new Uint8Array(readTensor(tensor).buffer), tensor.shape, name);
  });
}

/** The weights in a file beside the model, in float32; `pieces` gets what must stand there, one after the other. */
export function separateWeights({ tensors }: Weights, file: string, pieces: Tensor[]): Weigh {
  let offset = 0;
  return picking((g, name) => {
    const tensor = tensors.get(name)!;
    const range = { file, offset, byteLength: 4 * sizeOf(tensor.shape) };
    offset += range.byteLength;
    pieces.push(tensor);
    return g.external(name, "float32", tensor.shape, range);
  });
}

/** Each weight once; where all is float32 there is nothing to gain from picking first. */
function picking(make: (g: GraphBuilder, name: string) => Value): Weigh {
  return (g) => (name, pick) => {
    const whole = g.once(`parameter ${name}`, () => make(g, name));
    return pick ? pick(whole) : whole;
  };
}
