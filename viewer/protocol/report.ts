/** @file Reports of benchmarks, which the page reads over HTTP. */

export interface ReportCard {
  /** Its run's folder below the folder of all runs. */
  id: string;
  suite: string | null;
  policy: string | null;
  changedMs: number;
}

/** `GET /reports/list`: the newest first. */
export interface ReportList {
  folder: string;
  reports: readonly ReportCard[];
}

export const REPORTS_MAX = 200;
