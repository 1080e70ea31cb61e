/**
 * @file What the page knows: the matches, the one that is watched with its history, and the one cursor. Panels
 * read its signals, which change at most ten times a second; the stage asks for the moment of every frame.
 */
import { signal } from "@preact/signals";
import type { Signal } from "@preact/signals";
import type { FootballEvent } from "../../../env/football/event.ts";
import type { Scene } from "../../../env/frame/index.ts";
import {
  advance,
  bannerAt,
  CAMERAS,
  follow,
  hold,
  momentAt,
  nextSpeed,
  secondsBehind,
  seek,
  setSpeed,
  START,
  Timeline,
  toggle,
} from "../../player/index.ts";
import type { Banner, CameraChoice, Command, Cursor, Extent, Moment } from "../../player/index.ts";
import { decodeScene, decodeScenes } from "../../protocol/index.ts";
import type {
  Ended,
  EpisodeEnd,
  EpisodeStart,
  Events,
  History,
  MatchCard,
  Packet,
} from "../../protocol/index.ts";
import { Connection } from "./connection.ts";

export type Status =
  | { kind: "connecting" | "open" | "lost" }
  /** The server said why it does not want us. */
  | { kind: "refused"; reason: string };

/** A match in the list: its card and the newest that is known of it. */
export interface Listed {
  card: MatchCard;
  scene: Signal<Scene | undefined>;
  ended: Signal<Ended | undefined>;
  /** The low 16 bits of its running episode's number. */
  episode: number;
}

/** What is under the cursor, for the panels. */
export interface Shown {
  card: MatchCard;
  episode: number;
  seed: number | undefined;
  scene: Scene;
  seq: number;
  pace: Cursor["pace"];
  speed: number;
  tick: number;
  firstTick: number;
  lastTick: number;
  /** Whether the episode under the cursor is the running one, or an older one. */
  live: boolean;
  /** In tenths, so that it does not change all the time. */
  behindSeconds: number;
  banner: Banner | undefined;
  ended: Ended | undefined;
}

const FILL_MS = 1000;
/** A jump to an event lands so many scenes before it. */
const LEAD_SCENES = 8;

export class Session {
  readonly status = signal<Status>({ kind: "connecting" });
  readonly matches = signal<readonly Listed[]>([]);
  readonly shown = signal<Shown | undefined>(undefined);
  /** Of the episode under the cursor; a new list whenever there are more. */
  readonly events = signal<readonly FootballEvent[]>([]);
  readonly camera = signal<CameraChoice>("auto");
  cursor: Cursor = START;

  readonly #connection: Connection;
  #server = "";
  #watched: Listed | undefined;
  /** The episode under the cursor, and the running one: mostly the same. */
  #viewed: Timeline | undefined;
  #newest: Timeline | undefined;
  #filling = false;
  #filledAt = 0;
  #moment: Moment | undefined;

