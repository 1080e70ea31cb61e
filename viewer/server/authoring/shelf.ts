/**
 * @file The scenarios there are: those that ship, and the files in folders of the user's own, which may change at any
 * time. A file that is wrong is listed with what is wrong; it keeps nobody from the others.
 */
import { createHash } from "node:crypto";
import { readdir, readFile, realpath, stat } from "node:fs/promises";
import { basename, join, sep } from "node:path";
import { TouchlineError } from "../../../env/error.ts";
import type { Scenario } from "../../../env/football/index.ts";
import { parseScenario } from "../../../scenarios/index.ts";
import { listScenarios } from "../../../scenarios/load.ts";
import { regionScenario } from "../../../scenarios/regions/index.ts";
import { SCENARIO_BYTES_MAX, type ScenarioCard, SCENARIOS_MAX } from "../../protocol/index.ts";

const TWICE = "There is another scenario of this id; give it another name.";

/** One that is known, with its file where it is one of the user's own. */
export interface Kept {
  id: string;
  scenario?: Scenario;
  /** Why there is none. */
  error?: string;
  /** The real path of its file, and what names its text. */
  file?: string;
  stamp?: string;
}

interface Seen extends Kept {
  /** Of the file, as long as it is the same. */
  mark: string;
}

export class Shelf {
  readonly #folders: readonly string[];
  #shipped: ReadonlyMap<string, Kept> | undefined;
  /** By path. */
  #files = new Map<string, Seen>();

  constructor(folders: readonly string[]) {
    this.#folders = folders;
  }

  /** Reads what has changed; true when anything has. */
  async look(): Promise<boolean> {
    const first = this.#shipped === undefined;
    this.#shipped ??= new Map(
      listScenarios().map((scenario) => [scenario.id, { id: scenario.id, scenario }]),
    );
    const files = new Map<string, Seen>();
    for (const folder of this.#folders) {
      for (const path of await filesBelow(folder)) {
        if (files.size < SCENARIOS_MAX) files.set(path, await this.#read(folder, path));
      }
    }
    const before = this.#files;
    this.#files = files;
    const same = files.size === before.size && [...files].every(([path, seen]) => before.get(path) === seen);
    return first || !same;
  }

  /** All of them; of files with the same id none but the first is right. */
  all(): Kept[] {
    const known = new Map(this.#shipped);
    const own: Kept[] = [];
    for (const seen of this.#files.values()) {
      const twice = known.has(seen.id);
      if (!twice) known.set(seen.id, seen);
      own.push(twice ? { id: seen.id, error: TWICE } : seen);
    }
    return [...(this.#shipped?.values() ?? []), ...own];
  }

  cards(): ScenarioCard[] {
    return this.all().map(cardOf).sort(bySuiteThenId);
  }

  find(id: string): Kept | undefined {
    const all = this.all().filter((kept) => kept.id === id);
    return all.find(({ scenario }) => scenario !== undefined) ?? all[0];
  }

  /** Whether it ships with Touchline, so that nobody else may have its name. */
  isShipped(id: string): boolean {
    return this.#shipped?.has(id) === true || regionScenario(id) !== undefined;
  }

  async #read(folder: string, path: string): Promise<Seen> {
    const id = basename(path, ".json");
    try {
      const [root, file] = [await realpath(folder), await realpath(path)];
      if (!file.startsWith(root + sep)) return { id, mark: "", error: "The file leads out of its folder." };
      const { mtimeMs, size, ino } = await stat(file);
      const mark = `${file} ${mtimeMs} ${size} ${ino}`;
      const before = this.#files.get(path);
      if (before?.mark === mark) return before;
      if (size > SCENARIO_BYTES_MAX)
        return { id, mark, file, error: `The file has more than ${SCENARIO_BYTES_MAX} bytes.` };
      return { id, mark, file, ...readText(id, await readFile(file, "utf8")) };
    } catch {
      return { id, mark: "", error: "The file cannot be read." };
    }
  }
}

function readText(id: string, text: string): Pick<Kept, "scenario" | "error" | "stamp"> {
  const stamp = stampOf(text);
  try {
    const scenario = parseScenario(text, `${id}.json`);
    if (scenario.id === id) return { scenario, stamp };
    return {
      stamp,
      error: `${id}.json: id is "${scenario.id}"; expected "${id}", the file's name without .json.`,
    };
  } catch (error) {
    if (error instanceof TouchlineError) return { stamp, error: error.message };
    throw error;
  }
}

/** Names a file's text. */
export function stampOf(text: string): string {
  return createHash("sha256").update(text).digest("hex").slice(0, 32);
}

/** Plain files and links; nothing that is hidden, or still being written. */
async function filesBelow(folder: string): Promise<string[]> {
  try {
    const names = await readdir(folder, { recursive: true });
    return names
      .filter(isScenarioFile)
      .sort()
      .map((name) => join(folder, name));
  } catch {
    return [];
  }
}

function isScenarioFile(name: string): boolean {
  return (
    name.endsWith(".json") &&
    !name.endsWith(".schema.json") &&
    !name.split(sep).some((part) => part.startsWith("."))
  );
}

function cardOf({ id, scenario, error, file }: Kept): ScenarioCard {
  const own = file !== undefined || error !== undefined;
  if (scenario === undefined) {
    return {
      id,
      suite: "",
      title: id,
      teaches: "",
      players: [0, 0],
      own,
      error: error ?? "It cannot be read.",
    };
  }
  const { suite, title, teaches, left, right } = scenario;
  return { id, suite, title, teaches, players: [left.players.length, right.players.length], own };
}

function bySuiteThenId(a: ScenarioCard, b: ScenarioCard): number {
  return `${a.suite}/${a.id}` < `${b.suite}/${b.id}` ? -1 : 1;
}
