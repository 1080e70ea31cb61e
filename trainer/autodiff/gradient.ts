/**
 * @file Gradients by reverse accumulation (Baydin et al., arXiv 1502.05767): walks a graph's nodes backwards and
 * builds, with one rule for each operator, the nodes that compute the gradients.
 */
import { TouchlineError } from "../../env/error.ts";
import {
  type DataType,
  type GraphBuilder,
  type Node,
  shapeText,
  type Value,
} from "../../agent/graph/index.ts";
import type { Contribution, Rule, RuleContext } from "./rule.ts";
import { RULES } from "./rules/index.ts";
import { Recomputation } from "./recompute.ts";
import { sumOf } from "./sum.ts";

export interface GradientOptions {
  /**
   * Names of scopes, each with its slash, whose nodes are worked out a second time on the way back instead of being
   * kept: memory for time (Chen et al., arXiv 1604.06174). Of shapes without a named length onnxruntime still works
   * them out early.
   */
  recompute?: readonly string[];
}

/**
 * The gradient of `loss`, float32 of shape [], with respect to each of `parameters`, of its shape and type; undefined
 * where the loss does not depend on it.
 * @throws TouchlineError `trainer/rule` for an operator between them that has no rule, naming the node;
 * `trainer/loss` for a loss of another shape or type.
 */
export function gradients(
  g: GraphBuilder,
  loss: Value,
  parameters: readonly Value[],
  { recompute = [] }: GradientOptions = {},
): (Value | undefined)[] {
  if (loss.type !== "float32" || loss.shape.length > 0) {
    throw new TouchlineError(
      "trainer/loss",
      `The loss "${loss.name}" is ${loss.type} ${shapeText(loss.shape)}; expected one number, float32 []: sum or average it.`,
    );
  }
  const nodes = [...g.nodes];
  const needed = dependents(g, nodes, parameters);
  const recomputation = new Recomputation(g, nodes, needed, recompute);
  const sums = new Map<string, Contribution[]>([[loss.name, [() => g.scalar(1)]]]);
  const done = new Map<string, Value>();
  const gradientOf = (value: Value): Value | undefined => {
    const known = done.get(value.name);
    const parts = sums.get(value.name);
    if (known || !parts) return known;
    const sum = g.within("gradient", () => sumOf(g, value, parts));
    sums.delete(value.name);
    done.set(value.name, sum);
    return sum;
  };
  const contribute = (value: Value | null, contribution: Contribution | null | undefined): void => {
    if (!value || !contribution || !needed.has(value.name)) return;
    const list = sums.get(value.name);
    if (list) list.push(contribution);
    else sums.set(value.name, [contribution]);
  };
  const begins = firstUses(nodes, parameters);
  const pass = (original: Node): void => {
    if (!original.inputs.some((value) => value && needed.has(value.name))) return;
    const [d, ...others] = original.outputs.map(gradientOf);
    if (others.some(Boolean)) throw missing(original, "a further output");
    if (!d) return;
    const composite = g.composites.get(original.outputs[0]!.name);
    if (composite) {
      const own = composite.gradients(d, recomputation.again(original, d));
      composite.inputs.forEach((value, i) => contribute(value, own[i]));
      return;
    }
    const node = recomputation.replay(original, d);
    const context: RuleContext = {
      g,
      node,
      constant: (value) => value && g.integersOf(value),
      producer: (value) => g.producerOf(value),
    };
    const contributions = g.within("gradient", () => ruleOf(node)(context, d));
    original.inputs.forEach((value, i) => {
      if (value && needed.has(value.name) && !contributions[i]) throw missing(node, `input ${i}`);
      contribute(value, contributions[i]);
    });
  };
  for (const node of nodes.toReversed()) {
    pass(node);
    // At once, so that what only this gradient needs is kept no longer.
    begins.get(node)?.forEach(gradientOf);
  }
  return parameters.map((parameter) => gradientOf(parameter));
}

/** The parameters that nodes use which no node before them does. */
function firstUses(nodes: readonly Node[], parameters: readonly Value[]): Map<Node, Value[]> {
  const left = new Map(parameters.map((parameter) => [parameter.name, parameter]));
  const uses = new Map<Node, Value[]>();
  for (const node of nodes) {
    const own = node.inputs.flatMap((value) => (value && left.get(value.name)) ?? []);
    if (own.length > 0) uses.set(node, own);
    for (const { name } of own) left.delete(name);
  }
  return uses;
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
  throw missing(node);
}

/** `part`: of the node, where the others have a rule. */
function missing({ op, name }: Node, part?: string): TouchlineError {
  return new TouchlineError(
    "trainer/rule",
    `The operator ${op} of "${name}" has no gradient rule${part ? ` for ${part}` : ""}: build the loss without it, or write its rule in trainer/autodiff/rules.`,
  );
}
