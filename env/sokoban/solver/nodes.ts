/** @file The positions that a search has met, each once, in typed arrays that grow: the transposition table. */

/** What a cost is before there is one. */
export const UNKNOWN = 0x7fffffff;

export class Nodes {
  /** Cells of a position: the boxes in order, then the player. */
  readonly #stride: number;
  #cells: Uint16Array;
  #slots: Int32Array;
  #count = 0;
  /** Moves from the start, least pushes still to come, the node before, whether it was expanded. */
  cost: Int32Array;
  rest: Uint16Array;
  parent: Int32Array;
  closed: Uint8Array;

  constructor(boxes: number) {
    const capacity = 1 << 10;
    this.#stride = boxes + 1;
    this.#cells = new Uint16Array(capacity * this.#stride);
    this.#slots = new Int32Array(capacity * 2).fill(-1);
    this.cost = new Int32Array(capacity);
    this.rest = new Uint16Array(capacity);
    this.parent = new Int32Array(capacity);
    this.closed = new Uint8Array(capacity);
  }

  get count(): number {
    return this.#count;
  }

  /** A view of the node's cells, good until the next `add`. */
  cells(node: number): Uint16Array {
    return this.#cells.subarray(node * this.#stride, (node + 1) * this.#stride);
  }

  /** The node with these cells, made with the cost `UNKNOWN` if it is new. */
  add(cells: Uint16Array): number {
    const mask = this.#slots.length - 1;
    let slot = hashOf(cells) & mask;
    for (let node = this.#slots[slot]!; node >= 0; node = this.#slots[slot]!) {
      if (this.#same(node, cells)) return node;
      slot = (slot + 1) & mask;
    }
    if (this.#count === this.cost.length) {
      this.#grow();
      return this.add(cells);
    }
    const node = this.#count++;
    this.#slots[slot] = node;
    this.#cells.set(cells, node * this.#stride);
    this.cost[node] = UNKNOWN;
    return node;
  }

  #same(node: number, cells: Uint16Array): boolean {
    const start = node * this.#stride;
    for (let i = 0; i < this.#stride; i++) if (this.#cells[start + i] !== cells[i]) return false;
    return true;
  }

  #grow(): void {
    this.#cells = twice(this.#cells);
    this.cost = twice(this.cost);
    this.rest = twice(this.rest);
    this.parent = twice(this.parent);
    this.closed = twice(this.closed);
    this.#slots = new Int32Array(this.#slots.length * 2).fill(-1);
    const mask = this.#slots.length - 1;
    for (let node = 0; node < this.#count; node++) {
      let slot = hashOf(this.cells(node)) & mask;
      while (this.#slots[slot]! >= 0) slot = (slot + 1) & mask;
      this.#slots[slot] = node;
    }
  }
}

function hashOf(cells: Uint16Array): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < cells.length; i++) hash = Math.imul(hash ^ cells[i]!, 0x01000193) + (hash >>> 15);
  return (hash ^ (hash >>> 13)) >>> 0;
}

function twice<T extends Uint8Array | Uint16Array | Int32Array>(values: T): T {
  const grown = new (values.constructor as new (length: number) => T)(values.length * 2);
  grown.set(values);
  return grown;
}
