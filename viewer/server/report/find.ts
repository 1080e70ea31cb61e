/** @file Finds the reports of benchmarks below the folder of runs: each a `report.html` beside a `summary.json`. */
import { stat } from "node:fs/promises";
import { join } from "node:path";
import { type ReportCard, REPORTS_MAX } from "../../protocol/index.ts";
import { readInside, walkFolders } from "../run/index.ts";

export const REPORT_FILE = "report.html";
const SUMMARY_FILE = "summary.json";
const SUMMARY_BYTES_MAX = 4 * 1024 * 1024;

/** The newest first; none where there is no such folder. Links are not followed. */
export async function findReports(root: string): Promise<ReportCard[]> {
  const found: ReportCard[] = [];
  for await (const { id, entries } of walkFolders(root)) {
    if (entries.some((entry) => entry.name === REPORT_FILE && entry.isFile()))
      found.push(await cardOf(root, id));
  }
  return found.sort((a, b) => b.changedMs - a.changedMs).slice(0, REPORTS_MAX);
}

async function cardOf(root: string, id: string): Promise<ReportCard> {
  const { mtimeMs } = await stat(join(root, id, REPORT_FILE));
  const read = await readInside(root, join(root, id, SUMMARY_FILE), { most: SUMMARY_BYTES_MAX });
  const summary = read === undefined ? {} : objectOf(read.bytes.toString("utf8"));
  const { suite, policy } = summary;
  return {
    id,
    suite: typeof suite === "string" ? suite : null,
    policy: typeof policy === "string" ? policy : null,
    changedMs: mtimeMs,
  };
}

function objectOf(text: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null ? { ...value } : {};
  } catch {
    return {};
  }
}
