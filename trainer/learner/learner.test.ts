/** @file A model that learns: parts and wholes, threads, checkpoints, and numbers that are none. */
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it, test } from "vitest";
import { batchesOf, hashesOf, MODEL, options, sequences, train } from "../../tests/model/learning.ts";
import { add, log } from "../../agent/graph/ops/index.ts";
import { openWeights, readTensor } from "../../agent/model/index.ts";
import { addAdapter, readAdapter } from "../lora/index.ts";
import { crossEntropy } from "../loss/index.ts";
import { Learner, type LearnerOptions, makeBatch, resumeCheckpoint, saveCheckpoint } from "./index.ts";

const folder = mkdtempSync(join(tmpdir(), "touchline-learner-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe("a step", () => {
  it("lowers the loss", async () => {
    const learner = Learner.open(MODEL, options);
    const batches = batchesOf(learner, [sequences(4, 0, true)]);
    const losses: number[] = [];
    for (let step = 0; step < 12; step++) losses.push((await learner.step(batches, 1e-2)).loss);
    expect(losses.at(-1)!).toBeLessThan(losses[0]! / 2);
    expect(learner.stepsDone).toBe(12);
    await learner.close();
  });

  it("is the same to the bit in two runs, with one thread and with two", async () => {
    const runs = await Promise.all(
      [2, 2, 1].map(async (threads) => {
        const learner = Learner.open(MODEL, { ...options, threads });
        await train(learner, 0, 4, { pictures: true });
        const hashes = await hashesOf(learner);
        await learner.close();
        return hashes;
      }),
    );
    expect(runs[1]).toEqual(runs[0]);
    expect(runs[2]).toEqual(runs[0]);
  });

  it.each([2, 4])("in %i parts comes to what it comes to in one", async (parts) => {
    const [whole, split] = [Learner.open(MODEL, options), Learner.open(MODEL, options)];
    const losses = await train(whole, 0, 5, { pictures: true });
    const others = await train(split, 0, 5, { pictures: true, parts });
    others.forEach((loss, i) => expect(loss).toBeCloseTo(losses[i]!, 5));
    await Promise.all([whole.close(), split.close()]);
  });

  it("that works layers out again comes to the same bits", async () => {
    const [kept, again] = [
      Learner.open(MODEL, options),
      Learner.open(MODEL, { ...options, recompute: true }),
    ];
    await train(kept, 0, 3, { pictures: true });
    await train(again, 0, 3, { pictures: true });
    expect(await hashesOf(again)).toEqual(await hashesOf(kept));
    await Promise.all([kept.close(), again.close()]);
  });

  it("leaves alone what is frozen, and what the loss does not reach", async () => {
    const learner = Learner.open(MODEL, { ...options, freeze: ["vision", "embedding"] });
    await train(learner, 0, 2, { pictures: true });
    const names = [...(await learner.state()).keys()].filter((name) => name.startsWith("model."));
    expect(names.filter((name) => /visual\.blocks|patch_embed|embed_tokens/.test(name))).toEqual([]);
    expect(names.some((name) => name.startsWith("model.visual.merger."))).toBe(true);
    await learner.close();
    const text = Learner.open(MODEL, options);
    await train(text, 0, 2);
    expect([...(await text.state()).keys()].filter((name) => name.includes("visual"))).toEqual([]);
    await text.close();
  });

  it("refuses a word that no parameter's name begins with", () => {
    expect(() => Learner.open(MODEL, { ...options, freeze: ["visoin"] })).toThrow(
      expect.objectContaining({ code: "trainer/modules", message: expect.stringContaining('"visoin"') }),
    );
    expect(() => Learner.open(MODEL, { ...options, freeze: ["all"] })).toThrow(
      expect.objectContaining({ code: "trainer/modules" }),
    );
  });
});

