/** @file Proves what the agents of the watched episode saw, a frame at a time, between the pictures of the page. */
import { signal } from "@preact/signals";
import { type Hash, loadHash } from "../../../env/hash.ts";
import { Proof } from "../../player/index.ts";
import type { ProofCount, Timeline } from "../../player/index.ts";
import type { DecisionNote, MatchCard } from "../../protocol/index.ts";

export interface Proven extends ProofCount {
  /** Of the decisions whose frames came out otherwise than they were told. */
  otherTicks: readonly number[];
}

/** Pictures of the page between two frames that are drawn again, so that none of them comes late. */
const PICTURES_APART = 4;

export class Proving {
  /** Of the watched episode; undefined while nobody in it has decided on a frame. */
  readonly proven = signal<Proven | undefined>(undefined);
  #hash: Hash | undefined;
  #timeline: Timeline | undefined;
  #proof: Proof | undefined;
  #pictures = 0;

  constructor() {
    void loadHash().then((hash) => (this.#hash = hash));
  }

  /** With every picture that the page draws; the decision under the cursor has the first turn. */
  frame(card: MatchCard, timeline: Timeline, decision: DecisionNote | undefined): void {
    if (this.#hash === undefined || ++this.#pictures % PICTURES_APART !== 0) return;
    if (timeline !== this.#timeline) {
      this.#timeline = timeline;
      this.#proof = undefined;
      this.proven.value = undefined;
    }
    if (timeline.mind.known === 0) return;
    this.#proof ??= new Proof(timeline.mind, card, this.#hash);
    if (!this.#proof.advance(decision)) return;
    this.proven.value = { ...this.#proof.count, otherTicks: this.#proof.otherTicks };
  }
}
