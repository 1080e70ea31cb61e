/** @file What a stored answer is worth, by the rule of its suite and, where a rule does not suffice, a judge. */
import type { Answered, Judge, Sample, Scored, Scoring, Suite } from "../../suite/index.ts";
import { seedOf } from "../index.ts";
import { witness } from "./judge.ts";
import type { Judgement, QuestionRecord } from "./record.ts";

export interface ScoreOptions {
  scoring: Scoring;
  seed: number;
  /** Whether the plan has a judge; it may be that nobody is there any more but for what it said. */
  hasJudge: boolean;
  judge?: Judge | undefined;
}

type Verdict = Pick<QuestionRecord, "outcome" | "score" | "reason" | "extracted" | "judged" | "scoring">;

/** A scorer that breaks is an outcome of its own, so that the answer is kept and can be scored again. */
export async function scoreAnswer(
  suite: Suite,
  sample: Sample,
  { output, finish, repeat }: Pick<QuestionRecord, "output" | "finish" | "repeat">,
  { scoring, seed, hasJudge, judge }: ScoreOptions,
  known: readonly Judgement[] = [],
): Promise<Verdict> {
  const { judge: heard, said, failed } = witness(judge, known);
  const options = { scoring, seed: seedOf(seed, sample.id, repeat), ...(hasJudge && { judge: heard }) };
  let scored: Scored;
  try {
    scored = await suite.score(sample, answeredOf(output, finish), options);
  } catch (error) {
    const why = failed() ?? `The scorer broke: ${error instanceof Error ? error.message : String(error)}`;
    scored = { outcome: "judge_error", score: 0, extracted: null, reason: why };
  }
  const { outcome, score, extracted, reason } = scored;
  return { outcome, score, reason, extracted, scoring, judged: said };
}

/** What stands in a response that was refused is no answer, however it looks. */
function answeredOf(output: string, finish: QuestionRecord["finish"]): Answered {
  const refused = finish === "refusal";
  return { text: refused ? "" : output, truncated: finish === "length", refused };
}
