/**
 * @file Scenarios from the editor that somebody wants to see played, saved or not, as matches beside the others. A draft
 * goes some time after the last who looked at it has left.
 */
import { opponentOf } from "../../../agent/match/index.ts";
import type { PolicyOptions } from "../../../agent/policy/index.ts";
import { TouchlineError, unknownName } from "../../../env/error.ts";
import { validateScenario } from "../../../scenarios/index.ts";
import type { DraftRequest, Opened } from "../../protocol/index.ts";
import { planMatches } from "../programme.ts";
import { Room } from "../room.ts";
import type { Venue } from "../run/index.ts";

/** At most so many are played at once, for each takes its share of the server. */
const DRAFTS_MAX = 4;
/** How long a draft stays that nobody looks at, in beats of 0.1 s. */
const STAY_BEATS = 150;

interface Draft {
  room: Room;
  idle: number;
}

export class DraftStage {
  readonly #venue: Venue;
  readonly #policies: readonly string[];
  readonly #words: PolicyOptions | undefined;
  readonly #drafts = new Set<Draft>();
  #opened = 0;
  /** Those that are being made. */
  #coming = 0;
  #closed = false;

  constructor(venue: Venue, policies: readonly string[], words?: PolicyOptions) {
    this.#venue = venue;
    this.#policies = policies;
    this.#words = words;
  }

  /** How many are played. */
  get size(): number {
    return this.#drafts.size;
  }

  /** @throws TouchlineError `scenario/invalid`, `policy/...`, `server/drafts`, and what keeps a match from beginning. */
  async play({ scenario: data, policy, opponent, vary, seed }: DraftRequest): Promise<Opened> {
    const scenario = validateScenario(data, "The scenario");
    const right = opponentOf(scenario, opponent ?? undefined);
    // A scenario from a page may name anybody: a file, or an address to ask.
    for (const name of [policy, right]) if (name !== undefined) this.#requireKnown(name);
    this.#makeRoom();
    const [plan] = planMatches([scenario], {
      policy,
      opponent: right ?? "none",
      seed,
      vary,
      words: this.#words,
    });
    this.#coming++;
    try {
      const room = await Room.open({ ...plan!, id: `draft-${++this.#opened}`, draft: true });
      if (this.#closed) await room.close();
      else {
        this.#drafts.add({ room, idle: 0 });
        this.#venue.add(room);
      }
      return { match: room.card.id };
    } finally {
      this.#coming--;
    }
  }

  /** To be called with every beat of the matches. */
  beat(): void {
    for (const draft of this.#drafts) {
      draft.idle = this.#venue.isWatched(draft.room) ? 0 : draft.idle + 1;
      if (draft.idle > STAY_BEATS) this.#drop(draft);
    }
  }

  async close(): Promise<void> {
    this.#closed = true;
    await Promise.all([...this.#drafts].map(({ room }) => room.close()));
  }

  #requireKnown(policy: string): void {
    if (this.#policies.includes(policy)) return;
    throw new TouchlineError("policy/unknown", unknownName("policy", policy, this.#policies));
  }

  /** For one more, if need be instead of the one that nobody has looked at for longest. */
  #makeRoom(): void {
    if (this.#drafts.size + this.#coming < DRAFTS_MAX) return;
    const [oldest] = [...this.#drafts].filter(({ idle }) => idle > 0).sort((a, b) => b.idle - a.idle);
    if (oldest === undefined) {
      throw new TouchlineError("server/drafts", "Too many drafts are being played; try again later.");
    }
    this.#drop(oldest);
  }

  #drop(draft: Draft): void {
    this.#drafts.delete(draft);
    this.#venue.remove(draft.room);
    void draft.room.close();
  }
}
