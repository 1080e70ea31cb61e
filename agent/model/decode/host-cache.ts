/**
 * @file Keys and values of the tokens so far, in the host's memory. The graph reads them where they lie (inputs are
 * not copied on the CPU), and what a step adds is written at the end of each row. Each row has its own length, so
 * prompts of different lengths need no padding here, and rows that are done leave without the others being moved.
 */
import { type Feeds, float32, Tensor } from "../../graph/index.ts";
import type { TextConfig } from "../folder/index.ts";
import { type Cache, cacheNames, range } from "./cache.ts";

/** Columns by which rows grow. */
const CHUNK = 64;

export class HostCache implements Cache {
  readonly #config: TextConfig;
  readonly #names: readonly { input: string; output: string }[];
  /** Tokens of each row. */
  #lengths: number[];
  #columns = 0;
  /** For each name [rows, keyValueHeads, columns, headSize]. */
  #data: Float32Array[];
  #mask = new BigInt64Array(0);

  /** Empty rows, which have room for so many tokens before anything must be moved. */
  constructor(config: TextConfig, rows: number, columns = 0) {
    this.#config = config;
    this.#names = cacheNames(config);
    this.#lengths = Array<number>(rows).fill(0);
    this.#data = this.#names.map(() => new Float32Array(0));
    if (columns > 0) this.#arrange(range(rows), columns);
  }

  get rows(): number {
    return this.#lengths.length;
  }

  feeds(): Record<string, Tensor> {
    const { keyValueHeads, headSize } = this.#config;
    const shape = [this.rows, keyValueHeads, this.#columns, headSize];
    return {
      cache_mask: new Tensor("int64", this.#mask, [this.rows, this.#columns]),
      ...Object.fromEntries(this.#names.map(({ input }, i) => [input, float32(this.#data[i]!, shape)])),
    };
  }

  append(outputs: Feeds, lengths: readonly number[], first = 0): Promise<void> {
    const { keyValueHeads, headSize } = this.#config;
    const needed = Math.max(...lengths.map((length, i) => this.#lengths[first + i]! + length));
    if (needed > this.#columns) this.#arrange(range(this.rows), needed);
    this.#names.forEach(({ output }, i) => {
      const from = outputs[output]!;
      const source = from.data as Float32Array;
      const given = from.dims[2]!;
      const target = this.#data[i]!;
      lengths.forEach((length, place) => {
        const row = first + place;
        for (let head = 0; head < keyValueHeads; head++) {
          const at = (place * keyValueHeads + head) * given * headSize;
          const to = ((row * keyValueHeads + head) * this.#columns + this.#lengths[row]!) * headSize;
          target.set(source.subarray(at, at + length * headSize), to);
        }
      });
    });
    lengths.forEach((length, place) => {
      const row = first + place;
      const start = row * this.#columns + this.#lengths[row]!;
      this.#mask.fill(1n, start, start + length);
      this.#lengths[row]! += length;
    });
    return Promise.resolve();
  }

  keep(rows: readonly number[]): Promise<void> {
    this.#arrange(rows, Math.max(0, ...rows.map((row) => this.#lengths[row]!)));
    return Promise.resolve();
  }

  join(cache: Cache): void {
    const other = cache as HostCache;
    const columns = Math.max(this.#columns, other.#columns);
    this.#arrange(range(this.rows), columns);
    other.#arrange(range(other.rows), columns);
    this.#data = this.#data.map((own, i) =>
      joined(new Float32Array(own.length + other.#data[i]!.length), own, other.#data[i]!),
    );
    this.#mask = joined(new BigInt64Array(this.#mask.length + other.#mask.length), this.#mask, other.#mask);
    this.#lengths = [...this.#lengths, ...other.#lengths];
    other.close();
  }

  close(): void {
    this.#arrange([], 0);
  }

  /** Copies rows to new arrays, with room for so many columns. */
  #arrange(rows: readonly number[], columns: number): void {
    const { keyValueHeads, headSize } = this.#config;
    const [old, room] = [this.#columns, Math.ceil(columns / CHUNK) * CHUNK];
    const blocks = keyValueHeads * rows.length;
    this.#data = this.#data.map((source) => {
      const target = new Float32Array(blocks * room * headSize);
      rows.forEach((row, place) => {
        for (let head = 0; head < keyValueHeads; head++) {
          const at = (row * keyValueHeads + head) * old * headSize;
          const to = (place * keyValueHeads + head) * room * headSize;
          target.set(source.subarray(at, at + this.#lengths[row]! * headSize), to);
        }
      });
      return target;
    });
    this.#lengths = rows.map((row) => this.#lengths[row]!);
    this.#columns = room;
    this.#mask = new BigInt64Array(rows.length * room);
    this.#lengths.forEach((length, row) => this.#mask.fill(1n, row * room, row * room + length));
  }
}

function joined<T extends Float32Array | BigInt64Array>(target: T, first: T, second: T): T {
  // TypeScript cannot see that all three are of one kind.
  const into = target as Float32Array;
  into.set(first as Float32Array);
  into.set(second as Float32Array, first.length);
  return target;
}
