/** @file Building: names, constants, and lengths that are known only when a graph runs. */
import { describe, expect, it } from "vitest";
import { evaluate, evaluateAll, float } from "../../tests/model/evaluate.ts";
import { type Dimension, GraphBuilder, Session, times } from "./index.ts";
import { add, concat, reshape } from "./ops/index.ts";
import { plus } from "./value.ts";

describe("names", () => {
  const table: [what: string, build: (g: GraphBuilder) => unknown][] = [
    ["two inputs", (g) => g.input("x", "float32", [])],
    ["an output like an input", (g) => g.output("x", g.scalar(1))],
    ["a stored tensor", (g) => g.external("x", "float32", [1], { file: "f", offset: 0, byteLength: 4 })],
    ["a tensor with a name", (g) => g.raw("float32", new Uint8Array(4), [1], "x")],
  ];
  it.each(table)("are given once: %s", (_what, build) => {
    const g = new GraphBuilder("twice");
    g.input("x", "int64", ["n"]);
    const message = 'The graph "twice" has two values named "x".';
    expect(() => build(g)).toThrow(expect.objectContaining({ code: "graph/name", message }));
  });

  it("say where a node was built, from the outside in", () => {
    const g = new GraphBuilder("scopes");
    const x = g.input("x", "float32", [2]);
    const inner = g.within("outer", () => g.within("inner", () => add(g, x, x)));
    const after = add(g, x, x);
    expect(inner.name).toMatch(/^outer\/inner\/Add\.\d+$/);
    expect(after.name).toMatch(/^Add\.\d+$/);
    expect(() =>
      g.within("outer", () => {
        throw new Error("inside");
      }),
    ).toThrow("inside");
    expect(add(g, x, x).name).toMatch(/^Add\.\d+$/);
  });
});

describe("a graph", () => {
  it("without outputs is refused", () => {
    const message = 'The graph "empty" has no output.';
    expect(() => new GraphBuilder("empty").build()).toThrow(
      expect.objectContaining({ code: "graph/outputs", message }),
    );
  });

  it("holds only nodes that an output needs, and knows who made a value", () => {
    const g = new GraphBuilder("needed");
    const x = g.input("x", "float32", [1]);
    const [needed, idle] = [add(g, x, x), add(g, x, g.scalar(1))];
    g.output("y", needed);
    add(g, idle, idle);
    expect(g.build().nodes.map(({ name }) => name)).toEqual([needed.name]);
    expect(g.producerOf(idle)).toMatchObject({ op: "Add", inputs: [x, g.scalar(1)] });
    expect(g.producerOf(x)).toBeUndefined();
  });

  it("gives one value as several outputs, and an input as an output", async () => {
    const found = await evaluateAll([float([2], [1, 2])], (g, x) => {
      const sum = add(g, x, x);
      return [sum, sum, x];
    });
    expect(found.map(({ values }) => values)).toEqual([
      [2, 4],
      [2, 4],
      [1, 2],
    ]);
  });
});

describe("constants", () => {
  it("of the same small content are one, of other content or shape are not", () => {
    const g = new GraphBuilder("constants");
    const one = g.constant("int64", [1, 2]);
    expect(g.constant("int64", [1, 2])).toBe(one);
    expect(g.constant("int64", [1, 2], [2, 1])).not.toBe(one);
    expect(g.constant("int64", [1, 3])).not.toBe(one);
    expect(g.constant("float32", [1, 2])).not.toBe(one);
    expect(g.scalar(1)).not.toBe(g.constant("float32", [1]));
    g.output("out", one);
    expect(g.build().initializers).toHaveLength(6);
  });

  it.each([
    ["float32", [-1.5, 0, 3.4e38]],
    ["int64", [-(2 ** 53), -1, 0, 2 ** 53]],
    ["int32", [-(2 ** 31), 2 ** 31 - 1]],
    ["bool", [1, 0]],
    ["uint8", [0, 255]],
    ["float32", []],
  ] as const)("of %s hold %j", async (type, values) => {
    const found = await evaluate([], (g) => g.constant(type, values));
    expect(found.values.map(Math.fround)).toEqual(values.map(Math.fround));
    expect(found).toMatchObject({ type, shape: [values.length] });
  });

  it("of a shape for another number of values are refused", () => {
    const g = new GraphBuilder("wrong");
    expect(() => g.constant("int64", [1, 2, 3], [2, 2])).toThrow(
      expect.objectContaining({
        code: "graph/constant",
        message: "A constant of shape [2, 2] got 3 values.",
      }),
    );
  });

  it("of types that JavaScript has no numbers for are given as bytes", async () => {
    const g = new GraphBuilder("wrong");
    expect(() => g.constant("bfloat16", [1])).toThrow(
      expect.objectContaining({
        code: "graph/constant",
        message: "Constants of bfloat16 are given as bytes, with raw().",
      }),
    );
  });
});

