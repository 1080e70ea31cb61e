/**
 * @file A match that runs for ever: an episode in real time, a short rest, the next with the next seed. One env
 * step may hold many scenes (a ball that is fetched); they go out one by one, each 0.1 s.
 */
import { setImmediate as nextTurn } from "node:timers/promises";
import { performance } from "node:perf_hooks";
import { MatchRunner, ownFrames, ReplayRunner } from "../../agent/match/index.ts";
import { TouchlineError } from "../../env/error.ts";
import { printable } from "../../env/printable.ts";
import type { Action, FootballEvent, FootballInfo } from "../../env/football/index.ts";
import type { Scene } from "../../env/frame/index.ts";
import { encodeScene, FIGURES_MAX, RESULTS_MAX } from "../protocol/index.ts";
import type { Ended, EpisodeEnd, EpisodeStart, MatchCard, MindNote, Thought } from "../protocol/index.ts";
import { Episode } from "./episode.ts";
import { Mind } from "./mind.ts";
import type { BranchPlan, MatchPlan, Origin } from "./plan.ts";

export type { MatchPlan } from "./plan.ts";

/** What a beat brought. Events and notes `from` on are new. */
export interface Beat {
  started?: EpisodeStart;
  scene?: boolean;
  events?: { from: number; events: readonly FootballEvent[] };
  minds?: { from: number; notes: readonly MindNote[] };
  thoughts?: readonly Thought[];
  ended?: EpisodeEnd;
}

/** How long the end of an episode stays in view, in beats of 0.1 s. */
const REST_BEATS = 30;
/** A branch waits so long for its person to move. */
const READY_BEATS = 30;
/** What is played again is played in pieces, so that the other matches go on. */
const PIECE_MS = 8;
/** Beats until an episode is tried again after a policy or the env failed. */
const RETRY_BEATS = 100;

export class Room {
  readonly card: MatchCard;
  /** The running episode, and the one before it for those who are still looking at it. */
  current: Episode;
  previous: Episode | undefined;
  /** How the last episodes ended, oldest first. */
  readonly results: Ended[] = [];
  /** A person plays, whose hands should count soon: nothing is played ahead of what is shown. */
  attended = false;

  readonly #plan: MatchPlan;
  readonly #runner: MatchRunner | ReplayRunner;
  readonly #mind: Mind;
  #info: FootballInfo | undefined;
  #shownTick = 0;
  #seed: number;
  #episodes = 0;
  /** Played already, not yet shown. */
  readonly #scenes: Scene[] = [];
  readonly #events: FootballEvent[] = [];
  #ended: Ended | undefined;
  #busy = false;
  #announced = false;
  #rest = 0;
  #ready = 0;
  #closed = false;

