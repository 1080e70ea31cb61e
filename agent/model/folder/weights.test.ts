import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { folderOf, safetensorsOf, tinyConfig } from "../../../tests/model/tiny-folder.ts";
import { errorOf } from "../../../tests/scenarios/refusal.ts";
import {
  checkWeights,
  openWeights,
  parameterShapes,
  parseConfig,
  readTensor,
  writeSafetensors,
  type NewTensor,
} from "./index.ts";

const CONFIG = parseConfig(tinyConfig());
const NORM = "model.language_model.norm.weight";

/** Zeros for every parameter of the tiny model. */
function tinyTensors(): NewTensor[] {
  return [...parameterShapes(CONFIG)].map(([name, shape]) => ({
    name,
    dtype: "BF16",
    shape,
    data: () => new Float32Array(shape.reduce((product, size) => product * size, 1)),
  }));
}

function changed(name: string, change: (tensor: NewTensor) => NewTensor[]): NewTensor[] {
  return tinyTensors().flatMap((tensor) => (tensor.name === name ? change(tensor) : [tensor]));
}

function folderWith(tensors: Iterable<NewTensor>): string {
  const directory = folderOf();
  writeSafetensors(join(directory, "model.safetensors"), tensors);
  return directory;
}

/** The same in two files with their index. */
function sharded(): { directory: string; index: { weight_map: Record<string, string> } } {
  const directory = folderOf();
  const tensors = tinyTensors();
  const index = { metadata: { total_size: 1 }, weight_map: {} as Record<string, string> };
  for (const [file, part] of [
    ["model-00001-of-00002.safetensors", tensors.slice(0, 20)],
    ["model-00002-of-00002.safetensors", tensors.slice(20)],
  ] as const) {
    writeSafetensors(join(directory, file), part);
    for (const { name } of part) index.weight_map[name] = file;
  }
  return { directory, index };
}

function indexed(directory: string, index: object): string {
  writeFileSync(join(directory, "model.safetensors.index.json"), JSON.stringify(index));
  return directory;
}

test("one file with every parameter", () => {
  const weights = openWeights(folderWith(tinyTensors()));
  expect([...weights.tensors.keys()].sort()).toEqual([...parameterShapes(CONFIG).keys()].sort());
  checkWeights(CONFIG, weights);
});

test("the old spelling stands under the canonical name and keeps its own", () => {
  const old = tinyTensors();
  for (const tensor of old) {
    tensor.name = tensor.name.replace("model.language_model.", "model.").replace("model.visual.", "visual.");
  }
  const weights = openWeights(folderWith(old));
  checkWeights(CONFIG, weights);
  expect(weights.tensors.get(NORM)?.name).toBe("model.norm.weight");
  expect(weights.tensors.get("model.visual.merger.ln_q.weight")?.name).toBe("visual.merger.ln_q.weight");
});

test("several files by their index, and what the index leaves out is left out", () => {
  const { directory, index } = sharded();
  delete index.weight_map["lm_head.weight"];
  const weights = openWeights(indexed(directory, index));
  expect(weights.tensors.size).toBe(parameterShapes(CONFIG).size - 1);
  const norm = weights.tensors.get(NORM);
  expect(norm?.file).toBe(join(directory, "model-00002-of-00002.safetensors"));
  expect(norm && [...readTensor(norm)]).toEqual(Array.from({ length: 32 }, () => 0));
  checkWeights(parseConfig(tinyConfig({ tie_word_embeddings: true })), weights);
});

test("a stored head of a tied model and other extra tensors are let be", () => {
  const extra: NewTensor = { name: "extra", dtype: "F32", shape: [1], data: Float32Array.of(1) };
  const weights = openWeights(folderWith([...tinyTensors(), extra]));
  checkWeights(parseConfig(tinyConfig({ tie_word_embeddings: true })), weights);
});

