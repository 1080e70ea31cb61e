/** @file AdamW (arXiv 1711.05101) with a clipped global norm, as nodes that follow the gradients in one graph. */
import type { GraphBuilder, Value } from "../../agent/graph/index.ts";
import {
  add,
  and,
  div,
  less,
  minimum,
  mul,
  reduceSumSquare,
  reshape,
  sqrt,
  sub,
  where,
} from "../../agent/graph/ops/index.ts";

export interface AdamWOptions {
  beta1: number;
  beta2: number;
  epsilon: number;
  /** Of parameters that decay; each step takes learning rate times this of a parameter. */
  weightDecay: number;
  /** The largest global norm that gradients may have; Infinity for any. */
  maxNorm: number;
}

/** As torch's AdamW, but for the decay and the clipping, which are as OpenRLHF has them. */
export const ADAMW_DEFAULTS: AdamWOptions = {
  beta1: 0.9,
  beta2: 0.95,
  epsilon: 1e-8,
  weightDecay: 0,
  maxNorm: 1,
};

export interface Parameter {
  value: Value;
  gradient: Value;
  /** Running means of the gradient and of its square, of the parameter's shape. */
  mean: Value;
  square: Value;
  decays: boolean;
}

/** Scalars that change from step to step, worked out by `stepScalars`. */
export interface StepInputs {
  learningRate: Value;
  /** 1 / (1 - beta^t) */
  correction1: Value;
  correction2: Value;
}

export interface Updated {
  value: Value;
  mean: Value;
  square: Value;
}

/**
 * The new state of each parameter, and the norm of all gradients before clipping. Where that, or the loss, is not a
 * finite number, everything stays as it was. Every new value depends on the norm, and so on all gradients: whoever writes it over the
 * old one can be sure that nobody has still to read that.
 */
export function adamW(
  g: GraphBuilder,
  parameters: readonly Parameter[],
  { learningRate, correction1, correction2 }: StepInputs,
  { beta1, beta2, epsilon, weightDecay, maxNorm }: AdamWOptions,
  loss?: Value,
): { updated: Updated[]; norm: Value } {
  const [one, none] = [g.scalar(1), g.scalar(0)];
  const squares = parameters.map(({ gradient }) => sumOfSquares(g, gradient));
  // onnxruntime works out first what the innermost sum asks for. From the last parameter to the first, each gradient is
  // there, and what it needs is free again, as soon as the way back comes by.
  const norm = sqrt(
    g,
    squares.toReversed().reduce((sum, square) => add(g, sum, square)),
  );
  // Comparisons with what is not a number do not hold.
  const isNumber = (x: Value): Value => and(g, less(g, x, g.scalar(3e38)), less(g, g.scalar(-3e38), x));
  const finite = loss ? and(g, isNumber(norm), isNumber(loss)) : isNumber(norm);
  const clip = Number.isFinite(maxNorm)
    ? minimum(g, one, div(g, g.scalar(maxNorm), add(g, norm, g.scalar(1e-6))))
    : one;
  const factor = where(g, finite, clip, none);
  const keep1 = where(g, finite, g.scalar(beta1), one);
  const keep2 = where(g, finite, g.scalar(beta2), one);
  // What is the same for all elements is multiplied beforehand: each operator goes over the whole memory once.
  const take1 = mul(g, sub(g, one, keep1), factor);
  const take2 = mul(g, sub(g, one, keep2), mul(g, factor, factor));
  const rate = where(g, finite, learningRate, none);
  const root = sqrt(g, correction2);
  const pace = div(g, mul(g, rate, correction1), root);
  const room = div(g, g.scalar(epsilon), root);
  const shrink = sub(g, one, mul(g, rate, g.scalar(weightDecay)));
  const updated = parameters.map(({ value, gradient, mean, square, decays }): Updated => {
    const own = where(g, finite, gradient, none);
    const newMean = add(g, mul(g, mean, keep1), mul(g, own, take1));
    const newSquare = add(g, mul(g, square, keep2), mul(g, mul(g, own, own), take2));
    const kept = decays && weightDecay !== 0 ? mul(g, value, shrink) : value;
    const next = sub(g, kept, div(g, mul(g, newMean, pace), add(g, sqrt(g, newSquare), room)));
    return { value: next, mean: newMean, square: newSquare };
  });
  return { updated, norm };
}

/** What the scalars are in a step, counted from 1. */
export function stepScalars(
  { beta1, beta2 }: AdamWOptions,
  step: number,
  learningRate: number,
): Record<keyof StepInputs, number> {
  return {
    learningRate,
    correction1: 1 / (1 - beta1 ** step),
    correction2: 1 / (1 - beta2 ** step),
  };
}

function sumOfSquares(g: GraphBuilder, x: Value): Value {
  const axes = x.shape.map((_, axis) => axis);
  return reshape(g, reduceSumSquare(g, x, axes), []);
}
