/**
 * @file Frozen weights that are stored in fewer bits. What made them float32 is built once more where the way back
 * needs them, so that no float32 weight lives from the way there to the way back. Their numbers pass through a Reshape
 * to a shape that is read off the gradient: so the second copy cannot be made before that is there.
 */
import { type DataType, type GraphBuilder, isStatic, type Value } from "../../agent/graph/index.ts";
import { late } from "./late.ts";

const HALVES: readonly DataType[] = ["float16", "bfloat16"];
const NUMBERS: ReadonlySet<DataType> = new Set([...HALVES, "float32"]);
/** What may lie between a weight as it is stored and the part of it that is used. */
const MAKING: ReadonlySet<string> = new Set(["Cast", "DequantizeLinear", "Slice"]);

/** The same value from nodes of its own, which wait for `d`; undefined for what is no weight in fewer bits. */
export function widenedAgain(g: GraphBuilder, value: Value, d: Value): Value | undefined {
  const node = g.producerOf(value);
  const widens =
    node?.op === "DequantizeLinear" || (node?.op === "Cast" && HALVES.includes(node.inputs[0]!.type));
  return widens && isWeight(g, value) ? rebuilt(g, value, d) : undefined;
}

function isWeight(g: GraphBuilder, value: Value): boolean {
  const node = g.producerOf(value);
  if (node === undefined) return isStatic(value.shape);
  return MAKING.has(node.op) && node.inputs.every((input) => input === null || isWeight(g, input));
}

function rebuilt(g: GraphBuilder, value: Value, d: Value): Value {
  const node = g.producerOf(value);
  if (node === undefined) return NUMBERS.has(value.type) ? late(g, value, d) : value;
  const inputs = node.inputs.map((input) => input && rebuilt(g, input, d));
  return g.node(node.op, inputs, node.outputs, node.attributes, node.domain)[0]!;
}
