/**
 * @file Frozen weights in fewer bits, for devices without bfloat16: a file beside the model holds the matrices of the
 * linear layers in 4 bits, or these and the words in float16; everything else in float32. They stay like that on the
 * device, and are made float32 where they are used.
 */
import { closeSync, mkdirSync, openSync } from "node:fs";
import { basename, dirname } from "node:path";
import { type DataType, type FileRange, type GraphBuilder, type Value } from "../../graph/index.ts";
import { cast, dequantise, INT4_BLOCK } from "../../graph/ops/index.ts";
import {
  encode,
  linearLayers,
  type ModelConfig,
  parameterShapes,
  quantise,
  readTensor,
  type Weights,
  writeAll,
  writing,
} from "../folder/index.ts";
import type { Weigh } from "./inference.ts";

export type Narrow = "int4" | "float16";

/** A tensor as it stands in the file; scales are those of int4. */
interface Piece {
  type: DataType;
  shape: readonly number[];
  range: FileRange;
  scales?: Piece;
}

/**
 * Writes the file, tensor by tensor, and gives the weights in it: for sessions whose folder is that of the file, which
 * is not needed any more when they are open. `weights` must have been held against the config.
 * @throws TouchlineError `model/write`.
 */
export function narrowWeights(config: ModelConfig, weights: Weights, narrow: Narrow, path: string): Weigh {
  const pieces = writePieces(config, weights, narrow, path);
  return (g) => {
    const value = (name: string, piece: Piece): Value =>
      g.once(`stored ${name}`, () => g.external(name, piece.type, piece.shape, piece.range));
    return (name, pick) => {
      const piece = pieces.get(name)!;
      const stored = value(name, piece);
      const { scales } = piece;
      if (!scales) return widened(g, name, stored, pick);
      const whole = g.once(`parameter ${name}`, () => dequantise(g, stored, value(`${name}.scales`, scales)));
      return pick ? pick(whole) : whole;
    };
  };
}

/** In float32; of what is picked only that. */
function widened(g: GraphBuilder, name: string, stored: Value, pick?: (whole: Value) => Value): Value {
  if (pick) return cast(g, pick(stored), "float32");
  return g.once(`parameter ${name}`, () => cast(g, stored, "float32"));
}

function writePieces(
  config: ModelConfig,
  weights: Weights,
  narrow: Narrow,
  path: string,
): Map<string, Piece> {
  const linear = linearLayers(config);
  const pieces = new Map<string, Piece>();
  writing(path, () => mkdirSync(dirname(path), { recursive: true }));
  const file = writing(path, () => openSync(path, "w"));
  let end = 0;
  const write = (type: DataType, shape: readonly number[], data: ArrayBufferView): Piece => {
    const bytes = new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
    const offset = end;
    writing(path, () => writeAll(file, bytes));
    // Numbers of 4 bytes begin at multiples of 4.
    const padding = new Uint8Array(-bytes.length & 3);
    writing(path, () => writeAll(file, padding));
    end += bytes.length + padding.length;
    return { type, shape, range: { file: basename(path), offset, byteLength: bytes.length } };
  };
  try {
    for (const [name, shape] of parameterShapes(config)) {
      const values = readTensor(weights.tensors.get(name)!);
      const layer = linear.get(name.replace(/\.weight$/, ""));
      if (narrow === "float16" && shape.length === 2) {
        const half = new Uint16Array(values.length);
        encode("F16", values, half);
        pieces.set(name, write("float16", shape, half));
      } else if (narrow === "int4" && layer && fitsInt4(layer[1])) {
        const { codes, scales } = quantise(values, layer[1]);
        const blocks = scales.length / layer[0];
        const piece = write("int4", shape, codes);
        pieces.set(name, { ...piece, scales: write("float32", [layer[0], blocks], scales) });
      } else pieces.set(name, write("float32", shape, values));
    }
  } finally {
    closeSync(file);
  }
  return pieces;
}

/** Rows of at most a block would have one scale each, which gains little; two numbers make a byte. */
function fitsInt4(columns: number): boolean {
  return columns > INT4_BLOCK && columns % 2 === 0;
}
