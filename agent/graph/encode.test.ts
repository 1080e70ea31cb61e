/** @file ONNX bytes, held against what onnxruntime reads from them. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { InferenceSession } from "onnxruntime-node";
import { describe, expect, it } from "vitest";
import { folderOf } from "../../tests/model/tiny-folder.ts";
import { evaluate, expectAbout, float, ints } from "../../tests/model/evaluate.ts";
import { type Attribute, encodeModel, float32, GraphBuilder, Session, type Shape } from "./index.ts";
import { cast } from "./ops/index.ts";

describe("a model", () => {
  it("is read by onnxruntime with its inputs and outputs, their types and named lengths", async () => {
    const g = new GraphBuilder("größe");
    g.output(
      "sum",
      g.node(
        "Add",
        [g.input("x", "float32", ["n", 3]), g.scalar(1)],
        [{ type: "float32", shape: ["n", 3] }],
      )[0]!,
    );
    g.output("same", g.input("y", "int64", []));
    const session = await InferenceSession.create(encodeModel(g.build()));
    expect(session.inputMetadata).toMatchObject([
      { name: "x", type: "float32", shape: ["n", 3] },
      { name: "y", type: "int64", shape: [] },
    ]);
    expect(session.outputMetadata).toMatchObject([
      { name: "sum", type: "float32", shape: ["n", 3] },
      { name: "same", type: "int64", shape: [] },
    ]);
    await session.release();
  });

  it("is the same bytes each time", () => {
    const [first, second] = [1, 2].map(() => {
      const g = new GraphBuilder("same");
      g.output("y", cast(g, g.input("x", "float32", ["n"]), "int64"));
      return encodeModel(g.build());
    });
    expect(first).toEqual(second);
  });
});

describe("attributes", () => {
  it.each([0, 1, -1, 127, 128, -128, 300, 2 ** 31, -(2 ** 31) - 1, 2 ** 53 - 1, -(2 ** 53 - 1)])(
    "of the integer %i",
    async (value) => {
      expect(await constantOf("value_int", { kind: "int", value }, [])).toEqual([value]);
    },
  );

  it("of lists of integers", async () => {
    const value = [-1, 0, 2 ** 40, -(2 ** 53 - 1), 5];
    expect(await constantOf("value_ints", { kind: "ints", value }, [5])).toEqual(value);
  });

  it.each([0, 1e-6, -1.5, 3.4e38, 1e-45])("of the float %f", async (value) => {
    expect(await constantOf("value_float", { kind: "float", value }, [])).toEqual([Math.fround(value)]);
  });

  it("of strings", async () => {
    const X = [-1, 0, 0.5, 2];
    const found = await evaluate(
      [float([4], X)],
      (g, x) =>
        g.node("Gelu", [x], [{ type: x.type, shape: x.shape }], {
          approximate: { kind: "string", value: "tanh" },
        })[0]!,
    );
    const expected = X.map(
      (x) => (x / 2) * (1 + Math.tanh(Math.sqrt(2 / Math.PI) * (x + 0.044715 * x ** 3))),
    );
    expectAbout(found, [4], expected);
  });
});

describe("inputs", () => {
  it("that are left out keep their place", async () => {
    const found = await evaluate(
      [float([3], [-5, 0, 5])],
      (g, x) => g.node("Clip", [x, null, g.scalar(1)], [{ type: x.type, shape: x.shape }])[0]!,
    );
    expect(found.values).toEqual([-5, 0, 1]);
  });

  it("of int64 hold large and negative values", async () => {
    const values = [-(2 ** 53), -1, 2 ** 53];
    const found = await evaluate([ints([3], values)], (g, x) => cast(g, cast(g, x, "float64"), "int64"));
    expect(found.values).toEqual(values);
  });
});

describe("tensors in a file", () => {
  // After 16 bytes of something else, as behind the header of a safetensors file.
  const header = new Uint8Array(16).fill(255);
  const table: [type: "float32" | "float16" | "bfloat16", bytes: Uint8Array][] = [
    ["float32", new Uint8Array(Float32Array.of(1.5, -2, 0, 1024, -0.25, 3).buffer)],
    ["float16", new Uint8Array(Uint16Array.of(0x3e00, 0xc000, 0, 0x6400, 0xb400, 0x4200).buffer)],
    ["bfloat16", new Uint8Array(Uint16Array.of(0x3fc0, 0xc000, 0, 0x4480, 0xbe80, 0x4040).buffer)],
  ];
  it.each(table)("of %s are read from their place", async (type, bytes) => {
    for (const foldConstants of [true, false]) {
      const directory = folderOf({ "weights.bin": Buffer.concat([header, bytes, header]) });
      const g = new GraphBuilder("external");
      const range = { file: "weights.bin", offset: 16, byteLength: bytes.length };
      g.output("w", cast(g, g.external("weights", type, [3, 2], range), "float32"));
      const session = await Session.open(g.build(), { directory, foldConstants });
      const { w } = await session.run({});
      expect(w!.dims).toEqual([3, 2]);
      expect(w!.data).toEqual(Float32Array.of(1.5, -2, 0, 1024, -0.25, 3));
      await session.close();
    }
  });

  it("are not copied into the model", () => {
    const g = new GraphBuilder("external");
    const range = { file: "weights.bin", offset: 2 ** 40, byteLength: 2 ** 34 };
    g.output("w", g.external("weights", "float32", [2 ** 16, 2 ** 16], range));
    const model = encodeModel(g.build());
    expect(model.length).toBeLessThan(300);
    const text = Buffer.from(model).toString("latin1");
    for (const value of ["weights.bin", String(2 ** 40), String(2 ** 34)]) expect(text).toContain(value);
  });

  it.each([
    ["a file that is not there", 0, 8],
    ["a place beyond the end", 40, 8],
    ["fewer bytes than the shape needs", 0, 4],
  ])("with %s do not open", async (what, offset, byteLength) => {
    const directory = folderOf();
    if (!what.includes("not there")) writeFileSync(join(directory, "weights.bin"), new Uint8Array(40));
    const g = new GraphBuilder("external");
    g.output("w", g.external("w0", "float32", [2], { file: "weights.bin", offset, byteLength }));
    await expect(Session.open(g.build(), { directory })).rejects.toMatchObject({
      code: "graph/session",
      message: expect.stringMatching(/^The graph "external" could not be opened: \S/) as string,
    });
  });

  it("lie in the folder of the session, not beside the process", async () => {
    const g = new GraphBuilder("external");
    g.output("w", g.external("w0", "float32", [1], { file: "package.json", offset: 0, byteLength: 4 }));
    await expect(Session.open(g.build(), { directory: folderOf() })).rejects.toMatchObject({
      code: "graph/session",
    });
  });
});

describe("a constant that is read as it was written", () => {
  it("of more bytes than one length of a varint", async () => {
    const values = Array.from({ length: 5000 }, (_, i) => i * 0.5 - 7);
    const found = await evaluate([], (g) => g.constant("float32", values, [50, 100]));
    expect(found).toEqual({ type: "float32", shape: [50, 100], values });
    expect(float32(Float32Array.from(values), [5000]).size).toBe(5000);
  });
});

/** What ONNX's Constant gives for an attribute. */
async function constantOf(name: string, attribute: Attribute, shape: Shape): Promise<number[]> {
  const type = attribute.kind === "float" ? "float32" : "int64";
  const found = await evaluate(
    [],
    (g) => g.node("Constant", [], [{ type, shape }], { [name]: attribute })[0]!,
  );
  return found.values;
}
