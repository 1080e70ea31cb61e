import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { float32, Session, sizeOf } from "../../agent/graph/index.ts";
import { openWeights, readConfig, readTensor } from "../../agent/model/index.ts";
import {
  ADAPTER,
  config,
  difference,
  expected,
  logitsOf,
  lossFeeds,
  planOf,
  readBatch,
  storedBase,
  TIED,
  trainAdapter,
} from "../../tests/model/adapting.ts";
import { fixtureFolder } from "../../tests/reference/fixture.ts";
import { gradientGraph } from "../learner/graph.ts";
import {
  type Adapter,
  type LoraOptions,
  makeAdapter,
  matrixShapes,
  mergeAdapter,
  readAdapter,
  writeAdapter,
} from "./index.ts";

const scratch = mkdtempSync(join(tmpdir(), "touchline-lora-"));
afterAll(() => rmSync(scratch, { recursive: true }));

describe("an adapter of peft", () => {
  it.each([false, true])(
    "has the gradients of peft in every matrix, layers worked out again: %s",
    async (recompute) => {
      const adapter = readAdapter(ADAPTER, config);
      const batch = await readBatch();
      const { graph, trainable } = gradientGraph(planOf(adapter, storedBase(), recompute), batch.pictures);
      const session = await Session.open(graph, { directory: TIED, threads: 1 });
      const outputs = await session.run({
        ...lossFeeds(batch),
        ...Object.fromEntries(
          trainable.flatMap(({ name, shape }) => [
            [name, float32(adapter.values.get(name)!, shape)],
            [`gradient.${name}`, float32(new Float32Array(sizeOf(shape)), shape)],
          ]),
        ),
      });
      await session.close();
      expect(trainable.map(({ name }) => `base_model.model.${name}`).sort()).toEqual(
        Object.keys(expected.parameters).sort(),
      );
      for (const { name } of trainable) {
        const found = outputs[`new.gradient.${name}`]!.data as Float32Array;
        const { norm, first } = expected.parameters[`base_model.model.${name}`]!;
        expect(Math.abs(Math.hypot(...found) - norm) / norm, name).toBeLessThan(1e-3);
        expect(difference(found.subarray(0, first.length), first), name).toBeLessThan(1e-3);
      }
    },
  );

  it("learns as peft does with torch's AdamW, loss by loss", async () => {
    const adapter = readAdapter(ADAPTER, config);
    const { losses, norms } = await trainAdapter(adapter, storedBase());
    expect(difference(losses, expected.losses)).toBeLessThan(1e-4);
    expect(difference(norms, expected.norms)).toBeLessThan(1e-3);
  });
});

describe("a merged folder", () => {
  it("has the logits of base and adapter, which are peft's", async () => {
    const merged = join(scratch, "merged");
    expect(mergeAdapter(TIED, ADAPTER, merged)).toEqual({
      layers: Object.keys(expected.parameters).length / 2,
    });
    const found = await logitsOf(storedBase(merged));
    const beside = await logitsOf(storedBase(), readAdapter(ADAPTER, config));
    expect(difference(found, Array.from(beside))).toBeLessThan(1e-5);
    expect(difference(found, Array.from(await logitsOf(storedBase())))).toBeGreaterThan(0.1);
    const [width] = expected.logits.map((row) => row.length);
    expected.logits.forEach((row, i) => {
      const rows = [found, beside].map((all) => all.subarray((i + 1) * width!, (i + 2) * width!));
      for (const one of rows) expect(difference(one, row)).toBeLessThan(1e-4);
    });
    expect(readFileSync(join(merged, "tokenizer.json"))).toEqual(readFileSync(join(TIED, "tokenizer.json")));
  });

  it.each([
    ["sharded", 2 ** -8],
    ["sliding", 2 ** -11],
  ])("keeps the stored types and files of %s, rounded once", (name, rounding) => {
    const base = join(fixtureFolder(name), "model");
    const [own, before] = [readConfig(base), openWeights(base)];
    const adapter = nonZero(makeAdapter(own, { rank: 3, alpha: 6, targets: ["o_proj"] }, 1));
    const [folder, out] = [join(scratch, `adapter-${name}`), join(scratch, `merged-${name}`)];
    writeAdapter(folder, adapter, { rank: 3, alpha: 6 }, base);
    mergeAdapter(base, folder, out);
    const after = openWeights(out);
    expect([...after.tensors.keys()].sort()).toEqual([...before.tensors.keys()].sort());
    for (const [key, tensor] of before.tensors) {
      const other = after.tensors.get(key)!;
      expect([other.dtype, other.name]).toEqual([tensor.dtype, tensor.name]);
      const [old, now] = [readTensor(tensor), readTensor(other)];
      const layer = key.replace(/\.weight$/, "");
      const { inSize } = adapter.layers.get(layer) ?? {};
      if (inSize === undefined) {
        expect(now).toEqual(old);
        continue;
      }
      const [a, b] = ["A", "B"].map((matrix) => adapter.values.get(`${layer}.lora_${matrix}.weight`)!);
      now.forEach((value, i) => {
        const [row, column] = [Math.floor(i / inSize), i % inSize];
        const products = [0, 1, 2].map((k) => b![3 * row + k]! * a![k * inSize + column]!);
        const exact = old[i]! + 2 * products.reduce((sum, product) => sum + product);
        expect(Math.abs(value - exact)).toBeLessThanOrEqual(Math.abs(exact) * rounding + 2 ** -25);
      });
    }
  });

  it("is not written where something is, nor half when the adapter is damaged", () => {
    expect(() => mergeAdapter(TIED, ADAPTER, TIED)).toThrow(/is not empty/);
    const broken = join(scratch, "broken");
    cpSync(ADAPTER, broken, { recursive: true });
    const file = join(broken, "adapter_model.safetensors");
    writeFileSync(file, readFileSync(file).subarray(0, 9000));
    expect(() => mergeAdapter(TIED, broken, join(scratch, "none"))).toThrow(
      expect.objectContaining({ code: "model/truncated" }),
    );
    expect(() => readFileSync(join(scratch, "none"))).toThrow(/ENOENT/);
  });
});

