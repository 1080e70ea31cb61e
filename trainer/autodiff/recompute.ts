/**
 * @file Working values out again on the way back. A scope's nodes are built once more when the gradient comes to it;
 * what enters them passes through a Reshape by the shape of that gradient. So onnxruntime can neither merge the two
 * copies, as its search for common subexpressions would, nor run the second before the gradient is there.
 */
import { type GraphBuilder, type Node, sameShape, type Value } from "../../agent/graph/index.ts";
import { late } from "./late.ts";
import { widenedAgain } from "./widen.ts";

export class Recomputation {
  readonly #g: GraphBuilder;
  readonly #nodes: readonly Node[];
  readonly #needed: ReadonlySet<string>;
  readonly #scopes: readonly string[];
  /** For each scope that was entered, its values by the names of those that they repeat. */
  readonly #copies = new Map<string, ReadonlyMap<string, Value>>();

  constructor(
    g: GraphBuilder,
    nodes: readonly Node[],
    needed: ReadonlySet<string>,
    scopes: readonly string[],
  ) {
    this.#g = g;
    this.#nodes = nodes;
    this.#needed = needed;
    this.#scopes = scopes;
  }

  /** What stands for each value when the gradient `d` has come to this node. */
  again(node: Node, d: Value): (value: Value) => Value {
    const scope = this.#scopes.find((name) => node.name.startsWith(name));
    if (scope === undefined) return (value) => value;
    let copies = this.#copies.get(scope);
    if (!copies) this.#copies.set(scope, (copies = this.#enter(scope, d)));
    return (value) => copies.get(value.name) ?? value;
  }

  /** The node as a rule is to see it, `d` being the gradient of its output. */
  replay(node: Node, d: Value): Node {
    const again = this.again(node, d);
    return {
      ...node,
      inputs: node.inputs.map((value) => value && again(value)),
      outputs: node.outputs.map(again),
    };
  }

  #enter(scope: string, d: Value): Map<string, Value> {
    const g = this.#g;
    const copies = new Map<string, Value>();
    const inside = this.#nodes.filter(({ name }) => name.startsWith(scope));
    const own = new Set(inside.flatMap(({ outputs }) => outputs.map(({ name }) => name)));
    const enter = (value: Value): Value => {
      const known = copies.get(value.name);
      if (known) return known;
      const late = widenedAgain(g, value, d) ?? reshaped(value);
      if (late) copies.set(value.name, late);
      return late ?? value;
    };
    const reshaped = (value: Value): Value | undefined => {
      if (own.has(value.name) || value.type !== d.type || !sameShape(value.shape, d.shape)) return undefined;
      return late(g, value, d);
    };
    g.within("again", () => {
      for (const { op, domain, inputs, outputs, attributes } of inside) {
        // What no parameter stands behind, such as a mask, is not worth a second time.
        if (!outputs.some(({ name }) => this.#needed.has(name))) continue;
        const values = g.node(
          op,
          inputs.map((value) => value && enter(value)),
          outputs,
          attributes,
          domain,
        );
        outputs.forEach((output, i) => {
          const copy = values[i]!;
          copies.set(output.name, copy);
          const inverse = g.inverses.get(output.name);
          if (inverse) g.inverses.set(copy.name, inverse);
        });
      }
    });
    return copies;
  }
}
