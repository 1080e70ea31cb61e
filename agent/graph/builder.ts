/**
 * @file Builds a graph node by node. Each operator in ops/ works out the shapes of its outputs and refuses inputs that
 * do not fit, so that a mistake shows where it is made and not when a session is opened.
 */
import { TouchlineError } from "../../env/error.ts";
import type { Attribute, FileRange, Graph, Initializer, Node } from "./graph.ts";
import { DATA_TYPES, type DataType, type Shape, shapeText, sizeOf, type Value } from "./value.ts";

/** Constants of up to so many bytes are kept once for each content. */
const SHARED_BYTES = 256;

export interface OutputOf {
  readonly type: DataType;
  readonly shape: Shape;
}

/** A part of a graph that a differentiator takes as one, because its gradient is cheaper than those of its nodes. */
export interface Composite {
  inputs: readonly Value[];
  /**
   * The gradients of the inputs for that of the output; each builds nothing until it is called. `again`: a value of
   * the part as it is to be read, for parts that are worked out a second time.
   */
  gradients: (d: Value, again: (value: Value) => Value) => readonly (() => Value)[];
}

export class GraphBuilder {
  readonly #name: string;
  readonly #inputs: Value[] = [];
  readonly #outputs: Value[] = [];
  readonly #nodes: Node[] = [];
  readonly #initializers: Initializer[] = [];
  readonly #constants = new Map<string, Value>();
  readonly #once = new Map<string, Value>();
  readonly #names = new Set<string>();
  readonly #integers = new Map<string, readonly number[]>();
  readonly #producers = new Map<string, Node>();
  #scope = "";
  #count = 0;

  constructor(name: string) {
    this.#name = name;
  }

  /**
   * Ways back that nobody can read off the nodes: for the output of a Gather, int64 [rows of its table], where in the
   * output each row stands, -1 for nowhere. Whoever sets one vouches that all other places get no gradient.
   */
  readonly inverses = new Map<string, Value>();

  /** Parts of the graph with a gradient of their own, by the name of their output. */
  readonly composites = new Map<string, Composite>();

  /** Outputs that count as constants when gradients are built. */
  readonly stopped = new Set<string>();

  /** What has been built so far; for readers such as a differentiator. */
  get nodes(): readonly Node[] {
    return this.#nodes;
  }

  /** The node that made a value; undefined for inputs and constants. */
  producerOf(value: Value): Node | undefined {
    return this.#producers.get(value.name);
  }

  input(name: string, type: DataType, shape: Shape): Value {
    const value = this.#named(name, type, shape);
    this.#inputs.push(value);
    return value;
  }

  /** Makes a value of the graph one of its outputs, under this name. */
  output(name: string, value: Value): Value {
    const output = this.#named(name, value.type, value.shape);
    this.#push("Identity", [value], [output]);
    this.#outputs.push(output);
    return output;
  }

  /** A tensor that lies in a file and is read from there when a session opens. */
  external(name: string, type: DataType, shape: readonly number[], range: FileRange): Value {
    const value = this.#named(name, type, shape);
    this.#initializers.push({ value, data: range });
    return value;
  }

  /** A tensor kept in the model; `values` in the order of C. */
  constant(type: DataType, values: Iterable<number>, shape?: readonly number[]): Value {
    const list = Array.from(values);
    const data = bytesOf(type, list);
    const dimensions = shape ?? [data.byteLength / DATA_TYPES[type].bytes];
    if (sizeOf(dimensions) * DATA_TYPES[type].bytes !== data.byteLength) {
      throw new TouchlineError(
        "graph/constant",
        `A constant of shape ${shapeText(dimensions)} got ${data.byteLength / DATA_TYPES[type].bytes} values.`,
      );
    }
    const value = this.raw(type, data, dimensions);
    if (type === "int64" && data.byteLength <= SHARED_BYTES) this.#integers.set(value.name, list);
    return value;
  }

  /** The values of a small int64 constant; undefined for anything else. */
  integersOf(value: Value): readonly number[] | undefined {
    return this.#integers.get(value.name);
  }

  /** As `constant`, of bytes as they stand. */
  raw(type: DataType, data: Uint8Array, shape: readonly number[], name?: string): Value {
    const key =
      name === undefined && data.byteLength <= SHARED_BYTES
        ? `${type}${shapeText(shape)}${data.join()}`
        : undefined;
    const known = key === undefined ? undefined : this.#constants.get(key);
    if (known) return known;
    const value = this.#named(name ?? `constant.${this.#count++}`, type, shape);
    this.#initializers.push({ value, data });
    if (key !== undefined) this.#constants.set(key, value);
    return value;
  }

  scalar(value: number, type: DataType = "float32"): Value {
    return this.constant(type, [value], []);
  }

  /** One node of any operator; the caller vouches for the outputs. */
  node(
    op: string,
    inputs: readonly (Value | null)[],
    outputs: readonly OutputOf[],
    attributes: Readonly<Record<string, Attribute>> = {},
    domain = "",
  ): Value[] {
    const stem = `${this.#scope}${op}.${this.#count++}`;
    const values = outputs.map(({ type, shape }, i) =>
      this.#named(outputs.length === 1 ? stem : `${stem}.${i}`, type, shape),
    );
    this.#push(op, inputs, values, attributes, domain);
    return values;
  }

