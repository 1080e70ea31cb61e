/**
 * @file Matches that a person plays on from a past tick of another one, live or recorded. The world has no chance of
 * its own, so the same actions lead to the same moment again; from there on the branch is a match like any other, with
 * its own place in the list, its own record, and the person as the first who holds a player in it.
 */
import { performance } from "node:perf_hooks";
import type { EpisodeSink } from "../../env/episode/index.ts";
import { TouchlineError } from "../../env/error.ts";
import { decodeScene, tickOf } from "../protocol/index.ts";
import type { Branched, BranchRequest, Refusal } from "../protocol/index.ts";
import { playersAgain } from "./again.ts";
import type { Episode } from "./episode.ts";
import type { BranchPlan, MatchPlan, Players } from "./plan.ts";
import { asBranch } from "./request.ts";
import { Room } from "./room.ts";
import { MAY_ONLY_WATCH } from "./takeover.ts";
import type { Viewer } from "./viewer.ts";

/** Where matches come and go, and players are taken over. */
export interface Venue {
  find(match: string): Room | undefined;
  add(room: Room): void;
  remove(room: Room): void;
  isWatched(room: Room): boolean;
  /** Lets a viewer watch a match and play in it; why not, in a sentence, if he cannot. */
  seat(viewer: Viewer, room: Room, player: number | null): string | undefined;
}

/** At most so many at once; of those that are over the oldest goes for a new one. */
export const BRANCHES_MAX = 16;
/** How long a branch goes on that nobody looks at, in beats of 0.1 s. */
const STAY_BEATS = 600;

/** What a step that is played again counts of what a viewer may ask for. */
const BYTES_PER_STEP = 1000;

/** Takes one episode; closed when its branch goes before the end. */
export type BranchSink = EpisodeSink & { close?(): void };

interface Shown {
  /** So many beats nobody has looked at it. */
  idle: number;
  sink: BranchSink | undefined;
}

export class BranchStage {
  readonly #venue: Venue;
  readonly #makeSink: (() => BranchSink) | undefined;
  /** The oldest first. */
  readonly #shown = new Map<Room, Shown>();
  #made = 0;
  #making = false;
  #closed = false;

  constructor(venue: Venue, makeSink?: () => BranchSink) {
    this.#venue = venue;
    this.#makeSink = makeSink;
  }

  get size(): number {
    return this.#shown.size;
  }

  /** Answers a message about a branch; false when it is malformed, undefined when it is about something else. */
  receive(viewer: Viewer, event: unknown, args: readonly unknown[]): boolean | undefined {
    if (event !== "branch") return undefined;
    const [data, reply] = args;
    const request = asBranch(data);
    if (args.length !== 2 || typeof reply !== "function" || request === undefined) return false;
    void this.branch(viewer, request).then((answer) => viewer.takes && reply(answer));
    return true;
  }

  leave(): void {
    // His player goes back, and the branch plays on without him.
  }

