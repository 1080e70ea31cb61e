/**
 * @file How a model plays: what it is shown and told at a decision, in which actions it answers, and how long they last.
 * A model folder may say so in its `play.json`; whoever asks it otherwise goes before.
 */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { ACTION_SETS } from "../../env/football/index.ts";
import { frameSchema } from "../../env/frame/index.ts";
import { checkShape, readJson } from "../model/index.ts";
import { DEFAULT_MEMORY } from "./conversation.ts";

export const STYLE_FILE = "play.json";

function count(low: number, what: string, high: number) {
  const error = `${what}, an integer from ${low} to ${high}`;
  return z.int({ error }).min(low, { error }).max(high, { error });
}

export const styleSchema = z.strictObject({
  /** A prompt's name or file. */
  prompt: z.string({ error: "a prompt's name or file" }).default("think-answer"),
  actions: z.enum(ACTION_SETS, { error: `one of ${ACTION_SETS.join(", ")}` }).default("default"),
  /** Env steps of a decision. */
  decisionSteps: z
    .union([count(1, "steps", 100), z.literal("adaptive")], { error: 'steps from 1 to 100, or "adaptive"' })
    .default("adaptive"),
  frame: frameSchema().prefault({}),
  memory: z
    .strictObject({
      answers: count(0, "answers", 1000).default(DEFAULT_MEMORY.answers),
      images: count(1, "pictures", 1000).default(DEFAULT_MEMORY.images),
    })
    .prefault({}),
  /** Of an answer. */
  maxTokens: count(1, "tokens", 1_000_000).default(256),
  /** How freely it chooses its words, 1 without: at which it learned to play. */
  temperature: z.exactOptional(z.number().min(0).max(10)),
});

export type PlayStyle = z.infer<typeof styleSchema>;
export const DEFAULT_STYLE: PlayStyle = styleSchema.parse({});

export function hasStyle(directory: string): boolean {
  return existsSync(join(directory, STYLE_FILE));
}

/**
 * What the folder says, or the defaults.
 * @throws TouchlineError `model/...` for a file that is none.
 */
export function readStyle(directory: string): PlayStyle {
  const path = join(directory, STYLE_FILE);
  return hasStyle(directory) ? checkShape(styleSchema, readJson(path), path) : DEFAULT_STYLE;
}
