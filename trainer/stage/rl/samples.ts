/** @file Some of what was said in a rollout, kept to be looked at: `samples.jsonl`. */
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { ChatMessage } from "../../../agent/model/index.ts";
import type { AnswerExperience, Experience } from "../../experience/index.ts";
import { cannotWrite } from "../../log/index.ts";
import type { Rollout } from "./rollout.ts";

export const SAMPLES_FILE = "samples.jsonl";
/** Of questions and of decisions, each. */
const KEPT = 20;
const PICTURE = "[picture]";

/** @throws TouchlineError `train/write`. */
export function writeSamples(directory: string, { episodes, answers }: Rollout): void {
  const turns = episodes.flat().flatMap(({ scenario, seed, turns: all }) =>
    all.map((turn, place) => ({
      kind: "play",
      scenario,
      seed,
      turn: place,
      ...said(turn),
      reward: turn.reward,
      terms: turn.terms,
    })),
  );
  const questions = answers.flat().map(questionLine);
  const lines = [...spread(questions), ...spread(turns)].map((sample) => `${JSON.stringify(sample)}\n`);
  const path = join(directory, SAMPLES_FILE);
  try {
    mkdirSync(directory, { recursive: true });
    writeFileSync(path, lines.join(""));
  } catch (cause) {
    throw cannotWrite(path, cause);
  }
}

function questionLine(one: AnswerExperience): object {
  const { kind, told, gold, reward, format, accuracy } = one;
  const { prompt, response } = said(one);
  // A reader without the picture sees what it shows.
  const seen = told === undefined ? prompt : prompt.replace(PICTURE, () => `[picture]\n${told}\n`);
  return { kind, prompt: seen, response, gold, reward, format, accuracy };
}

function said({ chat, text }: Experience): { prompt: string; response: string } {
  return { prompt: chat.messages.map(wordsOf).join("\n"), response: text };
}

function wordsOf({ content }: ChatMessage): string {
  if (typeof content === "string") return content;
  return content.map((item) => ("text" in item ? item.text : PICTURE)).join(" ");
}

/** As many as are kept, from everywhere. */
function spread<T>(values: readonly T[]): T[] {
  const every = Math.max(1, Math.ceil(values.length / KEPT));
  return values.filter((_, place) => place % every === 0);
}
