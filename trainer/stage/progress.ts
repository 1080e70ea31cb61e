/** @file How far a run is: one line that is written over where a person can see it, else a line now and then. */
import type { TrainingEvent } from "./event.ts";

/** What lines can be written to, `process.stderr` for one. */
export interface Terminal {
  isTTY?: boolean;
  write(text: string): unknown;
}

export interface TrainingProgress {
  onEvent(event: TrainingEvent): void;
  /** Takes the line away. */
  clear(): void;
}

const EVERY_MS = 100;
const EVERY_MS_IN_LOGS = 30_000;
/** How much a rate follows the last step. */
const SHARE = 0.1;

interface Rate {
  /** Smoothed. */
  secondsPerStep: number;
  tokensPerSecond: number;
}

export function trainingProgress(stream: Terminal = process.stderr): TrainingProgress {
  let rate: Rate | undefined;
  let shown = Number.NEGATIVE_INFINITY;
  const isDue = (): boolean => {
    const now = performance.now();
    if (now - shown < (stream.isTTY ? EVERY_MS : EVERY_MS_IN_LOGS)) return false;
    shown = now;
    return true;
  };
  const clear = (): void => {
    if (stream.isTTY) stream.write("\r\u001B[K");
  };
  const line = (text: string): void => {
    clear();
    stream.write(`${text}\n`);
  };
  const passing = (text: () => string): void => {
    if (!isDue()) return;
    if (stream.isTTY) stream.write(`\r\u001B[K${text()}`);
    else stream.write(`${text()}\n`);
  };
  return {
    clear,
    onEvent(event) {
      switch (event.kind) {
        case "reading":
          return passing(() => `reading the data, ${count(event.lines)} lines`);
        case "step":
          rate = follow(rate, event);
          return passing(() => stepLine(event, rate!));
        case "data":
          return line(dataLine(event));
        case "evaluated":
          return line(`step ${count(event.step)}: loss ${event.loss.toFixed(4)} on the data set aside`);
        case "saved":
          return line(`step ${count(event.step)}: saved in ${event.directory}`);
      }
    },
  };
}

const mix = (old: number, latest: number): number => old + SHARE * (latest - old);

type Of<Kind extends TrainingEvent["kind"]> = TrainingEvent & { kind: Kind };

function follow(before: Rate | undefined, { seconds, tokens }: Of<"step">): Rate {
  const tokensPerSecond = tokens / seconds;
  if (!before) return { secondsPerStep: seconds, tokensPerSecond };
  return {
    secondsPerStep: mix(before.secondsPerStep, seconds),
    tokensPerSecond: mix(before.tokensPerSecond, tokensPerSecond),
  };
}

export function stepLine(
  { step, steps, loss }: Of<"step">,
  { secondsPerStep, tokensPerSecond }: Rate,
): string {
  const rate =
    secondsPerStep > 1 ? `${secondsPerStep.toFixed(1)} s/step` : `${(1 / secondsPerStep).toFixed(1)} steps/s`;
  const tokens = `${count(Math.round(tokensPerSecond))} tokens/s`;
  const left = timeText(secondsPerStep * (steps - step));
  return `step ${count(step)} of ${count(steps)}  loss ${loss.toFixed(4)}  ${rate}  ${tokens}  ${left} left`;
}

function dataLine(event: Of<"data">): string {
  const { examples, leftOut, steps, stepsDone, memoryBytes, diskBytes, seconds } = event;
  const left = leftOut === 0 ? "" : `, ${count(leftOut)} left out`;
  const done = stepsDone === 0 ? "" : `, ${count(stepsDone)} of them done`;
  const memory = `about ${(memoryBytes / 1e9).toFixed(1)} GB of memory`;
  const disk = diskBytes === undefined ? "" : `, ${(diskBytes / 1e9).toFixed(1)} GB of disk`;
  const time = seconds === undefined ? "" : `; an estimate of the time: ${roughly(seconds)}`;
  return `${of(examples, "example")}${left}; ${of(steps, "step")}${done}; ${memory}${disk}${time}`;
}

function roughly(seconds: number): string {
  const [minutes, hours] = [seconds / 60, seconds / 3600];
  if (minutes < 90) return `${Math.max(1, Math.round(minutes))} min`;
  return hours < 100 ? `${Math.round(hours)} hours` : `${Math.round(hours / 24)} days`;
}

function timeText(seconds: number): string {
  const whole = Math.ceil(seconds);
  if (whole < 60) return `${whole} s`;
  if (whole < 3600) return `${Math.floor(whole / 60)} min ${whole % 60} s`;
  return `${Math.floor(whole / 3600)} h ${Math.floor((whole % 3600) / 60)} min`;
}

function of(n: number, what: string): string {
  return `${count(n)} ${what}${n === 1 ? "" : "s"}`;
}

function count(n: number): string {
  return n.toLocaleString("en");
}
