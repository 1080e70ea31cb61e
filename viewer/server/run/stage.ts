/**
 * @file Recorded episodes of runs that somebody opened, shown as matches beside the others. An episode goes some time
 * after the last who looked at it has left.
 */
import { readFile, stat } from "node:fs/promises";
import { checkReplayable, readEpisode } from "../../../env/episode/index.ts";
import { TouchlineError } from "../../../env/error.ts";
import { validateScenario } from "../../../scenarios/index.ts";
import type { EpisodeRequest, Opened, Refusal } from "../../protocol/index.ts";
import { asEpisode } from "../request.ts";
import { Room } from "../room.ts";
import type { Viewer } from "../viewer.ts";
import type { RunDesk } from "./desk.ts";
import { episodeFile } from "./point.ts";

/** Where matches come and go. */
export interface Venue {
  add(room: Room): void;
  remove(room: Room): void;
  isWatched(room: Room): boolean;
}

/** At most so many are shown at once. */
const SHOWN_MAX = 16;
const FILE_BYTES_MAX = 32_000_000;
/** How long an episode stays that nobody looks at, in beats of 0.1 s. */
const STAY_BEATS = 100;

interface Shown {
  room: Promise<Room>;
  ready: Room | undefined;
  idle: number;
}

export class EpisodeStage {
  readonly #venue: Venue;
  readonly #runs: RunDesk;
  /** By run, step and file. */
  readonly #shown = new Map<string, Shown>();
  #opened = 0;
  #closed = false;

  constructor(venue: Venue, runs: RunDesk) {
    this.#venue = venue;
    this.#runs = runs;
  }

  /** How many episodes are shown. */
  get size(): number {
    return this.#shown.size;
  }

  /** Answers a message about an episode; false when it is malformed, undefined when it is about something else. */
  receive(viewer: Viewer, event: unknown, args: readonly unknown[]): boolean | undefined {
    if (event !== "open") return undefined;
    const [data, reply] = args;
    const request = asEpisode(data);
    if (args.length !== 2 || typeof reply !== "function" || request === undefined) return false;
    void this.open(request, (bytes) => viewer.charge(bytes)).then((answer) => viewer.takes && reply(answer));
    return true;
  }

  leave(): void {
    // Whoever leaves looks at nothing: the beat sees it.
  }

  /** Shows an episode, if it is not shown already; `charge` hears how many bytes had to be read. */
  async open(request: EpisodeRequest, charge: (bytes: number) => void): Promise<Opened | Refusal> {
    const key = JSON.stringify([request.run, request.step, request.file]);
    let shown = this.#shown.get(key);
    if (shown === undefined) {
      if (!this.#hasRoom()) return { error: "Too many episodes are being looked at; try again later." };
      shown = { room: this.#open(request, charge), ready: undefined, idle: 0 };
      this.#shown.set(key, shown);
    }
    try {
      const room = await shown.room;
      shown.idle = 0;
      if (shown.ready === undefined) {
        shown.ready = room;
        this.#venue.add(room);
      }
      return { match: room.card.id };
    } catch (error) {
      this.#shown.delete(key);
      if (error instanceof TouchlineError) return { error: error.message };
      throw error;
    }
  }

  /** To be called with every beat of the matches. */
  beat(): void {
    for (const [key, shown] of this.#shown) {
      if (shown.ready === undefined) continue;
      shown.idle = this.#venue.isWatched(shown.ready) ? 0 : shown.idle + 1;
      if (shown.idle > STAY_BEATS) this.#drop(key, shown);
    }
  }

  async close(): Promise<void> {
    this.#closed = true;
    const rooms = [...this.#shown.values()].flatMap(({ ready }) => (ready === undefined ? [] : [ready]));
    await Promise.all(rooms.map((room) => room.close()));
  }

  async #open(request: EpisodeRequest, charge: (bytes: number) => void): Promise<Room> {
    const { run, step, file } = request;
    const folder = await this.#runs.folderOf(run);
    const where = folder && { root: this.#runs.root, run: folder };
    const path = where && (await episodeFile(where, step, file));
    if (path === undefined) {
      throw new TouchlineError(
        "runs/episode",
        `There is no episode "${file}" of step ${step} in run "${run}".`,
      );
    }
    const { size } = await stat(path);
    if (size > FILE_BYTES_MAX) {
      throw new TouchlineError(
        "runs/size",
        `The episode is longer than ${FILE_BYTES_MAX} bytes; play it with --replay.`,
      );
    }
    charge(size);
    const recording = checkReplayable(readEpisode(await readFile(path)));
    const { scenario, seed } = recording.header;
    validateScenario(scenario, "Its scenario");
    const room = await Room.open({ id: `run-${++this.#opened}`, scenario, seed, recording, run: request });
    if (this.#closed) await room.close();
    return room;
  }

  #drop(key: string, { ready }: Shown): void {
    this.#shown.delete(key);
    if (ready === undefined) return;
    this.#venue.remove(ready);
    void ready.close();
  }

  /** Whether one more can be shown, if need be instead of the one that nobody has looked at for longest. */
  #hasRoom(): boolean {
    if (this.#shown.size < SHOWN_MAX) return true;
    const idle = [...this.#shown].filter((entry) => entry[1].idle > 0).sort((a, b) => b[1].idle - a[1].idle);
    const oldest = idle[0];
    if (oldest === undefined) return false;
    this.#drop(...oldest);
    return true;
  }
}
