/** @file Runs a loss on a model of one layer, and finds its gradients. */
import {
  type Feeds,
  float32,
  GraphBuilder,
  int64,
  Session,
  type SessionOptions,
  type Value,
} from "../../agent/graph/index.ts";
import { gemm } from "../../agent/graph/ops/index.ts";
import { gradients } from "../../trainer/autodiff/index.ts";
import type { Loss } from "../../trainer/learner/index.ts";

export interface Numbers {
  shape: readonly number[];
  values: readonly number[];
}

export interface Setup {
  /** `hidden` [rows, size], `head` [tokens, size], and what the loss asks for. */
  parameters: Readonly<Record<string, Numbers>>;
  labels: readonly number[];
  rows: Readonly<Record<string, ArrayLike<number>>>;
}

export interface Found {
  loss: number;
  metrics: Record<string, number>;
  /** By the parameters' names, and of `logits`; none for what the loss does not depend on. */
  gradients: Record<string, number[]>;
}

export async function runLoss(
  loss: Loss,
  { parameters, labels, rows }: Setup,
  options: SessionOptions = {},
): Promise<Found> {
  const g = new GraphBuilder("loss");
  const feeds: Record<string, Feeds[string]> = { labels: int64(labels) };
  const inputs = new Map<string, Value>();
  const input = (name: string, { shape, values }: Numbers, named: readonly (string | number)[]): Value => {
    const known = inputs.get(name) ?? g.input(name, "float32", named);
    inputs.set(name, known);
    feeds[name] = float32(Float32Array.from(values), shape);
    return known;
  };
  const own = (name: string): Value => input(name, parameters[name]!, parameters[name]!.shape);
  const hidden = input("hidden", parameters["hidden"]!, ["rows", parameters["hidden"]!.shape[1]!]);
  const logits = gemm(g, hidden, own("head"), { transB: true });
  const built = loss({
    g,
    hidden,
    logits: () => logits,
    labels: g.input("labels", "int64", ["rows"]),
    perRow: (name) => input(name, { shape: [labels.length], values: Array.from(rows[name]!) }, ["rows"]),
    scalar: () => {
      throw new Error("no scalars here");
    },
    parameter: (name, shape) => {
      if (shape.join() !== parameters[name]!.shape.join())
        throw new Error(`${name} is of shape ${shape.join()}`);
      return own(name);
    },
  });
  g.output("loss", built.loss);
  const metrics = Object.entries(built.metrics ?? {});
  for (const [name, value] of metrics) g.output(`metric.${name}`, value);
  const wanted = [["logits", logits] as const, ...[...inputs].filter(([name]) => name in parameters)];
  const found = gradients(
    g,
    built.loss,
    wanted.map(([, value]) => value),
  );
  const reached = wanted.flatMap(([name], i) => (found[i] ? [[name, found[i]] as const] : []));
  for (const [name, gradient] of reached) g.output(`gradient.${name}`, gradient);
  const session = await Session.open(g.build(), { threads: 1, ...options });
  const outputs = await session.run(feeds);
  await session.close();
  const read = (name: string): number[] => Array.from(outputs[name]!.data as Float32Array);
  return {
    loss: read("loss")[0]!,
    metrics: Object.fromEntries(metrics.map(([name]) => [name, read(`metric.${name}`)[0]!])),
    gradients: Object.fromEntries(reached.map(([name]) => [name, read(`gradient.${name}`)])),
  };
}

/** How far apart two lists are, as a share of the largest number of the second. */
export function distance(found: readonly number[], expected: readonly number[]): number {
  if (found.length !== expected.length) return Infinity;
  const largest = Math.max(...expected.map(Math.abs));
  return Math.max(...expected.map((value, i) => Math.abs(found[i]! - value))) / (largest || 1);
}
