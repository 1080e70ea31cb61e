/** @file Sessions: what they refuse, and how they say so. */
import { existsSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Feeds, float32, GraphBuilder, int64, Session, Tensor } from "./index.ts";
import { add, gather } from "./ops/index.ts";

let session: Session;
beforeAll(async () => {
  const g = new GraphBuilder("rows");
  const table = g.input("table", "float32", ["rows", 2]);
  g.output("picked", add(g, gather(g, table, g.input("which", "int64", ["picked"])), g.scalar(0.5)));
  session = await Session.open(g.build(), { threads: 1 });
});
afterAll(() => session.close());

const TABLE = float32(Float32Array.of(1, 2, 3, 4), [2, 2]);

describe("feeds", () => {
  const table: [what: string, feeds: Feeds, message: string][] = [
    ["a missing input", { table: TABLE }, 'Input "which" got nothing; expected int64 [picked].'],
    [
      "another type",
      { table: TABLE, which: float32(Float32Array.of(1), [1]) },
      'Input "which" got float32 [1]; expected int64 [picked].',
    ],
    [
      "a rank too many",
      { table: TABLE, which: int64([0], [1, 1]) },
      'Input "which" got int64 [1, 1]; expected int64 [picked].',
    ],
    [
      "another length",
      { table: float32(new Float32Array(3), [1, 3]), which: int64([0]) },
      'Input "table" got float32 [1, 3]; expected float32 [rows, 2].',
    ],
  ];
  it.each(table)("with %s are refused", async (_what, feeds, message) => {
    await expect(session.run(feeds)).rejects.toMatchObject({ code: "graph/feeds", message });
  });

  it.each([[[]], [[1]], [[1, 0, 1]]])("of any number of rows are taken: %j", async (which) => {
    const { picked } = await session.run({ table: TABLE, which: int64(which) });
    expect(picked!.dims).toEqual([which.length, 2]);
    expect(Array.from(picked!.data as Float32Array)).toEqual(
      which.flatMap((row) => [2 * row + 1.5, 2 * row + 2.5]),
    );
  });

  it("are made of plain numbers", () => {
    expect(int64([-1, 2 ** 53])).toMatchObject({ type: "int64", dims: [2] });
    expect(int64([-1, 2 ** 53]).data).toEqual(BigInt64Array.of(-1n, 2n ** 53n));
    expect(new Tensor("bool", Uint8Array.of(1), [1]).type).toBe("bool");
  });
});

describe("a run", () => {
  it("that fails says why in one sentence, without onnxruntime's paths, and the session goes on", async () => {
    await expect(session.run({ table: TABLE, which: int64([2]) })).rejects.toMatchObject({
      code: "graph/run",
      message: expect.stringMatching(/^The graph failed while it ran: [^\n]*Gather[^\n]*$/) as string,
    });
    expect((await session.run({ table: TABLE, which: int64([0]) }))["picked"]!.dims).toEqual([1, 2]);
  });

  it("adds to the seconds, also when it fails", async () => {
    let before = session.seconds;
    for (const which of [[0], [1], [7]]) {
      await session.run({ table: TABLE, which: int64(which) }).catch(() => undefined);
      expect(session.seconds).toBeGreaterThan(before);
      before = session.seconds;
    }
    expect(before).toBeLessThan(60);
    await session.run({ table: TABLE }).catch(() => undefined);
    expect(session.seconds).toBe(before);
  });

  it("changes none of its feeds", async () => {
    await session.run({ table: TABLE, which: int64([1, 1]) });
    expect(TABLE.data).toEqual(Float32Array.of(1, 2, 3, 4));
  });
});

describe("opening", () => {
  it("a graph with an operator that there is not says which", async () => {
    const g = new GraphBuilder("strange");
    g.output("y", g.node("Unheard", [g.input("x", "float32", [1])], [{ type: "float32", shape: [1] }])[0]!);
    await expect(Session.open(g.build())).rejects.toMatchObject({
      code: "graph/session",
      message: expect.stringMatching(/^The graph "strange" could not be opened: .*Unheard/) as string,
    });
  });

  // Where there is such a device this would open, and other tests use it.
  it.skipIf(existsSync("/dev/nvidia0"))(
    "on a device that is not there says so, and where to look",
    async () => {
      const g = new GraphBuilder("elsewhere");
      g.output("y", add(g, g.input("x", "float32", [1]), g.scalar(1)));
      await expect(Session.open(g.build(), { device: "cuda" })).rejects.toMatchObject({
        code: "graph/device",
        message: expect.stringMatching(
          /^The device cuda cannot be used: .+ Run "touchline doctor" to see what this machine offers\.$/,
        ) as string,
      });
    },
  );
});
