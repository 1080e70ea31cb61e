/**
 * @file Which episodes from elsewhere are shown. Each feed has one match, which shows one episode while at most one
 * more waits; what comes meanwhile is turned away. A match goes some time after its feed has nothing more for it.
 */
import { checkReplayable } from "../../../env/episode/index.ts";
import type { Episode as Recording, EpisodeHeader } from "../../../env/episode/index.ts";
import { frameOptions } from "../../../env/frame/index.ts";
import { validateScenario } from "../../../scenarios/index.ts";
import { Room } from "../room.ts";

/** Where matches come and go. */
export interface Venue {
  add(room: Room): void;
  remove(room: Room): void;
  isWatched(room: Room): boolean;
}

/** Who sends episodes. */
export interface Feed {
  id: string;
  /** What plays them, such as `play`. */
  by: string;
  /** Somebody plays by words. */
  thinks: boolean;
}

/** All of them together with the server's own fit into one packet. */
export const FEEDS_MAX = 16;
/** How long a match stays that has nothing more to show, in beats of 0.1 s: alone, and while somebody looks at it. */
const STAY_BEATS = 300;
const STAY_WATCHED_BEATS = 3000;

interface Shown {
  feed: Feed;
  room: Room;
  /** Of the episode that is shown: others of the same match differ in their seeds alone. */
  match: string;
  waiting: Recording | undefined;
  /** So many beats with nothing to show. */
  idle: number;
}

export class FeedDesk {
  readonly #venue: Venue;
  /** By the ids of their feeds. */
  readonly #shown = new Map<string, Shown>();
  /** Feeds whose episode is just coming in. */
  readonly #coming = new Set<string>();
  #opened = 0;
  #closed = false;

  constructor(venue: Venue) {
    this.#venue = venue;
  }

  /** How many matches there are from elsewhere. */
  get size(): number {
    return this.#shown.size;
  }

  /** Whether this feed may send an episode now. If so, that is due until `release`. */
  reserve({ id }: Feed): boolean {
    if (this.#closed || this.#coming.has(id)) return false;
    const shown = this.#shown.get(id);
    if (shown?.waiting !== undefined) return false;
    if (shown === undefined && !this.#hasRoom()) return false;
    this.#coming.add(id);
    return true;
  }

  release({ id }: Feed): void {
    this.#coming.delete(id);
  }

  /**
   * Shows an episode whose start is there and which may still grow, at once or when the one before is over. Throws what
   * `checkReplayable`, `validateScenario`, `frameOptions` and `Room.open` throw.
   */
  async show(feed: Feed, episode: Recording): Promise<void> {
    const { header } = checkReplayable(episode);
    const scenario = validateScenario(header.scenario, "Its scenario");
    const frame = header.frame && frameOptions(header.frame);
    const { left, right } = header.frames ?? {};
    const frames = {
      ...(left && { left: frameOptions(left) }),
      ...(right && { right: frameOptions(right) }),
    };
    episode.header = { ...header, scenario, frame, ...(header.frames && { frames }) };
    const shown = this.#shown.get(feed.id);
    if (shown === undefined) await this.#open(feed, episode, episode.header);
    else shown.waiting = episode;
  }

  /** To be called with every beat of the matches. */
  beat(): void {
    for (const shown of this.#shown.values()) {
      const { feed, room, waiting } = shown;
      const idle = room.over && waiting === undefined && !this.#coming.has(feed.id);
      shown.idle = idle ? shown.idle + 1 : 0;
      if (shown.idle > (this.#venue.isWatched(room) ? STAY_WATCHED_BEATS : STAY_BEATS)) this.#drop(shown);
      if (waiting?.header === undefined || !room.over || matchOf(waiting.header) === shown.match) continue;
      // Another match: it takes the place of this one.
      this.#drop(shown);
      // What is wrong with it only now is not told: its feed may have gone.
      this.#open(feed, waiting, waiting.header).catch(() => undefined);
    }
  }

  async close(): Promise<void> {
    this.#closed = true;
    await Promise.all([...this.#shown.values()].map(({ room }) => room.close()));
  }

  async #open(feed: Feed, recording: Recording, header: EpisodeHeader): Promise<void> {
    const { scenario, seed } = header;
    const id = `fed-${++this.#opened}`;
    const match = matchOf(header);
    const next = (): Recording | undefined => {
      const shown = this.#shown.get(feed.id);
      const waiting = shown?.waiting;
      if (shown?.room !== room || waiting?.header === undefined) return undefined;
      if (matchOf(waiting.header) !== match) return undefined;
      shown.waiting = undefined;
      return waiting;
    };
    const { by, thinks } = feed;
    const room: Room = await Room.open({ id, scenario, seed, recording, fed: { by, thinks, next } });
    if (this.#closed) return room.close();
    const before = this.#shown.get(feed.id);
    if (before !== undefined) this.#drop(before);
    this.#shown.set(feed.id, { feed, room, match, waiting: undefined, idle: 0 });
    this.#venue.add(room);
  }

  #drop({ feed, room }: Shown): void {
    this.#shown.delete(feed.id);
    this.#venue.remove(room);
    void room.close();
  }

  /** Whether one match more can be shown, if need be instead of the one that has been over for longest. */
  #hasRoom(): boolean {
    const others = [...this.#coming].filter((id) => !this.#shown.has(id)).length;
    if (this.#shown.size + others < FEEDS_MAX) return true;
    const all = [...this.#shown.values()].filter(({ idle }) => idle > 0);
    const oldest = all.sort((a, b) => b.idle - a.idle)[0];
    if (oldest === undefined) return false;
    this.#drop(oldest);
    return true;
  }
}

function matchOf(header: EpisodeHeader): string {
  return JSON.stringify({ ...header, seed: 0 });
}
