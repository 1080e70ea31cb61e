/**
 * @file The one cursor and what is under it. Panels read signals, which change at most ten times a second; the
 * stage asks for the moment of every frame that it draws.
 */
import { batch, computed, signal } from "@preact/signals";
import type { FootballEvent } from "../../../env/football/event.ts";
import {
  advance,
  attackingTeam,
  eventFrom,
  flagAt,
  follow,
  hold,
  leadTick,
  mindAt,
  momentAt,
  nextSpeed,
  offsideLine,
  seek,
  setSpeed,
  sightAt,
  START,
  stepFrom,
  tellWhere,
  toggle,
} from "../../player/index.ts";
import type { Command, Cursor, Extent, Moment, OffsideFlag, Sight, Timeline } from "../../player/index.ts";
import type { EpisodeRequest, MatchCard } from "../../protocol/index.ts";
import { linkOf } from "./address.ts";
import type { Place, SharedMoment } from "./address.ts";
import { Feed } from "./feed.ts";
import { Hands } from "./hands.ts";
import { Looks } from "./looks.ts";
import { Proving } from "./proving.ts";
import { Runs } from "./runs.ts";
import { isPast, differs, shownAt } from "./shown.ts";
import type { Shown } from "./shown.ts";

export type { Shown } from "./shown.ts";

/** Law 11 in the picture. Centimetres. */
export interface OffsideShown {
  line: number;
  /** Who was offside just now, and where. */
  flag: OffsideFlag | undefined;
}

/** An episode of a run that has played for longer is shown from its start. */
const LATE_SCENES = 10;

export class Session {
  readonly feed: Feed;
  readonly hands: Hands;
  readonly runs: Runs;
  readonly looks = new Looks();
  readonly proving = new Proving();
  readonly view = signal<Place["view"]>("matches");
  /** The id of the scenario that is open in the editor. */
  readonly edited = signal<string | null>(null);
  /** The run whose report is read. */
  readonly report = signal<string | null>(null);
  /** The episode that was asked for and has not come. */
  readonly opening = signal<EpisodeRequest | undefined>(undefined);
  /** Why an episode cannot be shown. */
  readonly refused = signal<string | undefined>(undefined);
  readonly shown = signal<Shown | undefined>(undefined);
  /** Of the episode under the cursor; a new list whenever there are more. */
  readonly events = signal<readonly FootballEvent[]>([]);
  /** What the viewer asked to be told. */
  readonly answer = signal("");
  /** The place whose decisions are shown; undefined: of whoever decided last. */
  readonly chosen = signal<number | undefined>(undefined);
  /** The decision under the cursor; live, the newest, and what is being thought. */
  readonly mind = computed(() => {
    void this.feed.minded.value;
    const shown = this.shown.value;
    const log = this.timeline?.mind;
    // After a switch the decisions of the new match may be here before its first picture.
    if (shown === undefined || log === undefined || shown.card !== this.feed.watched.value?.card)
      return undefined;
    const live = shown.live && shown.pace === "following";
    return mindAt(log, live ? shown.lastTick : shown.scene.tick, live, this.chosen.value);
  });
  cursor: Cursor = START;
  #viewed: Timeline | undefined;
  #match: string | undefined;
  #moment: Moment | undefined;
  /** Where to hold the match once its scenes are here. */
  #wanted: SharedMoment | undefined;

  constructor(url: string, place: Place) {
    const match = place.view === "matches" ? place.match : null;
    this.feed = new Feed(url, match, () => this.#change());
    this.runs = new Runs(this.feed.connection);
    this.hands = new Hands(this.feed.connection, {
      shown: () => this.shown.peek(),
      watched: () => this.feed.watched.peek()?.card.id,
      past: () => isPast(this.shown.peek()),
      watch: (match) => this.watch(match),
      goLive: () => this.run("live"),
    });
    this.feed.onTaken = (all) => this.hands.hear(all);
    this.go(place);
  }

  /** What is looked at, for the address; undefined while it is not known yet. */
  get place(): Place | undefined {
    const { runs, view } = this;
    if (view.value === "runs") {
      return { view: "runs", run: runs.chosen.value, step: runs.point.value?.step ?? null };
    }
    if (view.value === "sokoban" || view.value === "wall") return { view: view.value };
    if (view.value === "reports") return { view: "reports", report: this.report.value };
    if (view.value === "edit") return { view: "edit", scenario: this.edited.value };
    const card = this.feed.watched.value?.card;
    if (this.opening.value !== undefined || card === undefined) return undefined;
    return { view: "matches", match: card.id, episode: card.run ?? null };
  }

  /** Looks at something, as its address says. */
  go(place: Place): void {
    // As one change: what was looked at before in the other view is no stop on the way.
    batch(() => this.#go(place));
  }

  #go(place: Place): void {
    this.view.value = place.view;
    if (place.view !== "matches" && place.view !== "runs") {
      this.runs.leave();
      this.feed.rest(place.view === "wall" && "wall");
      if (place.view === "reports") this.report.value = place.report;
      if (place.view === "edit") this.edited.value = place.scenario;
      return;
    }
    if (place.view === "runs") {
      this.feed.rest();
      return this.runs.look(place.run, place.step);
    }
    this.runs.leave();
    void this.feed.look();
    const { run } = this.feed.watched.peek()?.card ?? {};
    if (place.episode !== null && JSON.stringify(run) !== JSON.stringify(place.episode))
      void this.#open(place.episode);
    else if (place.match !== null) this.watch(place.match);
    this.#wanted = place.moment;
  }

  /** Switches to a match, live. */
  watch(id: string): void {
    this.refused.value = undefined;
    this.#wanted = undefined;
    void this.feed.watch(id);
  }

  /** Shows a recorded episode of a run, from its start. */
  async #open(episode: EpisodeRequest): Promise<void> {
    this.refused.value = undefined;
    this.opening.value = episode;
    const answer = await this.feed.connection.open(episode);
    if (this.opening.peek() !== episode) return;
    if (answer !== undefined && "match" in answer) await this.feed.watch(answer.match);
    else this.refused.value = answer?.error ?? "The server does not answer.";
    this.opening.value = undefined;
    const extent = this.#extent();
    const late = extent !== undefined && extent.last - extent.first > LATE_SCENES * extent.ticksPerScene;
    if (late && this.feed.watched.peek()?.card.run !== undefined) this.run("start");
  }