test("a placeholder of pictures that a model wrote itself is a word", async () => {
  const learner = Learner.open(MODEL, options);
  const { image } = learner.config.tokens;
  const [shown, plain] = [sequences(1, 0, true)[0]!, sequences(2, 0, true)[1]!];
  const [last, after] = [shown.ids.length, plain.ids.length];
  const wrote = [
    { ...shown, ids: [...shown.ids, image], learned: [...shown.learned, last] },
    { ...plain, ids: [...plain.ids, image, 7], learned: [after, after + 1] },
  ];
  const batch = makeBatch(learner.config, wrote);
  expect(batch.lengths).toMatchObject({ images: 1, features: 4 });
  expect([...(batch.feeds["labels"]!.data as BigInt64Array)].map(Number).slice(-2)).toEqual([image, 7]);
  const rows = { weights: new Float32Array(batch.rows).fill(1) };
  expect((await learner.evaluate([{ batch, rows }])).loss).toBeGreaterThan(0);
  await learner.close();
});

describe("an adapter", () => {
  const adapting: LearnerOptions = { ...options, lora: { rank: 4, alpha: 8, vision: true }, seed: 5 };

  it("learns beside weights that stay as they are, goes on from a checkpoint, and is merged there", async () => {
    const alone = Learner.open(MODEL, adapting);
    const losses = await train(alone, 0, 6, { pictures: true });
    const names = Object.keys(await hashesOf(alone));
    expect(names.filter((name) => !/\.lora_[AB]\.weight$/.test(name))).toEqual([]);
    expect(losses.at(-1)!).toBeLessThan(losses[0]!);

    const first = Learner.open(MODEL, adapting);
    await train(first, 0, 3, { pictures: true });
    const directory = join(folder, "adapter");
    await saveCheckpoint(first, directory);
    const { learner } = resumeCheckpoint(directory, adapting);
    await train(learner, 3, 6, { pictures: true });
    expect(await hashesOf(learner)).toEqual(await hashesOf(alone));

    const adapter = readAdapter(directory, first.config);
    const name = "model.language_model.layers.1.mlp.up_proj.weight";
    const stored = readTensor(openWeights(MODEL).tensors.get(name)!);
    expect(readTensor(openWeights(directory).tensors.get(name)!)).toEqual(
      addAdapter(stored.slice(), name, adapter),
    );
    expect(addAdapter(stored.slice(), name, adapter)).not.toEqual(stored);
    await Promise.all([alone.close(), first.close(), learner.close()]);
  });

  it("is not lost to other options, nor a model to an adapter", async () => {
    const [adapted, whole] = [Learner.open(MODEL, adapting), Learner.open(MODEL, options)];
    await Promise.all([train(adapted, 0, 1), train(whole, 0, 1)]);
    const [withAdapter, without] = [join(folder, "with-adapter"), join(folder, "without-adapter")];
    await saveCheckpoint(adapted, withAdapter);
    await saveCheckpoint(whole, without);
    const rank = { ...adapting, lora: { rank: 2, alpha: 8 } };
    const layers = { ...adapting, lora: { rank: 4, alpha: 8, targets: ["q_proj"] } };
    for (const [directory, given] of [
      [withAdapter, options],
      [withAdapter, rank],
      [withAdapter, layers],
      [without, adapting],
    ] as const) {
      expect(() => resumeCheckpoint(directory, given)).toThrow(
        expect.objectContaining({ code: "trainer/checkpoint" }),
      );
    }
    // A run that begins with the merged weights learns no adapter, and its checkpoints have none.
    const next = Learner.open(withAdapter, options);
    await train(next, 0, 1);
    await saveCheckpoint(next, join(folder, "after-adapter"));
    expect(readdirSync(withAdapter)).toContain("adapter_config.json");
    expect(readdirSync(join(folder, "after-adapter"))).not.toContain("adapter_config.json");
    await Promise.all([adapted.close(), whole.close(), next.close()]);
  });

  it("says where its frozen weights were, when they are not there", async () => {
    const moved = join(folder, "moved");
    cpSync(MODEL, moved, { recursive: true });
    const learner = Learner.open(moved, adapting);
    await train(learner, 0, 1);
    const directory = join(folder, "of-moved");
    await saveCheckpoint(learner, directory);
    await learner.close();
    renameSync(moved, `${moved}-away`);
    const resume = () => resumeCheckpoint(directory, adapting);
    expect(resume).toThrow(expect.objectContaining({ code: "trainer/checkpoint" }));
    expect(resume).toThrow(`frozen weights of "${moved}", which is not there`);
    const path = join(directory, "state.json");
    const state = JSON.parse(readFileSync(path, "utf8")) as object;
    writeFileSync(path, JSON.stringify({ ...state, base: `${moved}-away` }));
    const { learner: found } = resume();
    expect(found.stepsDone).toBe(1);
    await found.close();
  });
});

