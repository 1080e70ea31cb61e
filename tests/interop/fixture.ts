/** @file The reference's fixtures, and folders to work in. */
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type ChatInput, type ChatMessage, readPicture } from "../../agent/model/index.ts";

const FIXTURES = join(import.meta.dirname, "../reference/fixtures");
export const NAMES = ["tied", "untied", "sharded", "sliding"] as const;

export interface Case {
  name: string;
  input: { messages: ChatMessage[]; images: string[]; maxTokens: number }[];
  /** What the tokenizer reads. */
  text: string[];
  input_ids: number[][];
  /** 0 for padding, on the left. */
  attention_mask: number[][];
  image_grid_thw: [time: number, rows: number, columns: number][];
  /** Of little-endian float32. */
  pixel_values: { sha256: string } | null;
  /** [tokens, vocabulary]: the rows one after the other, without padding. */
  logits: { file: string; shape: [number, number] };
  /** How far the reference lies from itself with another way to compute attention. */
  noise: number;
  greedy: { ids: number[]; text: string; smallest_margin: number }[];
}

/** Gradients of a batch of chats that end with an answer. */
export interface GradientCase {
  name: string;
  inputs: Case["input"];
  /** The learned tokens of each chat. */
  labels: number[][];
  loss: number;
  /** The values of all parameters, one after the other. */
  file: string;
  /** How many values each has, by its name inside the reference's classes. */
  parameters: Record<string, number>;
}

export function gradientCasesIn(directory: string): GradientCase[] {
  const text = readFileSync(join(directory, "expected.json"), "utf8");
  return (JSON.parse(text) as { gradients: GradientCase[] }).gradients;
}

export function fixtureFolder(name: string): string {
  return join(FIXTURES, name);
}

export function casesIn(directory: string): Case[] {
  const { cases } = JSON.parse(readFileSync(join(directory, "expected.json"), "utf8")) as { cases: Case[] };
  return cases;
}

/** The logits of a case, little-endian in their file. */
export function logitsOf(directory: string, { logits }: Case): Float32Array {
  return floatsIn(join(directory, logits.file));
}

export function floatsIn(path: string): Float32Array {
  return new Float32Array(Uint8Array.from(readFileSync(path)).buffer);
}

/** What `LocalModel` takes, for each row of a case. */
export function inputsOf(directory: string, { input }: Pick<Case, "input">): Promise<ChatInput[]> {
  return Promise.all(
    input.map(async ({ messages, images }) => ({
      messages,
      images: await Promise.all(images.map((path) => readPicture(join(directory, path)))),
    })),
  );
}

export function largestDifference(a: Float32Array, b: Float32Array): number {
  if (a.length !== b.length) return Infinity;
  // Not Math.max, which a NaN would pass by in a comparison.
  return a.reduce((most, value, i) => {
    const difference = Math.abs(value - b[i]!);
    return difference <= most ? most : Number.isNaN(difference) ? Infinity : difference;
  }, 0);
}

const temporary: string[] = [];
process.on("exit", () => temporary.forEach((path) => rmSync(path, { recursive: true, force: true })));

/** A new folder, gone when the process ends. */
export function temporaryFolder(): string {
  const directory = mkdtempSync(join(tmpdir(), "touchline-interop-"));
  temporary.push(directory);
  return directory;
}
