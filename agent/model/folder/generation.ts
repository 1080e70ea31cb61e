/** @file `generation_config.json`: where a text ends, and how the makers of a model want it sampled. */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { checkShape, readJson } from "./json.ts";

export interface GenerationConfig {
  /** Any of these tokens ends the text; none when the folder names none. */
  endTokens: readonly number[];
  padToken: number | null;
  /** Draw tokens by their probability; else always take the likeliest. */
  sample: boolean;
  temperature: number;
  /** Draw among the likeliest k; 0 is all. */
  topK: number;
  /** Draw among the likeliest that together have this probability, above 0 to 1. */
  topP: number;
  /** 1 is none. */
  repetitionPenalty: number;
}

const token = z.int({ error: "a token, an integer from 0" }).min(0, { error: "a token, an integer from 0" });
const endTokens = z.union([token, z.array(token)], { error: "a token or a list of tokens" }).nullish();
const atLeastZero = z.number({ error: "a number from 0" }).min(0, { error: "a number from 0" });
const share = { error: "a number above 0 to 1" };
const object = { error: "an object" };

const generationSchema = z.object(
  {
    eos_token_id: endTokens,
    pad_token_id: token.nullish(),
    do_sample: z.boolean({ error: "true or false" }).nullish(),
    temperature: atLeastZero.nullish(),
    top_k: z.int({ error: "an integer from 0" }).min(0, { error: "an integer from 0" }).nullish(),
    top_p: z.number(share).positive(share).max(1, share).nullish(),
    repetition_penalty: z
      .number({ error: "a number above 0" })
      .positive({ error: "a number above 0" })
      .nullish(),
  },
  object,
);

const idsSchema = z.object({ eos_token_id: endTokens, pad_token_id: token.nullish() }, object);
const modelSchema = idsSchema.extend({ text_config: idsSchema.nullish() });

/**
 * Reads `generation_config.json` of a model folder, with the defaults of transformers for what it leaves out. Without
 * the file the tokens come from `config.json`.
 * @throws TouchlineError `model/file`, `model/not-json`, `model/config`.
 */
export function generationConfig(directory: string): GenerationConfig {
  const own = join(directory, "generation_config.json");
  const file = existsSync(own) ? checkShape(generationSchema, readJson(own), own) : tokensOfModel(directory);
  const end = file.eos_token_id ?? [];
  return {
    endTokens: typeof end === "number" ? [end] : end,
    padToken: file.pad_token_id ?? null,
    sample: file.do_sample ?? false,
    temperature: file.temperature ?? 1,
    topK: file.top_k ?? 50,
    topP: file.top_p ?? 1,
    repetitionPenalty: file.repetition_penalty ?? 1,
  };
}

function tokensOfModel(directory: string): z.infer<typeof generationSchema> {
  const path = join(directory, "config.json");
  const model = checkShape(modelSchema, readJson(path), path);
  return {
    eos_token_id: model.eos_token_id ?? model.text_config?.eos_token_id,
    pad_token_id: model.pad_token_id ?? model.text_config?.pad_token_id,
  };
}
