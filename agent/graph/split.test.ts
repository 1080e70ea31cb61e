/** @file What the host works out of a graph, and that nothing changes by it. */
import { describe, expect, it } from "vitest";
import { type Feeds, float32, type Graph, GraphBuilder, int64, Session, splitGraph } from "./index.ts";
import { add, cast, cos, gather, matmul, mul, range, reshape, sub } from "./ops/index.ts";

/** Rows of a table, weighted by the cosine of their place, which is worked out in float64. */
function turned(): Graph {
  const g = new GraphBuilder("turned");
  const table = g.input("table", "float32", ["rows", 2]);
  const ids = g.input("ids", "int64", ["batch", "length"]);
  const flat = reshape(g, ids, ["batch*length"]);
  const reversed = sub(g, sub(g, g.length("rows"), g.constant("int64", [1])), flat);
  const places = reshape(g, cast(g, range(g, "batch*length"), "float32"), ["batch*length", 1]);
  const angles = cast(g, matmul(g, places, g.constant("float32", [0.25], [1, 1])), "float64");
  const weighted = mul(g, gather(g, table, reversed), cast(g, cos(g, angles), "float32"));
  g.output("turned", reshape(g, add(g, weighted, weighted), ["batch", "length", 2]));
  return g.build();
}

const FEEDS: Feeds = {
  table: float32(Float32Array.of(1, 2, 3, 4, 5, 6), [3, 2]),
  ids: int64([2, 0, 1, 1], [2, 2]),
};

describe("a graph in two", () => {
  it("leaves to the host what computes with integers or float64, and what stands before it", () => {
    const graph = turned();
    const { host, device } = splitGraph(graph)!;
    expect(host.nodes.length + device.nodes.length).toBe(graph.nodes.length);
    expect(device.nodes.map(({ op }) => op)).toEqual(["Gather", "Mul", "Add", "Reshape"]);
    expect(host.nodes.map(({ op }) => op)).toContain("MatMul");
    const ownInputs = device.inputs.slice(1);
    expect(device.inputs[0]!.name).toBe("table");
    expect(ownInputs).toEqual(host.outputs);
    expect(ownInputs.map(({ type }) => type).toSorted()).toEqual(["float32", "int64", "int64"]);
  });

  it("gives the same, one half after the other", async () => {
    const graph = turned();
    const { host, device } = splitGraph(graph)!;
    const [whole, first, second] = await Promise.all(
      [graph, host, device].map((one) => Session.open(one, { threads: 1 })),
    );
    const expected = await whole!.run(FEEDS);
    const found = await second!.run({ ...FEEDS, ...(await first!.run(FEEDS)) });
    expect(found["turned"]!.dims).toEqual([2, 2, 2]);
    expect(Array.from(found["turned"]!.data as Float32Array)).toEqual(
      Array.from(expected["turned"]!.data as Float32Array),
    );
    await Promise.all([whole, first, second].map((one) => one!.close()));
  });

  it("is whole where the host has nothing to do", () => {
    const g = new GraphBuilder("sum");
    const table = g.input("table", "float32", ["rows", 2]);
    g.output("picked", gather(g, table, g.input("ids", "int64", ["picked"])));
    expect(splitGraph(g.build())).toBeUndefined();
  });

  it("keeps what depends on values of the device, also where those are integers' matter", () => {
    const g = new GraphBuilder("rounded");
    const x = g.input("x", "float32", ["rows", 1]);
    g.output("sum", add(g, x, cast(g, cast(g, x, "int64"), "float32")));
    expect(splitGraph(g.build())).toBeUndefined();
  });
});
