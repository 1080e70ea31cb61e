/** @file What a person sees of a run, on a terminal and in a log. */
import { describe, expect, test } from "vitest";
import type { TrainingEvent } from "./event.ts";
import { trainingProgress } from "./progress.ts";

const step = (one: number, seconds: number): TrainingEvent => ({
  kind: "step",
  step: one,
  steps: 4000,
  loss: 1.23456,
  tokens: 5000,
  seconds,
});

function written(isTTY: boolean, events: readonly TrainingEvent[]): string {
  let text = "";
  const progress = trainingProgress({ isTTY, write: (piece) => (text += piece) });
  for (const event of events) progress.onEvent(event);
  progress.clear();
  return text;
}

describe("progress", () => {
  const data: TrainingEvent = {
    kind: "data",
    examples: 1234,
    leftOut: 5,
    steps: 4000,
    stepsDone: 100,
    memoryBytes: 1.26e9,
  };

  test("tells rate, tokens, loss and the time that is left, on a line that is written over", () => {
    expect(written(true, [step(400, 2)])).toBe(
      "\r\u001B[Kstep 400 of 4,000  loss 1.2346  2.0 s/step  2,500 tokens/s  2 h 0 min left\r\u001B[K",
    );
    expect(written(true, [step(3999, 0.02)])).toContain("50.0 steps/s  250,000 tokens/s  1 s left");
    expect(written(true, [step(3100, 0.1)])).toContain("10.0 steps/s  50,000 tokens/s  1 min 30 s left");
  });

  test("keeps what is worth keeping on lines of its own", () => {
    const text = written(true, [
      data,
      { kind: "evaluated", step: 25, loss: 2 },
      { kind: "saved", step: 25, directory: "run" },
    ]);
    expect(text.replaceAll("\r\u001B[K", "")).toBe(
      "1,234 examples, 5 left out; 4,000 steps, 100 of them done; about 1.3 GB of memory\n" +
        "step 25: loss 2.0000 on the data set aside\n" +
        "step 25: saved in run\n",
    );
  });

  test.each([
    [40, "1 min"],
    [3000, "50 min"],
    [40 * 3600, "40 hours"],
    [3000 * 24 * 3600, "3000 days"],
  ])("tells what a run needs of disk, and of time about: %i seconds", (seconds, text) => {
    expect(written(true, [{ ...data, diskBytes: 47.2e9, seconds }])).toContain(
      `about 1.3 GB of memory, 47.2 GB of disk; an estimate of the time: ${text}\n`,
    );
  });

  test("fills no log: of what goes by it writes a line now and then", () => {
    const text = written(false, [{ kind: "reading", lines: 1 }, data, step(1, 1), step(2, 1)]);
    expect(text.split("\n")).toHaveLength(3);
    expect(text).not.toContain("\r");
  });
});
