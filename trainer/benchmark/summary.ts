/** @file The document of a run: its headline, its rows by category, and what kept samples out of them. */
import { detectableDifference } from "../statistics/index.ts";
import { macroScore, measure, type Measured, type Score } from "./measure.ts";
import { counts, inOrder, type RunRecord } from "./record.ts";
import { type Repeated, repeatedOf } from "./repeated.ts";
import type { RunPlan } from "./run-folder.ts";

export interface Row extends Measured {
  /** CATEGORY/VALUE. */
  id: string;
  category: string;
  value: string;
}

export interface Overall extends Measured {
  /** The figure that stands for the run: `micro` is the mean score, else the macro mean by that category. */
  headline: Score & { by: string };
  /** Samples that are independent of each other, at most. */
  clusters: number;
  /** The least change of the success rate that so many samples can show, with a power of 0.8; null where none. */
  detectable: number | null;
  repeated: Repeated | null;
}

export interface RunSummary {
  suite: string;
  policy: string;
  plan: RunPlan;
  /** Samples that have a record. */
  samples: number;
  /** Records that there are to be, and how many of them are not there. */
  planned: number;
  missing: number;
  rows: Row[];
  overall: Overall;
  /** What was wrong with the data, row by row. Such samples are in no rate. */
  unreadable: Unreadable[];
}

export interface Unreadable {
  error: string;
  id?: string;
}

export interface Reading<T> {
  records: Iterable<T>;
  /** How many there are to be; as many as there are where nobody knows. */
  planned?: number;
  unreadable?: readonly Unreadable[];
  /** What a try says, for the vote of several; null where it says nothing. Without it its outcome. */
  vote?: (record: T) => string | null;
}

export interface PlayedRun<P extends RunPlan> {
  directory: string;
  plan: P;
  signal?: AbortSignal | undefined;
}

/** What is the same in the documents of all runs that are played, and the records in order. */
export function summarisePlayed<T extends RunRecord>(
  { directory, plan, signal }: PlayedRun<RunPlan>,
  found: ReadonlyMap<string, T>,
  planned: number,
): { records: T[]; summary: RunSummary & { directory: string; interrupted: boolean } } {
  const records = inOrder(found.values());
  const interrupted = signal?.aborted ?? false;
  return { records, summary: { directory, interrupted, ...summariseRun(plan, { records, planned }) } };
}

export function summariseRun<T extends RunRecord>(plan: RunPlan, reading: Reading<T>): RunSummary {
  const { unreadable = [], vote = outcomeOf } = reading;
  const records = inOrder(reading.records);
  const { suite, policy, seed } = plan;
  const { planned = records.length } = reading;
  return {
    suite,
    policy,
    plan,
    samples: new Set(records.map(({ sample }) => sample)).size,
    planned,
    missing: Math.max(0, planned - records.length),
    rows: rowsOf(records, seed),
    overall: overallOf(records, plan, vote),
    unreadable: [...unreadable],
  };
}

function overallOf<T extends RunRecord>(
  records: readonly T[],
  { headline: by, seed }: RunPlan,
  vote: (record: T) => string | null,
): Overall {
  const measured = measure(records, seed);
  const clusters = new Set(records.filter(counts).map(({ cluster }) => cluster)).size;
  const { mean } = measured.success;
  return {
    ...measured,
    headline: { by, ...(by === "micro" ? measured.score : macroScore(records, by, seed)) },
    clusters,
    detectable: (clusters > 0 && detectableDifference(mean, clusters)) || null,
    repeated: repeatedOf(records, vote, seed) ?? null,
  };
}

function rowsOf(records: readonly RunRecord[], seed: number): Row[] {
  const groups = new Map<string, { category: string; value: string; own: RunRecord[] }>();
  for (const record of records) {
    for (const [category, value] of Object.entries(record.categories)) {
      const id = `${category}/${value}`;
      const group = groups.get(id) ?? { category, value, own: [] };
      groups.set(id, group);
      group.own.push(record);
    }
  }
  return [...groups]
    .map(([id, { category, value, own }]) => Object.assign({ id, category, value }, measure(own, seed)))
    .sort((one, other) => byName(one.category, other.category) || byName(one.value, other.value));
}

/** Numbers in a name count as numbers: level 10 comes after level 9. */
const { compare: byName } = new Intl.Collator("en", { numeric: true });

function outcomeOf({ outcome }: RunRecord): string {
  return outcome;
}
