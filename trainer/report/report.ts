/** @file What the report of runs holds, as the page in it reads it. */
import type { Row, RunPlan, Overall, Unreadable } from "../benchmark/index.ts";
import type { QuestionRecord } from "../benchmark/question/index.ts";
import type { Standing } from "../benchmark/league/index.ts";
import type { Comparison } from "./compare.ts";
import type { ReportMoment } from "./episode.ts";

/** A record, its prompt by its hash; what only questions have may be missing. */
export type ReportRecord = Pick<
  QuestionRecord,
  "sample" | "repeat" | "categories" | "outcome" | "score" | "reason" | "milliseconds"
> &
  Partial<
    Pick<QuestionRecord, "gold" | "images" | "output" | "finish" | "tokens" | "extracted" | "judged">
  > & {
    prompt?: string;
    /** Of football whose episodes were recorded. */
    moment?: ReportMoment;
  };

export interface ReportRun {
  /** A letter. */
  mark: string;
  directory: string;
  plan: RunPlan;
  overall: Overall;
  rows: readonly Row[];
  samples: number;
  missing: number;
  unreadable: readonly Unreadable[];
  records: readonly ReportRecord[];
  /** All scores lie from 0 to 1, and are told in percent. */
  inShares: boolean;
  /** Of a league. */
  standings?: readonly Standing[];
}

export interface Report {
  runs: readonly ReportRun[];
  /** Of runs of one suite with its first. */
  comparisons: readonly Comparison[];
  /** Words of prompts by their hash. */
  prompts: Readonly<Record<string, QuestionRecord["prompt"]["messages"]>>;
  /** Pictures that did not fit in, of how many. */
  picturesLeftOut: number;
}

/** Data URIs by the names of pictures; of a moment's frame by the path of its episode. */
export type ReportPictures = Readonly<Record<string, string>>;
