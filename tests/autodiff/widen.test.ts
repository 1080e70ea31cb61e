import { expect, test } from "vitest";
import { type DataType, float32, GraphBuilder, Session, type Value } from "../../agent/graph/index.ts";
import { cast, gemm, mul, reduceSum, slice } from "../../agent/graph/ops/index.ts";
import { encode } from "../../agent/model/folder/index.ts";
import { gradients } from "../../trainer/autodiff/index.ts";

const WEIGHT = Float32Array.of(1, -2, 0.5, 4, 3, -0.25);

/** The weight [3, 2] as it is stored, and the part of it that is used, in float32. */
function weightOf(g: GraphBuilder, type: DataType): { stored: Value; used: Value } {
  const bits = new Uint16Array(6);
  encode(type === "float16" ? "F16" : "BF16", WEIGHT, bits);
  const stored =
    type === "float32"
      ? g.raw(type, new Uint8Array(WEIGHT.buffer), [3, 2], "weight")
      : g.raw(type, new Uint8Array(bits.buffer), [3, 2], "weight");
  return { stored, used: cast(g, slice(g, stored, 0, 1, 3), "float32") };
}

/** Whether a value depends on another. */
function dependsOn(g: GraphBuilder, value: Value, other: Value): boolean {
  if (value.name === other.name) return true;
  return g.producerOf(value)?.inputs.some((input) => input && dependsOn(g, input, other)) ?? false;
}

test.each<[DataType, number]>([
  ["bfloat16", 2],
  ["float16", 2],
  ["float32", 0],
])(
  "a frozen weight in %s is made float32 %i times, the second time from the gradient on",
  async (type, casts) => {
    const g = new GraphBuilder("frozen");
    const x = g.input("x", "float32", ["rows", 2]);
    const { stored, used } = weightOf(g, type);
    const y = gemm(g, x, used, { transB: true });
    const [dx] = gradients(g, reduceSum(g, mul(g, y, y), [0, 1]), [x]);
    g.output("dx", dx!);
    const graph = g.build();
    const made = graph.nodes.filter(({ op }) => op === "Cast").map(({ outputs }) => outputs[0]!);
    expect(made).toHaveLength(casts);
    // The first waits for nothing, the second for what comes back through y.
    expect(made.map((value) => [dependsOn(g, value, stored), dependsOn(g, value, y)])).toEqual(
      [
        [true, false],
        [true, true],
      ].slice(0, casts),
    );
    const session = await Session.open(graph, { threads: 1, foldConstants: false });
    const found = await session.run({ x: float32(Float32Array.of(1, 2, -1, 0.5), [2, 2]) });
    await session.close();
    // y = x Wᵀ of the rows [0.5, 4] and [3, -0.25]; dx = 2 y W.
    expect(Array.from(found["dx"]!.data as Float32Array)).toEqual([23.5, 66.75, -17.25, 13.5625]);
  },
);
