/** @file What the list says of a run, from the end of its metrics and its recipe; kept until the metrics change. */
import { join } from "node:path";
import type { RunCard } from "../../protocol/index.ts";
import { type FoundRun, METRICS_FILE } from "./find.ts";
import { readInside } from "./inside.ts";
import { readRow, type Row } from "./row.ts";

/** Lines of a run fit in there many times over. */
const TAIL_BYTES = 64_000;
const RECIPE_BYTES_MAX = 1_000_000;
/** A run that is silent for longer has ended, or something is wrong with it. */
const LIVE_MS = 3 * 60_000;
const REWARD = "charts/reward";
const EPOCH = "charts/epoch";

interface Known {
  card: RunCard;
  /** It has done all that its recipe asks for. */
  over: boolean;
  size: number;
}

export class CardIndex {
  readonly #root: string;
  readonly #known = new Map<string, Known>();

  constructor(root: string) {
    this.#root = root;
  }

  /** The cards of these runs, in their order; others are forgotten. */
  async cardsOf(runs: readonly FoundRun[], nowMs: number): Promise<RunCard[]> {
    const cards: RunCard[] = [];
    for (const run of runs) {
      let known = this.#known.get(run.id);
      if (known?.size !== run.size || known.card.changedMs !== run.changedMs) known = await this.#read(run);
      this.#known.set(run.id, known);
      cards.push({ ...known.card, live: !known.over && nowMs - run.changedMs < LIVE_MS });
    }
    const ids = new Set(runs.map(({ id }) => id));
    for (const id of this.#known.keys()) if (!ids.has(id)) this.#known.delete(id);
    return cards;
  }

  async #read({ id, path, size, changedMs }: FoundRun): Promise<Known> {
    const options = { most: TAIL_BYTES, from: "end" } as const;
    const tail = await readInside(this.#root, join(path, METRICS_FILE), options);
    const recipe = await readInside(this.#root, join(path, "recipe.json"), { most: RECIPE_BYTES_MAX });
    const rows = tail?.bytes.toString("utf8").split("\n").slice(0, -1).map(readRow) ?? [];
    const step = rows.findLast((row) => row !== undefined)?.step ?? 0;
    const { steps, epochs } = lengthOf(recipe?.bytes.toString("utf8"));
    const over =
      (steps !== null && step >= steps) || (epochs !== null && (lastOf(rows, EPOCH) ?? 0) >= epochs);
    return { card: { id, live: false, step, steps, reward: lastOf(rows, REWARD), changedMs }, over, size };
  }
}

function lastOf(rows: readonly (Row | undefined)[], name: string): number | null {
  for (const row of [...rows].reverse()) {
    const entry = row?.values.find(([other]) => other === name);
    if (entry !== undefined) return entry[1];
  }
  return null;
}

/** How long a recipe goes on: steps, or times that it goes over its data. */
function lengthOf(recipe: string | undefined): { steps: number | null; epochs: number | null } {
  const counts: Record<string, unknown> = {};
  try {
    Object.assign(counts, JSON.parse(recipe ?? "null"));
  } catch {
    // A recipe that cannot be read says nothing.
  }
  return { steps: count(counts["steps"]), epochs: count(counts["epochs"]) };
}

function count(value: unknown): number | null {
  return typeof value === "number" && Number.isSafeInteger(value) && value > 0 ? value : null;
}
