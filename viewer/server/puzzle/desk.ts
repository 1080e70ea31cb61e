/** @file Keeps the last levels of Sokoban that came in, and tells those who look when one goes on. */
import { type Puzzle, PUZZLES_MAX } from "../../protocol/index.ts";
import type { Desk } from "../hub.ts";
import { asPuzzles } from "../request.ts";
import type { Viewer } from "../viewer.ts";

export class PuzzleDesk implements Desk {
  /** Oldest first. */
  readonly #puzzles = new Map<string, Puzzle>();
  readonly #lookers = new Set<Viewer>();

  get size(): number {
    return this.#puzzles.size;
  }

  receive(viewer: Viewer, event: unknown, args: readonly unknown[]): boolean | undefined {
    if (event !== "puzzles") return undefined;
    const [data, reply] = args;
    const request = asPuzzles(data);
    if (args.length !== 2 || typeof reply !== "function" || request === undefined) return false;
    if (request.look) this.#lookers.add(viewer);
    else this.#lookers.delete(viewer);
    // Whoever does not read what he asked for gets no more of it.
    if (viewer.takes) reply(request.look ? { puzzles: [...this.#puzzles.values()] } : null);
    return true;
  }

  leave(viewer: Viewer): void {
    this.#lookers.delete(viewer);
  }

  /** One that is new, or that has gone on. */
  show(puzzle: Puzzle): void {
    this.#puzzles.set(puzzle.id, puzzle);
    for (const id of this.#puzzles.keys()) {
      if (this.#puzzles.size <= PUZZLES_MAX) break;
      this.#puzzles.delete(id);
    }
    // Whoever is too slow for it gets the next one, which has all of this.
    for (const viewer of this.#lookers) if (viewer.takes) viewer.socket.emit("puzzle", puzzle);
  }
}
