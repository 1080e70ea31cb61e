/** @file What a run tells of its steps, for programs (`metrics.jsonl`) and for TensorBoard. */
import { hostname } from "node:os";
import { join } from "node:path";
import { AppendFile } from "./append.ts";
import { restartRecord, scalarsRecord, versionRecord } from "./event.ts";
import { type Metrics, MetricsFile } from "./metrics.ts";

export const METRICS_FILE = "metrics.jsonl";

export class RunLog {
  readonly #metrics: MetricsFile;
  readonly #events: AppendFile;

  /**
   * `afterStep`: the last step that has been told and counts, 0 for a new run; whatever is there of later ones is taken
   * back. Each opening begins an event file of its own.
   * @throws TouchlineError `train/write`.
   */
  constructor(directory: string, afterStep: number) {
    this.#metrics = new MetricsFile(join(directory, METRICS_FILE), afterStep);
    // TensorBoard reads files in the order of their names, which begin with the time.
    const now = Date.now();
    const name = `events.out.tfevents.${(now / 1000).toFixed(3)}.${hostname()}.${process.pid}`;
    this.#events = new AppendFile(join(directory, name));
    this.#events.write(versionRecord(now / 1000));
    this.#events.write(restartRecord(now / 1000, afterStep + 1));
  }

  write(step: number, metrics: Metrics): void {
    this.#metrics.write(step, metrics);
    this.#events.write(scalarsRecord(Date.now() / 1000, step, metrics));
  }

  /** Before a checkpoint, so that whoever goes on from it finds all that came before. */
  sync(): void {
    this.#metrics.sync();
    this.#events.sync();
  }

  close(): void {
    this.#metrics.close();
    this.#events.close();
  }
}
