/** @file What the losses here have in common: sums over rows, bounds, and the refusal of settings that make no sense. */
import { TouchlineError } from "../../env/error.ts";
import type { GraphBuilder, Value } from "../../agent/graph/index.ts";
import { maximum, minimum, mul, reduceSum } from "../../agent/graph/ops/index.ts";

/** The sum of `values` times `weights`, both [rows], of shape []. */
export function weightedSum(g: GraphBuilder, values: Value, weights: Value): Value {
  return reduceSum(g, mul(g, values, weights), [0]);
}

/** `x` but not outside of the bounds, where it has no gradient. */
export function clamp(g: GraphBuilder, x: Value, lower: Value, upper: Value): Value {
  return minimum(g, maximum(g, x, lower), upper);
}

/** @throws TouchlineError `trainer/loss` unless `fits`; `expected` reads "a number from 0 to 1". */
export function checkSetting(name: string, value: number, fits: boolean, expected: string): void {
  if (fits) return;
  throw new TouchlineError("trainer/loss", `${name} is ${value}; expected ${expected}.`);
}

/** @throws TouchlineError `trainer/loss` unless it is above 0. */
export function checkTemperature(temperature: number): void {
  const fits = temperature > 0 && Number.isFinite(temperature);
  checkSetting("temperature", temperature, fits, "a number above 0, the temperature of the sampling");
}
