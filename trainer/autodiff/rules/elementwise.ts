/** @file Rules of operators that work element by element. */
import type { Value } from "../../../agent/graph/index.ts";
import {
  add,
  cast,
  div,
  equal,
  erf,
  exp,
  less,
  mul,
  neg,
  sub,
  where,
} from "../../../agent/graph/ops/index.ts";
import { unbroadcast } from "../broadcast.ts";
import type { Rule, RuleContext } from "../rule.ts";

const inputsOf = ({ node }: RuleContext): Value[] => node.inputs as Value[];

export const Identity: Rule = (_, d) => [() => d];

export const Neg: Rule = ({ g }, d) => [() => neg(g, d)];

export const Add: Rule = (context, d) => {
  const [a, b] = inputsOf(context);
  return [() => unbroadcast(context.g, d, a!.shape), () => unbroadcast(context.g, d, b!.shape)];
};

export const Sub: Rule = (context, d) => {
  const { g } = context;
  const [a, b] = inputsOf(context);
  return [() => unbroadcast(g, d, a!.shape), () => neg(g, unbroadcast(g, d, b!.shape))];
};

export const Mul: Rule = (context, d) => {
  const { g } = context;
  const [a, b] = inputsOf(context);
  return [() => unbroadcast(g, mul(g, d, b!), a!.shape), () => unbroadcast(g, mul(g, d, a!), b!.shape)];
};

export const Div: Rule = (context, d) => {
  const { g, node } = context;
  const [a, b] = inputsOf(context);
  return [
    () => unbroadcast(g, div(g, d, b!), a!.shape),
    () => neg(g, unbroadcast(g, div(g, mul(g, d, node.outputs[0]!), b!), b!.shape)),
  ];
};

export const Min: Rule = (context, d) => extreme(context, d, (a, b) => less(context.g, a, b));

export const Max: Rule = (context, d) => extreme(context, d, (a, b) => less(context.g, b, a));

/** The gradient goes to the one that was taken; where both are equal each gets half, as in torch. */
function extreme(context: RuleContext, d: Value, taken: (a: Value, b: Value) => Value): ReturnType<Rule> {
  const { g } = context;
  const [a, b] = inputsOf(context);
  const [one, half, none] = [g.scalar(1), g.scalar(0.5), g.scalar(0)];
  const share = (mine: Value, other: Value): Value =>
    where(g, taken(mine, other), one, where(g, equal(g, mine, other), half, none));
  return [
    () => unbroadcast(g, mul(g, d, share(a!, b!)), a!.shape),
    () => unbroadcast(g, mul(g, d, share(b!, a!)), b!.shape),
  ];
}

export const Where: Rule = (context, d) => {
  const { g } = context;
  const [condition, yes, no] = inputsOf(context);
  const none = g.scalar(0);
  return [
    null,
    () => unbroadcast(g, where(g, condition!, d, none), yes!.shape),
    () => unbroadcast(g, where(g, condition!, none, d), no!.shape),
  ];
};

/** Between types of floating point. */
export const Cast: Rule = (context, d) => [() => cast(context.g, d, inputsOf(context)[0]!.type)];

export const Exp: Rule = ({ g, node }, d) => [() => mul(g, d, node.outputs[0]!)];

export const Log: Rule = (context, d) => [() => div(context.g, d, inputsOf(context)[0]!)];

// These begin with d. onnxruntime works out on the way forward what needs no d, and would keep it beside y.

export const Sqrt: Rule = ({ g, node }, d) => [() => div(g, mul(g, d, g.scalar(0.5)), node.outputs[0]!)];

export const Reciprocal: Rule = ({ g, node }, d) => {
  const y = node.outputs[0]!;
  return [() => neg(g, mul(g, mul(g, d, y), y))];
};

/** d y (1 - y) */
export const Sigmoid: Rule = ({ g, node }, d) => {
  const y = node.outputs[0]!;
  return [
    () => {
      const part = mul(g, d, y);
      return sub(g, part, mul(g, part, y));
    },
  ];
};

/** x Phi(x): the derivative is Phi(x) + x phi(x), with the distribution and the density of the normal. */
export const Gelu: Rule = (context, d) => {
  const { g } = context;
  const x = inputsOf(context)[0]!;
  return [
    () => {
      const half = g.scalar(0.5);
      const distribution = add(g, half, mul(g, half, erf(g, mul(g, x, g.scalar(Math.SQRT1_2)))));
      const square = mul(g, mul(g, x, x), g.scalar(-0.5));
      const density = mul(g, exp(g, square), g.scalar(1 / Math.sqrt(2 * Math.PI)));
      return mul(g, d, add(g, distribution, mul(g, x, density)));
    },
  ];
};
