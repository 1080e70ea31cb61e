/**
 * @file Gradients by reverse accumulation (Baydin et al., arXiv 1502.05767): walks a graph's nodes backwards and
 * builds, with one rule for each operator, the nodes that compute the gradients.
 */
import { TouchlineError } from "../../env/error.ts";
import type { DataType, GraphBuilder, Node, Value } from "../../agent/graph/index.ts";
import { add, concat, expand } from "../../agent/graph/ops/index.ts";
import type { Contribution, Part, Rule, RuleContext } from "./rule.ts";
import { padded } from "./padded.ts";
import { RULES } from "./rules/index.ts";
import { Recomputation } from "./recompute.ts";

export interface GradientOptions {
  /**
   * Names of scopes, each with its slash, whose nodes are worked out a second time on the way back instead of being
   * kept: memory for time (Chen et al., arXiv 1604.06174).
   */
  recompute?: readonly string[];
}

/**
 * The gradient of `loss`, float32 of shape [], with respect to each of `parameters`, of its shape; undefined where the
 * loss does not depend on it.
 * @throws TouchlineError `trainer/rule` for an operator between them that has no rule, naming the node.
 */
export function gradients(
  g: GraphBuilder,
  loss: Value,
  parameters: readonly Value[],
  { recompute = [] }: GradientOptions = {},
): (Value | undefined)[] {
  const nodes = [...g.nodes];
  const needed = dependents(g, nodes, parameters);
  const recomputation = new Recomputation(g, nodes, needed, recompute);
  const sums = new Map<string, Contribution[]>([[loss.name, [() => g.scalar(1)]]]);
  const done = new Map<string, Value>();
  const gradientOf = (value: Value): Value | undefined => {
    const known = done.get(value.name);
    const parts = sums.get(value.name);
    if (known || !parts) return known;
    const sum = total(g, value, parts);
    sums.delete(value.name);
    done.set(value.name, sum);
    return sum;
  };
  const producers = new Map(nodes.flatMap((node) => node.outputs.map(({ name }) => [name, node] as const)));
  for (const original of nodes.toReversed()) {
    if (!original.inputs.some((value) => value && needed.has(value.name))) continue;
    const d = original.outputs.length === 1 ? gradientOf(original.outputs[0]!) : undefined;
    if (!d) continue;
    const node = recomputation.replay(original, d);
    const context: RuleContext = {
      g,
      node,
      constant: (value) => value && g.integersOf(value),
      producer: (value) => producers.get(value.name),
    };
    const contributions = g.within("gradient", () => ruleOf(node)(context, d));
    original.inputs.forEach((value, i) => {
      const contribution = contributions[i];
      if (!value || !contribution || !needed.has(value.name)) return;
      const list = sums.get(value.name);
      if (list) list.push(contribution);
      else sums.set(value.name, [contribution]);
    });
  }
  return parameters.map((parameter) => gradientOf(parameter));
}

/** Names of all floating-point values that depend on one of the parameters. */
function dependents(g: GraphBuilder, nodes: readonly Node[], parameters: readonly Value[]): Set<string> {
  const needed = new Set(parameters.map(({ name }) => name));
  for (const { inputs, outputs } of nodes) {
    if (!inputs.some((value) => value && needed.has(value.name))) continue;
    for (const { name, type } of outputs) {
      if (FLOATS.has(type) && !g.stopped.has(name)) needed.add(name);
    }
  }
  return needed;
}

const FLOATS: ReadonlySet<string> = new Set<DataType>(["float16", "bfloat16", "float32", "float64"]);

function ruleOf(node: Node): Rule {
  const rule = (RULES as Readonly<Record<string, Rule>>)[node.op];
  if (rule) return rule;
  throw new TouchlineError(
    "trainer/rule",
    `The operator ${node.op} of "${node.name}" has no gradient rule: build the loss without it, or write its rule in trainer/autodiff/rules.`,
  );
}

function total(g: GraphBuilder, value: Value, contributions: readonly Contribution[]): Value {
  return g.within("gradient", () => {
    const parts: Part[] = [];
    let sum: Value | undefined;
    for (const one of contributions) {
      if (typeof one === "object") {
        if (one.kind === "part") parts.push(one);
        continue;
      }
      const d = one();
      sum = sum ? add(g, sum, d) : d;
    }
    for (const d of joined(g, parts)) sum = sum ? add(g, sum, d) : d;
    for (const one of contributions) {
      if (typeof one === "object" && one.kind === "sparse") sum = one.into(sum ?? zeros(g, value));
    }
    return sum!;
  });
}

/** Parts that together are an axis, joined; else each with zeros around it. */
function joined(g: GraphBuilder, parts: readonly Part[]): Value[] {
  const sorted = parts.toSorted((a, b) => a.start - b.start);
  const { axis, size } = sorted[0] ?? {};
  let end: number = 0;
  const whole = sorted.every((part) => {
    const follows = part.axis === axis && part.start === end;
    end = part.end;
    return follows;
  });
  if (axis !== undefined && whole && end === size) {
    return [
      concat(
        g,
        sorted.map(({ build }) => build()),
        axis,
      ),
    ];
  }
  return parts.map((part) => padded(g, part.build(), part));
}

function zeros(g: GraphBuilder, { shape }: Value): Value {
  return expand(g, g.scalar(0), shape);
}
