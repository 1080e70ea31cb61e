import { expect, it } from "vitest";
import { evaluate, expectAbout, float } from "../../../tests/model/evaluate.ts";
import { GraphBuilder } from "../builder.ts";
import { add } from "./elementwise.ts";
import { dequantise } from "./quantised.ts";

it("gives each number of 4 bits times the scale of its block, the last of which may be short", async () => {
  const steps = Array.from({ length: 2 * 34 }, (_, i) => (i % 16) - 8);
  const bytes = Uint8Array.from(
    { length: 34 },
    (_, i) => (steps[2 * i]! & 15) | ((steps[2 * i + 1]! & 15) << 4),
  );
  const scales = [0.5, -2, 3, 0];
  const found = await evaluate([float([], [1])], (g, one) => {
    const codes = g.raw("int4", bytes, [2, 34]);
    return add(g, one, dequantise(g, codes, g.constant("float32", scales, [2, 2])));
  });
  const expected = steps.map((step, i) => 1 + step * scales[2 * Math.floor(i / 34) + (i % 34 < 32 ? 0 : 1)]!);
  expectAbout(found, [2, 34], expected);
});

it("refuses scales for other blocks, and other types", () => {
  const g = new GraphBuilder("refused");
  const codes = g.raw("int4", new Uint8Array(64), [2, 64]);
  const refusal = { code: "graph/shape" };
  expect(() => dequantise(g, codes, g.constant("float32", [1, 1], [2, 1]))).toThrow(
    expect.objectContaining(refusal),
  );
  const scales = g.constant("float32", [1, 1, 1, 1], [2, 2]);
  expect(() => dequantise(g, g.constant("uint8", Array(128).fill(0), [2, 64]), scales)).toThrow(
    expect.objectContaining(refusal),
  );
});
