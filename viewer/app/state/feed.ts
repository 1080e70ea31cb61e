/**
 * @file What comes over the wire, put in its place: the matches, and the episodes of the one that is watched. What
 * was lost on the way is asked for again, once a second; live frames do not wait for it.
 */
import { computed, signal } from "@preact/signals";
import type { Signal } from "@preact/signals";
import type { Scene } from "../../../env/frame/index.ts";
import { Timeline } from "../../player/index.ts";
import { decodeScene, decodeScenes, decodeTile, RESULTS_MAX } from "../../protocol/index.ts";
import type {
  Ended,
  EpisodeEnd,
  EpisodeStart,
  Events,
  History,
  MatchCard,
  MatchList,
  Minds,
  Packet,
  Taken,
  Thoughts,
  Tile,
  Welcome,
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
  /** What the wall shows of it; undefined while whole scenes come. */
  tile: Signal<Tile | undefined>;
  ended: Signal<Ended | undefined>;
  /** How its last episodes ended, oldest first. */
  results: Signal<readonly Ended[]>;
  /** Its first episode has begun; until then a model may be loading. */
  begun: Signal<boolean>;
  /** The low 16 bits of its running episode's number. */
  episode: number;
}

/** With more matches than these the small pictures are of tiles. */
const WHOLE_MAX = 12;
const FILL_MS = 1000;
/** As many scenes of an episode as come in one answer. */
const SCENES_ASKED = 20_000;

export class Feed {
  readonly status = signal<Status>({ kind: "connecting" });
  /** As packets count them. */
  readonly matches = signal<readonly Listed[]>([]);
  /** As the page shows them: those that come and go first, where they are seen. */
  readonly inOrder = computed(() => {
    const watched = this.watched.value;
    // An episode of a run is there for those who opened it.
    const all = this.matches.value.filter((listed) => listed.card.run === undefined || listed === watched);
    return [...all.filter(passes).reverse(), ...all.filter((listed) => !passes(listed))];
  });
  readonly watched = signal<Listed | undefined>(undefined);
  /** Counts what has come of the watched match's thoughts and decisions. */
  readonly minded = signal(0);
  /** The running episode of the watched match. */
  newest: Timeline | undefined;
  /** The episode that is looked at: mostly the same. */
  viewed: Timeline | undefined;

  /** Hears which players persons play. */
  onTaken: (all: readonly Taken[]) => void = () => undefined;

  readonly #connection: Connection;
  readonly #changed: () => void;
  /** What is asked for first: the match in the page's address. */
  #wanted: string | null;
  /** No match is looked at for now. */
  #rests = false;
  #others: false | "wall" = false;
  #server = "";
  #filling = false;
  #filledAt = 0;

