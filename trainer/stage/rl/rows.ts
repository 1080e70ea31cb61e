/** @file The questions of a run's data, and which of them a rollout asks. */
import { createHash } from "node:crypto";
import { basename } from "node:path";
import { readQuestions, type QuestionRow } from "../../data/index.ts";
import type { RlRecipe } from "../../recipes/index.ts";
import { makeOrder } from "../order.ts";

export interface Rows {
  rows: QuestionRow[];
  /** Lines that were left out, for their answers cannot be read. */
  unparseable: number;
  /** The same text for the same rows, wherever their files lie. */
  fingerprint: string;
}

export async function readRows({ data = [], system }: RlRecipe): Promise<Rows> {
  const all = { rows: [] as QuestionRow[], unparseable: 0 };
  for (const path of data) {
    const { rows, unparseable } = await readQuestions(path);
    for (const row of rows) all.rows.push(system === undefined ? row : told(row, system));
    all.unparseable += unparseable;
  }
  return { ...all, fingerprint: fingerprintOf(all.rows) };
}

/** Of pictures it has the names. */
function fingerprintOf(rows: readonly QuestionRow[]): string {
  const hash = createHash("sha256");
  for (const { chat, gold, also, verifier } of rows) {
    const images = chat.images.map((image) => basename(image));
    hash.update(`${JSON.stringify([chat.messages, images, gold, also, verifier])}\n`);
  }
  return hash.digest("hex");
}

/** A row that says itself what the model is to be told first stays as it is. */
function told({ chat, ...row }: QuestionRow, system: string): QuestionRow {
  if (chat.messages.some(({ role }) => role === "system")) return { chat, ...row };
  const messages = [{ role: "system", content: system }, ...chat.messages];
  return { chat: { ...chat, messages }, ...row };
}

/** The rows of a rollout: each pass over them is shuffled anew. */
export function rowsOf(rows: readonly QuestionRow[], recipe: RlRecipe, rollout: number): QuestionRow[] {
  if (rows.length === 0) return [];
  const { rolloutBatchSize, seed } = recipe;
  const order = makeOrder(rows.length, rolloutBatchSize, seed);
  const perEpoch = Math.ceil(rows.length / rolloutBatchSize);
  const place = { epoch: Math.floor(rollout / perEpoch), next: (rollout % perEpoch) * rolloutBatchSize };
  return order.draw(place).members.map((member) => rows[member]!);
}
