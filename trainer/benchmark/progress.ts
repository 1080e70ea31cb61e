/** @file How far a run is, on one line that is written over; only where a person can see it. */

/** What a line can be written to, `process.stderr` for one. */
export interface Terminal {
  isTTY?: boolean;
  write(text: string): unknown;
}

export interface RunProgress {
  /** One more is done; `failed`: nothing came of it. */
  add(failed: boolean): void;
  clear(): void;
}

const EVERY_MS = 100;

/** `what`: of what there are so many, such as "questions". Nothing is written when the stream is no terminal. */
export function runProgress(total: number, what: string, stream: Terminal = process.stderr): RunProgress {
  const started = performance.now();
  let [done, failures, shown] = [0, 0, 0];
  return {
    add(failed) {
      done++;
      if (failed) failures++;
      const now = performance.now();
      if (!stream.isTTY || (now - shown < EVERY_MS && done < total)) return;
      shown = now;
      stream.write(
        `\r\u001B[K${progressLine({ done, total, failures, what, seconds: (now - started) / 1000 })}`,
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
  failures: number;
  what: string;
  seconds: number;
}

export function progressLine({ done, total, failures, what, seconds }: State): string {
  const rate = done / seconds;
  const pace = rate >= 1 ? `${rate.toFixed(1)} a second` : `${(60 * rate).toFixed(1)} a minute`;
  const failed = failures === 0 ? "" : `  ${failures} failed`;
  return `${done} of ${total} ${what}  ${pace}  ${timeText((total - done) / rate)} left${failed}`;
}

function timeText(seconds: number): string {
  const whole = Math.ceil(seconds);
  if (whole < 60) return `${whole} s`;
  if (whole < 3600) return `${Math.floor(whole / 60)} min ${whole % 60} s`;
  return `${Math.floor(whole / 3600)} h ${Math.floor((whole % 3600) / 60)} min`;
}
