/** @file One episode as the server keeps it, so that whoever comes late gets it from the start. */
import type { FootballEvent } from "../../env/football/event.ts";
import type { Action } from "../../env/football/index.ts";
import { encodeScenes, SCENES_KEPT, tickOf } from "../protocol/index.ts";
import type { EpisodeStart, Ended, History } from "../protocol/index.ts";
import { NoteList } from "./note-list.ts";

/** A request gets no more than this; the rest is asked for again. */
export const SCENES_PER_REPLY = 20_000;

/** One env step as it was played: with all of them the episode can be played again. */
export interface PlayedStep {
  /** Physics ticks since the start, at its end. */
  tick: number;
  actions: readonly Action[];
}

export class Episode {
  readonly start: EpisodeStart;
  readonly events: FootballEvent[] = [];
  readonly minds = new NoteList();
  /** They may be ahead of the scenes. */
  readonly steps: PlayedStep[] = [];
  ended: Ended | undefined;
  /** Place of the first scene that is kept. */
  #first = 0;
  readonly #scenes: Uint8Array[] = [];

  constructor(start: EpisodeStart) {
    this.start = start;
  }

  /** How many scenes there have been. */
  get scenes(): number {
    return this.#first + this.#scenes.length;
  }

  get newest(): Uint8Array | undefined {
    return this.#scenes[this.#scenes.length - 1];
  }

  /** The scene at this tick or the last before it, if it is still kept. */
  sceneAt(tick: number): Uint8Array | undefined {
    let [low, high] = [0, this.#scenes.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (tickOf(this.#scenes[middle]!) <= tick) low = middle + 1;
      else high = middle;
    }
    return this.#scenes[low - 1];
  }

  add(scene: Uint8Array): void {
    this.#scenes.push(scene);
    if (this.#scenes.length <= SCENES_KEPT) return;
    const dropped = SCENES_KEPT / 10;
    this.#scenes.splice(0, dropped);
    this.#first += dropped;
  }

  /** The scenes from `from` up to `to`, and events and notes from these on, as far as they are kept. */
  history(from: number, to: number, events: number, minds = 0): History {
    const low = Math.max(from, this.#first);
    const high = Math.min(to, low + SCENES_PER_REPLY);
    const scenes = encodeScenes(this.#scenes.slice(low - this.#first, Math.max(low, high) - this.#first));
    return {
      ...this.start,
      scenesFrom: low,
      // A Buffer: of a bare Uint8Array the parser would send all that lies under it.
      scenes: Buffer.from(scenes.buffer, scenes.byteOffset, scenes.byteLength),
      from: events,
      events: this.events.slice(events),
      ...this.minds.from(minds),
      thoughts: [],
      ...(this.ended === undefined ? {} : { ended: this.ended }),
    };
  }
}
