import { expect, test } from "vitest";
import { folderOf, tinyConfig } from "../../../tests/model/tiny-folder.ts";
import { errorOf } from "../../../tests/scenarios/refusal.ts";
import { generationConfig } from "./index.ts";

const DEFAULTS = {
  endTokens: [],
  padToken: null,
  sample: false,
  temperature: 1,
  topK: 50,
  topP: 1,
  repetitionPenalty: 1,
};

test("the file of Qwen2.5-VL-3B-Instruct", () => {
  const file = {
    bos_token_id: 151643,
    pad_token_id: 151643,
    do_sample: true,
    eos_token_id: [151645, 151643],
    repetition_penalty: 1.05,
    temperature: 0.000001,
    transformers_version: "4.49.0",
  };
  expect(generationConfig(folderOf({ "generation_config.json": file }))).toEqual({
    endTokens: [151645, 151643],
    padToken: 151643,
    sample: true,
    temperature: 0.000001,
    topK: 50,
    topP: 1,
    repetitionPenalty: 1.05,
  });
});

test.each([
  [{}, DEFAULTS],
  [{ eos_token_id: 7 }, { ...DEFAULTS, endTokens: [7] }],
  [{ eos_token_id: null, top_k: null }, DEFAULTS],
  [
    { top_k: 0, top_p: 0.9, temperature: 0 },
    { ...DEFAULTS, topK: 0, topP: 0.9, temperature: 0 },
  ],
])("%j", (file, expected) => {
  expect(generationConfig(folderOf({ "generation_config.json": file }))).toEqual(expected);
});

test.each([
  [tinyConfig(), { ...DEFAULTS, endTokens: [7] }],
  [
    { ...tinyConfig(), eos_token_id: [1, 2], pad_token_id: 3 },
    { ...DEFAULTS, endTokens: [1, 2], padToken: 3 },
  ],
])("without the file, the tokens of config.json", (config, expected) => {
  expect(generationConfig(folderOf({ "config.json": config }))).toEqual(expected);
});

test.each([
  [{ eos_token_id: "<|im_end|>" }, 'eos_token_id is "<|im_end|>"; expected a token or a list of tokens.'],
  [{ eos_token_id: [-1] }, "eos_token_id[0] is -1; expected a token, an integer from 0."],
  [{ pad_token_id: 1.5 }, "pad_token_id is 1.5; expected a token, an integer from 0."],
  [{ temperature: -1 }, "temperature is -1; expected a number from 0."],
  [{ top_k: -1 }, "top_k is -1; expected an integer from 0."],
  [{ top_p: 1.5 }, "top_p is 1.5; expected a number above 0 to 1."],
  [{ repetition_penalty: 0 }, "repetition_penalty is 0; expected a number above 0."],
  [{ do_sample: 1 }, "do_sample is 1; expected true or false."],
  [[1], "the whole file is [1]; expected an object."],
])("%j is refused", (file, sentence) => {
  const directory = folderOf({ "generation_config.json": file });
  const error = errorOf(() => generationConfig(directory));
  expect(error).toMatchObject({ code: "model/config" });
  expect(error.message).toBe(`${directory}/generation_config.json: ${sentence}`);
});

test("neither file", () => {
  const directory = folderOf();
  expect(errorOf(() => generationConfig(directory))).toMatchObject({ code: "model/file" });
});
