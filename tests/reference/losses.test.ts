/** @file Losses of policy and value against torch: values, metrics and gradients (losses.py says how it computes them). */
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import {
  combine,
  constantWeights,
  policyLoss,
  type PolicyLossOptions,
  sequenceWeights,
  tokenWeights,
  toRows,
  valueLoss,
} from "../../trainer/loss/index.ts";
import type { Loss } from "../../trainer/learner/index.ts";
import { distance, type Numbers, runLoss } from "../loss/run.ts";
import { fixtureFolder } from "./fixture.ts";

interface LossCase {
  name: string;
  mean: "tokens" | "masked" | "sequences" | "constant";
  policy?: Partial<PolicyLossOptions>;
  value?: { clip?: number | null; coefficient?: number };
  loss: number;
  metrics: Record<string, number>;
  gradients: Record<string, number[]>;
}

const { cases, labels, lengths, masked, mostTokens, parameters, rows } = JSON.parse(
  readFileSync(fixtureFolder("losses.json"), "utf8"),
) as {
  lengths: number[];
  masked: number[];
  mostTokens: number;
  labels: number[];
  parameters: Record<string, Numbers>;
  rows: Record<string, number[]>;
  cases: LossCase[];
};

function weightsOf(mean: LossCase["mean"]): ArrayLike<number> {
  switch (mean) {
    case "tokens":
      return toRows(tokenWeights(lengths), lengths);
    case "sequences":
      return toRows(sequenceWeights(lengths), lengths);
    case "constant":
      return toRows(constantWeights(lengths, mostTokens), lengths);
    default:
      return labels.map((_, i) => (masked.includes(i) ? 0 : 1 / (labels.length - masked.length)));
  }
}

function lossOf({ policy, value }: LossCase): Loss {
  const clip = value?.clip === null ? Infinity : value?.clip;
  const parts: [Loss, number][] = [];
  if (policy) parts.push([policyLoss(policy), 1]);
  if (value) parts.push([valueLoss(clip === undefined ? {} : { clip }), value.coefficient ?? 1]);
  return combine(parts);
}

test.each(cases)("$name", async (one) => {
  const setup = { parameters, labels, rows: { ...rows, weights: weightsOf(one.mean) } };
  const { loss, metrics, gradients } = await runLoss(lossOf(one), setup);
  expect(distance([loss], [one.loss])).toBeLessThan(1e-5);
  expect(Object.keys(metrics).toSorted()).toEqual(Object.keys(one.metrics).toSorted());
  for (const [name, expected] of Object.entries(one.metrics)) {
    expect(Math.abs(metrics[name]! - expected), name).toBeLessThan(1e-5 * Math.max(1, Math.abs(expected)));
  }
  expect(Object.keys(gradients).toSorted()).toEqual(Object.keys(one.gradients).toSorted());
  for (const [name, expected] of Object.entries(one.gradients)) {
    expect(distance(gradients[name]!, expected), name).toBeLessThan(1e-5);
  }
});
