/** @file A model folder as an answerer. All who play with one folder share one model and one batch. */
import { realpathSync } from "node:fs";
import type { ChatInput, ChatModel, ModelOptions } from "../model/index.ts";
import { openModel } from "../model/index.ts";
import type { Answerer, AnswerOptions, ModelAnswer } from "./answerer.ts";

/** Texts that all users of a model together write at the same time. */
const BATCH = 64;

interface Shared {
  model: Promise<ChatModel>;
  users: number;
}
const open = new Map<string, Shared>();

/** `name`: what it is called, if not by its folder. */
export function folderAnswerer(
  directory: string,
  options: ModelOptions = {},
  name = `dir:${directory}`,
): Answerer {
  let key: string | undefined;

  async function answer(input: ChatInput, asked: AnswerOptions): Promise<ModelAnswer> {
    const model = await open.get(key!)!.model;
    const { seed, temperature, topP, maxTokens, stop, onText, signal } = asked;
    const pieces: string[] = [];
    const request = { ...input, seeds: [seed], temperature, topP, maxTokens, stop };
    const [samples] = await model.generate([request], {
      batchSize: BATCH,
      onToken: (event) => {
        pieces.push(event.text);
        onText?.(event.text);
      },
      ...(signal && { signal }),
    });
    const { text, finish, tokens, promptTokens } = samples![0]!;
    return {
      text,
      ...(finish !== "cancelled" && { finish }),
      tokens: tokens.map(({ logProbability }, i) => ({ text: pieces[i] ?? "", logProbability })),
      promptTokens,
      answerTokens: tokens.length,
    };
  }

  return {
    name,
    async open() {
      if (key !== undefined) return;
      const own = JSON.stringify([realpath(directory), options]);
      const shared = open.get(own) ?? { model: openModel(directory, options), users: 0 };
      open.set(own, shared);
      shared.users++;
      key = own;
      try {
        await shared.model;
      } catch (error) {
        open.delete(own);
        key = undefined;
        throw error;
      }
    },
    answer,
    async close() {
      const shared = key === undefined ? undefined : open.get(key);
      if (!shared) return;
      const own = key!;
      key = undefined;
      if (--shared.users > 0) return;
      open.delete(own);
      await (await shared.model).close();
    },
  };
}

/** One folder by whatever way it is named; a missing one keeps its name for the error to come. */
function realpath(directory: string): string {
  try {
    return realpathSync(directory);
  } catch {
    return directory;
  }
}
