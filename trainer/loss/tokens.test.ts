/** @file Probabilities of tokens and their entropy, also of logits that are extreme. */
import { describe, expect, it } from "vitest";
import { evaluateAll, float, ints } from "../../tests/model/evaluate.ts";
import { tokenValues } from "./tokens.ts";

async function values(logits: readonly number[], label: number, temperature?: number): Promise<number[]> {
  const given = [float([1, logits.length], logits), ints([1], [label])];
  const found = await evaluateAll(given, (g, x, labels) => {
    const tokens = tokenValues(g, x, labels, temperature);
    return [tokens.logProbability, tokens.entropy()];
  });
  return found.map((one) => one.values[0]!);
}

describe("tokenValues", () => {
  const table: [name: string, logits: number[], label: number, logProbability: number, entropy: number][] = [
    ["equal", [0, 0, 0, 0], 2, -Math.log(4), Math.log(4)],
    ["equal and huge", [1e4, 1e4, 1e4, 1e4], 0, -Math.log(4), Math.log(4)],
    ["equal and far below", [-1e4, -1e4], 1, -Math.log(2), Math.log(2)],
    ["sure of it", [1e4, -1e4, 0], 0, 0, 0],
    ["sure of another", [1e4, -1e4, 0], 1, -2e4, 0],
    ["torn between two", [1e4, 1e4, -1e4], 1, -Math.log(2), Math.log(2)],
    ["the only token", [7], 0, 0, 0],
    ["largest of float32", [3e38, -3e37], 1, -3.3e38, 0],
  ];
  it.each(table)("%s", async (_name, logits, label, logProbability, entropy) => {
    const [found, unsure] = await values(logits, label);
    expect(Math.abs(found! - logProbability)).toBeLessThanOrEqual(1e-6 * Math.max(1, -logProbability));
    expect(Math.abs(unsure! - entropy)).toBeLessThanOrEqual(1e-6);
  });

  it("has no number that is none where the difference is beyond float32", async () => {
    expect(await values([3e38, -3e38], 0)).toEqual([0, expect.any(Number)]);
  });

  it("with a temperature is that of logits divided by it", async () => {
    const logits = [1, -2, 0.5, 3];
    const [warm, divided] = [await values(logits, 2, 0.5), await values([2, -4, 1, 6], 2)];
    expect(warm).toEqual(divided);
  });
});
