/** @file Questions to a model in this process: what is asked together answers as if it were asked alone. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { inOrder, readRecords } from "../../trainer/benchmark/index.ts";
import {
  planOf,
  type QuestionRecord,
  respondentOf,
  runQuestions,
} from "../../trainer/benchmark/question/index.ts";
import { newborn } from "../rl/tiny.ts";
import { sums } from "./sums.ts";

const root = mkdtempSync(join(tmpdir(), "touchline-folder-"));
afterAll(() => rmSync(root, { recursive: true }));

test("a model folder answers as its play.json says, the same however many are asked at once, and goes on where it was stopped", async () => {
  const policy = `dir:${newborn(join(root, "model"))}`;
  const suite = sums({ count: 8, pictured: 3 });
  const respondent = await respondentOf(policy);
  const plan = await planOf(suite, respondent, { policy, repeats: 2, seed: 4 });
  expect(plan.sampling).toEqual({ temperature: 1, topP: 1, maxTokens: 40, stop: ["</answer>"] });
  expect(plan.model).toMatchObject({ device: "cpu", weights: expect.stringMatching(/^[0-9a-f]{64}$/) });

  const alone = join(root, "alone");
  const whole = await runQuestions({ directory: alone, plan, suite, respondent, concurrency: 1 });
  expect(whole).toMatchObject({ samples: 8, missing: 0 });
  // It has learned nothing, and has room for 40 tokens.
  expect(whole.overall.outcomes["truncated"]).toBeGreaterThan(0);
  expect(whole.tokens.answer).toBeGreaterThan(0);

  const together = join(root, "together");
  const stop = new AbortController();
  const how = { directory: together, plan, suite, respondent, concurrency: 6 };
  await runQuestions({ ...how, signal: stop.signal, onRecord: () => stop.abort() });
  const half = readRecords(together).size;
  expect(half).toBeGreaterThan(0);
  expect(half).toBeLessThan(16);
  const resumed = await runQuestions({ ...how, resume: true });
  expect(timeless(together)).toEqual(timeless(alone));
  expect({ rows: resumed.rows, overall: resumed.overall }).toEqual({
    rows: whole.rows,
    overall: whole.overall,
  });
});

function timeless(directory: string): object[] {
  const records = inOrder(readRecords<QuestionRecord>(directory).values());
  return records.map(({ milliseconds: _pace, ...rest }) => rest);
}
