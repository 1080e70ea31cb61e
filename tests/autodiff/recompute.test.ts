/**
 * @file Layers worked out a second time on the way back: the same gradients to the bit, from nodes of their own that
 * wait for the gradient.
 */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { InferenceSession } from "onnxruntime-node";
import { beforeAll, describe, expect, it } from "vitest";
import {
  encodeModel,
  float32,
  type Graph,
  GraphBuilder,
  int64,
  type Value,
} from "../../agent/graph/index.ts";
import * as ops from "../../agent/graph/ops/index.ts";
import { makeRandom } from "../../env/random.ts";
import { gradients } from "../../trainer/autodiff/index.ts";
import { drawNumbers, fixedAxis } from "./draw.ts";

const [LAYERS, ROWS, SIZE] = [3, 5, 8];
const SCOPES = Array.from({ length: LAYERS }, (_, i) => `layers.${i}/`);

/** Layers of attention of all rows to all, in another order whose way back is known; the loss is the sum of squares. */
function layered(recompute: readonly string[], masked = false): Graph {
  const g = new GraphBuilder("layers");
  const x = g.input("x", "float32", ["rows", SIZE]);
  const weights = SCOPES.map((_, i) => g.input(`w${i}`, "float32", [2 * SIZE, SIZE]));
  const norm = g.input("norm", "float32", [SIZE]);
  const [order, inverse] = ["order", "inverse"].map((name) => g.input(name, "int64", ["rows"]));
  const mask = masked ? g.input("mask", "float32", ["rows"]) : undefined;
  const layer = (h: Value, w: Value): Value => {
    const normed = ops.rmsNorm(g, ops.gather(g, h, order!, inverse), norm, 1e-6);
    const products = ops.matmul(g, normed, ops.transpose(g, normed, [1, 0]));
    const scores = mask ? ops.add(g, products, ops.exp(g, mask)) : products;
    const mixed = ops.matmul(g, ops.softmax(g, scores), normed);
    return ops.add(g, h, ops.sigmoid(g, ops.gemm(g, ops.concat(g, [mixed, normed], 1), w)));
  };
  const last = weights.reduce((h, w, i) => g.within(`layers.${i}`, () => layer(h, w)), x);
  const loss = g.output("loss", ops.reduceSum(g, ops.mul(g, last, last), [0, 1]));
  const parameters = [x, norm, ...weights];
  const found = gradients(g, loss, parameters, { recompute });
  // As a learner's graphs, which add gradients up or square them: from the first layer to the last.
  found.forEach((gradient, i) => {
    g.output(`gradient.${parameters[i]!.name}`, ops.mul(g, gradient!, g.scalar(2)));
  });
  return g.build();
}

interface Ran {
  outputs: Record<string, unknown>;
  /** In the order in which they ran. */
  kernels: { op: string; name: string }[];
}

async function run(graph: Graph): Promise<Ran> {
  const folder = mkdtempSync(join(tmpdir(), "touchline-profile-"));
  const session = await InferenceSession.create(encodeModel(graph), {
    graphOptimizationLevel: "all",
    enableProfiling: true,
    profileFilePrefix: join(folder, "profile"),
    logSeverityLevel: 4,
  });
  const random = makeRandom(1);
  const numbers = (...shape: number[]) =>
    float32(Float32Array.from(drawNumbers(random, shape.map(fixedAxis), -1, 1).values), shape);
  const weights = SCOPES.map((_, i) => [`w${i}`, numbers(2 * SIZE, SIZE)] as const);
  const outputs = await session.run({
    x: numbers(ROWS, SIZE),
    norm: numbers(SIZE),
    order: int64([3, 0, 4, 1, 2]),
    inverse: int64([1, 3, 4, 0, 2]),
    ...Object.fromEntries(weights),
  });
  session.endProfiling();
  await session.release();
  const file = join(folder, readdirSync(folder)[0]!);
  const events = JSON.parse(readFileSync(file, "utf8")) as { name: string; args?: { op_name?: string } }[];
  rmSync(folder, { recursive: true });
  const kernels = events.flatMap(({ name, args }) => {
    const kernel = name.match(/^(.*)_kernel_time$/)?.[1];
    return kernel === undefined ? [] : [{ op: args!.op_name!, name: kernel }];
  });
  return {
    outputs: Object.fromEntries(Object.entries(outputs).map(([name, { data }]) => [name, data])),
    kernels,
  };
}

describe("layers that are worked out again", () => {
  let kept: Ran;
  let again: Ran;
  beforeAll(async () => {
    kept = await run(layered([]));
    again = await run(layered(SCOPES));
  });

  it("have the same gradients to the bit", () => {
    expect(Object.keys(kept.outputs)).toHaveLength(3 + LAYERS);
    expect(again.outputs).toEqual(kept.outputs);
  });

  it.each(["Softmax", "SimplifiedLayerNormalization", "FusedGemm"])("run each %s twice, not merged", (op) => {
    const count = ({ kernels }: Ran): number => kernels.filter((kernel) => kernel.op === op).length;
    expect(count(kept)).toBe(LAYERS);
    expect(count(again)).toBe(2 * LAYERS);
  });

  // onnxruntime begins with the node that was built last and all that leads to it. Of 12 layers of gemm, SiLU and gemm
  // (2,048 rows, 256 wide and 1,024 inside, one thread) a run takes 400 MB when they are kept, and 133 MB worked out
  // again; but 407 MB with the gradients themselves as outputs, for then those of the weights come last.
  it("are worked out one by one, each when its gradient has come, and lead to their weight's at once", () => {
    const graph = layered(SCOPES);
    const weightOf = new Map(
      graph.nodes.map(({ name, outputs }) => [name, /^gradient\.w(\d)$/.exec(outputs[0]!.name)?.[1]]),
    );
    const stages = again.kernels.flatMap(({ op, name }) => {
      if (op === "Softmax") return [name.startsWith("again/") ? "again" : "there"];
      const weight = weightOf.get(name);
      return weight === undefined ? [] : [`weight ${weight}`];
    });
    expect(stages).toEqual([
      ...SCOPES.map(() => "there"),
      ...SCOPES.flatMap((_, i) => ["again", `weight ${LAYERS - 1 - i}`]),
    ]);
  });

  it("run nothing that no gradient needs", () => {
    // The sum at the end of a layer.
    expect(again.kernels.filter(({ op, name }) => op === "Add" && name.startsWith("again/"))).toEqual([]);
  });

  it("use again what no parameter stands behind", () => {
    const copied = layered(SCOPES, true).nodes.filter(({ name }) => name.startsWith("again/"));
    expect(copied.map(({ op }) => op)).toContain("Softmax");
    expect(copied.map(({ op }) => op)).not.toContain("Exp");
  });

  it("know the way back of their gathers still", () => {
    for (const { kernels } of [kept, again]) {
      expect(kernels.filter(({ op }) => op === "ScatterElements")).toEqual([]);
    }
  });
});

describe("scopes", () => {
  it("that are not named are kept", async () => {
    const some = await run(layered([SCOPES[1]!]));
    expect(some.kernels.filter(({ op }) => op === "Softmax")).toHaveLength(LAYERS + 1);
  });

  it("of which there are none change nothing", () => {
    expect(layered(["ayers.0/", "nowhere/"])).toEqual(layered([]));
  });
});
