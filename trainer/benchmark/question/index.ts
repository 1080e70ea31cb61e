/** @file Runs of questions: who answers, what is asked, and what is kept of it. */
export type { QuestionSummary } from "./conclude.ts";
export { serverJudge } from "./judge.ts";
export { IMAGES } from "./pictures.ts";
export { checkData, knownScoring, planOf, type Wishes, wishesOf } from "./plan.ts";
export {
  type ModelIdentity,
  type QuestionPlan,
  type QuestionRecord,
  type Sampling,
  voteOf,
} from "./record.ts";
export { type Rescored, rescoreRun } from "./rescore.ts";
export { type Respondent, respondentOf, type RespondentOptions } from "./respondent.ts";
export { type QuestionRunOptions, RETRIES, type Retry, runQuestions } from "./run.ts";
