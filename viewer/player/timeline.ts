/**
 * @file One episode as a viewer has it so far: its scenes by tick, with holes where frames were lost, and its
 * events. Scenes stay encoded until somebody looks, for a whole match of 90 minutes is kept.
 */
import type { FootballEvent } from "../../env/football/event.ts";
import type { Scene } from "../../env/frame/scene.ts";
import { decodeScene, tickOf } from "../protocol/index.ts";
import type { Ended } from "../protocol/index.ts";
import { MindLog } from "./mind.ts";

const DECODED_KEPT = 64;

export class Timeline {
  readonly episode: number;
  seed: number | undefined;
  /** Without gaps, in order. */
  readonly events: FootballEvent[] = [];
  readonly mind = new MindLog();
  ended: Ended | undefined;
  /** How many scenes and events the episode has had, as far as anybody told. */
  knownScenes = 0;
  knownEvents = 0;
  /** The first scene that the server still has; it forgets the oldest of a very long episode. */
  availableFrom = 0;

  /** Sorted by `seqs`, side by side. */
  private readonly seqs: number[] = [];
  private readonly ticks: number[] = [];
  private readonly encoded: Uint8Array[] = [];
  private readonly decoded = new Map<number, Scene>();

  constructor(episode: number) {
    this.episode = episode;
  }

  /** Scenes that are here. */
  get length(): number {
    return this.seqs.length;
  }

  get firstTick(): number {
    return this.ticks[0] ?? 0;
  }

  get lastTick(): number {
    return this.ticks[this.ticks.length - 1] ?? 0;
  }

  /** Takes a scene at its place in the episode; one that is here already changes nothing. */
  addScene(seq: number, bytes: Uint8Array): void {
    this.knownScenes = Math.max(this.knownScenes, seq + 1);
    const at = lowerBound(this.seqs, seq);
    if (this.seqs[at] === seq) return;
    // A copy of its own: a window would keep the whole packet alive.
    const copy = bytes.slice();
    this.seqs.splice(at, 0, seq);
    this.ticks.splice(at, 0, tickOf(copy));
    this.encoded.splice(at, 0, copy);
    if (at < this.seqs.length - 1) this.decoded.clear();
  }

  /** Takes events at their place: older ones are known, the next are taken, after a gap nothing is. */
  addEvents(from: number, events: readonly FootballEvent[]): void {
    this.knownEvents = Math.max(this.knownEvents, from + events.length);
    if (from > this.events.length) return;
    this.events.push(...events.slice(this.events.length - from));
  }

  /** The server has had this many events, of which the low 8 bits are told. */
  hasEvents(low: number): void {
    const known = this.events.length + ((low - this.events.length) & 255);
    this.knownEvents = Math.max(this.knownEvents, known);
  }

  /** From the first scene up to this one, not including it, none is missing. */
  get completeUpTo(): number {
    return this.hole()?.from ?? this.knownScenes;
  }

  /** What is missing cannot be had any more. */
  giveUp(): void {
    this.knownScenes = 0;
    this.knownEvents = 0;
    this.mind.giveUp();
  }

  /** What the server has and this has not: the scenes of the first hole, and events and notes from here on. */
  missing(): { from: number; to: number; events: number; minds: number } | undefined {
    const hole = this.hole();
    const events = this.events.length;
    const minds = this.mind.completeUpTo;
    if (hole !== undefined) return { ...hole, events, minds };
    const complete = events >= this.knownEvents && this.mind.missing() === undefined;
    return complete ? undefined : { from: 0, to: 0, events, minds };
  }

  /** Place of the last scene at or before this tick; 0 before the first. */
  indexAt(tick: number): number {
    return Math.max(0, lowerBound(this.ticks, tick + 1e-6) - 1);
  }

  tickAt(index: number): number {
    return this.ticks[index] ?? this.lastTick;
  }

  seqAt(index: number): number {
    return this.seqs[index] ?? -1;
  }

  /** The scene at this place, undefined outside. */
  scene(index: number): Scene | undefined {
    const known = this.decoded.get(index);
    if (known !== undefined) return known;
    const bytes = this.encoded[index];
    if (bytes === undefined) return undefined;
    const scene = decodeScene(bytes);
    if (this.decoded.size >= DECODED_KEPT) this.decoded.delete(this.decoded.keys().next().value!);
    this.decoded.set(index, scene);
    return scene;
  }

  /** The same, and nothing is kept of it: for those who go through many. */
  peek(index: number): Scene | undefined {
    const bytes = this.encoded[index];
    return this.decoded.get(index) ?? (bytes && decodeScene(bytes));
  }

  private hole(): { from: number; to: number } | undefined {
    const { seqs } = this;
    const first = Math.min(this.availableFrom, seqs[0] ?? Infinity);
    if (first + seqs.length >= this.knownScenes) return undefined;
    // The first place where the scenes and their numbers part.
    let low = 0;
    let high = seqs.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (seqs[middle] === first + middle) low = middle + 1;
      else high = middle;
    }
    const to = seqs[low] ?? this.knownScenes;
    return to <= this.availableFrom ? undefined : { from: first + low, to };
  }
}

/** The first place in a sorted list whose value is not below this one. */
function lowerBound(sorted: readonly number[], value: number): number {
  let low = 0;
  let high = sorted.length;
  // Nearly always the new one comes last.
  if (high === 0 || sorted[high - 1]! < value) return high;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle]! < value) low = middle + 1;
    else high = middle;
  }
  return low;
}
