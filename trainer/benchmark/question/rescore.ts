/** @file Stored answers scored again, by another rule or a better one, without asking anybody but a judge. */
import type { Judge, Scoring, Suite } from "../../suite/index.ts";
import { keyOf, readRecords, replaceRecords, writePlan } from "../index.ts";
import { conclude, type QuestionSummary } from "./conclude.ts";
import type { QuestionPlan, QuestionRecord } from "./record.ts";
import { scoreAnswer } from "./score.ts";
import { surveyOf } from "./survey.ts";

export interface RescoreOptions {
  directory: string;
  suite: Suite;
  /** Of the run. */
  plan: QuestionPlan;
  scoring: Scoring;
  /** A judge, and its name for the plan; without one, what the run's judge has said counts still. */
  judge?: { name: string; judge: Judge } | undefined;
}

export interface Rescored extends QuestionSummary {
  /** Answers whose outcome or score is another one now. */
  changed: number;
}

/** @throws TouchlineError `bench/prompt` for answers to other questions than the suite has now, `bench/write`. */
export async function rescoreRun(options: RescoreOptions): Promise<Rescored> {
  const { directory, suite, scoring, judge } = options;
  const plan = { ...options.plan, scoring, ...(judge && { judge: judge.name }) };
  const how = { scoring, seed: plan.seed, hasJudge: plan.judge !== null, judge: judge?.judge };
  const records = readRecords<QuestionRecord>(directory);
  const survey = await surveyOf(suite, plan, records);
  let changed = 0;
  for await (const sample of survey.samples()) {
    for (let repeat = 0; repeat < plan.repeats; repeat++) {
      const key = keyOf(sample.id, repeat);
      const before = records.get(key);
      if (before === undefined || before.outcome === "infra_error") continue;
      // Another judge has no word in what its predecessor said.
      const known = judge && judge.name !== options.plan.judge ? [] : before.judged;
      const record = { ...before, ...(await scoreAnswer(suite, sample, before, how, known)) };
      if (record.outcome !== before.outcome || record.score !== before.score) changed++;
      records.set(key, record);
    }
  }
  replaceRecords(directory, records.values());
  writePlan(directory, plan);
  return { ...conclude({ directory, plan }, records, survey), changed };
}