describe("lengths", () => {
  const given = [float([2, 3], [0, 0, 0, 0, 0, 0], ["a", "b"]), float([0], [], ["c"])];

  it.each([
    ["a", 2],
    ["c", 0],
    ["a+b", 5],
    ["a*b", 6],
    ["2*b", 6],
    ["a*2*b", 12],
    ["a+b+c", 5],
    ["a*b+c", 6],
    ["b+2*a+1", 8],
  ])("%s is worked out from the inputs: %i", async (name, length) => {
    const found = await evaluate(given, (g) => g.length(name));
    expect(found).toEqual({ type: "int64", shape: [1], values: [length] });
  });

  const table: [length: Dimension, text: Dimension, value: number][] = [
    [times(2, 3), 6, 6],
    [plus(2, 3), 5, 5],
    [times("a", 1), "a", 2],
    [times(1, "a"), "a", 2],
    [times("a", "b"), "a*b", 6],
    [plus("a", "b"), "a+b", 5],
    [plus("a", 4), "a+4", 6],
    [plus("a", 0), "a", 2],
    [plus(0, "a"), "a", 2],
    [times(plus("a", "b"), 2), "a*2+b*2", 10],
    [times(2, plus("a", 1)), "2*a+2*1", 6],
    [times(plus("a", "b"), plus("c", 1)), "a*c+a*1+b*c+b*1", 5],
  ];
  it.each(table)("%s of sums and products is named %s: %i", async (length, text, value) => {
    expect(length).toBe(text);
    const found = await evaluate(given, (g) =>
      typeof length === "string" ? g.length(length) : g.constant("int64", [length]),
    );
    expect(found.values).toEqual([value]);
  });

  it("of a sum that is multiplied hold in a reshape", async () => {
    const inputs = [float([2, 4], Array(8).fill(1), ["a", 4]), float([1, 4], Array(4).fill(2), ["b", 4])];
    const found = await evaluate(inputs, (g, x, y) => {
      const joined = concat(g, [x, y], 0);
      return reshape(g, reshape(g, joined, [2, times(joined.shape[0]!, 2)]), [
        times(joined.shape[0]!, 2),
        "a",
        1,
      ]);
    });
    expect(found.shape).toEqual([6, 2, 1]);
  });

  it("that are defined are used", async () => {
    const found = await evaluate(given, (g) => {
      g.define("twice", g.constant("int64", [14]));
      return g.length("twice+a");
    });
    expect(found.values).toEqual([16]);
  });

  it("are read off an axis of any value", async () => {
    const found = await evaluate(given, (g, x) => g.lengthOf(concat(g, [x, x], 1), 1));
    expect(found.values).toEqual([6]);
  });

  it.each(["d", "a+d", "2*d"])("that nothing has are refused: %s", (name) => {
    const g = new GraphBuilder("lengths");
    g.input("x", "float32", ["a"]);
    const message = 'No input of "lengths" has an axis named "d".';
    expect(() => g.length(name)).toThrow(expect.objectContaining({ code: "graph/length", message }));
  });

  it("are worked out once", () => {
    const g = new GraphBuilder("once");
    g.input("x", "float32", ["a", "b"]);
    expect(g.length("a*b")).toBe(g.length("a*b"));
    const before = g.nodes.length;
    g.length("a");
    expect(g.nodes.length).toBe(before);
  });
});

describe("an output", () => {
  it("is written where it is worked out, read on or not, but never two from one value", async () => {
    const [doubled, again, same] = await evaluateAll([float([2], [1, 2])], (g, x) => {
      const sum = add(g, x, x);
      return [sum, add(g, sum, x), sum];
    });
    expect([doubled!.values, again!.values, same!.values]).toEqual([
      [2, 4],
      [3, 6],
      [2, 4],
    ]);
    const g = new GraphBuilder("outputs");
    const x = g.input("x", "float32", [2]);
    const sum = add(g, x, x);
    g.output("a", sum);
    g.output("b", sum);
    g.output("c", x);
    expect(g.build().nodes.map(({ op, outputs }) => [op, outputs[0]!.name])).toEqual([
      ["Add", "a"],
      ["Identity", "b"],
      ["Identity", "c"],
    ]);
  });
});

describe("once", () => {
  it("builds for the first who asks", async () => {
    const g = new GraphBuilder("once");
    const x = g.input("x", "float32", [1]);
    let builds = 0;
    const sum = () => {
      builds++;
      return add(g, x, x);
    };
    expect(g.once("sum", sum)).toBe(g.once("sum", sum));
    expect(builds).toBe(1);
    g.output("y", g.once("sum", sum));
    const session = await Session.open(g.build());
    await session.close();
  });
});
