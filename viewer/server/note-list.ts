/** @file The notes of one episode as the server keeps them: numbered, and no more of them than fit. */
import type { MindNote } from "../protocol/index.ts";

/** As much as the scenes of a long match; of more the oldest go. */
const BYTES_MAX = 16_000_000;
/** A request gets about this much, at least one note; the rest is asked for again. */
export const BYTES_PER_REPLY = 500_000;
/** What a note takes beside its texts. */
const NOTE_BYTES = 200;

export class NoteList {
  #first = 0;
  #bytes = 0;
  readonly #notes: MindNote[] = [];
  readonly #sizes: number[] = [];

  /** How many there have been. */
  get length(): number {
    return this.#first + this.#notes.length;
  }

  add(notes: readonly MindNote[]): void {
    for (const note of notes) {
      const size = sizeOf(note);
      this.#notes.push(note);
      this.#sizes.push(size);
      this.#bytes += size;
    }
    if (this.#bytes <= BYTES_MAX) return;
    // Some at once, so that it is not done for every one.
    let dropped = 0;
    while (this.#bytes > BYTES_MAX * 0.9) this.#bytes -= this.#sizes[dropped++]!;
    this.#notes.splice(0, dropped);
    this.#sizes.splice(0, dropped);
    this.#first += dropped;
  }

  /** The newest of them, at most so many. */
  last(count: number): readonly MindNote[] {
    return this.#notes.slice(-count);
  }

  /** Those from this number on, as far as they are kept and fit into a reply. */
  from(number: number): { mindsFrom: number; minds: readonly MindNote[]; mindsKnown: number } {
    const low = Math.max(number, this.#first);
    let high = low - this.#first;
    let bytes = 0;
    while (high < this.#notes.length && bytes < BYTES_PER_REPLY) bytes += this.#sizes[high++]!;
    const minds = this.#notes.slice(Math.max(0, low - this.#first), high);
    return { mindsFrom: low, minds, mindsKnown: this.length };
  }
}

/** About how many bytes it is. Characters of other scripts take up to three; most texts are plain. */
export function sizeOf(note: MindNote): number {
  if (note.kind === "reward") return NOTE_BYTES;
  const { prompt, think, answer, text, reason, failed, tokens = [] } = note;
  const texts = [prompt, think, answer, text, reason, failed].map((one) => one?.length ?? 0);
  const ofTokens = tokens.map(([token]) => token.length + 12);
  return [...texts, ...ofTokens].reduce((sum, length) => sum + length, 2 * NOTE_BYTES);
}
