/**
 * @file The scenes of an episode as bytes, in the order of their places. All lie in a few arrays whose room is taken at once
 * for the whole match, so that memory does not grow while it goes on; an array for each scene would cost twice as much.
 */

/** Scenes differ by a few bytes: a player who lies or is booked takes more than one who stands. */
const SPARE_BYTES = 3;
/** Dead balls make more scenes than the match has steps. */
const SPARE = 1.1;

export class SceneStore {
  #seqs = new Uint32Array(0);
  #ticks = new Uint32Array(0);
  /** Where the bytes of a scene begin, and how many they are. */
  #offsets = new Uint32Array(0);
  #sizes = new Uint8Array(0);
  /** One scene after the other as they came. */
  #bytes = new Uint8Array(0);
  #length = 0;
  #end = 0;
  #expected: number;

  /** So many scenes are expected; more may come. */
  constructor(expected: number) {
    this.#expected = Math.ceil(expected * SPARE) + 1;
  }

  get length(): number {
    return this.#length;
  }

  /** Undefined outside, as of a list. */
  seq(index: number): number | undefined {
    return index < this.#length ? this.#seqs[index] : undefined;
  }

  tick(index: number): number | undefined {
    return index < this.#length ? this.#ticks[index] : undefined;
  }

  /** A window on the bytes, good until the next is added. */
  bytes(index: number): Uint8Array | undefined {
    if (!(index >= 0 && index < this.#length)) return undefined;
    const from = this.#offsets[index]!;
    return this.#bytes.subarray(from, from + this.#sizes[index]!);
  }

  /** The first index whose place is not below this one. */
  indexOf(seq: number): number {
    return lowerBound(this.#seqs, this.#length, seq);
  }

  /** The first index whose tick is not below this one. */
  indexAt(tick: number): number {
    return lowerBound(this.#ticks, this.#length, tick);
  }

  /** Puts a copy at an index; those from there on move up. */
  insert(index: number, seq: number, tick: number, bytes: Uint8Array): void {
    this.#makeRoom(bytes.length);
    for (const list of [this.#seqs, this.#ticks, this.#offsets, this.#sizes])
      list.copyWithin(index + 1, index, this.#length);
    this.#seqs[index] = seq;
    this.#ticks[index] = tick;
    this.#offsets[index] = this.#end;
    this.#sizes[index] = bytes.length;
    this.#bytes.set(bytes, this.#end);
    this.#end += bytes.length;
    this.#length++;
  }

  /** Without the oldest of them. */
  dropFirst(count: number): void {
    const { length } = this;
    const old = { seqs: this.#seqs, ticks: this.#ticks };
    const kept = Array.from({ length: length - count }, (_, i) => this.bytes(count + i)!);
    this.#bytes = new Uint8Array(this.#bytes.length);
    this.#length = this.#end = 0;
    kept.forEach((bytes, i) => this.insert(i, old.seqs[count + i]!, old.ticks[count + i]!, bytes));
  }

  #makeRoom(bytes: number): void {
    if (this.#length === this.#seqs.length) {
      const room = Math.max(this.#expected, Math.ceil(this.#length * 1.25));
      this.#seqs = grown(this.#seqs, room);
      this.#ticks = grown(this.#ticks, room);
      this.#offsets = grown(this.#offsets, room);
      const sizes = new Uint8Array(room);
      sizes.set(this.#sizes);
      this.#sizes = sizes;
    }
    if (this.#end + bytes <= this.#bytes.length) return;
    const room = Math.max(this.#expected * (bytes + SPARE_BYTES), Math.ceil((this.#end + bytes) * 1.25));
    const all = new Uint8Array(room);
    all.set(this.#bytes.subarray(0, this.#end));
    this.#bytes = all;
  }
}

function grown(list: Uint32Array, room: number): Uint32Array<ArrayBuffer> {
  const larger = new Uint32Array(room);
  larger.set(list);
  return larger;
}

/** The first of `length` sorted values that is not below this one. */
function lowerBound(sorted: Uint32Array, length: number, value: number): number {
  let low = 0;
  let high = length;
  // Nearly always the new one comes last.
  if (high === 0 || sorted[high - 1]! < value) return high;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle]! < value) low = middle + 1;
    else high = middle;
  }
  return low;
}
