/**
 * @file Proof of sight: the frame of every decision drawn again from the scene that came with it, by the rasteriser that
 * drew it for the agent, and whether its bytes are those that the agent got.
 */
import { frameHash, makePainter } from "../../env/frame/index.ts";
import type { FrameOptions, Lineup, Painter } from "../../env/frame/index.ts";
import type { Hash } from "../../env/hash.ts";
import type { DecisionNote } from "../protocol/index.ts";
import type { MindLog } from "./mind.ts";
import { seenScene } from "./seen.ts";

/** How far the proof of one episode has come. */
export interface ProofCount {
  /** Decisions that were made on a frame. */
  frames: number;
  same: number;
  other: number;
}

export interface ProofOptions {
  lineup: Lineup;
  /** How each side's frames are painted, where it is not the usual way. */
  frames?: { left?: Partial<FrameOptions>; right?: Partial<FrameOptions> } | undefined;
}

export class Proof {
  readonly #log: MindLog;
  readonly #hash: Hash;
  readonly #lineup: Lineup;
  readonly #painters: readonly [Painter, Painter];
  /** The decisions whose frames were drawn again, and whether they are the same. */
  readonly #verdicts = new Map<DecisionNote, boolean>();
  #frames = 0;
  /** The notes up to here have been counted. */
  #counted = 0;
  readonly #waiting: DecisionNote[] = [];

  constructor(log: MindLog, { lineup, frames }: ProofOptions, hash: Hash) {
    this.#log = log;
    this.#hash = hash;
    this.#lineup = lineup;
    const left = makePainter(lineup, frames?.left);
    const same = JSON.stringify(frames?.left ?? {}) === JSON.stringify(frames?.right ?? {});
    this.#painters = [left, same ? left : makePainter(lineup, frames?.right)];
  }

  /** Draws one more frame, of the decision given or else of the next; whether there was one to draw. */
  advance(first?: DecisionNote): boolean {
    this.#collect();
    const wanted = first !== undefined && this.#waiting.includes(first) ? first : this.#waiting[0];
    if (wanted === undefined) return false;
    this.#waiting.splice(this.#waiting.indexOf(wanted), 1);
    const team = this.#lineup.players[wanted.player]?.team ?? 0;
    const frame = this.#painters[team].paint(seenScene(wanted.seen!));
    this.#verdicts.set(wanted, frameHash(frame, this.#hash) === wanted.frameHash);
    return true;
  }

  get count(): ProofCount {
    const verdicts = [...this.#verdicts.values()];
    const same = verdicts.filter(Boolean).length;
    return { frames: this.#frames, same, other: verdicts.length - same };
  }

  /** The ticks of those decisions whose frames came out otherwise. */
  get otherTicks(): number[] {
    return [...this.#verdicts].flatMap(([{ tick }, same]) => (same ? [] : [tick]));
  }

  /** Notes come in any order, but those before the first hole stay as they are. */
  #collect(): void {
    const { notes, completeUpTo } = this.#log;
    for (; this.#counted < completeUpTo; this.#counted++) {
      const note = notes[this.#counted];
      if (note?.kind !== "decision" || note.frameHash === undefined || note.seen === undefined) continue;
      this.#frames++;
      this.#waiting.push(note);
    }
  }
}
