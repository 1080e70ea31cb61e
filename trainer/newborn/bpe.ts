/** @file Byte pair encoding, learned: the pair of neighbours that is seen most often becomes one token, again and again. */
import { byteCharacters } from "../../agent/model/index.ts";

export interface Bpe {
  /** In the byte-level alphabet, by id: the 256 bytes, then what merges make. */
  tokens: string[];
  /** Pairs of tokens, the first learned first. */
  merges: [left: string, right: string][];
}

interface Word {
  ids: number[];
  count: number;
}

/** Of two ids below 2^20, so that smaller ids are smaller keys. */
const keyOf = (left: number, right: number): number => left * 2 ** 20 + right;

/**
 * Learns from words, each with how often it is seen, until there are `size` tokens or every word is one. Of pairs that
 * are seen equally often the one with smaller ids is taken.
 */
export function trainBpe(words: ReadonlyMap<string, number>, size: number): Bpe {
  const tokens = [...byteCharacters];
  const merges: Bpe["merges"] = [];
  const pairs = new Pairs([...words].map(([text, count]) => ({ ids: [...Buffer.from(text)], count })));
  while (tokens.length < size) {
    const pair = pairs.commonest();
    if (pair === undefined) break;
    const [left, right] = [Math.floor(pair / 2 ** 20), pair % 2 ** 20];
    merges.push([tokens[left]!, tokens[right]!]);
    // No other pair makes the same text: what lies between two ends is always merged in the same way.
    const id = tokens.push(tokens[left]! + tokens[right]!) - 1;
    pairs.merge(left, right, id);
  }
  return { tokens, merges };
}

/** Neighbours in words: how often each pair is seen, and where. */
class Pairs {
  readonly #words: readonly Word[];
  readonly #counts = new Map<number, number>();
  /** Words that have, or had, the pair. */
  readonly #places = new Map<number, Set<number>>();

  constructor(words: readonly Word[]) {
    this.#words = words;
    words.forEach((_, place) => this.#add(place, 1));
  }

  commonest(): number | undefined {
    let [best, most] = [undefined as number | undefined, 0];
    for (const [pair, count] of this.#counts) {
      if (count > most || (count === most && best !== undefined && pair < best)) [best, most] = [pair, count];
    }
    return best;
  }

  /** Joins the pair wherever it stands. */
  merge(left: number, right: number, id: number): void {
    const key = keyOf(left, right);
    for (const place of this.#places.get(key) ?? []) {
      const word = this.#words[place]!;
      this.#add(place, -1);
      word.ids = joined(word.ids, left, right, id);
      this.#add(place, 1);
    }
    this.#places.delete(key);
    this.#counts.delete(key);
  }

  #add(place: number, sign: 1 | -1): void {
    const { ids, count } = this.#words[place]!;
    for (let i = 1; i < ids.length; i++) {
      const key = keyOf(ids[i - 1]!, ids[i]!);
      const next = (this.#counts.get(key) ?? 0) + sign * count;
      if (next === 0) this.#counts.delete(key);
      else this.#counts.set(key, next);
      if (sign < 0) continue;
      const places = this.#places.get(key);
      if (places) places.add(place);
      else this.#places.set(key, new Set([place]));
    }
  }
}

function joined(ids: readonly number[], left: number, right: number, id: number): number[] {
  const result: number[] = [];
  for (let i = 0; i < ids.length; i++) {
    const found = ids[i] === left && ids[i + 1] === right;
    result.push(found ? id : ids[i]!);
    if (found) i++;
  }
  return result;
}