  private constructor(plan: MatchPlan, runner: MatchRunner | ReplayRunner) {
    const { id, scenario, recording } = plan;
    const { left, right } = playersOf(plan);
    this.#plan = plan;
    this.#runner = runner;
    this.#mind = new Mind(runner.env, thinks(plan));
    this.#seed = plan.seed;
    this.card = {
      id,
      scenario: scenario.id,
      suite: scenario.suite,
      title: scenario.title,
      goal: scenario.goal,
      policies: [left ?? "built-in", right ?? "built-in"],
      lineup: runner.env.lineup,
      ticksPerScene: scenario.ticksPerStep,
      steps: scenario.steps,
      offside: scenario.rules.offside,
      halves: scenario.rules.secondHalf === null ? 1 : 2,
      recorded: recording !== undefined,
      ...(plan.fed && { fed: plan.fed.by }),
      ...(plan.run && { run: plan.run }),
      ...(plan.draft && { draft: true }),
      ...(plan.branch && { parent: plan.branch.parent }),
      thinks: thinks(plan),
      ...framesOf(plan),
    };
    this.current = new Episode({ match: id, episode: 0, seed: this.#seed });
    runner.env.onScene = (scene) => this.#scenes.push(scene);
  }

  /** A room whose first episode has begun. Throws as `begin`. */
  static async open(plan: MatchPlan): Promise<Room> {
    const room = await Room.make(plan);
    try {
      await room.begin();
    } catch (error) {
      await room.close();
      throw error;
    }
    return room;
  }

  /** A room in which nothing goes on until `begin`. */
  static async make(plan: MatchPlan): Promise<Room> {
    const { scenario, recording } = plan;
    const players = scenario.left.players.length + scenario.right.players.length;
    if (players > FIGURES_MAX) {
      const message = `${scenario.id} has ${players} players; the page shows matches of at most ${FIGURES_MAX}.`;
      throw new TouchlineError("server/too-many-players", message);
    }
    const onText = (...said: Parameters<Mind["hear"]>): void => room.#mind.hear(...said);
    const runner =
      recording === undefined
        ? await MatchRunner.make({
            ...plan,
            parent: plan.branch?.parent,
            ...(thinks(plan) && { onText }),
          })
        : await ReplayRunner.make(recording);
    const room: Room = new Room(plan, runner);
    return room;
  }

  /** Begins the first episode, for which models may have to be loaded. Throws what keeps it from beginning. */
  async begin(): Promise<void> {
    const failure = await this.#begin();
    if (failure !== undefined) throw failure;
    if (this.#plan.held) await this.#playThrough();
    if (this.#plan.branch !== undefined) await this.#catchUp(this.#plan.branch);
  }

  /** Whether there has been an episode. */
  get begun(): boolean {
    return this.current.start.episode > 0;
  }

  /** Goes on by one scene of 0.1 s, if there is one by now: a policy may still be thinking. */
  beat(): Beat {
    const beat: Beat = {};
    const { current } = this;
    if (!this.begun) return beat;
    if (current.ended !== undefined) {
      if (--this.#rest <= 0 && !this.#busy && this.#hasNext()) void this.#begin();
      return beat;
    }
    if (!this.#announced) {
      this.#announced = true;
      beat.started = current.start;
    }
    const scene = this.#scenes.shift();
    if (scene !== undefined) {
      current.add(encodeScene(scene));
      beat.scene = true;
      this.#shownTick = scene.tick;
    }
    const last = this.#scenes.length === 0 && this.#ended !== undefined;
    const shown = last ? Infinity : (scene?.tick ?? -1);
    const due = this.#events.findIndex((event) => event.tick > shown);
    const events = this.#events.splice(0, due === -1 ? this.#events.length : due);
    if (events.length > 0 && (scene !== undefined || last)) {
      beat.events = { from: current.events.length, events };
      current.events.push(...events);
    } else this.#events.unshift(...events);
    this.#tellMind(beat, last ? Infinity : this.#shownTick);
    if (last) {
      current.ended = this.#ended!;
      this.results.push(current.ended);
      if (this.results.length > RESULTS_MAX) this.results.shift();
      this.#rest = this.#plan.branch ? 0 : current.ended.reason === "error" ? RETRY_BEATS : REST_BEATS;
      const { match, episode } = current.start;
      beat.ended = {
        match,
        episode,
        scenes: current.scenes,
        events: current.events.length,
        minds: current.minds.length,
        ended: current.ended,
      };
    } else if (this.#ready > 0) this.#ready--;
    else if (this.#scenes.length < (this.attended ? 1 : 2) && !this.#busy && !this.#waits) {
      void this.#advance();
    }
    return beat;
  }

  /** The running episode or the one before it, by number. */
  episode(number: number): Episode | undefined {
    return [this.current, this.previous].find((episode) => episode?.start.episode === number);
  }

  /** What is played, for those who take over in it; a recording has nothing to take over. */
  get match(): MatchRunner | undefined {
    return this.#runner instanceof MatchRunner ? this.#runner : undefined;
  }

  /** What it takes to play it again, and to play on. */
  get origin(): Origin {
    const { scenario, vary = false, rewards } = this.#plan;
    if (this.#runner instanceof ReplayRunner) return this.#runner.header;
    const { control, actions } = this.#runner;
    return { scenario, vary, control, actions, rewards };
  }

  get plan(): MatchPlan {
    return this.#plan;
  }

  /** A person has moved: what waits for him goes on. */
  hurry(): void {
    this.#ready = 0;
  }

  /** Nothing is left to show, until another episode comes. */
  get over(): boolean {
    return this.current.ended !== undefined && this.#rest <= 0 && !this.#busy;
  }

  /** The thoughts that go on just now, from their beginnings. */
  get thoughts(): Thought[] {
    return this.#mind.thoughts;
  }

  async close(): Promise<void> {
    this.#closed = true;
    await this.#runner.close();
  }

  /** Notes that are due, and what has been thought since the last beat. */
  #tellMind(beat: Beat, shownTick: number): void {
    const { minds } = this.current;
    const notes = this.#mind.notesUntil(shownTick);
    if (notes.length > 0) beat.minds = { from: minds.length, notes };
    minds.add(notes);
    const thoughts = this.#mind.news();
    if (thoughts.length > 0) beat.thoughts = thoughts;
  }

  /** There is no step to play: the episode is over, or goes on elsewhere. */
  get #waits(): boolean {
    const { waits } = this.#runner instanceof ReplayRunner ? this.#runner : { waits: false };
    return waits || this.#ended !== undefined;
  }

  /** Plays again what a branch has in common with its parent; it goes on from there. */
  async #catchUp({ steps }: BranchPlan): Promise<void> {
    const { current, match } = this;
    this.#show();
    let pause = performance.now() + PIECE_MS;
    for (const { actions } of steps) {
      if (performance.now() > pause) {
        await nextTurn();
        pause = performance.now() + PIECE_MS;
      }
      if (this.#closed || match === undefined || this.#info === undefined) return;
      this.#mind.look(this.#info);
      const { info } = match.follow(actions);
      this.#note(info, actions);
      this.#mind.take([], info);
      current.events.push(...this.#events.splice(0));
      this.#show();
    }
    current.minds.add(this.#mind.notesUntil(this.#shownTick) ?? []);
    this.#ready = READY_BEATS;
  }

  /** All scenes that have been played are shown at once. */
  #show(): void {
    for (const scene of this.#scenes.splice(0)) {
      this.current.add(encodeScene(scene));
      this.#shownTick = scene.tick;
    }
  }

  /** A step has been played. */
  #note(info: FootballInfo, actions: readonly Action[]): void {
    this.#info = info;
    this.#events.push(...info.events);
    this.current.steps.push({ tick: info.tick, actions });
  }

  /** Whether another episode can begin; of those that are played elsewhere it is made ready. */
  #hasNext(): boolean {
    const { fed, branch } = this.#plan;
    if (branch !== undefined) return false;
    if (fed === undefined || !(this.#runner instanceof ReplayRunner)) return true;
    const next = fed.next();
    if (next === undefined) return false;
    this.#runner.load(next);
    this.#seed = next.header?.seed ?? 0;
    return true;
  }

  /** To the end of the episode, after which nothing begins. */
  async #playThrough(): Promise<void> {
    while (this.current.ended === undefined && !this.#closed) {
      this.beat();
      await nextTurn();
    }
    this.#rest = Infinity;
  }

  /** Returns why the episode could not begin, if it could not. */
  async #begin(): Promise<unknown> {
    this.#busy = true;
    const start = { match: this.#plan.id, episode: ++this.#episodes, seed: this.#seed >>> 0 };
    if (this.#plan.recording === undefined) this.#seed++;
    let failure: unknown;
    try {
      this.#info = await this.#runner.start(start.seed);
    } catch (error) {
      failure = error;
    }
    // Of a first episode that cannot begin there is nothing to show.
    if (this.#closed || (failure !== undefined && this.#episodes === 1)) return failure;
    this.#mind.begin();
    this.#shownTick = 0;
    this.#scenes.splice(0, Infinity, this.#runner.env.scene());
    this.#events.splice(0);
    this.#ended = undefined;
    this.#announced = false;
    if (this.#episodes > 1) this.previous = this.current;
    this.current = new Episode(start);
    if (failure !== undefined) this.#fail(failure);
    this.#busy = false;
    return failure;
  }

  async #advance(): Promise<void> {
    this.#busy = true;
    try {
      if (this.#info !== undefined) this.#mind.look(this.#info);
      const { step, actions, decisions } = await this.#runner.advance();
      this.#note(step.info, actions);
      this.#mind.take(decisions, step.info);
      if (step.terminated || step.truncated) {
        const { ended = "time", score, result } = step.info;
        this.#ended = { reason: ended, score, ...(result && { result }) };
      }
    } catch (error) {
      if (!this.#closed) this.#fail(error);
    }
    this.#busy = false;
  }

  #fail(error: unknown): void {
    const message = error instanceof Error ? error.message : String(error);
    const score = this.#scenes[this.#scenes.length - 1]?.score ?? [0, 0];
    this.#ended = { reason: "error", score, message };
    // Where it is played, its end is told.
    if (this.#plan.fed === undefined) console.error(`match ${this.#plan.id} stopped: ${printable(message)}`);
  }
}

/** Whether anybody plays by words, or played so when it was recorded. */
function thinks({ left, right, recording, fed }: MatchPlan): boolean {
  if (fed) return fed.thinks;
  if (recording) return recording.decisions.some((said) => (said.text ?? said.failed) !== undefined);
  return left?.waits ?? right?.waits ?? false;
}

/** The names of the policies of both sides. */
/** Recordings of hashed frames from before a side could have its own have but one way of painting. */
function framesOf({ recording, scenario, left, right }: MatchPlan): Pick<MatchCard, "frames"> {
  if (recording === undefined) return ownFrames(scenario, left, right);
  const { frames, frame } = recording.header ?? {};
  if (frames) return { frames };
  return frame ? { frames: { left: frame, right: frame } } : {};
}

function playersOf({ recording, left, right }: MatchPlan): { left?: string | null; right?: string | null } {
  return recording?.header?.policies ?? { left: left?.name ?? null, right: right?.name ?? null };
}
