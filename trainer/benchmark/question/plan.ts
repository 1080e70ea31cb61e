/** @file The plan of a run of questions: what is wished, and what stands where nothing is. */
import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { TouchlineError } from "../../../env/error.ts";
import type { Scoring, Suite } from "../../suite/index.ts";
import { sha256OfPath } from "../index.ts";
import type { QuestionPlan } from "./record.ts";
import type { Respondent } from "./respondent.ts";

/** What a user may say of a run. */
export interface Wishes {
  policy?: string | undefined;
  data?: string | undefined;
  repeats?: number | undefined;
  temperature?: number | undefined;
  topP?: number | undefined;
  maxTokens?: number | undefined;
  limit?: number | undefined;
  seed?: number | undefined;
  scoring?: Scoring | undefined;
  judge?: string | undefined;
}

/** What a plan says, as if it had been wished: a run is gone on with as it was begun. */
export function wishesOf(plan: QuestionPlan): Wishes {
  const { policy, data, repeats, sampling, limit, seed, scoring, judge } = plan;
  const { temperature, topP, maxTokens } = sampling;
  return {
    policy,
    repeats,
    temperature,
    topP,
    maxTokens,
    seed,
    scoring,
    ...(data && { data: data.path }),
    ...(limit !== null && { limit }),
    ...(judge !== null && { judge }),
  };
}

/** Reads the data once for their hash. @throws TouchlineError `cli/data`, `cli/scoring`, `bench/read`. */
export async function planOf(
  suite: Suite,
  respondent: Respondent,
  { policy, data, repeats = 1, limit, seed = 0, judge, ...wishes }: Wishes & { policy: string },
): Promise<QuestionPlan> {
  const {
    // One answer is the likeliest; several of those would be the same.
    temperature = repeats === 1 ? 0 : 1,
    topP = 1,
    maxTokens = respondent.maxTokens,
    scoring,
  } = wishes;
  return {
    suite: suite.name,
    policy,
    seed,
    repeats,
    limit: limit ?? null,
    headline: suite.headline,
    scoring: knownScoring(suite, scoring ?? suite.scorings[0]!),
    sampling: { temperature, topP, maxTokens, stop: respondent.stop },
    model: respondent.identity,
    data: await dataOf(suite, data),
    judge: judge ?? null,
  };
}

/** @throws TouchlineError `cli/scoring`. */
export function knownScoring(suite: Suite, scoring: Scoring): Scoring {
  if (suite.scorings.includes(scoring)) return scoring;
  throw new TouchlineError(
    "cli/scoring",
    `The suite ${suite.name} has no scoring "${scoring}"; expected one of: ${suite.scorings.join(", ")}.`,
  );
}

/** Whether a suite that needs data has some, and one that needs none has none. @throws TouchlineError `cli/data`, `bench/read`. */
export function checkData({ name, source }: Suite, data: string | undefined): void {
  if (source === undefined && data !== undefined) {
    throw new TouchlineError("cli/data", `The suite ${name} makes its questions itself; leave --data away.`);
  }
  if (source !== undefined && data === undefined) {
    throw new TouchlineError("cli/data", `The suite ${name} needs data, given by --data PATH. ${source}`);
  }
  if (data !== undefined && !existsSync(data)) {
    throw new TouchlineError(
      "bench/read",
      `There is no "${data}" to read the questions of ${name} from. ${source}`,
    );
  }
}

async function dataOf(suite: Suite, data: string | undefined): Promise<QuestionPlan["data"]> {
  checkData(suite, data);
  if (data === undefined) return null;
  const path = resolve(data);
  return { path, sha256: await sha256OfPath(path) };
}
