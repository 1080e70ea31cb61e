/** @file A model folder made from nothing. */
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseConfig, WEIGHTS_FILE, writeSafetensors, writing } from "../../agent/model/index.ts";
import { configFile, generationFile, preprocessorFile } from "./config.ts";
import type { NewbornPlan } from "./plan.ts";
import { CHAT_TEMPLATE, makeTokenizer } from "./tokenizer.ts";
import { randomWeights } from "./weights.ts";

/**
 * Writes a Hugging Face folder of Qwen2.5-VL: a tokenizer whose merges are learned from the texts of `corpus`, and
 * random weights. The same plan and texts give the same bytes. What stands in the folder under the same names goes.
 * @throws TouchlineError `model/config` for sizes that make no model, before anything is written; `model/write`.
 */
export function makeModel(directory: string, plan: NewbornPlan, corpus: readonly string[]): void {
  const tokenizer = makeTokenizer(corpus, plan.vocabulary, plan.contextTokens);
  const config = configFile(plan, tokenizer);
  const model = parseConfig(config, "The config of the new model");
  const files = {
    // Processors look for it here, and tokenizers of older programs in their own config.
    "chat_template.jinja": CHAT_TEMPLATE,
    "config.json": config,
    "generation_config.json": generationFile(tokenizer),
    "preprocessor_config.json": preprocessorFile(plan),
    "tokenizer.json": tokenizer.file,
    "tokenizer_config.json": tokenizer.config,
  };
  writing(directory, () => mkdirSync(directory, { recursive: true }));
  for (const [name, content] of Object.entries(files)) {
    const path = join(directory, name);
    const text = typeof content === "string" ? content : `${JSON.stringify(content, null, 1)}\n`;
    writing(path, () => writeFileSync(path, text));
  }
  writeSafetensors(join(directory, WEIGHTS_FILE), randomWeights(model, plan.seed));
}
