/** @file A run of questions: those that are missing are asked, each answer is scored and written as it comes. */
import { setMaxListeners } from "node:events";
import type { Judge, Sample, Suite } from "../../suite/index.ts";
import {
  checkRun,
  CONCURRENCY,
  failureWatch,
  hasRun,
  inPool,
  keyOf,
  makePace,
  readRecords,
  RecordsFile,
  writePlan,
} from "../index.ts";
import { AnswerCache } from "./cache.ts";
import { conclude, type QuestionSummary } from "./conclude.ts";
import type { QuestionPlan, QuestionRecord } from "./record.ts";
import { recordOf } from "./record-of.ts";
import type { Respondent } from "./respondent.ts";
import { surveyOf } from "./survey.ts";

/** What is done again on resuming: where nobody answered, or nobody judged. */
export const RETRIES = ["failed", "judge"] as const;
export type Retry = (typeof RETRIES)[number];

export interface QuestionRunOptions {
  directory: string;
  plan: QuestionPlan;
  suite: Suite;
  respondent: Respondent;
  judge?: Judge | undefined;
  resume?: boolean;
  retry?: Retry | undefined;
  concurrency?: number | undefined;
  /** Of questions that go to the model. */
  perMinute?: number | undefined;
  /** A folder of answers that runs share. */
  cache?: string | undefined;
  signal?: AbortSignal | undefined;
  /** Told how many answers are due, before the first. */
  onStart?: (total: number) => void;
  onRecord?: (record: QuestionRecord) => void;
}

/**
 * The signal ends it with what is written.
 * @throws TouchlineError `bench/...`, and what the suite has against its data and the model against its folder.
 */
export async function runQuestions(options: QuestionRunOptions): Promise<QuestionSummary> {
  const { directory, plan, suite, respondent, resume = false, retry, signal, onRecord } = options;
  const { concurrency = respondent.isServer ? CONCURRENCY.server : CONCURRENCY.local } = options;
  checkRun(directory, plan, { resume });
  const records = readRecords<QuestionRecord>(directory);
  const survey = await surveyOf(suite, plan, records);
  if (!hasRun(directory)) writePlan(directory, plan);
  const due = (id: string): number[] =>
    Array.from({ length: plan.repeats }, (_, repeat) => repeat).filter((repeat) =>
      isDue(records.get(keyOf(id, repeat)), retry),
    );
  const total = [...survey.ids].reduce((sum, id) => sum + due(id).length, 0);
  options.onStart?.(total);
  // Said before the first answer, so that a run that is killed shows what is missing.
  const before = conclude(options, records, survey);
  if (total === 0) return before;

  async function* jobs(): AsyncGenerator<{ sample: Sample; repeat: number }> {
    for await (const sample of survey.samples()) {
      for (const repeat of due(sample.id)) yield { sample, repeat };
    }
  }
  // Each answer that is waited for listens.
  if (signal) setMaxListeners(0, signal);
  const file = new RecordsFile(directory);
  const cache = options.cache === undefined ? undefined : new AnswerCache(options.cache);
  const how = { ...options, cache, pace: makePace(options.perMinute, signal) };
  const watchOver = failureWatch({
    code: "bench/server",
    failed: "questions had no answer",
    most: Math.max(16, 2 * concurrency),
  });
  try {
    await inPool(
      jobs(),
      concurrency,
      async ({ sample, repeat }) => {
        const key = keyOf(sample.id, repeat);
        const record = await recordOf(sample, repeat, how, records.get(key));
        // What comes after the signal is cut short.
        if (signal?.aborted) return;
        if ("error" in record) {
          if (!survey.unreadable.some(({ id }) => id === sample.id)) survey.unreadable.push(record);
          return;
        }
        file.add(record);
        records.set(key, record);
        onRecord?.(record);
        watchOver(record);
      },
      signal,
    );
  } finally {
    file.close();
    await respondent.answerer.close();
  }
  return conclude(options, records, survey);
}

function isDue(record: QuestionRecord | undefined, retry: Retry | undefined): boolean {
  if (record === undefined) return true;
  return record.outcome === (retry && { failed: "infra_error", judge: "judge_error" }[retry]);
}
