/** @file Rules of operators over whole axes. */
import { TouchlineError } from "../../../env/error.ts";
import {
  type Dimension,
  type GraphBuilder,
  MICROSOFT,
  times,
  type Value,
} from "../../../agent/graph/index.ts";
import {
  add,
  cast,
  div,
  equal,
  expand,
  matmul,
  mul,
  neg,
  reciprocal,
  reduceMean,
  reduceSum,
  reshape,
  shapeValue,
  sqrt,
  sub,
} from "../../../agent/graph/ops/index.ts";
import { unbroadcast } from "../broadcast.ts";
import { late } from "../late.ts";
import type { Rule, RuleContext } from "../rule.ts";

export const ReduceSum: Rule = (context, d) => [() => stretched(context, d), null];

export const ReduceMean: Rule = (context, d) => {
  const { g, node } = context;
  const x = node.inputs[0]!;
  const length = axesOf(context)
    .map((axis) => x.shape[axis]!)
    .reduce(times, 1);
  return [() => stretched(context, div(g, d, lengthOf(g, length))), null];
};

/** The gradient goes to the largest; equal ones share it, as in torch. */
export const ReduceMax: Rule = (context, d) => {
  const { g, node } = context;
  const [x, y] = [node.inputs[0]!, node.outputs[0]!];
  return [
    () => {
      const largest = cast(g, equal(g, x, kept(context, y)), "float32");
      const count = reduceSum(g, largest, axesOf(context), true);
      return mul(g, largest, div(g, kept(context, d), count));
    },
    null,
  ];
};

/** Over the last axis. */
export const Softmax: Rule = ({ g, node }, d) => {
  const y = node.outputs[0]!;
  return [
    () => {
      const sum = reduceSum(g, mul(g, d, y), [y.shape.length - 1], true);
      return mul(g, y, sub(g, d, sum));
    },
  ];
};

/**
 * Root mean square normalisation. With r = 1 / sqrt(mean(x²) + epsilon) and u = r x, the result is u w, and
 * dx = r (d w - u mean(d w u)).
 */
export const SimplifiedLayerNormalization: Rule = ({ g, node }, d) => {
  const [forward, weight] = node.inputs as [Value, Value];
  const x = late(g, forward, d);
  const size = x.shape.at(-1)!;
  const epsilon = node.attributes["epsilon"];
  const scale = g.once(`rms of ${node.name} ${node.outputs[0]!.name}`, () => {
    const square = reduceMean(g, mul(g, x, x), [x.shape.length - 1], true);
    const room = g.scalar(epsilon?.kind === "float" ? epsilon.value : 1e-5);
    return reciprocal(g, sqrt(g, add(g, square, room)));
  });
  const unit = g.once(`unit of ${node.name} ${node.outputs[0]!.name}`, () => mul(g, x, scale));
  const product = g.once(`product of ${node.name} ${d.name}`, () => mul(g, d, unit));
  return [
    () => {
      const share = div(g, weight, lengthOf(g, size));
      // Of many rows a product of matrices is faster than a sum.
      const mean =
        x.shape.length > 1
          ? matmul(g, product, reshape(g, share, [size, 1]))
          : reduceSum(g, mul(g, product, share), [0], true);
      return mul(g, scale, sub(g, mul(g, d, weight), mul(g, unit, mean)));
    },
    () => unbroadcast(g, product, weight.shape),
  ];
};

/** Turning back is turning the other way; the angles are no parameters. */
export const RotaryEmbedding: Rule = ({ g, node }, d) => {
  const [, rows, cosine, sine] = node.inputs as [Value, Value, Value, Value];
  return [
    () => {
      const back = g.once(`negative ${sine.name}`, () => neg(g, sine));
      const output = { type: d.type, shape: d.shape };
      return g.node("RotaryEmbedding", [d, rows, cosine, back], [output], node.attributes, MICROSOFT)[0]!;
    },
    null,
    null,
    null,
  ];
};

function axesOf({ node, constant }: RuleContext): readonly number[] {
  const axes = constant(node.inputs[1] ?? undefined);
  if (axes) return axes;
  throw new TouchlineError(
    "trainer/rule",
    `The ${node.op} "${node.name}" has axes that are no numbers; its gradient has no rule: reduce over such.`,
  );
}

/** Something of the output's shape, with the reduced axes as lengths of 1. */
function kept(context: RuleContext, y: Value): Value {
  const axes = axesOf(context);
  const shape = context.node.inputs[0]!.shape.map((length, axis) => (axes.includes(axis) ? 1 : length));
  return reshape(context.g, y, shape);
}

function stretched(context: RuleContext, d: Value): Value {
  return expand(context.g, kept(context, d), context.node.inputs[0]!.shape);
}

function lengthOf(g: GraphBuilder, length: Dimension): Value {
  if (typeof length === "number") return g.scalar(length);
  return reshape(g, cast(g, shapeValue(g, [length]), "float32"), []);
}
