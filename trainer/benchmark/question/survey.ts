/** @file A first look at a suite's data: how many questions there are, and what is wrong with some of them. */
import { TouchlineError } from "../../../env/error.ts";
import type { Read, Sample, Suite } from "../../suite/index.ts";
import { keyOf, type Unreadable } from "../index.ts";
import { promptHash, type QuestionPlan, type QuestionRecord } from "./record.ts";

export interface Survey {
  /** Of the samples that can be asked. */
  ids: ReadonlySet<string>;
  unreadable: Unreadable[];
  /** They are read once more, so that pictures of only a few are in memory. */
  samples: () => AsyncGenerator<Sample>;
}

/**
 * @throws TouchlineError `bench/empty` where there is nothing to ask, `bench/prompt` where records are answers to other
 * questions, and what the suite has against its data.
 */
export async function surveyOf(
  suite: Suite,
  { seed, limit, data, repeats }: QuestionPlan,
  records: ReadonlyMap<string, QuestionRecord>,
): Promise<Survey> {
  const source = { seed, ...(limit !== null && { limit }), ...(data && { path: data.path }) };
  const [ids, unreadable] = [new Set<string>(), [] as Unreadable[]];
  for await (const read of suite.read(source)) {
    const wrong = whatIsWrong(read, ids);
    if (wrong) {
      unreadable.push(wrong);
      continue;
    }
    const sample = read as Sample;
    ids.add(sample.id);
    for (let repeat = 0; repeat < repeats; repeat++) {
      checkPrompt(sample, records.get(keyOf(sample.id, repeat)));
    }
  }
  if (ids.size === 0) {
    const why = unreadable[0]?.error ?? "there are no rows";
    throw new TouchlineError("bench/empty", `There is no question of ${suite.name} to ask: ${why}`);
  }
  async function* samples(): AsyncGenerator<Sample> {
    const seen = new Set<string>();
    for await (const read of suite.read(source)) {
      if (whatIsWrong(read, seen)) continue;
      seen.add((read as Sample).id);
      yield read as Sample;
    }
  }
  return { ids, unreadable, samples };
}

function whatIsWrong(read: Read, seen: ReadonlySet<string>): Unreadable | undefined {
  if ("error" in read) return read;
  if (!seen.has(read.id)) return undefined;
  return { id: read.id, error: `There is a second sample "${read.id}"; only the first is asked.` };
}

/** Answers to other words, or to options in another order, are no answers to a sample. */
function checkPrompt({ id, messages }: Sample, record: QuestionRecord | undefined): void {
  if (record === undefined || record.prompt.sha256 === promptHash(messages)) return;
  throw new TouchlineError(
    "bench/prompt",
    `The sample "${id}" was answered when it was asked in other words than now; begin a new run in another folder.`,
  );
}
