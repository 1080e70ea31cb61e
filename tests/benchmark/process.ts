/** @file `node --import tsx process.ts JSON`: a run of sums in a process of its own, that tests may kill. */
import { planOf, respondentOf, runQuestions } from "../../trainer/benchmark/question/index.ts";
import { sums } from "./sums.ts";

export interface Job {
  directory: string;
  policy: string;
  count: number;
  repeats: number;
  concurrency: number;
}

if (process.argv[2]?.startsWith("{")) {
  const { directory, policy, count, repeats, concurrency } = JSON.parse(process.argv[2]) as Job;
  const suite = sums({ count, pictured: 5 });
  const respondent = await respondentOf(policy);
  const plan = await planOf(suite, respondent, { policy, repeats, seed: 3 });
  await runQuestions({ directory, plan, suite, respondent, concurrency, resume: true });
}