describe("folders that do not open", () => {
  test("without weights", () => {
    const directory = folderOf();
    expect(errorOf(() => openWeights(directory))).toMatchObject({
      code: "model/weights-missing",
      message: `"${directory}" holds no weights; expected model.safetensors, or model.safetensors.index.json and the files that it names.`,
    });
  });

  test("a missing file of the index", () => {
    const { directory, index } = sharded();
    const path = join(directory, "model-00002-of-00002.safetensors");
    rmSync(path);
    const error = errorOf(() => openWeights(indexed(directory, index)));
    expect(error).toMatchObject({ code: "model/weights-missing" });
    expect(error.message).toContain(`"${path}" is missing; expected it by model.safetensors.index.json`);
  });

  test("a tensor that is not in its file", () => {
    const { directory, index } = sharded();
    index.weight_map[NORM] = "model-00001-of-00002.safetensors";
    expect(errorOf(() => openWeights(indexed(directory, index)))).toMatchObject({
      code: "model/tensor-missing",
      message: `"${join(directory, "model-00001-of-00002.safetensors")}" has no tensor "${NORM}"; expected it by model.safetensors.index.json.`,
    });
  });

  test.each([
    [{}, "weight_map is missing; expected an object that gives each tensor its file."],
    [{ weight_map: { a: 1 } }, "weight_map.a is 1; expected the name of a file."],
    [
      { weight_map: { a: "../b" } },
      'weight_map.a is "../b"; expected the name of a file in the same folder.',
    ],
  ])("the index %j", (index, sentence) => {
    const directory = indexed(folderOf(), index);
    const error = errorOf(() => openWeights(directory));
    expect(error).toMatchObject({ code: "model/config" });
    expect(error.message).toBe(`${join(directory, "model.safetensors.index.json")}: ${sentence}`);
  });

  test("two spellings of one parameter", () => {
    const directory = folderWith(changed(NORM, (norm) => [norm, { ...norm, name: "model.norm.weight" }]));
    const error = errorOf(() => openWeights(directory));
    expect(error).toMatchObject({ code: "model/tensor-twice" });
    expect(error.message).toContain(`has both "${NORM}" and "model.norm.weight"`);
  });
});

describe("weights unlike the config", () => {
  test("a missing tensor", () => {
    const directory = folderWith(changed(NORM, () => []));
    expect(errorOf(() => checkWeights(CONFIG, openWeights(directory)))).toMatchObject({
      code: "model/tensor-missing",
      message: `"${directory}" has no tensor "${NORM}"; expected one of shape [32] by its config.json.`,
    });
  });

  test("a head that an untied model lacks", () => {
    const directory = folderWith(changed("lm_head.weight", () => []));
    const error = errorOf(() => checkWeights(CONFIG, openWeights(directory)));
    expect(error).toMatchObject({ code: "model/tensor-missing" });
    expect(error.message).toContain('"lm_head.weight"');
  });

  test("a wrong shape of as many elements", () => {
    const directory = folderWith(changed(NORM, (norm) => [{ ...norm, shape: [4, 8] }]));
    expect(errorOf(() => checkWeights(CONFIG, openWeights(directory)))).toMatchObject({
      code: "model/tensor-shape",
      message: `"${join(directory, "model.safetensors")}" has "${NORM}" with the shape [4, 8]; expected [32] by config.json.`,
    });
  });

  test("integers", () => {
    const entries = [...parameterShapes(CONFIG)];
    let end = 0;
    const header = entries.map(([name, shape]) => {
      const begin = end;
      end += shape.reduce((product, size) => product * size, 1);
      return [name, { dtype: "I8", shape, data_offsets: [begin, end] }] as const;
    });
    const directory = folderOf({ "model.safetensors": safetensorsOf(Object.fromEntries(header), end) });
    const error = errorOf(() => checkWeights(CONFIG, openWeights(directory)));
    expect(error).toMatchObject({ code: "model/tensor-type" });
    expect(error.message).toContain(
      'has "model.visual.patch_embed.proj.weight" as I8; expected F32, F16, BF16.',
    );
  });
});
