/** @file From a sample to its record: asked, answered, scored. */
import { TouchlineError } from "../../../env/error.ts";
import type { ChatInput } from "../../../agent/model/index.ts";
import type { Judge, Sample, Suite } from "../../suite/index.ts";
import { seedOf, type Unreadable } from "../index.ts";
import { ask, type Response } from "./ask.ts";
import type { AnswerCache } from "./cache.ts";
import { keepPictures, openPictures } from "./pictures.ts";
import { promptHash, type QuestionPlan, type QuestionRecord } from "./record.ts";
import type { Respondent } from "./respondent.ts";
import { scoreAnswer } from "./score.ts";

export interface Circumstances {
  directory: string;
  plan: QuestionPlan;
  suite: Suite;
  respondent: Respondent;
  judge?: Judge | undefined;
  cache: AnswerCache | undefined;
  pace: () => Promise<void>;
  signal?: AbortSignal | undefined;
}

/** `before`: a record whose answer is kept, and only judged once more. An error says why the sample cannot be asked. */
export async function recordOf(
  sample: Sample,
  repeat: number,
  how: Circumstances,
  before?: QuestionRecord,
): Promise<QuestionRecord | Unreadable> {
  const { plan, suite, judge } = how;
  const scoring = { scoring: plan.scoring, seed: plan.seed, hasJudge: plan.judge !== null, judge };
  if (before?.outcome === "judge_error") {
    return { ...before, ...(await scoreAnswer(suite, sample, before, scoring, before.judged)) };
  }
  const { id, cluster, categories, gold, messages } = sample;
  const images = keepPictures(how.directory, sample.pictures);
  let response: Response;
  try {
    response = await respond(sample, images, repeat, how);
  } catch (error) {
    if (error instanceof TouchlineError && error.code === "bench/picture")
      return { id, error: error.message };
    throw error;
  }
  const prompt = { sha256: promptHash(messages), messages };
  const about = { sample: id, repeat, cluster, categories, gold, prompt, images };
  if ("given" in response) {
    const { given, cached } = response;
    const verdict = await scoreAnswer(suite, sample, { ...given, repeat }, scoring);
    return { ...about, ...given, cached, ...verdict };
  }
  const { failed, hasNoRoom, milliseconds } = response;
  return {
    ...about,
    output: "",
    finish: hasNoRoom ? "length" : null,
    tokens: { prompt: null, answer: null },
    milliseconds,
    cached: false,
    outcome: hasNoRoom ? "truncated" : "infra_error",
    score: 0,
    reason: failed,
    extracted: null,
    scoring: plan.scoring,
    judged: [],
  };
}

function respond(
  { id, messages }: Sample,
  images: readonly string[],
  repeat: number,
  { directory, plan, respondent: { answerer }, cache, pace, signal }: Circumstances,
): Promise<Response> {
  const { model, sampling } = plan;
  const asked = { model, messages, images, sampling, seed: seedOf(plan.seed, id, repeat), repeat };
  const chat = async (): Promise<ChatInput> => {
    const pictures = await openPictures(directory, images, id);
    // Once it is open, this does nothing.
    await answerer.open();
    return { messages, images: pictures };
  };
  return ask(asked, chat, { answerer, cache, pace, signal });
}
