/** @file Prompts as data: what a model is told before a match, with each picture, and after an answer that held no action. */
import { readFileSync } from "node:fs";
import { z } from "zod";
import { TouchlineError, unknownName } from "../../env/error.ts";
import { fileErrorCode } from "../../env/file-error.ts";
import { ANSWER_FORMATS } from "./answer.ts";
import analyzeAction from "./prompts/analyze-action.json" with { type: "json" };
import nano from "./prompts/nano.json" with { type: "json" };
import thinkAnswer from "./prompts/think-answer.json" with { type: "json" };

const text = z.string("a text").min(1, "a text");
const PromptSchema = z.strictObject(
  {
    /** How the answer is to be written, and is read. */
    answer: z.enum(ANSWER_FORMATS, `one of ${ANSWER_FORMATS.join(", ")}`),
    /** `{goal}`: what the scenario asks for; `{actions}`: the actions there are. Empty for no words of the system. */
    system: z.string("a text"),
    /** Goes with the first picture. */
    first: text,
    /** Goes with every later one. */
    next: text,
    /** Instead of `next`, after an answer that held no action; `{reason}` says why. */
    unparsed: text,
  },
  "an object",
);
export type Prompt = z.infer<typeof PromptSchema>;

const PROMPTS: Readonly<Record<string, unknown>> = {
  "think-answer": thinkAnswer,
  "analyze-action": analyzeAction,
  nano,
};

/** How prompts are given on the command line. */
export const PROMPT_NAMES = Object.keys(PROMPTS);

/**
 * A prompt by its name, or from a JSON file of the same form.
 * @throws TouchlineError `prompt/unknown`, `prompt/file`, `prompt/form`.
 */
export function loadPrompt(nameOrFile: string): Prompt {
  if (Object.hasOwn(PROMPTS, nameOrFile)) return PromptSchema.parse(PROMPTS[nameOrFile]);
  if (!nameOrFile.endsWith(".json")) {
    throw new TouchlineError("prompt/unknown", unknownName("prompt", nameOrFile, PROMPT_NAMES));
  }
  const parsed = PromptSchema.safeParse(readJson(nameOrFile));
  if (parsed.success) return parsed.data;
  const { path, message } = parsed.error.issues[0]!;
  throw new TouchlineError(
    "prompt/form",
    `"${nameOrFile}" is no prompt: at "${path.join(".")}" expected ${message}; the keys are ${Object.keys(PromptSchema.shape).join(", ")}.`,
  );
}

function readJson(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch (cause) {
    const why =
      cause instanceof SyntaxError
        ? `is no JSON (${cause.message})`
        : `cannot be read (${fileErrorCode(cause)})`;
    throw new TouchlineError("prompt/file", `The prompt file "${file}" ${why}.`, { cause });
  }
}

/** Puts values in the places `{name}` of a text. */
export function fillIn(template: string, values: Readonly<Record<string, string>>): string {
  return template.replace(/\{(\w+)\}/g, (place, name: string) => values[name] ?? place);
}