  constructor(url: string) {
    this.#connection = new Connection(url, {
      welcome: ({ server, matches, running }) => {
        if (server !== this.#server) this.#forget();
        this.#server = server;
        this.status.value = { kind: "open" };
        if (this.matches.value.length === 0) {
          this.matches.value = matches.map((card) => ({
            card,
            scene: signal(undefined),
            ended: signal(undefined),
            episode: 0,
          }));
        }
        const wanted = this.#watched?.card.id ?? new URL(location.href).searchParams.get("match");
        const known = running.some(({ match }) => match === wanted);
        void this.watch((known ? wanted : running[0]?.match) ?? "");
      },
      frames: (packet) => this.#takeFrames(packet),
      episode: (start) => this.#takeStart(start),
      events: (events) => this.#takeEvents(events),
      ended: (end) => this.#takeEnd(end),
      lost: () => (this.status.value = { kind: "lost" }),
      refused: (reason) => (this.status.value = { kind: "refused", reason }),
    });
  }

  /** Switches to a match: its history comes at once, and the cursor follows it. */
  async watch(id: string): Promise<void> {
    const listed = this.matches.value.find(({ card }) => card.id === id);
    if (listed === undefined) return;
    if (listed !== this.#watched) {
      this.#watched = listed;
      rememberInAddress(id);
      this.#viewed = this.#newest = this.#moment = undefined;
      this.cursor = START;
      this.events.value = [];
    }
    const newest = this.#newest;
    const have =
      newest === undefined
        ? undefined
        : { episode: newest.episode, scenes: newest.completeUpTo, events: newest.events.length };
    const history = await this.#connection.watch({ match: id, others: true, have });
    if (history && "scenes" in history && this.#watched === listed) this.#takeHistory(history);
  }

  /** Goes on by real time; the stage draws what comes back. */
  frame(seconds: number, now: number): Moment | undefined {
    this.#connection.drawn(now);
    void this.#fill(now);
    const extent = this.extent();
    const timeline = this.#viewed;
    if (timeline === undefined || extent === undefined || this.#watched === undefined) return undefined;
    this.cursor = advance(this.cursor, seconds, extent);
    if (this.cursor.pace === "following" && this.#newest !== timeline && this.#newest?.length) {
      this.#view(this.#newest);
      return this.frame(0, now);
    }
    const { ticksPerScene } = extent;
    this.#moment = momentAt(timeline, this.cursor.tick, ticksPerScene, this.#moment);
    if (this.#moment !== undefined) this.#show(this.#watched.card, timeline, this.#moment, extent);
    return this.#moment;
  }

  /** The episode under the cursor, for those who look at more than a moment of it. */
  get timeline(): Timeline | undefined {
    return this.#viewed;
  }

  extent(): Extent | undefined {
    const timeline = this.#viewed;
    if (timeline === undefined || this.#watched === undefined) return undefined;
    return {
      first: timeline.firstTick,
      last: timeline.lastTick,
      live: timeline === this.#newest && timeline.ended === undefined,
      ticksPerScene: this.#watched.card.ticksPerScene,
    };
  }

  /** The match clock at a tick, as far as its scenes are here. */
  clockAt(tick: number): number {
    return this.#viewed?.scene(this.#viewed.indexAt(tick))?.clockSeconds ?? 0;
  }

  /** A moment before a tick: where one wants to be to see what happens there. */
  before(tick: number): number {
    return tick - LEAD_SCENES * (this.#watched?.card.ticksPerScene ?? 0);
  }

  seek(tick: number): void {
    const extent = this.extent();
    if (extent !== undefined) this.cursor = seek(this.cursor, tick, extent);
  }

  setSpeed(speed: number): void {
    this.cursor = setSpeed(this.cursor, speed);
  }

  /** Does what a key or a button asks for; `help` is the page's own. */
  run(command: Exclude<Command, "help">): void {
    const extent = this.extent();
    if (command === "next-match") return this.#nextMatch();
    if (command === "camera") {
      const next = CAMERAS.indexOf(this.camera.value) + 1;
      this.camera.value = CAMERAS[next % CAMERAS.length]!;
      return;
    }
    if (extent === undefined) return;
    const { cursor } = this;
    switch (command) {
      case "toggle":
        this.cursor = toggle(cursor, extent);
        break;
      case "step-back":
        this.#step(-1, extent);
        break;
      case "step-forward":
        this.#step(1, extent);
        break;
      case "slower":
      case "faster":
        this.setSpeed(nextSpeed(cursor.speed, command === "faster" ? 1 : -1));
        break;
      case "start":
        this.seek(extent.first);
        break;
      case "live":
        this.cursor = follow(cursor);
        break;
      case "previous-event":
      case "next-event":
        this.#jump(command === "next-event" ? 1 : -1, () => true);
        break;
      case "previous-goal":
      case "next-goal":
        this.#jump(command === "next-goal" ? 1 : -1, ({ kind }) => kind === "goal");
        break;
    }
  }

  #nextMatch(): void {
    const matches = this.matches.value;
    const at = matches.findIndex((listed) => listed === this.#watched);
    const next = matches[(at + 1) % matches.length];
    if (next !== undefined) void this.watch(next.card.id);
  }

  #step(direction: 1 | -1, extent: Extent): void {
    const timeline = this.#viewed;
    if (timeline === undefined) return;
    const { tick } = this.cursor;
    const index = timeline.indexAt(tick);
    // Between two scenes a step back goes to the one before.
    const onScene = Math.abs(timeline.tickAt(index) - tick) < 1e-6;
    const target = direction === 1 ? index + 1 : onScene ? index - 1 : index;
    this.cursor = hold(this.cursor, timeline.tickAt(Math.max(0, target)), extent);
  }

  #jump(direction: 1 | -1, wanted: (event: FootballEvent) => boolean): void {
    const events = this.#viewed?.events.filter(wanted) ?? [];
    const { tick } = this.cursor;
    // Half a second of grace lets one go further back while the match plays on.
    const grace = tick - this.before(tick);
    const event =
      direction === 1
        ? events.find((candidate) => this.before(candidate.tick) > tick + 1)
        : events.findLast((candidate) => this.before(candidate.tick) < tick - grace);
    if (event !== undefined) this.seek(this.before(event.tick));
  }

  #view(timeline: Timeline): void {
    this.#viewed = timeline;
    this.#moment = undefined;
    this.cursor = { ...this.cursor, tick: timeline.firstTick };
    this.events.value = [...timeline.events];
  }

  #show(card: MatchCard, timeline: Timeline, moment: Moment, extent: Extent): void {
    const before = this.shown.peek();
    const { pace, speed, tick } = this.cursor;
    const behindSeconds = pace === "following" ? 0 : Math.round(secondsBehind(this.cursor, extent) * 10) / 10;
    const same =
      before !== undefined &&
      before.card === card &&
      before.episode === timeline.episode &&
      before.seed === timeline.seed &&
      before.seq === moment.seq &&
      before.pace === pace &&
      before.speed === speed &&
      before.lastTick === extent.last &&
      before.live === extent.live &&
      before.behindSeconds === behindSeconds &&
      before.ended === timeline.ended;
    if (same) return;
    this.shown.value = {
      card,
      episode: timeline.episode,
      seed: timeline.seed,
      scene: moment.scene,
      seq: moment.seq,
      pace,
      speed,
      tick,
      firstTick: extent.first,
      lastTick: extent.last,
      live: extent.live,
      behindSeconds,
      banner: bannerAt(timeline, moment.scene, tick, card.lineup, card.ticksPerScene),
      ended: timeline.ended,
    };
  }

  #takeFrames({ entries }: Packet): void {
    for (const { match, episode, seq, events, scene } of entries) {
      const listed = this.matches.value[match];
      if (listed === undefined) continue;
      listed.scene.value = decodeScene(scene);
      if (listed.episode !== episode) listed.ended.value = undefined;
      listed.episode = episode;
      if (listed !== this.#watched) continue;
      const timeline = this.#newestOf(episode);
      timeline.addScene(seq, scene);
      timeline.hasEvents(events);
    }
  }

  /** The timeline of the running episode, of whose number the low 16 bits are known. */
  #newestOf(low: number): Timeline {
    const newest = this.#newest;
    if (newest !== undefined && (newest.episode & 0xffff) === low) return newest;
    const episode = newest === undefined ? low : newest.episode + ((low - newest.episode) & 0xffff);
    return this.#begin(episode);
  }

  #begin(episode: number): Timeline {
    const timeline = new Timeline(episode);
    this.#newest = timeline;
    if (this.#viewed === undefined) this.#view(timeline);
    return timeline;
  }

  #takeStart({ match, episode, seed }: EpisodeStart): void {
    const listed = this.#listed(match);
    if (listed === undefined) return;
    listed.ended.value = undefined;
    listed.episode = episode & 0xffff;
    if (listed !== this.#watched) return;
    const timeline = this.#newest?.episode === episode ? this.#newest : this.#begin(episode);
    timeline.seed = seed;
  }

  #takeEvents({ match, episode, from, events }: Events): void {
    if (match !== this.#watched?.card.id) return;
    const timeline = this.#known(episode);
    if (timeline === undefined) return;
    timeline.addEvents(from, events);
    if (timeline === this.#viewed) this.events.value = [...timeline.events];
  }

  #takeEnd({ match, episode, scenes, events, ended }: EpisodeEnd): void {
    const listed = this.#listed(match);
    if (listed === undefined) return;
    listed.ended.value = ended;
    if (listed !== this.#watched) return;
    const timeline = this.#known(episode);
    if (timeline === undefined) return;
    timeline.ended = ended;
    timeline.knownScenes = Math.max(timeline.knownScenes, scenes);
    timeline.knownEvents = Math.max(timeline.knownEvents, events);
  }

  #takeHistory(history: History): void {
    // A seed of 0 episodes: the match has not begun.
    if (history.episode === 0) return;
    const timeline =
      this.#known(history.episode) ??
      (this.#newest === undefined || this.#newest.episode < history.episode
        ? this.#begin(history.episode)
        : undefined);
    if (timeline === undefined) return;
    timeline.seed = history.seed;
    const scenes = decodeScenes(history.scenes);
    scenes.forEach((scene, i) => timeline.addScene(history.scenesFrom + i, scene));
    timeline.addEvents(history.from, history.events);
    if (history.ended !== undefined) timeline.ended = history.ended;
    if (timeline === this.#viewed) this.events.value = [...timeline.events];
  }

  #known(episode: number): Timeline | undefined {
    return [this.#newest, this.#viewed].find((timeline) => timeline?.episode === episode);
  }

  #listed(id: string): Listed | undefined {
    return this.matches.value.find(({ card }) => card.id === id);
  }

  /** Asks for what was lost on the way, once a second. Live frames do not wait for it. */
  async #fill(now: number): Promise<void> {
    if (this.#filling || now - this.#filledAt < FILL_MS || this.status.value.kind !== "open") return;
    this.#filledAt = now;
    const watched = this.#watched;
    for (const timeline of new Set([this.#viewed, this.#newest])) {
      const hole = timeline?.missing();
      if (watched === undefined || timeline === undefined || hole === undefined) continue;
      this.#filling = true;
      const { id } = watched.card;
      const history = await this.#connection.range({ match: id, episode: timeline.episode, ...hole });
      this.#filling = false;
      if (this.#watched !== watched || history === undefined) return;
      if ("scenes" in history) {
        if (history.scenesFrom > hole.from) timeline.availableFrom = history.scenesFrom;
        this.#takeHistory(history);
      } else timeline.giveUp();
      return;
    }
  }

  /** The server was started anew: its matches are others. */
  #forget(): void {
    this.matches.value = [];
    this.#watched = this.#viewed = this.#newest = this.#moment = undefined;
    this.shown.value = undefined;
    this.events.value = [];
    this.cursor = START;
  }
}

/** A page that is loaded again, or whose address is passed on, shows the same match. */
function rememberInAddress(match: string): void {
  const url = new URL(location.href);
  url.searchParams.set("match", match);
  history.replaceState(null, "", url);
}