describe("a base in fewer bits", () => {
  it.each(["float16", "int4"] as const)(
    "lets an adapter learn beside it, and leaves nothing behind: %s",
    async (base) => {
      const before = readdirSync(tmpdir()).filter((name) => name.startsWith("touchline-base-"));
      const learner = Learner.open(MODEL, { ...options, lora: { rank: 4, alpha: 8 }, base });
      const losses = await train(learner, 0, 4, { pictures: true });
      expect(losses.at(-1)!).toBeLessThan(losses[0]!);
      await learner.close();
      const after = readdirSync(tmpdir()).filter((name) => name.startsWith("touchline-base-"));
      expect(after).toEqual(before);
    },
  );
});

describe("numbers that are none", () => {
  it.each([
    ["layers.1", "model.language_model.layers.1.mlp.up_proj.weight", NaN],
    ["layers.0", "model.language_model.layers.0.self_attn.o_proj.weight", Infinity],
  ])("are told with the layer: %s", async (layer, name, value) => {
    const learner = Learner.open(MODEL, options);
    await train(learner, 0, 1);
    const state = await learner.state();
    state.get(name)!.values[3] = value;
    const before = await hashesOf(learner);
    await expect(train(learner, 1, 2)).rejects.toThrow(
      expect.objectContaining({
        code: "trainer/not-finite",
        message: expect.stringContaining(`in ${layer},`),
      }),
    );
    expect(await hashesOf(learner)).toEqual(before);
    expect(learner.stepsDone).toBe(1);
    await learner.close();
  });

  it.each([1, 2])("change nothing either where only the loss is none, in %i parts", async (parts) => {
    const learner = Learner.open(MODEL, {
      loss: ({ g, logits, labels, perRow, scalar }) => ({
        loss: add(g, crossEntropy(g, logits(), labels, perRow("weights")), log(g, scalar("share"))),
      }),
    });
    const step = (share: number): Promise<unknown> => {
      const all = sequences(4, 0);
      const groups = parts === 1 ? [all] : [all.slice(0, 2), all.slice(2)];
      const batches = batchesOf(learner, groups).map(({ batch, rows }) => ({
        batch,
        rows,
        scalars: { share },
      }));
      return learner.step(batches, 1e-2);
    };
    await step(1);
    const before = await hashesOf(learner);
    await expect(step(0)).rejects.toThrow(expect.objectContaining({ code: "trainer/not-finite" }));
    expect(await hashesOf(learner)).toEqual(before);
    await step(1);
    expect(await hashesOf(learner)).not.toEqual(before);
    await learner.close();
  });
});

/** Pictures come, beside text. */
async function later(learner: Learner): Promise<void> {
  await train(learner, 2, 3, { pictures: true, parts: 4 });
  await train(learner, 3, 4, { parts: 2 });
  await train(learner, 4, 5, { pictures: true });
}

