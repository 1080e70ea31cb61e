/** @file How much memory a step will take, worked out before it is begun: by walking through the graph's values. */
import {
  DATA_TYPES,
  type Dimension,
  type Graph,
  type Initializer,
  type Node,
  sizeOf,
  type Value,
} from "../../agent/graph/index.ts";

/** Lengths of a batch by the names that graphs give them. */
export type Lengths = Readonly<Record<string, number>>;

/** Their output is the same memory as their first input. */
const ALIASES: ReadonlySet<string> = new Set(["Reshape", "Identity", "Squeeze", "Unsqueeze"]);
/** They can write their output over an input of its size that nobody reads any more. */
const IN_PLACE: ReadonlySet<string> = new Set([
  "Add",
  "Sub",
  "Mul",
  "Div",
  "Min",
  "Max",
  "Neg",
  "Exp",
  "Log",
  "Sqrt",
  "Reciprocal",
  "Sigmoid",
  "Softmax",
  "ScatterElements",
]);

/** The most bytes of values between inputs and outputs that are alive at once. */
export function workingBytes(
  { nodes, inputs, outputs, initializers }: Graph,
  lengths: Lengths,
  { folded = true } = {},
): number {
  const outside = new Set(
    [...inputs, ...outputs, ...initializers.map(({ value }) => value)].map(({ name }) => name),
  );
  if (folded) addFolded(nodes, initializers, outside);
  // Values that share memory are counted as the first of them.
  const owner = new Map<string, string>();
  const ownerOf = (name: string): string => owner.get(name) ?? name;
  const lastUse = lastUses(nodes);
  const sizes = new Map<string, number>();
  const uses = new Map<string, number>();
  let [alive, most] = [0, 0];
  nodes.forEach((node, at) => {
    const [first] = node.inputs;
    node.outputs.forEach((output, i) => {
      const size = bytesOf(output, lengths);
      const shared = i > 0 ? undefined : ALIASES.has(node.op) ? first?.name : overwritten(node, at, size);
      if (shared !== undefined && (ALIASES.has(node.op) || !outside.has(output.name))) {
        owner.set(output.name, ownerOf(shared));
      } else if (!outside.has(output.name)) {
        sizes.set(output.name, size);
        alive += size;
      }
      const own = ownerOf(output.name);
      uses.set(own, Math.max(uses.get(own) ?? at, lastUse.get(output.name) ?? at));
    });
    most = Math.max(most, alive);
    for (const value of [...node.inputs, ...node.outputs]) {
      const own = value && ownerOf(value.name);
      if (own === null || own === undefined || uses.get(own) !== at) continue;
      alive -= sizes.get(own) ?? 0;
      sizes.delete(own);
    }
  });
  return most;

  function overwritten({ op, inputs: given }: Node, at: number, size: number): string | undefined {
    if (!IN_PLACE.has(op)) return undefined;
    return given.find((value) => {
      const own = value && ownerOf(value.name);
      return own && uses.get(own) === at && sizes.get(own) === size;
    })?.name;
  }
}

/** What depends on nothing but initializers is worked out when the session opens. */
function addFolded(nodes: readonly Node[], initializers: readonly Initializer[], outside: Set<string>): void {
  const known = new Set(initializers.map(({ value }) => value.name));
  for (const { inputs, outputs } of nodes) {
    if (inputs.length === 0 || !inputs.every((value) => value === null || known.has(value.name))) continue;
    for (const { name } of outputs) {
      known.add(name);
      outside.add(name);
    }
  }
}

function lastUses(nodes: readonly Node[]): Map<string, number> {
  const uses = new Map<string, number>();
  nodes.forEach(({ inputs }, at) => {
    for (const value of inputs) if (value) uses.set(value.name, at);
  });
  return uses;
}

export function bytesOf({ type, shape }: Value, lengths: Lengths): number {
  return shape.reduce<number>(
    (product, length) => product * lengthOf(length, lengths),
    DATA_TYPES[type].bytes,
  );
}

/** Sums and products of names, as graphs write them. */
function lengthOf(length: Dimension, lengths: Lengths): number {
  if (typeof length === "number") return length;
  return length
    .split("+")
    .map((term) => term.split("*").reduce((product, name) => product * (lengths[name] ?? Number(name)), 1))
    .reduce((sum, term) => sum + term, 0);
}

/** Bytes. */
export interface MemoryPlan {
  /** What the process has already, and what onnxruntime takes for the graph itself. */
  process: number;
  /** Parameters that are trained and what the optimiser remembers of them. */
  state: number;
  /** onnxruntime-node gives every output as a copy, also of those that it writes in place. */
  copies: number;
  /** Weights that are not trained: as float32, or as they are stored. */
  frozen: number;
  /** Everything between inputs and outputs. */
  working: number;
  total: number;
}

/** A session of a step's graph with some thousand nodes: measured. */
const SESSION_BYTES = 130e6;
/** What the arena takes beyond what is alive: measured. */
const ARENA = 1.1;
/** Weights are read before they are made float32. */
const READING = 1.2;

/**
 * The most memory that a process will have while it runs this graph. `changing`: bytes of the tensors that the graph
 * writes over; `process`: what the process has now; `folded`: frozen weights are made float32 when the session opens. Right within a quarter, as `npm run bench:train` shows.
 */
export function planMemory(
  graph: Graph,
  lengths: Lengths,
  { changing, process, folded }: { changing: number; process: number; folded: boolean },
): MemoryPlan {
  const inputs = graph.inputs.filter(({ shape }) => shape.every((length) => typeof length === "number"));
  const state = inputs.reduce((sum, value) => sum + bytesOf(value, {}), 0);
  const frozen = graph.initializers.reduce(
    (sum, { value }) => sum + (folded ? 4 * READING * sizeOf(value.shape as number[]) : bytesOf(value, {})),
    0,
  );
  const parts = {
    process: process + SESSION_BYTES,
    state,
    copies: changing,
    frozen,
    working: workingBytes(graph, lengths, { folded }) * ARENA,
  };
  return { ...parts, total: Object.values(parts).reduce((sum, bytes) => sum + bytes, 0) };
}