/** B drawn as well. */
function nonZero({ layers, values }: Adapter): Adapter {
  const filled = [...values].map(
    ([name, own]) => [name, own.map((value, i) => value || Math.sin(i + 1) / 20)] as const,
  );
  return { layers, values: new Map(filled) };
}

function layersOf(options: Partial<LoraOptions>): string[] {
  return [...makeAdapter(config, { rank: 2, alpha: 2, ...options }, 1).layers.keys()];
}

describe("a new adapter", () => {
  it("adapts the linear layers that are wanted", () => {
    expect(layersOf({})).toHaveLength(2 * 7);
    expect(layersOf({ vision: true })).toHaveLength(2 * 7 + 3 * 5 + 2);
    expect(layersOf({ targets: ["q_proj", "v_proj"] })).toEqual(
      [0, 1].flatMap((layer) =>
        ["q_proj", "v_proj"].map((name) => `model.language_model.layers.${layer}.self_attn.${name}`),
      ),
    );
    expect(layersOf({ targets: ["layers.1.mlp.up_proj"] })).toEqual([
      "model.language_model.layers.1.mlp.up_proj",
    ]);
    // Blocks of the vision tower have layers of this name, too.
    expect(layersOf({ targets: ["up_proj"], vision: true })).toHaveLength(2 + 3);
  });

  it.each([
    [{ targets: ["q_prj"] }, /no layer ends in "q_prj"/],
    [{ targets: ["qkv"] }, /no layer ends in "qkv"/],
    [{ targets: [] }, /targets is empty/],
    [{ rank: 0 }, /rank is 0/],
    [{ alpha: Number.NaN }, /alpha is NaN/],
  ] as const)("refuses %j", (options, message) => {
    expect(() => layersOf(options)).toThrow(message);
  });

  it("changes nothing at first, and is the same for the same seed", async () => {
    const adapter = makeAdapter(config, { rank: 4, alpha: 8, vision: true }, 7);
    expect(await logitsOf(storedBase(), adapter)).toEqual(await logitsOf(storedBase()));
    expect(makeAdapter(config, { rank: 4, alpha: 8, vision: true }, 7)).toEqual(adapter);
    const a = adapter.values.get("model.language_model.layers.0.mlp.down_proj.lora_A.weight")!;
    const bound = 1 / Math.sqrt(72);
    expect(Math.max(...a.map(Math.abs))).toBeLessThanOrEqual(bound);
    const variance = a.reduce((sum, value) => sum + value * value, 0) / a.length;
    expect(variance / (bound ** 2 / 3)).toBeCloseTo(1, 0);
  });

  it("comes back from its folder as it was", () => {
    const options = { rank: 4, alpha: 3, rankStabilised: true, targets: ["k_proj"] };
    const adapter = nonZero(makeAdapter(config, options, 7));
    writeAdapter(join(scratch, "written"), adapter, options, TIED);
    expect(readAdapter(join(scratch, "written"), config)).toEqual(adapter);
    expect(matrixShapes(adapter.layers).size).toBe(4);
  });

  it.each([
    [{ use_dora: true }, "model/config", /use_dora/],
    [{ rank_pattern: { q_proj: 4 } }, "model/config", /rank_pattern/],
    [{ peft_type: "IA3" }, "model/config", /peft_type/],
  ])("does not misread a config with %j", (change, code, message) => {
    const folder = join(scratch, `changed-${Object.keys(change)[0]}`);
    cpSync(ADAPTER, folder, { recursive: true });
    const path = join(folder, "adapter_config.json");
    const saved = JSON.parse(readFileSync(path, "utf8")) as object;
    writeFileSync(path, JSON.stringify({ ...saved, ...change }));
    const read = () => readAdapter(folder, config);
    expect(read).toThrow(expect.objectContaining({ code }));
    expect(read).toThrow(message);
  });

  it("refuses an adapter of another model", () => {
    const other = readConfig(join(fixtureFolder("untied"), "model"));
    expect(() => readAdapter(ADAPTER, other)).toThrow(expect.objectContaining({ code: "trainer/adapter" }));
  });
});
