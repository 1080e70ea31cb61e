/** @file The training runs as the page looks at them: the list, the curves of the chosen one, and the point that is open. */
import { computed, signal } from "@preact/signals";
import { extend, inOrder } from "../../player/index.ts";
import { type Curve, type PointDetail, POINTS_MAX, type RunList } from "../../protocol/index.ts";
import type { Connection } from "./connection.ts";

/** What is known of the point that was opened. */
export type Point =
  | { kind: "loading"; step: number }
  | { kind: "here"; step: number; detail: PointDetail }
  | { kind: "failed"; step: number; reason: string };

export class Runs {
  /** Undefined until it has come. */
  readonly list = signal<RunList | undefined>(undefined);
  readonly chosen = signal<string | null>(null);
  /** Of the chosen run; undefined until they have come. */
  readonly curves = signal<readonly Curve[] | undefined>(undefined);
  /** Its steps that have episodes. */
  readonly episodes = signal<readonly number[]>([]);
  /** The step under the cursor that all charts share; undefined: the newest. */
  readonly at = signal<number | undefined>(undefined);
  readonly point = signal<Point | undefined>(undefined);
  /** The first and the last step of the chosen run. */
  readonly span = computed(() => {
    const curves = this.curves.value ?? [];
    const first = Math.min(...curves.map(({ steps }) => steps[0]!));
    const last = Math.max(...curves.map(({ steps }) => steps.at(-1)!));
    return curves.length === 0 ? undefined : { first, last };
  });

  readonly #connection: Connection;
  #looks = false;

  constructor(connection: Connection) {
    this.#connection = connection;
    connection.hearRuns({
      welcome: () => void (this.#looks && this.#ask()),
      runs: (list) => this.#hear(list),
      curves: ({ run, curves, episodes }) => {
        if (run !== this.chosen.peek()) return;
        this.curves.value = inOrder(curves);
        this.episodes.value = episodes;
      },
      points: ({ run, points, episodes }) => {
        const { value: curves } = this.curves;
        if (run !== this.chosen.peek() || curves === undefined) return;
        if (points.length > 0) this.curves.value = inOrder(extend(curves, points, 2 * POINTS_MAX));
        if (episodes !== undefined) this.episodes.value = episodes;
      },
    });
  }

  /** Looks at the runs: at all of them, at one, or at a point of it. */
  look(run: string | null, step: number | null): void {
    const other = run !== this.chosen.peek();
    if (other) {
      this.chosen.value = run;
      this.curves.value = undefined;
      this.episodes.value = [];
      this.at.value = undefined;
    }
    if (step === null || run === null) this.closePoint();
    else if (other || this.point.peek()?.step !== step) void this.openPoint(step);
    if (other || !this.#looks) {
      this.#looks = true;
      void this.#ask();
    }
  }

  /** Looks at something else. */
  leave(): void {
    if (!this.#looks) return;
    this.#looks = false;
    void this.#connection.runs({ look: false, run: null });
  }

  /** Asks what a step has. */
  async openPoint(step: number): Promise<void> {
    const run = this.chosen.peek();
    if (run === null) return;
    this.at.value = step;
    const loading: Point = { kind: "loading", step };
    this.point.value = loading;
    const answer = await fetchPoint(run, step);
    if (this.point.peek() === loading) this.point.value = answer;
  }

  closePoint(): void {
    this.point.value = undefined;
  }

  async #ask(): Promise<void> {
    const run = this.chosen.peek();
    const answer = await this.#connection.runs({ look: true, run });
    if (answer && run === this.chosen.peek()) this.#hear(answer);
  }

  #hear(list: RunList): void {
    this.list.value = list;
    // Without a choice the one that has grown last is shown.
    const newest = [...list.runs].sort((a, b) => b.changedMs - a.changedMs)[0];
    if (this.#looks && this.chosen.peek() === null && newest !== undefined) this.look(newest.id, null);
  }
}

async function fetchPoint(run: string, step: number): Promise<Point> {
  const query = new URLSearchParams({ run, step: String(step) });
  try {
    const response = await fetch(`/runs/point?${query}`);
    if (!response.ok) return { kind: "failed", step, reason: (await response.text()).trim() };
    const detail: PointDetail = await response.json();
    return { kind: "here", step, detail };
  } catch {
    return { kind: "failed", step, reason: "The server does not answer." };
  }
}
