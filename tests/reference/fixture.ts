/** @file The fixtures of this folder, as tests read them (README.md says what they hold). */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { type ChatInput, type ChatMessage, readPicture } from "../../agent/model/index.ts";

const FIXTURES = fileURLToPath(new URL("fixtures/", import.meta.url));

export interface Case {
  name: string;
  input: { messages: ChatMessage[]; images: string[] }[];
  text: string[];
  /** [rows, tokens], padded on the left; so are the mask and the positions. */
  input_ids: number[][];
  attention_mask: number[][];
  /** [3, rows, tokens] */
  position_ids: number[][][];
  /** What is added to a row's tokens so far for the position of the next. */
  rope_deltas: number[];
  image_grid_thw: [number, number, number][];
  pixel_values: { shape: [number, number]; sha256: string } | null;
  features: { file: string; shape: [number, number] } | null;
  logits: { file: string; shape: [number, number] };
  greedy: { ids: number[]; text: string; stopped: boolean }[];
}

export function fixtureFolder(name: string): string {
  return join(FIXTURES, name);
}

export function readCases(name: string): Case[] {
  const file = join(FIXTURES, name, "expected.json");
  return (JSON.parse(readFileSync(file, "utf8")) as { cases: Case[] }).cases;
}

/** Little-endian float32, as this machine has it. */
export function readFloats(path: string): Float32Array {
  return new Float32Array(new Uint8Array(readFileSync(path)).buffer);
}

/** The chats of a case, with their pictures. */
export function readInputs(name: string, { input }: Pick<Case, "input">): Promise<ChatInput[]> {
  const paths = (images: string[]): string[] => images.map((path) => join(FIXTURES, name, path));
  return Promise.all(
    input.map(async ({ messages, images }) => ({
      messages,
      images: await Promise.all(paths(images).map(readPicture)),
    })),
  );
}

/** A row without its padding. */
export function unpadded<T>(row: readonly T[], mask: readonly number[]): T[] {
  return row.filter((_, i) => mask[i] === 1);
}
