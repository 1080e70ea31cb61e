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

export class CardIndex {
  readonly #root: string;
  readonly #known = new Map<string, RunCard & { size: number }>();

  constructor(root: string) {
    this.#root = root;
  }

  /** The cards of these runs, in their order; others are forgotten. */
  async cardsOf(runs: readonly FoundRun[], nowMs: number): Promise<RunCard[]> {
    const cards: RunCard[] = [];
    for (const run of runs) {
      const known = this.#known.get(run.id);
      const same = known?.size === run.size && known.changedMs === run.changedMs;
      const { size, ...card } = same ? known : { ...(await this.#read(run)), size: run.size };
      this.#known.set(run.id, { ...card, size });
      const over = card.steps !== null && card.step >= card.steps;
      cards.push({ ...card, live: !over && nowMs - card.changedMs < LIVE_MS });
    }
    const ids = new Set(runs.map(({ id }) => id));
    for (const id of this.#known.keys()) if (!ids.has(id)) this.#known.delete(id);
    return cards;
  }

  async #read({ id, path, changedMs }: FoundRun): Promise<RunCard> {
    const options = { most: TAIL_BYTES, from: "end" } as const;
    const tail = await readInside(this.#root, join(path, METRICS_FILE), options);
    const recipe = await readInside(this.#root, join(path, "recipe.json"), { most: RECIPE_BYTES_MAX });
    const rows = tail?.bytes.toString("utf8").split("\n").slice(0, -1).map(readRow) ?? [];
    const step = rows.findLast((row) => row !== undefined)?.step ?? 0;
    const steps = stepsOf(recipe?.bytes.toString("utf8"));
    return { id, live: false, step, steps, reward: lastOf(rows, REWARD), changedMs };
  }
}

function lastOf(rows: readonly (Row | undefined)[], name: string): number | null {
  for (const row of [...rows].reverse()) {
    const entry = row?.values.find(([other]) => other === name);
    if (entry !== undefined) return entry[1];
  }
  return null;
}

/** How many steps a recipe asks for, where it says so in steps. */
function stepsOf(recipe: string | undefined): number | null {
  try {
    const value: unknown = JSON.parse(recipe ?? "null");
    const steps = typeof value === "object" && value !== null && "steps" in value ? value.steps : undefined;
    return typeof steps === "number" && Number.isSafeInteger(steps) && steps > 0 ? steps : null;
  } catch {
    return null;
  }
}
