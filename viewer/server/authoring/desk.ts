/**
 * @file Tells those who look at scenarios what there is, as soon as a file changes; reads them one, and saves what they
 * have made. Only who may play may do so.
 */
import { type FSWatcher, watch } from "node:fs";
import { join } from "node:path";
import { TouchlineError } from "../../../env/error.ts";
import type { Scenario } from "../../../env/football/index.ts";
import { scenarioText, validateScenario } from "../../../scenarios/index.ts";
import { SCENARIO_BYTES_MAX, SCENARIO_ID_MAX } from "../../protocol/index.ts";
import type { Refusal, Saved, SaveRequest, ScenarioList, ScenarioRead } from "../../protocol/index.ts";
import { asScenarios } from "../request.ts";
import { MAY_ONLY_WATCH } from "../takeover.ts";
import type { Viewer } from "../viewer.ts";
import { Shelf, stampOf } from "./shelf.ts";
import { realFolder, writeInside } from "./write.ts";

/** Editors write a file in several steps: what has changed is read once they are done. */
const SETTLE_MS = 120;
/** Where the system tells nothing of changes, they are looked for. */
const POLL_MS = 1000;

export const NO_FOLDER =
  "There is no folder to save in: start the server with one, as in touchline watch --scenarios DIR.";

export class AuthoringDesk {
  readonly #folders: readonly string[];
  readonly #policies: readonly string[];
  readonly #shelf: Shelf;
  /** Who looks, and whether he lacks the newest list. */
  readonly #lookers = new Map<Viewer, boolean>();
  readonly #watchers: FSWatcher[] = [];
  #timer: NodeJS.Timeout | undefined;
  #looking: Promise<void> | undefined;
  #saving: Promise<unknown> = Promise.resolve();
  #closed = false;

  /** The first of the folders is the one that is written to. */
  constructor(folders: readonly string[], policies: readonly string[]) {
    this.#folders = folders;
    this.#policies = policies;
    this.#shelf = new Shelf(folders);
  }

  /** Answers a message about scenarios; false when it is malformed, undefined when it is about something else. */
  receive(viewer: Viewer, event: unknown, args: readonly unknown[]): boolean | undefined {
    if (event !== "scenarios") return undefined;
    const [data, reply] = args;
    const request = asScenarios(data);
    if (args.length !== 2 || typeof reply !== "function" || request === undefined) return false;
    if (!viewer.mayPlay) {
      reply({ error: MAY_ONLY_WATCH } satisfies Refusal);
    } else if (!request.look) {
      this.leave(viewer);
      reply(null);
    } else {
      this.#lookers.set(viewer, false);
      this.#watch();
      void this.look().then(() => viewer.takes && reply(this.#list()));
    }
    return true;
  }

  /** He looks no longer. */
  leave(viewer: Viewer): void {
    this.#lookers.delete(viewer);
    if (this.#lookers.size > 0) return;
    clearTimeout(this.#timer);
    for (const watcher of this.#watchers.splice(0)) watcher.close();
  }

  close(): void {
    this.#closed = true;
    for (const viewer of this.#lookers.keys()) this.leave(viewer);
  }

  /** Looks at the files once more, and tells what is new. */
  look(): Promise<void> {
    this.#looking ??= this.#look().finally(() => {
      this.#looking = undefined;
      this.#schedule(POLL_MS);
    });
    return this.#looking;
  }

  /** Looks once more, at what is there from now on. */
  async #lookAnew(): Promise<void> {
    await this.#looking;
    await this.look();
  }

  /** @throws TouchlineError `scenario/unknown`, or `scenario/invalid` for a file that is wrong. */
  async read(id: string): Promise<ScenarioRead> {
    await this.#lookAnew();
    const kept = this.#shelf.find(id);
    if (kept === undefined) throw new TouchlineError("scenario/unknown", `There is no scenario "${id}".`);
    const { scenario, error = "It cannot be read.", stamp } = kept;
    if (scenario === undefined) throw new TouchlineError("scenario/invalid", error);
    return { scenario, stamp: stamp ?? null };
  }

  /** One after the other, so that of two who save the same the second hears of the first. */
  save(request: SaveRequest): Promise<Saved> {
    const saved = this.#saving.then(() => this.#save(request));
    this.#saving = saved.catch(() => undefined);
    return saved;
  }

  async #save({ scenario: data, stamp }: SaveRequest): Promise<Saved> {
    const [folder] = this.#folders;
    if (folder === undefined) throw new TouchlineError("scenario/folder", NO_FOLDER);
    const scenario = validateScenario(data, "The scenario");
    const text = textOf(scenario);
    const { id } = scenario;
    if (id.length > SCENARIO_ID_MAX) {
      throw new TouchlineError("scenario/id", `The id is longer than ${SCENARIO_ID_MAX} letters.`);
    }
    await this.#lookAnew();
    if (this.#shelf.isShipped(id)) {
      throw new TouchlineError(
        "scenario/shipped",
        `"${id}" ships with Touchline; save yours under another id.`,
      );
    }
    const root = await realFolder(folder);
    const there = this.#shelf.find(id);
    if (there !== undefined && stamp === null) {
      throw new TouchlineError(
        "scenario/taken",
        `There is a scenario "${id}" already; save it under another id.`,
      );
    }
    if (there === undefined || there.file === undefined) {
      if (stamp !== null || there !== undefined) throw changed(id);
      await writeInside({ root, path: join(root, `${id}.json`), replaces: false }, text);
    } else {
      if (there.stamp !== stamp) throw changed(id);
      await writeInside({ root, path: there.file, replaces: true }, text);
    }
    void this.look();
    return { id, stamp: stampOf(text) };
  }

  #list(): ScenarioList {
    return { scenarios: this.#shelf.cards(), folder: this.#folders[0] ?? null, policies: this.#policies };
  }

  async #look(): Promise<void> {
    if (await this.#shelf.look()) for (const viewer of this.#lookers.keys()) this.#lookers.set(viewer, true);
    const lacking = [...this.#lookers].filter(([viewer, lacks]) => lacks && viewer.takes);
    if (lacking.length === 0) return;
    const list = this.#list();
    for (const [viewer] of lacking) {
      this.#lookers.set(viewer, false);
      viewer.socket.emit("scenarios", list);
    }
  }

  #schedule(ms: number): void {
    clearTimeout(this.#timer);
    if (this.#closed || this.#lookers.size === 0) return;
    this.#timer = setTimeout(() => void this.look(), ms);
  }

  #watch(): void {
    if (this.#watchers.length > 0) return;
    for (const folder of this.#folders) {
      try {
        const watcher = watch(folder, { persistent: false }, () => this.#schedule(SETTLE_MS));
        watcher.on("error", () => watcher.close());
        this.#watchers.push(watcher);
      } catch {
        // It is not there yet, or the system cannot watch it: then it is looked at now and then.
      }
    }
  }
}

function textOf(scenario: Scenario): string {
  const text = scenarioText(scenario);
  if (Buffer.byteLength(text) <= SCENARIO_BYTES_MAX) return text;
  throw new TouchlineError("scenario/size", `The scenario has more than ${SCENARIO_BYTES_MAX} bytes.`);
}

function changed(id: string): TouchlineError {
  return new TouchlineError(
    "scenario/changed",
    `The file of "${id}" has changed since it was opened; open it again, or save yours under another id.`,
  );
}
