/** @file What a run tells while it goes on. Plain data, which may pass from thread to thread. */

export type TrainingEvent =
  /** Data being read, before anything is learned. */
  | { kind: "reading"; lines: number }
  | {
      kind: "data";
      examples: number;
      leftOut: number;
      steps: number;
      stepsDone: number;
      /** That the largest part of a step is planned to take, the process included. */
      memoryBytes: number;
      /** That checkpoints take at most. */
      diskBytes?: number;
      /** That the rest of the run takes, an estimate by the speed of this machine. */
      seconds?: number;
    }
  | {
      kind: "step";
      step: number;
      /** Of the whole run. */
      steps: number;
      loss: number;
      /** In this step, without padding. */
      tokens: number;
      /** That it took. */
      seconds: number;
    }
  | { kind: "evaluated"; step: number; loss: number }
  | { kind: "saved"; step: number; directory: string };

/** Who looks on. */
export interface Watcher {
  onEvent(event: TrainingEvent): void;
  /** Asked between steps: whether to save and leave. */
  isStopped(): boolean;
}

export interface TrainingSummary {
  directory: string;
  /** The last checkpoint, which is a model folder; null when there is none. */
  checkpoint: string | null;
  /** Done in all, and in the whole run. */
  stepsDone: number;
  steps: number;
  examples: number;
  leftOut: number;
  /** Learned in all, prompts included, without padding. */
  tokens: number;
  /** Mean over the tokens of the last step, and of the last evaluation; null where there was none. */
  loss: number | null;
  evaluation: number | null;
  interrupted: boolean;
}
