/**
 * @file Tells those who look at training runs what there is. While nobody looks, nothing is read; else all runs are
 * looked for once a second, and the metrics of those whose curves somebody sees are read as soon as they grow.
 */
import { watch, type FSWatcher } from "node:fs";
import { join } from "node:path";
import type { RunList } from "../../protocol/index.ts";
import { asRuns } from "../request.ts";
import type { Viewer } from "../viewer.ts";
import { CardIndex } from "./card.ts";
import { findRuns, type FoundRun, METRICS_FILE } from "./find.ts";
import { MetricsFollower } from "./follower.ts";
import { episodeSteps } from "./point.ts";

const POLL_MS = 1000;
/** Between two looks at a file that grows all the time. */
const POKE_MS = 100;
const POINT_BYTES = 16;

interface Looker {
  run: string | null;
  /** He has not got the newest of it. */
  lacksList: boolean;
  lacksCurves: boolean;
}

interface Followed {
  run: FoundRun;
  follower: MetricsFollower;
  watcher: FSWatcher | undefined;
  episodes: readonly number[];
}

export class RunDesk {
  /** The folder of all runs. */
  readonly root: string;
  readonly #cards: CardIndex;
  readonly #lookers = new Map<Viewer, Looker>();
  readonly #followed = new Map<string, Followed>();
  #runs: readonly FoundRun[] = [];
  #list: RunList;
  #foundAtMs = 0;
  #timer: NodeJS.Timeout | undefined;
  /** A file has grown that is followed. */
  #poked = false;
  #looking: Promise<void> | undefined;
  #closed = false;

  constructor(root: string) {
    this.root = root;
    this.#cards = new CardIndex(root);
    this.#list = { folder: root, runs: [] };
  }

  /** Answers a message about runs; false when it is malformed, undefined when it is about something else. */
  receive(viewer: Viewer, event: unknown, args: readonly unknown[]): boolean | undefined {
    if (event !== "runs") return undefined;
    const [data, reply] = args;
    const request = asRuns(data);
    if (args.length !== 2 || typeof reply !== "function" || request === undefined) return false;
    if (!request.look) {
      this.leave(viewer);
      reply(null);
      return true;
    }
    this.#lookers.set(viewer, { run: request.run, lacksList: false, lacksCurves: true });
    void this.look().then(() => {
      if (viewer.takes) reply(this.#list);
    });
    return true;
  }

  /** He looks no longer. */
  leave(viewer: Viewer): void {
    this.#lookers.delete(viewer);
    if (this.#lookers.size > 0) return;
    clearTimeout(this.#timer);
    this.#timer = undefined;
    for (const id of this.#followed.keys()) this.#unfollow(id);
  }

  /** The folder of a run that is there. */
  async folderOf(id: string): Promise<string | undefined> {
    const known =
      this.#runs.find((run) => run.id === id) ?? (await findRuns(this.root)).find((run) => run.id === id);
    return known?.path;
  }

  /** Looks at everything once more and tells what is new. */
  look(): Promise<void> {
    this.#looking ??= this.#look().finally(() => {
      this.#looking = undefined;
      this.#schedule(POLL_MS);
    });
    return this.#looking;
  }

  close(): void {
    this.#closed = true;
    this.#lookers.clear();
    clearTimeout(this.#timer);
    for (const id of this.#followed.keys()) this.#unfollow(id);
  }

  #schedule(ms: number): void {
    clearTimeout(this.#timer);
    if (this.#closed || this.#lookers.size === 0) return;
    this.#timer = setTimeout(() => void this.look(), ms);
  }

  async #look(): Promise<void> {
    this.#poked = false;
    if (Date.now() - this.#foundAtMs >= POLL_MS / 2) await this.#find();
    this.#choose();
    for (const followed of this.#followed.values()) await this.#tell(followed);
    this.#tellLists();
  }

  async #find(): Promise<void> {
    this.#foundAtMs = Date.now();
    this.#runs = await findRuns(this.root);
    const runs = await this.#cards.cardsOf(this.#runs, Date.now());
    if (JSON.stringify(runs) !== JSON.stringify(this.#list.runs)) {
      this.#list = { folder: this.root, runs };
      for (const looker of this.#lookers.values()) looker.lacksList = true;
    }
  }

  /** Follows the runs that somebody sees, and no others. */
  #choose(): void {
    const wanted = new Set([...this.#lookers.values()].map(({ run }) => run));
    for (const [id, { run }] of this.#followed) {
      const still = this.#runs.some((found) => found.id === id && found.path === run.path);
      if (!wanted.has(id) || !still) this.#unfollow(id);
    }
    for (const run of this.#runs) {
      if (!wanted.has(run.id) || this.#followed.has(run.id)) continue;
      const path = join(run.path, METRICS_FILE);
      const follower = new MetricsFollower(path);
      this.#followed.set(run.id, { run, follower, watcher: this.#watch(path), episodes: [] });
    }
  }

  /** Where the system can tell of changes, they are seen at once; once a second they are in any case. */
  #watch(path: string): FSWatcher | undefined {
    try {
      const watcher = watch(path, { persistent: false }, () => {
        if (this.#poked || this.#looking !== undefined) return;
        this.#poked = true;
        this.#schedule(POKE_MS);
      });
      watcher.on("error", () => watcher.close());
      return watcher;
    } catch {
      return undefined;
    }
  }

  #unfollow(id: string): void {
    this.#followed.get(id)?.watcher?.close();
    this.#followed.delete(id);
  }

  async #tell(followed: Followed): Promise<void> {
    const { run, follower } = followed;
    await follower.read();
    const steps = await episodeSteps({ root: this.root, run: run.path });
    const changed = steps.join() !== followed.episodes.join();
    followed.episodes = steps;
    const { store } = follower;
    const news = store.takeNews();
    for (const [viewer, looker] of this.#lookers) {
      if (looker.run !== run.id) continue;
      if (news === "anew") looker.lacksCurves = true;
      if (looker.lacksCurves) {
        if (!viewer.takes) continue;
        const curves = store.all();
        viewer.charge(curves.reduce((sum, { steps: all }) => sum + all.length * POINT_BYTES, 0));
        viewer.socket.emit("curves", { run: run.id, curves, episodes: steps });
        looker.lacksCurves = false;
      } else if (news !== undefined || changed) {
        const points = Array.isArray(news) ? news : [];
        if (viewer.takes) {
          viewer.socket.emit("points", { run: run.id, points, ...(changed && { episodes: steps }) });
        } else looker.lacksCurves = true;
      }
    }
  }

  #tellLists(): void {
    for (const [viewer, looker] of this.#lookers) {
      if (!looker.lacksList || !viewer.takes) continue;
      looker.lacksList = false;
      viewer.socket.emit("runs", this.#list);
    }
  }
}