  async branch(viewer: Viewer, request: BranchRequest): Promise<Branched | Refusal> {
    if (!viewer.mayPlay) return { error: MAY_ONLY_WATCH };
    if (this.#making) return { error: "Another branch is just being made; try again in a moment." };
    this.#making = true;
    try {
      return await this.#branch(viewer, request);
    } catch (error) {
      if (error instanceof TouchlineError) return { error: error.message };
      throw error;
    } finally {
      this.#making = false;
    }
  }

  /** To be called with every beat of the matches. */
  beat(): void {
    for (const [room, shown] of this.#shown) {
      shown.idle = this.#venue.isWatched(room) ? 0 : shown.idle + 1;
      // What is over stays to be looked at; what nobody sees need not be played.
      if (shown.idle > STAY_BEATS && !room.over) this.#drop(room);
    }
  }

  async close(): Promise<void> {
    this.#closed = true;
    for (const { sink } of this.#shown.values()) sink?.close?.();
    await Promise.all([...this.#shown.keys()].map((room) => room.close()));
  }

  async #branch(viewer: Viewer, request: BranchRequest): Promise<Branched | Refusal> {
    const { match, tick, player } = request;
    const parent = this.#venue.find(match);
    const episode = parent?.episode(request.episode);
    if (parent === undefined || episode === undefined) {
      return { error: `Episode ${request.episode} of match "${match}" is not kept.` };
    }
    const { control } = parent.origin;
    if (control.left === "none" && control.right === "none") {
      return { error: "The built-in players have this match to themselves." };
    }
    const steps = stepsUntil(episode, tick);
    if (steps === undefined) return { error: "The episode is over there: choose a moment before its end." };
    const at = steps.at(-1)?.tick ?? 0;
    if (player !== null && !isControlled(episode, at, player)) {
      return { error: "He plays by himself there: only players with a ring can be taken over." };
    }
    if (!this.#hasRoom()) return { error: `There are ${BRANCHES_MAX} branches, and all of them are played.` };
    if (!viewer.mayRead(performance.now())) return { error: "Too much was asked at once; try again later." };
    viewer.charge(steps.length * BYTES_PER_STEP);
    const common = { parent: { match, episode: request.episode, tick: at, step: steps.length }, steps };
    const sink = this.#makeSink?.();
    const room = await Room.open({ ...this.#planOf(parent, episode, common), sink });
    this.#shown.set(room, { idle: 0, sink });
    const refusal = this.#closed ? "The server is closing." : this.#seat(viewer, room, episode, player);
    if (refusal === undefined) return { match: room.card.id, tick: at };
    this.#drop(room);
    return { error: refusal };
  }

  #seat(viewer: Viewer, room: Room, episode: Episode, player: number | null): string | undefined {
    const is = room.current.newest;
    const was = is && episode.sceneAt(tickOf(is));
    // Of a very long episode the oldest scenes have gone by then.
    if (was !== undefined && is !== undefined && Buffer.compare(was, is) !== 0) {
      return "This version plays the match another way than it was played: nobody can play on in it.";
    }
    this.#venue.add(room);
    return this.#venue.seat(viewer, room, player);
  }

  #planOf(parent: Room, { start }: Episode, branch: BranchPlan): MatchPlan {
    const { scenario, vary, control, actions, rewards } = parent.origin;
    const { decisionSteps, clock } = parent.plan;
    const again = (): Players => playersAgain(parent.plan, actions);
    return {
      id: `branch-${++this.#made}`,
      scenario,
      ...again(),
      again,
      players: control.left,
      opponentPlayers: control.right,
      actions,
      rewards,
      decisionSteps,
      clock,
      seed: start.seed,
      vary,
      branch,
    };
  }

  #drop(room: Room): void {
    this.#shown.get(room)?.sink?.close?.();
    this.#shown.delete(room);
    this.#venue.remove(room);
    void room.close();
  }

  /** Whether there is room for one more, if need be instead of the oldest that is over and that nobody looks at. */
  #hasRoom(): boolean {
    if (this.#shown.size < BRANCHES_MAX) return true;
    const oldest = [...this.#shown.keys()].find((room) => room.over && !this.#venue.isWatched(room));
    if (oldest === undefined) return false;
    this.#drop(oldest);
    return true;
  }
}

/** The steps that end at this tick or before it and have been shown; undefined when the last of them ends the episode. */
function stepsUntil({ steps, newest, ended }: Episode, tick: number) {
  const shown = newest === undefined ? 0 : tickOf(newest);
  const until = Math.min(tick, shown);
  const after = steps.findIndex((step) => step.tick > until);
  if (after === -1 && ended !== undefined && ended.reason !== "error") return undefined;
  return steps.slice(0, after === -1 ? Infinity : after);
}

function isControlled(episode: Episode, tick: number, player: number): boolean {
  const scene = episode.sceneAt(tick);
  return scene === undefined || decodeScene(scene).figures[player]?.controlled === true;
}
