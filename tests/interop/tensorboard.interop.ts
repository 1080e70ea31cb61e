/** @file What a run tells of its steps, read by the real TensorBoard. */
import { appendFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { RunLog } from "../../trainer/log/index.ts";
import { temporaryFolder } from "./fixture.ts";
import { runPython } from "./python.ts";

/** Another value in each life of the run. */
function log(directory: string, afterStep: number, last: number, life: number): void {
  const log = new RunLog(directory, afterStep);
  for (let step = afterStep + 1; step <= last; step++) {
    log.write(step, {
      "losses/loss": life + step / 8,
      ...(step % 3 === 0 && { "eval/loss": -1e-30 * step }),
    });
  }
  log.close();
}

test("TensorBoard reads every step once, of a run that was killed twice", () => {
  const directory = temporaryFolder();
  log(directory, 0, 7, 100);
  // Killed in the middle of a record.
  const file = readdirSync(directory).find((name) => name.startsWith("events"))!;
  appendFileSync(join(directory, file), Buffer.from([30, 0, 0, 0]));
  log(directory, 5, 8, 200);
  log(directory, 6, 9, 300);
  const first = [1, 2, 3, 4, 5].map((step) => [step, 100 + step / 8]);
  expect(runPython("read_events.py", directory)).toEqual({
    "losses/loss": [...first, [6, 200.75], [7, 300.875], [8, 301], [9, 301.125]],
    "eval/loss": [3, 6, 9].map((step) => [step, Math.fround(-1e-30 * step)]),
  });
});