describe("a checkpoint", () => {
  it.each(["F32", "BF16", "F16"] as const)("of %s goes on as if there had been none", async (dtype) => {
    const alone = Learner.open(MODEL, options);
    await train(alone, 0, 6, { pictures: true });
    const first = Learner.open(MODEL, options);
    await train(first, 0, 3, { pictures: true });
    const directory = join(folder, `resume-${dtype}`);
    await saveCheckpoint(first, directory, { dtype, extra: { place: 3 } });
    await first.close();
    const { learner, extra } = resumeCheckpoint(directory, options);
    expect(extra).toEqual({ place: 3 });
    expect(learner.stepsDone).toBe(3);
    await train(learner, 3, 6, { pictures: true });
    expect(await hashesOf(learner)).toEqual(await hashesOf(alone));
    await Promise.all([learner.close(), alone.close()]);
  });

  it.each<[string, LearnerOptions]>([
    ["weights", options],
    ["an adapter", { ...options, lora: { rank: 4, alpha: 8, vision: true }, seed: 5 }],
  ])("of %s that pictures have not reached yet goes on the same when they come", async (what, own) => {
    const alone = Learner.open(MODEL, own);
    await train(alone, 0, 2);
    const directory = join(folder, `text-${what}`);
    await saveCheckpoint(alone, directory, { dtype: "BF16" });
    await later(alone);
    const { learner } = resumeCheckpoint(directory, own);
    await later(learner);
    const hashes = await hashesOf(learner);
    expect(hashes).toEqual(await hashesOf(alone));
    expect(Object.keys(hashes).filter((name) => name.startsWith("mean.model.visual."))).not.toEqual([]);
    await Promise.all([learner.close(), alone.close()]);
  });

  it("is a model folder with the weights as they are", async () => {
    const learner = Learner.open(MODEL, { ...options, train: ["text"] });
    await train(learner, 0, 2);
    const directory = join(folder, "folder");
    await saveCheckpoint(learner, directory);
    const { tensors } = openWeights(directory);
    const name = "model.language_model.layers.0.mlp.up_proj.weight";
    expect(readTensor(tensors.get(name)!)).toEqual((await learner.state()).get(name)!.values);
    const frozen = "model.visual.blocks.0.attn.qkv.weight";
    expect(readTensor(tensors.get(frozen)!)).toEqual(readTensor(openWeights(MODEL).tensors.get(frozen)!));
    const files = readdirSync(directory);
    for (const file of readdirSync(MODEL)) expect(files).toContain(file);
    await learner.close();
  });

  it("takes the place of one that has its name, and leaves it when it cannot be written", async () => {
    const learner = Learner.open(MODEL, options);
    await train(learner, 0, 1);
    const directory = join(folder, "again");
    await saveCheckpoint(learner, directory, { extra: 1 });
    await saveCheckpoint(learner, directory, { extra: 2 });
    expect(resumeCheckpoint(directory, options).extra).toBe(2);
    expect(readdirSync(folder).filter((name) => name.includes("again"))).toEqual(["again"]);
    const file = join(folder, "file");
    writeFileSync(file, "");
    await expect(saveCheckpoint(learner, join(file, "below"))).rejects.toThrow(
      expect.objectContaining({ code: "trainer/checkpoint" }),
    );
    await learner.close();
  });

  it("is not taken for any folder", () => {
    const empty = join(folder, "empty");
    mkdirSync(empty);
    expect(() => resumeCheckpoint(empty, options)).toThrow(
      expect.objectContaining({ code: "trainer/checkpoint" }),
    );
  });
});

describe("a batch", () => {
  it("refuses sequences with nothing to learn, and a token that has none before it", () => {
    const learner = Learner.open(MODEL, options);
    const [one] = sequences(1, 0);
    expect(() => makeBatch(learner.config, [{ ...one!, learned: [] }])).toThrow(
      expect.objectContaining({ code: "trainer/batch" }),
    );
    expect(() => makeBatch(learner.config, [{ ...one!, learned: [0] }])).toThrow(
      expect.objectContaining({ code: "trainer/batch" }),
    );
  });

  it("refuses numbers for other rows than it has", async () => {
    const learner = Learner.open(MODEL, options);
    const batch = makeBatch(learner.config, sequences(1, 0));
    const rows = { weights: new Float32Array(batch.rows + 1) };
    await expect(learner.step([{ batch, rows }], 1e-3)).rejects.toThrow(
      expect.objectContaining({ code: "trainer/batch" }),
    );
    await learner.close();
  });
});
