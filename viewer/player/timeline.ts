/**
 * @file One episode as a viewer has it so far: its scenes by tick, with holes where frames were lost, and its
 * events. Scenes stay encoded until somebody looks, for a whole match of 90 minutes is kept.
 */
import type { FootballEvent } from "../../env/football/event.ts";
import type { Scene } from "../../env/frame/scene.ts";
import { decodeScene, SCENES_KEPT, tickOf } from "../protocol/index.ts";
import type { Ended } from "../protocol/index.ts";
import { MindLog } from "./mind.ts";
import { SceneStore } from "./scene-store.ts";

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

  private readonly store: SceneStore;
  /** By the places of the episode, which stay when more scenes come in between. */
  private readonly decoded = new Map<number, Scene>();

  /** So many scenes are expected. */
  constructor(episode: number, expected = 0) {
    this.episode = episode;
    this.store = new SceneStore(Math.min(expected, SCENES_KEPT));
  }

  /** Scenes that are here. */
  get length(): number {
    return this.store.length;
  }

  get firstTick(): number {
    return this.store.tick(0) ?? 0;
  }

  get lastTick(): number {
    return this.store.tick(this.length - 1) ?? 0;
  }

  /** Takes a scene at its place in the episode; one that is here already changes nothing. */
  addScene(seq: number, bytes: Uint8Array): void {
    const { store } = this;
    this.knownScenes = Math.max(this.knownScenes, seq + 1);
    const at = store.indexOf(seq);
    if (store.seq(at) === seq) return;
    store.insert(at, seq, tickOf(bytes), bytes);
    if (store.length <= SCENES_KEPT) return;
    // As the server does.
    store.dropFirst(SCENES_KEPT / 10);
    this.availableFrom = Math.max(this.availableFrom, store.seq(0)!);
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
    return Math.max(0, this.store.indexAt(tick + 1e-6) - 1);
  }

  tickAt(index: number): number {
    return this.store.tick(index) ?? this.lastTick;
  }

  seqAt(index: number): number {
    return this.store.seq(index) ?? -1;
  }

  /** The scene at this place, undefined outside. */
  scene(index: number): Scene | undefined {
    const seq = this.seqAt(index);
    const known = this.decoded.get(seq);
    if (known !== undefined) return known;
    const bytes = this.store.bytes(index);
    if (bytes === undefined) return undefined;
    const scene = decodeScene(bytes);
    if (this.decoded.size >= DECODED_KEPT) this.decoded.delete(this.decoded.keys().next().value!);
    this.decoded.set(seq, scene);
    return scene;
  }

  /** The same, and nothing is kept of it: for those who go through many. */
  peek(index: number): Scene | undefined {
    const bytes = this.store.bytes(index);
    return this.decoded.get(this.seqAt(index)) ?? (bytes && decodeScene(bytes));
  }

  private hole(): { from: number; to: number } | undefined {
    const { store } = this;
    const first = Math.min(this.availableFrom, store.seq(0) ?? Infinity);
    if (first + store.length >= this.knownScenes) return undefined;
    // The first place where the scenes and their numbers part.
    let low = 0;
    let high = store.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (store.seq(middle) === first + middle) low = middle + 1;
      else high = middle;
    }
    const to = store.seq(low) ?? this.knownScenes;
    return to <= this.availableFrom ? undefined : { from: first + low, to };
  }
}