  /** Goes on by so many seconds of real time; the stage draws what comes back. */
  frame(seconds: number, now: number): Moment | undefined {
    const { feed } = this;
    feed.drawn(now);
    this.hands.frame();
    const card = feed.watched.value?.card;
    const extent = this.#extent();
    const timeline = feed.viewed;
    if (timeline === undefined || extent === undefined || card === undefined) return undefined;
    this.cursor = advance(this.cursor, seconds, extent);
    if (this.#wanted !== undefined) void this.#reach(this.#wanted, timeline, extent);
    if (this.cursor.pace === "following" && feed.newest !== timeline && feed.newest?.length) {
      feed.view(feed.newest);
      return this.frame(0, now);
    }
    this.#moment = momentAt(timeline, this.cursor.tick, extent.ticksPerScene, this.#moment);
    if (this.#moment !== undefined) this.#show(card, timeline, this.#moment, extent);
    this.proving.frame(card, timeline, this.mind.peek()?.decided?.note);
    return this.#moment;
  }

  /** Goes to a shared moment as soon as it can be reached. */
  async #reach(wanted: SharedMoment, { episode }: Timeline, extent: Extent): Promise<void> {
    const { tick, showing = episode } = wanted;
    const recorded = this.feed.watched.peek()?.card;
    // A recording is one episode, however often it is shown.
    const other = recorded?.recorded !== true && showing !== episode;
    if (!other && extent.last < tick) return;
    this.#wanted = undefined;
    if (other && !(await this.feed.viewEpisode(showing))) {
      this.refused.value = `Episode ${showing} of this match is over and no longer kept; this is what is on now.`;
      return;
    }
    this.hold(tick);
    this.looks.take(wanted);
  }

  /** The address of what is under the cursor, for others: it opens there, held. */
  link(): URL | undefined {
    const shown = this.shown.peek();
    const { place, looks } = this;
    if (shown === undefined || place === undefined) return undefined;
    const player = looks.followed.peek();
    const panel = looks.panel.peek();
    const moment = {
      tick: shown.scene.tick,
      ...(!shown.card.recorded && { showing: shown.episode }),
      ...(player !== undefined && { player }),
      ...(panel !== "events" && { panel }),
      ...(looks.eyes.peek() && { eyes: true }),
    };
    return linkOf(place, moment, new URL(location.href));
  }

  /** The episode under the cursor, for those who look at more than a moment of it. */
  get timeline(): Timeline | undefined {
    return this.feed.viewed;
  }

  /** The match clock at a tick, as far as its scenes are here. */
  clockAt(tick: number): number {
    return this.timeline?.peek(this.timeline.indexAt(tick))?.clockSeconds ?? 0;
  }

  /** The offside line under the cursor, when there is one to show. */
  offsideAt(): OffsideShown | undefined {
    const card = this.feed.watched.value?.card;
    const { timeline } = this;
    const moment = this.#moment;
    if (card?.offside !== true || timeline === undefined || moment === undefined) return undefined;
    const { lineup, ticksPerScene } = card;
    const flag = flagAt(timeline, moment.tick, lineup, ticksPerScene);
    if (flag !== undefined) return { line: flag.line, flag };
    if (!this.looks.offside.peek()) return undefined;
    const team = attackingTeam(timeline, timeline.indexAt(moment.tick), lineup);
    const line = team === undefined ? undefined : offsideLine(moment, lineup, team);
    return line === undefined ? undefined : { line, flag: undefined };
  }

  /** What the agent acts on, or thinks about, under the cursor, when that is older than what is shown. */
  sight(): Sight | undefined {
    const view = this.mind.peek();
    const tick = this.#moment?.tick;
    if (view === undefined || tick === undefined) return undefined;
    return sightAt(view, tick, this.#ticksPerScene);
  }

  seek(tick: number): void {
    const extent = this.#extent();
    if (extent !== undefined) this.cursor = seek(this.cursor, tick, extent);
  }

  /** Moves to a tick and stays there. */
  hold(tick: number): void {
    const extent = this.#extent();
    if (extent !== undefined) this.cursor = hold(this.cursor, tick, extent);
  }

  /** Moves to a moment before an event, to see it happen. */
  seekEvent(event: FootballEvent): void {
    this.seek(leadTick(event.tick, this.#ticksPerScene));
  }

  setSpeed(speed: number): void {
    this.cursor = setSpeed(this.cursor, speed);
  }

  /** Does what a key or a button asks for; `help` is the page's own. */
  run(command: Exclude<Command, "help" | "player">): void {
    const extent = this.#extent();
    if (this.looks.run(command)) return;
    if (command === "next-match") return this.#nextMatch();
    if (extent === undefined) return;
    switch (command) {
      case "take":
        void this.hands.take(null);
        break;
      case "where":
        this.#tellWhere();
        break;
      case "toggle":
        this.cursor = toggle(this.cursor, extent);
        break;
      case "step-back":
        this.#step(-1, extent);
        break;
      case "step-forward":
        this.#step(1, extent);
        break;
      case "slower":
        this.setSpeed(nextSpeed(this.cursor.speed, -1));
        break;
      case "faster":
        this.setSpeed(nextSpeed(this.cursor.speed, 1));
        break;
      case "start":
        this.seek(extent.first);
        break;
      case "live":
        this.cursor = follow(this.cursor);
        break;
      case "previous-event":
        this.#jump(-1, () => true);
        break;
      case "next-event":
        this.#jump(1, () => true);
        break;
      case "previous-goal":
        this.#jump(-1, ({ kind }) => kind === "goal");
        break;
      case "next-goal":
        this.#jump(1, ({ kind }) => kind === "goal");
        break;
    }
  }

  /** The camera follows the next who wears this number. */
  followNumber(number: number): void {
    const lineup = this.shown.peek()?.card.lineup;
    if (lineup !== undefined) this.looks.followNumber(number, lineup);
  }

  #extent(): Extent | undefined {
    const { viewed, newest, watched } = this.feed;
    if (viewed === undefined || watched.value === undefined) return undefined;
    return {
      first: viewed.firstTick,
      last: viewed.lastTick,
      live: viewed === newest && viewed.ended === undefined,
      ticksPerScene: watched.value.card.ticksPerScene,
    };
  }

  #nextMatch(): void {
    const matches = this.feed.inOrder.value;
    const at = matches.findIndex((listed) => listed === this.feed.watched.value);
    const next = matches[(at + 1) % matches.length];
    if (next !== undefined) this.watch(next.card.id);
  }

  #step(direction: 1 | -1, extent: Extent): void {
    const { timeline } = this;
    if (timeline === undefined) return;
    this.cursor = hold(this.cursor, stepFrom(timeline, this.cursor.tick, direction), extent);
  }

  #jump(direction: 1 | -1, wanted: (event: FootballEvent) => boolean): void {
    const events = this.timeline?.events.filter(wanted) ?? [];
    const event = eventFrom(events, this.cursor.tick, direction, this.#ticksPerScene);
    if (event !== undefined) this.seekEvent(event);
  }

  #tellWhere(): void {
    const shown = this.shown.peek();
    if (shown === undefined) return;
    const told = tellWhere(shown.scene, shown.card.lineup);
    // The same words again are heard again only when they differ.
    this.answer.value = this.answer.peek() === told ? `${told} ` : told;
  }

  get #ticksPerScene(): number {
    return this.feed.watched.value?.card.ticksPerScene ?? 0;
  }

  /** Another match is watched, another episode is viewed, or it has more events. */
  #change(): void {
    const { viewed, watched } = this.feed;
    const match = watched.peek()?.card.id;
    if (match !== this.#match) {
      this.cursor = START;
      this.chosen.value = undefined;
      this.looks.reset();
    }
    this.#match = match;
    this.events.value = viewed === undefined ? [] : [...viewed.events];
    if (viewed === this.#viewed) return;
    this.#viewed = viewed;
    this.#moment = undefined;
    this.cursor = { ...this.cursor, tick: viewed?.firstTick ?? 0 };
  }

  #show(card: MatchCard, timeline: Timeline, moment: Moment, extent: Extent): void {
    const next = shownAt(card, timeline, moment, this.cursor, extent);
    if (differs(this.shown.peek(), next)) this.shown.value = next;
  }
}
