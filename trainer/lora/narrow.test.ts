/** @file Adapters over frozen weights in fewer bits: right gradients, and what the bits cost. */
import { cpSync, existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { float32, GraphBuilder, Session, sizeOf } from "../../agent/graph/index.ts";
import {
  type Narrow,
  narrowWeights,
  openWeights,
  parameterShapes,
  writeSafetensors,
} from "../../agent/model/index.ts";
import {
  ADAPTER,
  type Base,
  config,
  difference,
  distance,
  expected,
  logitsOf,
  lossFeeds,
  planOf,
  readBatch,
  storedBase,
  TIED,
  trainAdapter,
} from "../../tests/model/adapting.ts";
import { gradientGraph } from "../learner/graph.ts";
import { readAdapter } from "./index.ts";

const SOFTWARE = "/usr/lib/chromium/vk_swiftshader_icd.json";
process.env["VK_ICD_FILENAMES"] = SOFTWARE;
process.env["XDG_RUNTIME_DIR"] ??= tmpdir();
const MINUTES = 60_000;

const scratch = mkdtempSync(join(tmpdir(), "touchline-narrow-"));
afterAll(() => rmSync(scratch, { recursive: true }));

function narrowBase(narrow: Narrow): Base {
  const path = join(scratch, `${narrow}.bin`);
  return { directory: scratch, frozen: narrowWeights(config, openWeights(TIED), narrow, path) };
}

/** A model folder in float32 whose weights are what these stand for. */
async function widenedFolder(name: string, { directory, frozen }: Base): Promise<string> {
  const g = new GraphBuilder("weights");
  const parameters = frozen(g);
  const shapes = [...parameterShapes(config)];
  for (const [own] of shapes) g.output(`out.${own}`, parameters(own));
  const session = await Session.open(g.build(), { directory, threads: 1 });
  const outputs = await session.run({});
  await session.close();
  const folder = join(scratch, name);
  cpSync(TIED, folder, { recursive: true });
  const tensors = shapes.map(([own, shape]) => ({
    name: own,
    dtype: "F32" as const,
    shape,
    data: outputs[`out.${own}`]!.data as Float32Array,
  }));
  writeSafetensors(join(folder, "model.safetensors"), tensors);
  return folder;
}

async function gradientsOf(base: Base, recompute: boolean): Promise<Map<string, Float32Array>> {
  const adapter = readAdapter(ADAPTER, config);
  const batch = await readBatch();
  const { graph, trainable } = gradientGraph(planOf(adapter, base, recompute), batch.pictures);
  const session = await Session.open(graph, { directory: base.directory, threads: 1, foldConstants: false });
  const given = trainable.flatMap(({ name, shape }) => [
    [name, float32(adapter.values.get(name)!, shape)] as const,
    [`gradient.${name}`, float32(new Float32Array(sizeOf(shape)), shape)] as const,
  ]);
  const outputs = await session.run({ ...lossFeeds(batch), ...Object.fromEntries(given) });
  await session.close();
  return new Map(trainable.map(({ name }) => [name, outputs[`new.gradient.${name}`]!.data as Float32Array]));
}

describe.each<Narrow>(["int4", "float16"])("frozen weights in %s", (narrow) => {
  it("have the gradients of the same numbers in float32, layers worked out again or not", async () => {
    const base = narrowBase(narrow);
    const wide = storedBase(await widenedFolder(narrow, base));
    const wanted = await gradientsOf(wide, false);
    const other = await gradientsOf(storedBase(), false);
    let apart = 0;
    for (const recompute of [false, true]) {
      const found = await gradientsOf(base, recompute);
      expect([...found.keys()]).toEqual([...wanted.keys()]);
      for (const [name, values] of found) {
        expect(difference(values, wanted.get(name)!), name).toBeLessThan(1e-4);
        apart = Math.max(apart, difference(values, other.get(name)!));
      }
    }
    // They are not those of the model as it was.
    expect(apart).toBeGreaterThan(1e-4);
  });
});

describe("what the bits cost", () => {
  it.each<[Narrow, { logits: number; losses: number }]>([
    ["float16", { logits: 2e-3, losses: 1e-3 }],
    ["int4", { logits: 0.5, losses: 0.05 }],
  ])("%s: logits, and the losses of ten steps of LoRA, are off by less than %j", async (narrow, most) => {
    const base = narrowBase(narrow);
    const { losses } = await trainAdapter(readAdapter(ADAPTER, config), base, { foldConstants: false });
    const cost = {
      logits: distance(await logitsOf(base), await logitsOf(storedBase())),
      losses: difference(losses, expected.losses),
    };
    console.info(`${narrow} differs from float32, in parts of it:`, cost, "last loss", losses.at(-1));
    expect(cost.logits).toBeLessThan(most.logits);
    expect(cost.losses).toBeLessThan(most.losses);
    expect(Math.min(cost.logits, cost.losses)).toBeGreaterThan(1e-6);
  });
});

// With CI set a machine without the driver fails instead of stepping aside.
describe.skipIf(!existsSync(SOFTWARE) && !process.env["CI"])("on WebGPU", () => {
  it(
    "int4 has the losses of the CPU, with every node on the device",
    async () => {
      const adapter = readAdapter(ADAPTER, config);
      const base = narrowBase("int4");
      const cpu = await trainAdapter(adapter, base, { foldConstants: false });
      const gpu = await trainAdapter(adapter, base, { device: "webgpu", foldConstants: false });
      expect(difference(gpu.losses, cpu.losses)).toBeLessThan(1e-3);
      expect(difference(gpu.norms, cpu.norms)).toBeLessThan(1e-3);
    },
    3 * MINUTES,
  );

  it(
    "float16 says so where the device has no such numbers",
    async () => {
      const trained = trainAdapter(readAdapter(ADAPTER, config), narrowBase("float16"), {
        device: "webgpu",
        foldConstants: false,
      });
      await expect(trained).rejects.toMatchObject({
        code: "graph/device",
        message: expect.stringContaining("int4"),
      });
    },
    3 * MINUTES,
  );
});
