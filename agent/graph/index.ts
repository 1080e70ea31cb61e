/** @file ONNX graphs: built with shapes that are checked, encoded, and run on onnxruntime. */
export { type Composite, GraphBuilder, type OutputOf } from "./builder.ts";
export { encodeModel } from "./encode.ts";
export {
  type Attribute,
  type FileRange,
  type Graph,
  type Initializer,
  MICROSOFT,
  type Node,
} from "./graph.ts";
export { type Availability, probeDevice } from "./probe.ts";
export { splitGraph, type SplitGraph } from "./split.ts";
export { encodeMessage, type Message, type Messages } from "./protobuf.ts";
export {
  type Device,
  DEVICES,
  type Feeds,
  float32,
  int64,
  Session,
  type SessionOptions,
  Tensor,
} from "./session.ts";
export {
  DATA_TYPES,
  type DataType,
  type Dimension,
  isStatic,
  plus,
  sameShape,
  type Shape,
  shapeText,
  sizeOf,
  times,
  type Value,
} from "./value.ts";
