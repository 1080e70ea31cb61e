/**
 * @file Splits a graph for devices that hardly know integers: what follows from the integers of the inputs alone, such
 * as positions, masks and shapes, is worked out on the CPU beforehand, and the device gets it as inputs. GPUs have no
 * float64 either: angles of positions are worked out in it.
 */
import type { Graph, Node } from "./graph.ts";
import type { DataType, Value } from "./value.ts";

const HOST_TYPES: ReadonlySet<DataType> = new Set(["int64", "float64"]);

export interface SplitGraph {
  /** Its outputs are inputs of the device's graph, under their names. */
  host: Graph;
  device: Graph;
}

/** Undefined where there is nothing for the host to do. */
export function splitGraph(graph: Graph): SplitGraph | undefined {
  const nodes = hostNodes(graph);
  if (nodes.size === 0) return undefined;
  const made = new Map([...nodes].flatMap(({ outputs }) => outputs.map((value) => [value.name, value])));
  const rest = graph.nodes.filter((node) => !nodes.has(node));
  const handed = new Map<string, Value>();
  for (const name of namesRead(rest)) {
    const value = made.get(name);
    if (value) handed.set(name, value);
  }
  const part = (own: readonly Node[], outputs: readonly Value[], more: readonly Value[]): Graph => {
    const read = namesRead(own);
    return {
      name: graph.name,
      inputs: [...graph.inputs.filter(({ name }) => read.has(name)), ...more],
      outputs,
      nodes: own,
      initializers: graph.initializers.filter(({ value }) => read.has(value.name)),
    };
  };
  return {
    host: part([...nodes], [...handed.values()], []),
    device: part(rest, graph.outputs, [...handed.values()]),
  };
}

/** Nodes that compute with integers or float64 and read nothing but integers and constants, and all before them. */
function hostNodes({ nodes, inputs, outputs, initializers }: Graph): Set<Node> {
  const known = new Set([
    ...inputs.flatMap(({ name, type }) => (type === "int64" ? [name] : [])),
    ...initializers.flatMap(({ value, data }) => (data instanceof Uint8Array ? [value.name] : [])),
  ]);
  const given = new Set(inputs.map(({ name }) => name));
  const results = new Set(outputs.map(({ name }) => name));
  for (const node of nodes) {
    // A shape says nothing of what is inside.
    const readable = node.op === "Shape" ? given : known;
    const able = node.inputs.every((value) => !value || known.has(value.name) || readable.has(value.name));
    if (able) for (const { name } of node.outputs) if (!results.has(name)) known.add(name);
  }
  const found: Node[] = [];
  const wanted = new Set<string>();
  for (const node of nodes.toReversed()) {
    if (!node.outputs.every(({ name }) => known.has(name))) continue;
    // Of further inputs only Gather and the like have integers, and those every device can read.
    const own = [node.inputs[0], ...node.outputs].some((value) => value && HOST_TYPES.has(value.type));
    if (!own && !node.outputs.some(({ name }) => wanted.has(name))) continue;
    found.push(node);
    for (const value of node.inputs) if (value) wanted.add(value.name);
  }
  return new Set(found.toReversed());
}

function namesRead(nodes: readonly Node[]): Set<string> {
  return new Set(nodes.flatMap(({ inputs }) => inputs.flatMap((value) => (value ? [value.name] : []))));
}
