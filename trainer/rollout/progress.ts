/** @file How far a rollout is, on one line that is written over; only where a person can see it. */

/** What a line can be written to, `process.stderr` for one. */
export interface Terminal {
  isTTY?: boolean;
  write(text: string): unknown;
}

export interface Progress {
  add(outcome: { end: { steps: number } } | { message: string }): void;
  /** Takes the line away. */
  clear(): void;
}

const EVERY_MS = 100;

/** Writes nothing when the stream is no terminal. */
export function makeProgress(total: number, stream: Terminal = process.stderr): Progress {
  const started = performance.now();
  let [done, steps, failures, shown] = [0, 0, 0, 0];
  return {
    add(outcome) {
      done += 1;
      if ("message" in outcome) failures += 1;
      else steps += outcome.end.steps;
      const now = performance.now();
      if (!stream.isTTY || (now - shown < EVERY_MS && done < total)) return;
      shown = now;
      stream.write(
        `\r\u001B[K${progressLine({ done, total, steps, failures, seconds: (now - started) / 1000 })}`,
      );
    },
    clear() {
      if (stream.isTTY) stream.write("\r\u001B[K");
    },
  };
}

interface State {
  done: number;
  total: number;
  steps: number;
  failures: number;
  seconds: number;
}

export function progressLine({ done, total, steps, failures, seconds }: State): string {
  const rate = Math.round(steps / seconds).toLocaleString("en");
  const left = Math.ceil((seconds / done) * (total - done));
  const time = left < 60 ? `${left} s` : `${Math.floor(left / 60)} min ${left % 60} s`;
  const crashed = failures === 0 ? "" : `  ${failures} failed`;
  return `${done} of ${total} episodes  ${rate} steps/s  ${time} left${crashed}`;
}
