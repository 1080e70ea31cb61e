/** @file Attention for training gives what attention gives, and the gradients that the rules of its nodes give. */
import { describe, expect, it } from "vitest";
import { between, makeRandom } from "../../env/random.ts";
import { GraphBuilder, Session, type Value, float32 } from "../../agent/graph/index.ts";
import { mul, reduceSum } from "../../agent/graph/ops/index.ts";
import type { Ways } from "../../agent/model/index.ts";
import { attend } from "../../agent/model/network/attention.ts";
import { trainedAttention } from "./attention.ts";
import { gradients } from "./index.ts";

const [batch, heads, group, queries, columns, headSize] = [2, 2, 3, 5, 7, 4];
const SHAPES = {
  query: [batch, heads, group, queries, headSize],
  key: [batch, heads, columns, headSize],
  value: [batch, heads, columns, headSize],
  bias: [batch, 1, 1, queries, columns],
  weight: [batch, heads, group, queries, headSize],
};

async function run(
  how: Ways["attend"],
  recompute: readonly string[] = [],
): Promise<Record<string, number[]>> {
  const g = new GraphBuilder("attention");
  const random = makeRandom(3);
  const inputs: Record<string, Value> = {};
  const feeds = Object.fromEntries(
    Object.entries(SHAPES).map(([name, shape]) => {
      inputs[name] = g.input(name, "float32", shape);
      const size = shape.reduce((product, length) => product * length, 1);
      const values = Float32Array.from({ length: size }, () => between(random, -1, 1));
      // The last column is hidden from the first query.
      if (name === "bias") values[columns - 1] = -1e9;
      return [name, float32(values, shape)] as const;
    }),
  );
  const { query, key, value, bias, weight } = inputs as Record<keyof typeof SHAPES, Value>;
  const output = g.within("part", () => how(g, query, [{ key, value }], bias));
  const loss = reduceSum(g, mul(g, output, weight), [0, 1, 2, 3, 4]);
  const found = gradients(g, loss, [query, key, value], { recompute });
  g.output("output", output);
  ["query", "key", "value"].forEach((name, i) => g.output(`gradient.${name}`, found[i]!));
  const session = await Session.open(g.build(), { threads: 1 });
  const outputs = await session.run(feeds);
  await session.close();
  return Object.fromEntries(
    Object.entries(outputs).map(([name, { data }]) => [name, Array.from(data as Float32Array)]),
  );
}

describe("attention for training", () => {
  it.each([[[]], [["part/"]]])("agrees with the rules, worked out again: %j", async (recompute) => {
    const expected = await run(attend);
    const found = await run(trainedAttention, recompute);
    expect(Object.keys(found)).toEqual(Object.keys(expected));
    for (const [name, values] of Object.entries(expected)) {
      values.forEach((one, i) => expect(found[name]![i], `${name} ${i}`).toBeCloseTo(one, 5));
    }
  });
});
