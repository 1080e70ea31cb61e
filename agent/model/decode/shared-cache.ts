/** @file A cache beside a prefix: rows begin with as many of its tokens as they share, and go on in memory of their own. */
import { Tensor } from "../../graph/index.ts";
import type { Cache } from "./cache.ts";
import type { HostCache } from "./host-cache.ts";
import { cut, type Prefix } from "./prefix.ts";

export class SharedCache implements Cache {
  readonly #own: HostCache;
  /** How many tokens of the prefix each row begins with. */
  #shared: readonly number[];
  #prefix: Prefix;
  #mask: Tensor;

  constructor(own: HostCache, prefix: Prefix, shared: readonly number[]) {
    this.#own = own;
    this.#shared = shared;
    this.#prefix = cut(prefix, Math.max(0, ...shared));
    this.#mask = this.#makeMask();
  }

  get rows(): number {
    return this.#own.rows;
  }

  /** As much of it as any row shares. */
  get prefix(): Prefix {
    return this.#prefix;
  }

  feeds(): Record<string, Tensor> {
    return { ...this.#own.feeds(), ...this.#prefix.tensors, prefix_mask: this.#mask };
  }

  append(...what: Parameters<HostCache["append"]>): Promise<void> {
    return this.#own.append(...what);
  }

  async keep(rows: readonly number[]): Promise<readonly number[]> {
    const order = await this.#own.keep(rows);
    this.#share(order.map((row) => this.#shared[row]!));
    return order;
  }

  /** The prefix of one must begin as that of the other. */
  join(cache: Cache): void {
    const other = cache as SharedCache;
    this.#own.join(other.#own);
    if (other.#prefix.ids.length > this.#prefix.ids.length) this.#prefix = other.#prefix;
    this.#share([...this.#shared, ...other.#shared]);
    other.close();
  }

  close(): void {
    this.#own.close();
    this.#share([]);
  }

  #share(shared: readonly number[]): void {
    this.#shared = shared;
    this.#prefix = cut(this.#prefix, Math.max(0, ...shared));
    this.#mask = this.#makeMask();
  }

  #makeMask(): Tensor {
    const columns = this.#prefix.ids.length;
    const mask = new BigInt64Array(this.#shared.length * columns);
    this.#shared.forEach((length, row) => mask.fill(1n, row * columns, row * columns + length));
    return new Tensor("int64", mask, [this.#shared.length, columns]);
  }
}