  /** `changed` is called when another episode is viewed or it has more events. */
  constructor(url: string, wanted: string | null, changed: () => void) {
    this.#changed = changed;
    this.#wanted = wanted;
    this.#connection = new Connection(url, {
      welcome: (welcome) => this.#takeWelcome(welcome),
      matches: (list) => this.#takeList(list),
      frames: (packet) => this.#takeFrames(packet),
      episode: (start) => this.#takeStart(start),
      events: (events) => this.#takeEvents(events),
      minds: (minds) => this.#takeMinds(minds),
      thoughts: (thoughts) => this.#takeThoughts(thoughts),
      ended: (end) => this.#takeEnd(end),
      taken: (all) => this.onTaken(all),
      lost: () => {
        this.status.value = { kind: "lost" };
        this.onTaken([]);
      },
      refused: (reason) => (this.status.value = { kind: "refused", reason }),
    });
  }

  /** The wire itself, for those who play. */
  get connection(): Connection {
    return this.#connection;
  }

  /** Switches to a match, or asks for what was missed of the same one. Its history comes in one answer. */
  async watch(id: string): Promise<void> {
    const listed = this.#listed(id);
    // Its card may still be on the way.
    if (listed === undefined) this.#wanted = id;
    if (listed === undefined) return;
    if (listed !== this.watched.value) {
      this.watched.value = listed;
      this.#wanted = id;
      this.newest = this.viewed = undefined;
      this.#changed();
    }
    if (this.#rests) return;
    const { newest } = this;
    const have =
      newest === undefined
        ? undefined
        : {
            episode: newest.episode,
            scenes: newest.completeUpTo,
            events: newest.events.length,
            minds: newest.mind.completeUpTo,
          };
    const history = await this.#connection.watch({
      match: id,
      others: this.matches.value.length > WHOLE_MAX ? "wall" : true,
      have,
    });
    if (history && "scenes" in history && this.watched.value === listed) this.#takeHistory(history);
  }

  /** The page shows something else for now: nothing more of matches is sent than that they come and go, or tiles. */
  rest(others: false | "wall" = false): void {
    this.#rests = true;
    this.#others = others;
    void this.#connection.watch({ match: null, others });
  }

  /** The page shows matches again; of the one that was watched comes what was missed. */
  async look(): Promise<void> {
    if (!this.#rests) return;
    this.#rests = false;
    const { value: watched } = this.watched;
    if (watched !== undefined) await this.watch(watched.card.id);
  }

  /** Another episode is looked at from now on. */
  view(timeline: Timeline): void {
    this.viewed = timeline;
    this.#changed();
  }

  /** Looks at an episode by its number; false when the server does not keep it. */
  async viewEpisode(episode: number): Promise<boolean> {
    const known = this.#known(episode);
    const watched = this.watched.peek();
    if (known !== undefined) this.view(known);
    if (known !== undefined || watched === undefined) return known !== undefined;
    const request = { match: watched.card.id, episode, from: 0, to: SCENES_ASKED, events: 0, minds: 0 };
    const history = await this.#connection.range(request);
    if (history === undefined || !("scenes" in history) || this.watched.peek() !== watched) return false;
    this.view(new Timeline(episode, watched.card.steps));
    this.#takeHistory(history);
    return true;
  }

  /** Everything that has come is on the screen. */
  drawn(now: number): void {
    this.#connection.drawn(now);
    void this.#fill(now);
  }

  #takeWelcome({ server, ...list }: Welcome): void {
    // The server was started anew: its matches are others, even under the same names.
    if (server !== this.#server) this.#forget();
    this.#server = server;
    this.status.value = { kind: "open" };
    const before = this.watched.value;
    this.#takeList(list);
    if (this.#rests && this.#others) this.rest(this.#others);
    // Of a match that was watched before, what was missed.
    if (before !== undefined && this.watched.value === before) void this.watch(before.card.id);
  }

  /** Matches that stay are the same as before; where the watched one has gone, the first is watched. */
  #takeList({ matches, running, results }: MatchList): void {
    const before = this.matches.value;
    this.matches.value = matches.map(
      (card) => before.find((known) => known.card.id === card.id) ?? list(card),
    );
    this.matches.value.forEach((listed, i) => {
      listed.results.value = results[i] ?? [];
      listed.begun.value = running[i]?.episode !== 0;
    });
    const { value: watched } = this.watched;
    const known = running.some(({ match }) => match === this.#wanted);
    const stays = watched !== undefined && this.matches.value.includes(watched);
    if (stays && (!known || watched.card.id === this.#wanted)) return;
    const next = known ? this.#wanted : running[0]?.match;
    if (next) void this.watch(next);
    else this.#leave();
  }

  #forget(): void {
    this.matches.value = [];
    this.#leave();
  }

  /** Nothing is watched. */
  #leave(): void {
    this.watched.value = this.newest = this.viewed = undefined;
    this.#changed();
  }

  #takeFrames({ entries, tiles }: Packet): void {
    for (const { match, tile } of tiles) {
      const listed = this.matches.value[match];
      if (listed !== undefined) listed.tile.value = decodeTile(tile);
    }
    for (const { match, episode, seq, events, scene } of entries) {
      const listed = this.matches.value[match];
      if (listed === undefined) continue;
      listed.begun.value = true;
      listed.scene.value = decodeScene(scene);
      listed.tile.value = undefined;
      if (listed.episode !== episode) listed.ended.value = undefined;
      listed.episode = episode;
      if (listed !== this.watched.value) continue;
      const timeline = this.#newestOf(episode);
      timeline.addScene(seq, scene);
      timeline.hasEvents(events);
    }
  }

  /** The timeline of the running episode, of whose number the low 16 bits are known. */
  #newestOf(low: number): Timeline {
    const { newest } = this;
    if (newest === undefined) return this.#begin(low);
    const ahead = (low - newest.episode) & 0xffff;
    return ahead === 0 ? newest : this.#begin(newest.episode + ahead);
  }

  #begin(episode: number): Timeline {
    const timeline = new Timeline(episode, this.watched.peek()?.card.steps);
    this.newest = timeline;
    if (this.viewed === undefined) this.view(timeline);
    return timeline;
  }

  #takeStart({ match, episode, seed }: EpisodeStart): void {
    const listed = this.#listed(match);
    if (listed === undefined) return;
    listed.begun.value = true;
    listed.ended.value = undefined;
    listed.episode = episode & 0xffff;
    if (listed !== this.watched.value) return;
    const timeline = this.newest?.episode === episode ? this.newest : this.#begin(episode);
    timeline.seed = seed;
  }

  #takeEvents({ match, episode, from, events }: Events): void {
    if (match !== this.watched.value?.card.id) return;
    const timeline = this.#known(episode);
    timeline?.addEvents(from, events);
    if (timeline === this.viewed) this.#changed();
  }

  #takeMinds({ match, episode, from, notes }: Minds): void {
    if (match !== this.watched.value?.card.id) return;
    this.#known(episode)?.mind.add(from, notes);
    this.minded.value++;
  }

  #takeThoughts({ match, episode, thoughts }: Thoughts): void {
    const mind = match === this.watched.value?.card.id ? this.#known(episode)?.mind : undefined;
    for (const thought of thoughts) mind?.hear(thought);
    this.minded.value++;
  }

  #takeEnd({ match, episode, scenes, events, minds, ended }: EpisodeEnd): void {
    const listed = this.#listed(match);
    if (listed === undefined) return;
    listed.ended.value = ended;
    listed.results.value = [...listed.results.value, ended].slice(-RESULTS_MAX);
    const timeline = listed === this.watched.value ? this.#known(episode) : undefined;
    if (timeline === undefined) return;
    timeline.ended = ended;
    // What is still being thought comes to nothing.
    timeline.mind.thoughts.clear();
    timeline.knownScenes = Math.max(timeline.knownScenes, scenes);
    timeline.knownEvents = Math.max(timeline.knownEvents, events);
    timeline.mind.known = Math.max(timeline.mind.known, minds);
  }

  #takeHistory(history: History): void {
    // Episode 0: the match has not begun.
    if (history.episode === 0) return;
    const later = this.newest === undefined || this.newest.episode < history.episode;
    const timeline = this.#known(history.episode) ?? (later ? this.#begin(history.episode) : undefined);
    if (timeline === undefined) return;
    timeline.seed = history.seed;
    const scenes = decodeScenes(history.scenes);
    scenes.forEach((scene, i) => timeline.addScene(history.scenesFrom + i, scene));
    timeline.addEvents(history.from, history.events);
    timeline.mind.add(history.mindsFrom, history.minds);
    timeline.mind.known = Math.max(timeline.mind.known, history.mindsKnown);
    for (const thought of history.thoughts) timeline.mind.hear(thought);
    this.minded.value++;
    if (history.ended !== undefined) {
      timeline.ended = history.ended;
      timeline.mind.thoughts.clear();
    }
    if (timeline === this.viewed) this.#changed();
  }

  #known(episode: number): Timeline | undefined {
    return [this.newest, this.viewed].find((timeline) => timeline?.episode === episode);
  }

  #listed(id: string): Listed | undefined {
    return this.matches.value.find(({ card }) => card.id === id);
  }

  async #fill(now: number): Promise<void> {
    if (this.#filling || now - this.#filledAt < FILL_MS || this.status.value.kind !== "open") return;
    this.#filledAt = now;
    const watched = this.watched.value;
    for (const timeline of new Set([this.viewed, this.newest])) {
      const hole = timeline?.missing();
      if (watched === undefined || timeline === undefined || hole === undefined) continue;
      this.#filling = true;
      const { id } = watched.card;
      const history = await this.#connection.range({ match: id, episode: timeline.episode, ...hole });
      this.#filling = false;
      if (this.watched.value !== watched || history === undefined) return;
      if ("scenes" in history) {
        if (history.scenesFrom > hole.from) timeline.availableFrom = history.scenesFrom;
        if (history.mindsFrom > hole.minds) timeline.mind.availableFrom = history.mindsFrom;
        this.#takeHistory(history);
        // A long match has more than one answer holds: the next part is asked for with the next frame that is drawn.
        if (history.scenes.byteLength > 0) this.#filledAt = -Infinity;
      } else timeline.giveUp();
      return;
    }
  }
}

/** Whether a match comes from elsewhere and goes again. */
function passes({ card }: Listed): boolean {
  return (card.fed ?? card.run) !== undefined;
}

/** A match of which nothing is known but its card. */
function list(card: MatchCard): Listed {
  return {
    card,
    scene: signal(undefined),
    tile: signal<Tile | undefined>(undefined),
    ended: signal(undefined),
    results: signal([]),
    begun: signal(false),
    episode: 0,
  };
}
