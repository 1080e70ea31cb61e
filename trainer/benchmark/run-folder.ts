/** @file The folder of a run: what is run stands in `run.json`, what came of it in `records.jsonl`. */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { isDeepStrictEqual } from "node:util";
import { TouchlineError } from "../../env/error.ts";
import { fileErrorCode } from "../../env/file-error.ts";
import { writeWhole } from "./file.ts";

/** All that results depend on. Kinds of suites add what is theirs. */
export interface RunPlan {
  suite: string;
  policy: string;
  seed: number;
  repeats: number;
  /** Only so many samples, the first. */
  limit: number | null;
  /** `micro`, or the category by which the headline is a macro mean. */
  headline: string;
}

const FILE = "run.json";
/** The document of a run when it last ended, beside its records. */
const SUMMARY_FILE = "summary.json";

/** What may differ between two plans of the same run: where a file lies that is the same by its hash. */
const PLACES: ReadonlySet<string> = new Set(["data.path"]);

export function hasRun(directory: string): boolean {
  return existsSync(join(directory, FILE));
}

/** @throws TouchlineError `bench/run` where there is no run. */
export function readPlan(directory: string): RunPlan {
  try {
    const plan = JSON.parse(readFileSync(join(directory, FILE), "utf8")) as RunPlan;
    if (typeof plan.suite === "string" && typeof plan.policy === "string") return plan;
  } catch (cause) {
    const why = cause instanceof SyntaxError ? "is no JSON" : `cannot be read (${fileErrorCode(cause)})`;
    throw noRun(directory, why, cause);
  }
  throw noRun(directory, "says not what was run");
}

export function writePlan(directory: string, plan: RunPlan): void {
  writeWhole(join(directory, FILE), `${JSON.stringify(plan, null, 2)}\n`);
}

export function writeSummary(directory: string, summary: object): void {
  writeWhole(join(directory, SUMMARY_FILE), `${JSON.stringify(summary, null, 2)}\n`);
}

/** What was known when the run last ended or was gone on with; undefined for nothing. */
export function readSummary(directory: string): unknown {
  const path = join(directory, SUMMARY_FILE);
  return existsSync(path) ? JSON.parse(readFileSync(path, "utf8")) : undefined;
}

/**
 * Whether a run of this plan may begin in the folder, or go on there.
 * @throws TouchlineError `bench/out` for a new run where there is one, `bench/differs` for a plan that is not that of the run.
 */
export function checkRun(directory: string, plan: RunPlan, { resume }: { resume: boolean }): void {
  if (!hasRun(directory)) return;
  if (!resume) {
    throw new TouchlineError(
      "bench/out",
      `"${directory}" has a run already; go on with it by --resume, or give another folder.`,
    );
  }
  const differences = differencesOf(readPlan(directory), plan);
  if (differences.length === 0) return;
  throw new TouchlineError(
    "bench/differs",
    `The run in "${directory}" is another one: ${differences.join("; ")}. Give what it was begun with, or another folder.`,
  );
}

/** `DIRECTORY/NAME`, or with -2, -3 and so on where there is a run. */
export function freeRunFolder(directory: string, name: string): string {
  for (let copy = 1; ; copy++) {
    const path = join(directory, copy === 1 ? name : `${name}-${copy}`);
    if (!hasRun(path)) return path;
  }
}

/** What differs between a plan that was kept and a new one, in words. */
function differencesOf(kept: object, now: object): string[] {
  const [before, after] = [flat(kept), flat(JSON.parse(JSON.stringify(now)) as object)];
  return [...new Set([...before.keys(), ...after.keys()])]
    .filter((key) => !PLACES.has(key) && !isDeepStrictEqual(before.get(key), after.get(key)))
    .map((key) => `"${key}" was ${shown(before.get(key))} and is ${shown(after.get(key))}`);
}

/** `{a: {b: 1}}` as `a.b` = 1. */
function flat(value: object, parents = ""): Map<string, unknown> {
  return new Map(
    Object.entries(value).flatMap(([key, one]: [string, unknown]) =>
      typeof one === "object" && one !== null && !Array.isArray(one)
        ? Array.from(flat(one, `${parents}${key}.`))
        : [[`${parents}${key}`, one] as const],
    ),
  );
}

function shown(value: unknown): string {
  const text = JSON.stringify(value) ?? "nothing";
  return text.length <= 60 ? text : `${text.slice(0, 57)}...`;
}

function noRun(directory: string, why: string, cause?: unknown): TouchlineError {
  const message = `"${directory}" holds no run of touchline bench: its ${FILE} ${why}.`;
  return new TouchlineError("bench/run", message, { cause });
}
