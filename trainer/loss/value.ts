/** @file Values: what a head of one's own expects from here on, and the clipped loss by which it learns. */
import type { Dimension, GraphBuilder, Value } from "../../agent/graph/index.ts";
import { add, cast, gemm, less, maximum, mul, reshape, sub } from "../../agent/graph/ops/index.ts";
import type { Loss } from "../learner/index.ts";
import { checkSetting, clamp, weightedSum } from "./rows.ts";

/** Names of the head's parameters, [1, hiddenSize] and [1]. */
export const VALUE_WEIGHT = "value_head.weight";
export const VALUE_BIAS = "value_head.bias";

export interface ValueLossOptions {
  /** How far a value may move from the old one and still matter; Infinity for any. */
  clip: number;
  /** Under which name rows are given their weights: another than the policy's where not every token has a value. */
  weights: string;
}

export const VALUE_DEFAULTS: ValueLossOptions = { clip: 0.2, weights: "weights" };

/** The value of each of `hidden` [rows, hiddenSize]: [rows]. */
export function valueHead(
  g: GraphBuilder,
  hidden: Value,
  parameter: (name: string, shape: readonly number[]) => Value,
): Value {
  const [rows, size] = hidden.shape as [Dimension, number];
  const bias = parameter(VALUE_BIAS, [1]);
  return reshape(g, gemm(g, hidden, parameter(VALUE_WEIGHT, [1, size]), { transB: true, bias }), [rows]);
}

/**
 * For each row, with its value v and its return R: the larger of (v - R)² / 2 and (clip(v) - R)² / 2. Wants `returns`,
 * `weights` and, unless `clip` is Infinity, `old_values` for each row. Metrics, all sums by the weights: `value_loss`;
 * `value_clip_fraction`, of rows that clipping has taken the gradient from; `value` and `value_squared_error`, from
 * which `explainedVariance` is worked out.
 * @throws TouchlineError `trainer/loss` for a clip that is not above 0.
 */
export function valueLoss(given: Partial<ValueLossOptions> = {}): Loss {
  const { clip, weights: weightsName } = { ...VALUE_DEFAULTS, ...given };
  checkSetting("clip", clip, clip > 0, "a number above 0, or Infinity");
  return ({ g, hidden, perRow, parameter }) => {
    const values = valueHead(g, hidden, parameter);
    const [returns, weights] = [perRow("returns"), perRow(weightsName)];
    const mean = (rows: Value): Value => weightedSum(g, rows, weights);
    const squaredError = (some: Value): Value => {
      const error = sub(g, some, returns);
      return mul(g, error, error);
    };
    const plain = squaredError(values);
    const metrics = { value: mean(values), value_squared_error: mean(plain) };
    const half = (squares: Value): Value => mul(g, mean(squares), g.scalar(0.5));
    if (clip === Infinity) {
      const loss = half(plain);
      return { loss, metrics: { value_loss: loss, ...metrics } };
    }
    const [old, room] = [perRow("old_values"), g.scalar(clip)];
    // Where nothing is clipped this is the value itself, to the last bit, and so are the squares.
    const clipped = squaredError(clamp(g, values, sub(g, old, room), add(g, old, room)));
    const loss = half(maximum(g, plain, clipped));
    const taken = mean(cast(g, less(g, plain, clipped), "float32"));
    return { loss, metrics: { value_loss: loss, value_clip_fraction: taken, ...metrics } };
  };
}

/**
 * The share of the variance of returns that values explain: 1 at best, 0 for a constant, below for worse; NaN when all
 * returns are alike. `metrics` are those of a step of `valueLoss`, `returns` and `weights` all its rows.
 */
export function explainedVariance(
  { value, value_squared_error: squaredError }: Readonly<Record<"value" | "value_squared_error", number>>,
  returns: ArrayLike<number>,
  weights: ArrayLike<number>,
): number {
  let [weight, sum, squares] = [0, 0, 0];
  for (let i = 0; i < returns.length; i++) {
    weight += weights[i]!;
    sum += weights[i]! * returns[i]!;
    squares += weights[i]! * returns[i]! ** 2;
  }
  const variance = squares / weight - (sum / weight) ** 2;
  const unexplained = squaredError / weight - ((value - sum) / weight) ** 2;
  return variance > 0 ? 1 - unexplained / variance : NaN;
}
