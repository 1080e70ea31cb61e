/** @file What is to be expanded, by the least total that it may come to; of equals the newest first. */

export class Queue {
  readonly #buckets: number[][] = [];
  #least = 0;

  add(total: number, node: number): void {
    (this.#buckets[total] ??= []).push(node);
    if (total < this.#least) this.#least = total;
  }

  /** The least total that is waited for; undefined when nothing is left. */
  least(): number | undefined {
    while (this.#least < this.#buckets.length) {
      if ((this.#buckets[this.#least]?.length ?? 0) > 0) return this.#least;
      this.#least++;
    }
    return undefined;
  }

  /** Takes a node of that total. */
  take(total: number): number {
    return this.#buckets[total]!.pop()!;
  }
}
