/** @file What goes between a run's thread and its owner. */
import type { Recipe } from "../../recipes/index.ts";
import type { TrainingEvent, TrainingSummary } from "../event.ts";

export interface ThreadPlan {
  recipe: Recipe;
  directory: string;
  threads: number;
  anyway: boolean;
  /** The address of a page that shows episodes of evaluations. */
  watch: string | undefined;
  /** One byte that is 1 once the run is to save and leave: a thread at work hears no messages. */
  stop: SharedArrayBuffer;
}

export type Message =
  | { kind: "event"; event: TrainingEvent }
  | { kind: "done"; summary: TrainingSummary }
  | { kind: "error"; error: { code?: string; message: string } };
