/** @file A batch of responses judged, as OpenRLHF and LMM-R1 send and read it. Works on a thread of its own. */
import { z } from "zod";
import { Failure } from "../failure.ts";
import { judge } from "../../question/index.ts";
import { type ProfileName, type Reward, VERIFIERS, type VerifierName } from "../../reward/index.ts";
import { sokobanReward } from "../../sokoban/index.ts";
import { readLabel } from "./label.ts";
import { responseOf, wordsOf } from "./response.ts";

export interface RewardOptions {
  profile: ProfileName;
  /** Where a label does not say. */
  verifier: VerifierName;
}

const schema = z.object({
  query: z.array(z.string()),
  prompts: z.array(z.unknown()).nullish(),
  labels: z.array(z.unknown()).nullish(),
});

/**
 * The JSON of the answer: arrays as long as `query`. Whatever a model wrote and whatever a label says, there is a number;
 * only a body that is no such request throws a Failure.
 */
export async function rewardText(
  body: Buffer,
  options: RewardOptions,
): Promise<{ text: string; samples: number }> {
  const { query, prompts, labels } = read(body);
  const rewards: Reward[] = [];
  for (const [i, one] of query.entries()) {
    const prompt = prompts?.[i];
    rewards.push(await judged(one, typeof prompt === "string" ? prompt : undefined, labels?.[i], options));
  }
  const accuracies = rewards.map(({ accuracy }) => accuracy ?? 0);
  const formats = rewards.map(({ format }) => format);
  const text = JSON.stringify({
    // Where nobody can say whether an answer is right there is no number to learn from; 0 is the nearest there is.
    rewards: rewards.map(({ reward }) => reward ?? 0),
    scores: accuracies,
    extra_logs: {
      format: formats,
      accuracy: accuracies,
      unjudged: rewards.map(({ reward }) => Number(reward === null)),
    },
    format_rewards: formats,
    acc_rewards: accuracies,
  });
  return { text, samples: query.length };
}

function read(body: Buffer): z.infer<typeof schema> {
  let value: unknown;
  try {
    value = JSON.parse(body.toString("utf8"));
  } catch {
    throw new Failure("invalid", "serve/not-json", "The body is no JSON.");
  }
  const parsed = schema.safeParse(value);
  if (!parsed.success) {
    const message =
      'Expected {"query": [text], "prompts": [text], "labels": [any]}, three lists of one length.';
    throw new Failure("invalid", "serve/shape", message);
  }
  const { query, prompts, labels } = parsed.data;
  const fits = [prompts, labels].every(
    (list) => list === undefined || list === null || list.length === query.length,
  );
  if (fits) return parsed.data;
  throw new Failure("invalid", "serve/shape", '"query", "prompts" and "labels" differ in length.');
}

async function judged(
  query: string,
  prompt: string | undefined,
  given: unknown,
  { profile, verifier }: RewardOptions,
): Promise<Reward> {
  const response = responseOf(query, prompt);
  const label = readLabel(given);
  if (label === undefined) return { format: 0, accuracy: null, reward: null, status: "gold_unparsed" };
  if (label.level) return sokobanReward(label.level, response, label);
  const question = {
    kind: "label",
    ask: wordsOf(prompt ?? ""),
    think: "",
    gold: label.gold,
    also: label.also,
  };
  const verify = VERIFIERS[label.verifier ?? verifier];
  try {
    return await judge(question, response, { shown: label.shown, verify, profile });
  } catch {
    return { format: 0, accuracy: null, reward: null, status: "verifier_error" };
  }
}
