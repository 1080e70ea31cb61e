/** @file The curves of one run as the server holds them, and what has come since they were last asked for. */
import { thin } from "../../player/index.ts";
import { type Curve, CURVES_MAX, POINTS_MAX } from "../../protocol/index.ts";
import type { Row } from "./row.ts";

/** A curve that has more is thinned to the half. */
const KEPT_MAX = 20_000;
/** More news than this is sent as curves anew. */
const NEWS_MAX = 500;

interface Kept {
  name: string;
  steps: number[];
  values: number[];
}

export class CurveStore {
  /** What has come last. */
  step = 0;
  readonly #curves = new Map<string, Kept>();
  #news: Row[] = [];
  /** The curves are others than those that were taken. */
  #anew = true;

  /** A step that is told of once more takes the place of it and of all later ones. */
  add(row: Row): void {
    if (row.step <= this.step) this.#cut(row.step);
    this.step = row.step;
    for (const [name, value] of row.values) this.#put(name, row.step, value);
    if (this.#news.length >= NEWS_MAX) this.#anew = true;
    if (!this.#anew) this.#news.push(row);
  }

  /** All curves, thinned. */
  all(): Curve[] {
    return [...this.#curves.values()].map((curve) => thin(curve, POINTS_MAX));
  }

  /** The points since the last call; "anew" when all curves have to be taken, undefined when there is nothing. */
  takeNews(): readonly Curve[] | "anew" | undefined {
    const [news, anew] = [this.#news, this.#anew];
    this.#news = [];
    this.#anew = false;
    if (anew) return "anew";
    const curves = new Map<string, Kept>();
    for (const { step, values } of news) {
      for (const [name, value] of values) {
        if (this.#curves.has(name)) append(curves, name, step, value);
      }
    }
    return curves.size === 0 ? undefined : [...curves.values()];
  }

  /** The last value of a curve. */
  last(name: string): number | null {
    return this.#curves.get(name)?.values.at(-1) ?? null;
  }

  #put(name: string, step: number, value: number): void {
    if (this.#curves.size >= CURVES_MAX && !this.#curves.has(name)) return;
    const curve = append(this.#curves, name, step, value);
    if (curve.steps.length > KEPT_MAX) {
      const { steps, values } = thin(curve, KEPT_MAX / 2);
      this.#curves.set(name, { name, steps: [...steps], values: [...values] });
    }
  }

  #cut(step: number): void {
    this.#anew = true;
    this.#news = [];
    for (const [name, { steps, values }] of this.#curves) {
      while (steps.length > 0 && steps.at(-1)! >= step) {
        steps.pop();
        values.pop();
      }
      if (steps.length === 0) this.#curves.delete(name);
    }
  }
}

function append(curves: Map<string, Kept>, name: string, step: number, value: number): Kept {
  let curve = curves.get(name);
  if (curve === undefined) curves.set(name, (curve = { name, steps: [], values: [] }));
  curve.steps.push(step);
  curve.values.push(value);
  return curve;
}
