/**
 * @file Products of few rows whose sums do not depend on the number of threads.
 *
 * onnxruntime splits a product along its rows when there are at least as many as columns, and along its columns else.
 * How it then cuts the sums depends on the columns that a thread has (MlasSgemmOperation: the K stride), and with it
 * the last bits of the result; but never where the left matrix is read transposed.
 */
import type { Graph, Node, Value } from "../../agent/graph/index.ts";

/** With fewer rows a product may be split along its columns into parts of 64 and less, on up to 4 threads. */
export const FEW_ROWS = 256;

/** Would turn the products back into what they were. */
export const UNSTEADY_OPTIMISATIONS = ["GemmTransposeFusion"];

/** The same graph with the left matrix of every product read transposed. */
export function steady(graph: Graph): Graph {
  const turned = new Map<string, Value>();
  const nodes = graph.nodes.flatMap((node): Node[] => {
    if (node.op !== "Gemm" || node.attributes["transA"]) return [node];
    const [left, ...others] = node.inputs;
    const [rows, inner] = left!.shape;
    const known = turned.get(left!.name);
    const value = known ?? { name: `steady/${left!.name}`, type: left!.type, shape: [inner!, rows!] };
    turned.set(left!.name, value);
    const product: Node = {
      ...node,
      inputs: [value, ...others],
      attributes: { ...node.attributes, transA: { kind: "int", value: 1 } },
    };
    if (known) return [product];
    const transpose: Node = {
      op: "Transpose",
      domain: "",
      name: value.name,
      inputs: [left!],
      outputs: [value],
      attributes: { perm: { kind: "ints", value: [1, 0] } },
    };
    return [transpose, product];
  });
  return { ...graph, nodes };
}
