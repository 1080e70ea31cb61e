/**
 * @file Keys and values of the tokens so far, in the host's memory. The graph reads them where they lie (inputs are
 * not copied on the CPU), and what a step adds is written at the end of each row. Each row has its own length, so
 * prompts of different lengths need no padding here, and rows that are done leave without the others being moved.
 */
import { type Feeds, float32, Tensor } from "../../graph/index.ts";
import type { TextConfig } from "../folder/index.ts";
import type { Buffers } from "../image/index.ts";
import { type Cache, cacheNames, range } from "./cache.ts";

/** Columns by which rows grow. */
const CHUNK = 64;
/** So many numbers are faster copied one by one than by a view that is made for them. */
const FEW = 128;

export class HostCache implements Cache {
  readonly #config: TextConfig;
  readonly #buffers: Buffers | undefined;
  readonly #names: readonly { input: string; output: string }[];
  /** Tokens of each row. */
  #lengths: number[];
  /** Rows and columns that there is room for. */
  #room = 0;
  #columns = 0;
  /** For each name [room, keyValueHeads, columns, headSize], and what may lie behind. */
  #data: Float32Array[] = [];
  #mask = new BigInt64Array(0);

  /** Empty rows, which have room for so many tokens before anything must be moved; memory is taken from `buffers`. */
  constructor(config: TextConfig, rows: number, columns = 0, buffers?: Buffers) {
    this.#config = config;
    this.#buffers = buffers;
    this.#names = cacheNames(config);
    this.#lengths = Array<number>(rows).fill(0);
    this.#arrange(range(rows), columns);
  }

  get rows(): number {
    return this.#lengths.length;
  }

  feeds(): Record<string, Tensor> {
    const { keyValueHeads, headSize } = this.#config;
    const shape = [this.rows, keyValueHeads, this.#columns, headSize];
    const used = this.rows * this.#rowSize(this.#columns);
    const mask = this.#mask.subarray(0, this.rows * this.#columns);
    return {
      cache_mask: new Tensor("int64", mask, [this.rows, this.#columns]),
      ...Object.fromEntries(
        this.#names.map(({ input }, i) => [input, float32(this.#data[i]!.subarray(0, used), shape)]),
      ),
    };
  }

  append(outputs: Feeds, lengths: readonly number[], first = 0): Promise<void> {
    const needed = Math.max(...lengths.map((length, i) => this.#lengths[first + i]! + length));
    if (needed > this.#columns) this.#arrange(range(this.rows), needed);
    this.#names.forEach(({ output }, i) => {
      const { data, dims } = outputs[output]!;
      const source = { data: data as Float32Array, columns: dims[2]! };
      const target = { data: this.#data[i]!, columns: this.#columns };
      for (let place = 0; place < lengths.length; place++) {
        const row = first + place;
        this.#copy(source, place, target, row, lengths[place]!, this.#lengths[row]);
      }
    });
    lengths.forEach((length, place) => {
      const row = first + place;
      const start = row * this.#columns + this.#lengths[row]!;
      this.#mask.fill(1n, start, start + length);
      this.#lengths[row]! += length;
    });
    return Promise.resolve();
  }

  keep(rows: readonly number[]): Promise<readonly number[]> {
    const kept = new Set(rows);
    if (kept.size < rows.length) {
      this.#arrange(rows, Math.max(0, ...rows.map((row) => this.#lengths[row]!)));
      return Promise.resolve(rows);
    }
    // The last ones move to the places of those that leave.
    const movers = rows.filter((row) => row >= rows.length);
    const order = range(rows.length).map((place) => (kept.has(place) ? place : movers.pop()!));
    order.forEach((row, place) => {
      if (row !== place) this.#move(row, place);
    });
    this.#lengths.length = rows.length;
    return Promise.resolve(order);
  }

  join(cache: Cache): void {
    const other = cache as HostCache;
    const columns = Math.max(this.#columns, other.#columns);
    const [before, rows] = [this.rows, this.rows + other.rows];
    if (columns > this.#columns || rows > this.#room) {
      // Whoever joins one by one must not move all for each.
      const room = rows > this.#room ? Math.max(rows, 2 * before) : this.#room;
      this.#arrange(range(before), columns, room);
    }
    this.#data.forEach((data, i) => {
      const source = { data: other.#data[i]!, columns: other.#columns };
      other.#lengths.forEach((length, row) =>
        this.#copy(source, row, { data, columns: this.#columns }, before + row, length),
      );
    });
    other.#lengths.forEach((length, row) => this.#setLength(before + row, length));
    other.close();
  }

  close(): void {
    this.#arrange([], 0);
  }

  #rowSize(columns: number): number {
    return this.#config.keyValueHeads * columns * this.#config.headSize;
  }

  /** Copies the first tokens of a row to a row of another, from a column on. */
  #copy(source: Block, from: number, target: Block, to: number, length: number, column = 0): void {
    const { keyValueHeads, headSize } = this.#config;
    const size = length * headSize;
    for (let head = 0; head < keyValueHeads; head++) {
      const at = (from * keyValueHeads + head) * source.columns * headSize;
      const place = ((to * keyValueHeads + head) * target.columns + column) * headSize;
      if (size > FEW) target.data.set(source.data.subarray(at, at + size), place);
      else copyFew(source.data, at, target.data, place, size);
    }
  }

  #move(from: number, to: number): void {
    for (const data of this.#data) {
      const block = { data, columns: this.#columns };
      this.#copy(block, from, block, to, this.#lengths[from]!);
    }
    this.#setLength(to, this.#lengths[from]!);
  }

  #setLength(row: number, length: number): void {
    const start = row * this.#columns;
    this.#mask.fill(1n, start, start + length);
    this.#mask.fill(0n, start + length, start + this.#columns);
    this.#lengths[row] = length;
  }

  /** Zeros. In few sizes, so that what one cache leaves fits the next. */
  #take(size: number): Float32Array {
    if (!this.#buffers || size === 0) return new Float32Array(size);
    return this.#buffers.take(2 ** Math.ceil(Math.log2(size))).fill(0, 0, size);
  }

  /** Copies rows to new arrays, with room for so many columns and rows. */
  #arrange(rows: readonly number[], columns: number, room = rows.length): void {
    const old = this.#columns;
    const lengths = rows.map((row) => this.#lengths[row]!);
    this.#columns = Math.ceil(columns / CHUNK) * CHUNK;
    const size = room * this.#rowSize(this.#columns);
    this.#data = this.#names.map((_, i) => {
      const target = { data: this.#take(size), columns: this.#columns };
      const own = this.#data[i];
      if (!own) return target.data;
      const source = { data: own, columns: old };
      rows.forEach((row, place) => this.#copy(source, row, target, place, lengths[place]!));
      if (own.length > 0) this.#buffers?.give(own);
      return target.data;
    });
    this.#room = room;
    this.#mask = new BigInt64Array(room * this.#columns);
    this.#lengths = [];
    lengths.forEach((length, row) => this.#setLength(row, length));
  }
}

/** Rows of one name. */
interface Block {
  data: Float32Array;
  columns: number;
}

function copyFew(source: Float32Array, at: number, target: Float32Array, place: number, size: number): void {
  for (let i = 0; i < size; i++) target[place + i] = source[at + i]!;
}
