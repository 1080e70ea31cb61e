/** @file The model that a run begins with: a folder that is there, or one that the run makes in its own. */
import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { writing } from "../../agent/model/index.ts";
import { DEFAULT_STYLE, STYLE_FILE } from "../../agent/protocol/index.ts";
import { makeModel } from "../newborn/index.ts";
import { answeredChat, drawQuestions, factsOf, MomentSource } from "../question/index.ts";
import type { SftRecipe } from "../recipes/index.ts";
import { askedScenarios, sokobanOf } from "./asked.ts";

const FOLDER = "newborn";
/** Questions from whose words the tokenizer learns its merges. */
const CORPUS = 2000;

/** The folder of the model; a new one is made where it is not there yet, the same from the same recipe. */
export async function modelOf(recipe: SftRecipe, directory: string): Promise<string> {
  const { model, newborn, play = DEFAULT_STYLE } = recipe;
  if (model !== undefined) return model;
  const path = join(directory, FOLDER);
  const style = join(path, STYLE_FILE);
  // Written last, so that a folder that has it is whole.
  if (existsSync(style)) return path;
  makeModel(path, newborn!, await corpusOf(recipe));
  writing(style, () => writeFileSync(style, `${JSON.stringify(play, null, 2)}\n`));
  return path;
}

async function corpusOf({ questions, seed, play }: SftRecipe): Promise<string[]> {
  if (!questions) return [];
  const source = await MomentSource.make(askedScenarios(questions), { decisionSteps: 2 });
  try {
    return drawQuestions(source, questions.mix, seed, CORPUS, {
      sokoban: sokobanOf(questions, play),
    }).flatMap((question) => {
      const { messages } = answeredChat(question, "words");
      const texts = messages.map(({ content }) => (typeof content === "string" ? content : ""));
      return question.moment ? [factsOf(question.moment.sight)].concat(texts) : texts;
    });
  } finally {
    source.close();
  }
}
