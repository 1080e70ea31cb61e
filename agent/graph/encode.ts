/**
 * @file A graph as the bytes of an ONNX model (onnx.proto of ONNX 1.16). Only the messages and fields that a graph
 * needs stand in the table; their numbers are fixed for ever by the format.
 */
import { type Attribute, type Graph, INT4_OPSET, IR_VERSION, MICROSOFT, OPSET } from "./graph.ts";
import { encodeMessage, type Message, type Messages } from "./protobuf.ts";
import { DATA_TYPES, type Dimension, type Value } from "./value.ts";

const MESSAGES = {
  Model: {
    irVersion: [1, "int"],
    producerName: [2, "string"],
    graph: [7, "Graph"],
    opsetImport: [8, "OperatorSet"],
  },
  OperatorSet: { domain: [1, "string"], version: [2, "int"] },
  Graph: {
    node: [1, "Node"],
    name: [2, "string"],
    initializer: [5, "Tensor"],
    input: [11, "ValueInfo"],
    output: [12, "ValueInfo"],
  },
  Node: {
    input: [1, "string"],
    output: [2, "string"],
    name: [3, "string"],
    opType: [4, "string"],
    attribute: [5, "Attribute"],
    domain: [7, "string"],
  },
  Attribute: {
    name: [1, "string"],
    float: [2, "float"],
    int: [3, "int"],
    string: [4, "string"],
    ints: [8, "int"],
    type: [20, "int"],
  },
  Tensor: {
    dims: [1, "int"],
    dataType: [2, "int"],
    name: [8, "string"],
    rawData: [9, "bytes"],
    externalData: [13, "Entry"],
    dataLocation: [14, "int"],
  },
  Entry: { key: [1, "string"], value: [2, "string"] },
  ValueInfo: { name: [1, "string"], type: [2, "Type"] },
  Type: { tensorType: [1, "TensorType"] },
  TensorType: { elemType: [1, "int"], shape: [2, "Shape"] },
  Shape: { dim: [1, "Dim"] },
  Dim: { dimValue: [1, "int"], dimParam: [2, "string"] },
} as const satisfies Messages;

/** AttributeProto.AttributeType */
const ATTRIBUTE_TYPES: Readonly<Record<Attribute["kind"], number>> = { float: 1, int: 2, string: 3, ints: 7 };
/** TensorProto.DataLocation */
const EXTERNAL = 1;

/** The model as ONNX bytes; tensors that lie in files are named in it, not copied. */
export function encodeModel(graph: Graph): Uint8Array {
  return encodeMessage(MESSAGES, "Model", {
    irVersion: IR_VERSION,
    producerName: "touchline",
    graph: {
      name: graph.name,
      node: graph.nodes.map((node) => ({
        input: node.inputs.map((input) => input?.name ?? ""),
        output: node.outputs.map((output) => output.name),
        name: node.name,
        opType: node.op,
        domain: node.domain || undefined,
        attribute: Object.entries(node.attributes).map(([name, { kind, value }]) => ({
          name,
          [kind]: value,
          type: ATTRIBUTE_TYPES[kind],
        })),
      })),
      initializer: graph.initializers.map(({ value, data }) => ({
        dims: value.shape,
        dataType: DATA_TYPES[value.type].code,
        name: value.name,
        ...(data instanceof Uint8Array
          ? { rawData: data }
          : {
              externalData: [
                { key: "location", value: data.file },
                { key: "offset", value: String(data.offset) },
                { key: "length", value: String(data.byteLength) },
              ],
              dataLocation: EXTERNAL,
            }),
      })),
      input: graph.inputs.map(valueInfo),
      output: graph.outputs.map(valueInfo),
    },
    opsetImport: [
      { domain: "", version: hasInt4(graph) ? INT4_OPSET : OPSET },
      { domain: MICROSOFT, version: 1 },
    ],
  });
}

function hasInt4({ initializers }: Graph): boolean {
  return initializers.some(({ value }) => value.type === "int4");
}

function valueInfo({ name, type, shape }: Value): Message {
  const dim = shape.map((length: Dimension) =>
    typeof length === "number" ? { dimValue: length } : { dimParam: length },
  );
  return { name, type: { tensorType: { elemType: DATA_TYPES[type].code, shape: { dim } } } };
}
