/** @file What a run of questions came to: the document of `touchline bench --json`, kept beside the records. */
import { counts, type RunSummary, summariseRun, writeSummary } from "../index.ts";
import { type QuestionPlan, type QuestionRecord, voteOf } from "./record.ts";
import type { Survey } from "./survey.ts";

export interface QuestionSummary extends RunSummary {
  directory: string;
  interrupted: boolean;
  /** Means over the answers that count; null where nobody told. */
  tokens: { prompt: number | null; answer: number | null };
}

export function conclude(
  { directory, plan, signal }: { directory: string; plan: QuestionPlan; signal?: AbortSignal | undefined },
  records: ReadonlyMap<string, QuestionRecord>,
  { ids, unreadable }: Pick<Survey, "ids" | "unreadable">,
): QuestionSummary {
  const read = [...ids].filter((id) => unreadable.every((one) => one.id !== id)).length;
  const planned = read * plan.repeats;
  const all = [...records.values()];
  const answered = all.filter(counts);
  const summary = {
    directory,
    interrupted: signal?.aborted ?? false,
    ...summariseRun(plan, { records: all, planned, unreadable, vote: voteOf }),
    tokens: {
      prompt: meanOf(answered.flatMap(({ tokens }) => tokens.prompt ?? [])),
      answer: meanOf(answered.flatMap(({ tokens }) => tokens.answer ?? [])),
    },
  };
  writeSummary(directory, summary);
  return summary;
}

function meanOf(values: readonly number[]): number | null {
  return values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0) / values.length;
}
