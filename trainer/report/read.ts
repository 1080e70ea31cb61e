/** @file The report of runs, read from their folders. */
import { join } from "node:path";
import {
  inOrder,
  readPlan,
  readRecords,
  readSummary,
  type RunRecord,
  summariseRun,
} from "../benchmark/index.ts";
import type { EpisodeRecord } from "../benchmark/football/index.ts";
import type { LeagueSummary } from "../benchmark/league/index.ts";
import { IMAGES, type QuestionRecord, voteOf } from "../benchmark/question/index.ts";
import { compareRuns } from "./compare.ts";
import { pictureOf, readMoment, type ReportMoment } from "./episode.ts";
import type { Report, ReportPictures, ReportRecord, ReportRun } from "./report.ts";
import { thumbnailOf } from "./thumbnail.ts";

export interface ReadOptions {
  /** Pictures that go into the report, at most. */
  mostPictures: number;
}

/** @throws TouchlineError `bench/run` for a folder without a run, `bench/read`. */
export async function readReport(
  directories: readonly string[],
  { mostPictures }: ReadOptions,
): Promise<{ report: Report; pictures: ReportPictures }> {
  const read = directories.map(readRun);
  const prompts: Record<string, QuestionRecord["prompt"]["messages"]> = {};
  for (const { prompt } of read.flatMap(({ records }) => records)) {
    if (prompt) prompts[prompt.sha256] = prompt.messages;
  }
  const { pictures, leftOut } = await picturesOf(read, mostPictures);
  const film = await momentsOf(read, mostPictures - Object.keys(pictures).length);
  const runs = read.map(({ run, records }) => ({
    ...run,
    records: records.map((record) => {
      const moment = film.moments.get(record);
      return Object.assign(withoutWords(record), moment && { moment });
    }),
  }));
  const comparisons = runs.flatMap(({ plan }, other) => {
    const one = runs.findIndex((run) => run.plan.suite === plan.suite);
    const records = read.map((own) => own.records);
    return one === other ? [] : [compareRuns([one, other], records, plan.seed)];
  });
  const picturesLeftOut = leftOut + film.leftOut;
  return {
    report: { runs, comparisons, prompts, picturesLeftOut },
    pictures: { ...pictures, ...film.pictures },
  };
}

interface ReadRun {
  run: Omit<ReportRun, "records">;
  records: ReadRecord[];
}

/** What only questions have may be missing, and what only football has. */
type ReadRecord = RunRecord & Partial<QuestionRecord> & Partial<Pick<EpisodeRecord, "file">>;

function readRun(directory: string, place: number): ReadRun {
  const plan = readPlan(directory);
  const records = inOrder(readRecords<ReadRecord>(directory).values());
  const known = readSummary(directory) as Partial<LeagueSummary> | undefined;
  const { overall, rows, samples, missing, unreadable } = summariseRun(plan, {
    records,
    planned: known?.planned ?? records.length,
    unreadable: known?.unreadable ?? [],
    // What only questions have may be missing.
    vote: ({ outcome, extracted }) => (extracted === undefined ? outcome : voteOf({ outcome, extracted })),
  });
  const mark = place < 26 ? String.fromCodePoint(65 + place) : String(place + 1);
  const standings = known?.standings;
  const inShares = records.every(({ score }) => score >= 0 && score <= 1);
  const run = { mark, directory, plan, overall, rows, samples, missing, unreadable, inShares };
  return { run: { ...run, ...(standings && { standings }) }, records };
}

/** Words of prompts are the same for all repeats and runs. */
function withoutWords(record: ReadRecord): ReportRecord {
  const { prompt, ...rest } = record;
  const { cluster: _cluster, scoring: _scoring, cached: _cached, ...shown } = rest;
  return { ...shown, ...(prompt && { prompt: prompt.sha256 }) };
}

async function picturesOf(
  runs: readonly ReadRun[],
  most: number,
): Promise<{ pictures: ReportPictures; leftOut: number }> {
  const places = new Map<string, string>();
  for (const { run, records } of runs) {
    for (const name of records.flatMap(({ images = [] }) => images)) places.set(name, run.directory);
  }
  const pictures: Record<string, string> = {};
  for (const [name, directory] of [...places].slice(0, most)) {
    const thumbnail = await thumbnailOf(join(directory, IMAGES, name));
    if (thumbnail !== undefined) pictures[name] = thumbnail;
  }
  return { pictures, leftOut: Math.max(0, places.size - most) };
}

/** The moments of all recorded episodes, and frames of so many of them. */
async function momentsOf(
  runs: readonly ReadRun[],
  most: number,
): Promise<{ moments: Map<ReadRecord, ReportMoment>; pictures: ReportPictures; leftOut: number }> {
  const moments = new Map<ReadRecord, ReportMoment>();
  const pictures: Record<string, string> = {};
  let [painted, leftOut] = [0, 0];
  for (const { run, records } of runs) {
    for (const record of records) {
      const found = record.file ? readMoment(run.directory, record.file) : undefined;
      if (found === undefined) continue;
      const { episode, moment } = found;
      moments.set(record, moment);
      if (painted >= most) leftOut++;
      else {
        painted++;
        const picture = await pictureOf(episode, moment);
        if (picture !== undefined) pictures[moment.path] = picture;
      }
    }
  }
  return { moments, pictures, leftOut };
}