  /** Names of what is built meanwhile begin with `scope`, so that a graph can be read. */
  within<T>(scope: string, build: () => T): T {
    const outer = this.#scope;
    this.#scope = `${outer}${scope}/`;
    try {
      return build();
    } finally {
      this.#scope = outer;
    }
  }

  /**
   * The length with this name when the graph runs: int64 of shape [1], as defined or read off an input that has it.
   * Names of sums and products ("a+b", "2*a") are worked out.
   */
  length(name: string): Value {
    return this.once(`length ${name}`, () => {
      for (const [sign, op] of [["+", "Add"] as const, ["*", "Mul"] as const]) {
        const at = name.lastIndexOf(sign);
        if (at < 0) continue;
        const [left, right] = [name.slice(0, at), name.slice(at + 1)].map((part) =>
          /^\d+$/.test(part) ? this.constant("int64", [Number(part)]) : this.length(part),
        );
        return this.node(op, [left!, right!], [{ type: "int64", shape: [1] }])[0]!;
      }
      const input = this.#inputs.find(({ shape }) => shape.includes(name));
      if (!input) {
        throw new TouchlineError("graph/length", `No input of "${this.#name}" has an axis named "${name}".`);
      }
      return this.lengthOf(input, input.shape.indexOf(name));
    });
  }

  /** How long an axis of a value is when the graph runs: int64 of shape [1]. */
  lengthOf(value: Value, axis: number): Value {
    const attributes = {
      start: { kind: "int", value: axis },
      end: { kind: "int", value: axis + 1 },
    } as const;
    return this.node("Shape", [value], [{ type: "int64", shape: [1] }], attributes)[0]!;
  }

  /** Marks a value as one that no gradient passes through, and gives it back. */
  stop(value: Value): Value {
    this.stopped.add(value.name);
    return value;
  }

  /** Names a length that no input has: int64 of shape [1]. */
  define(name: string, length: Value): void {
    this.#once.set(`length ${name}`, length);
  }

  /** What many need, built for the first of them. */
  once(key: string, build: () => Value): Value {
    const known = this.#once.get(key) ?? build();
    this.#once.set(key, known);
    return known;
  }

  /**
   * What the outputs need: onnxruntime would run the other nodes as well.
   * @throws TouchlineError `graph/outputs` when there are none.
   */
  build(): Graph {
    if (this.#outputs.length === 0) {
      throw new TouchlineError("graph/outputs", `The graph "${this.#name}" has no output.`);
    }
    return {
      name: this.#name,
      inputs: this.#inputs,
      outputs: this.#outputs,
      nodes: withoutCopies(this.#neededNodes(), this.#outputs),
      initializers: this.#initializers,
    };
  }

  #neededNodes(): Node[] {
    const needed = new Set(this.#outputs.map(({ name }) => name));
    const nodes = this.#nodes.toReversed().filter(({ inputs, outputs }) => {
      if (!outputs.some(({ name }) => needed.has(name))) return false;
      for (const value of inputs) if (value) needed.add(value.name);
      return true;
    });
    return nodes.toReversed();
  }

  #push(
    op: string,
    inputs: readonly (Value | null)[],
    outputs: readonly Value[],
    attributes: Readonly<Record<string, Attribute>> = {},
    domain = "",
  ): void {
    const node = { op, domain, name: outputs[0]!.name, inputs, outputs, attributes };
    this.#nodes.push(node);
    for (const { name } of outputs) this.#producers.set(name, node);
  }

  #named(name: string, type: DataType, shape: Shape): Value {
    if (this.#names.has(name)) {
      throw new TouchlineError("graph/name", `The graph "${this.#name}" has two values named "${name}".`);
    }
    this.#names.add(name);
    return { name, type, shape };
  }
}

/** Values that only became outputs bear the outputs' names, so that nothing is copied. */
function withoutCopies(nodes: readonly Node[], outputs: readonly Value[]): Node[] {
  const asked = new Set(outputs.map(({ name }) => name));
  const made = new Set(nodes.flatMap((node) => node.outputs.map(({ name }) => name)));
  const renamed = new Map<string, Value>();
  const rest = nodes.filter(({ op, inputs: [input], outputs: [output] }) => {
    if (op !== "Identity" || !asked.has(output!.name)) return true;
    const own = made.has(input!.name) && !asked.has(input!.name) && !renamed.has(input!.name);
    if (own) renamed.set(input!.name, output!);
    return !own;
  });
  const now = (value: Value): Value => renamed.get(value.name) ?? value;
  return rest.map(({ op, domain, name, inputs, outputs: own, attributes }) => ({
    op,
    domain,
    name,
    inputs: inputs.map((value) => value && now(value)),
    outputs: own.map(now),
    attributes,
  }));
}

function bytesOf(type: DataType, list: readonly number[]): Uint8Array {
  switch (type) {
    case "float32":
      return new Uint8Array(Float32Array.from(list).buffer);
    case "int64":
      return new Uint8Array(BigInt64Array.from(list, BigInt).buffer);
    case "int32":
      return new Uint8Array(Int32Array.from(list).buffer);
    case "bool":
    case "uint8":
      return Uint8Array.from(list);
    default:
      throw new TouchlineError("graph/constant", `Constants of ${type} are given as bytes, with raw().`);
  }
}
