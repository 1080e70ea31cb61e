/** @file The reward for an answer to a question, by LMM-R1's rule: half a point for its form and one for being right. */
import { type Profile, type ProfileName, PROFILES } from "./profile.ts";
import { type Verifier, type VerdictStatus, verifyMathematics } from "../mathematics/index.ts";

/** What the form is worth beside the accuracy; the paper's alpha, which only its code tells. */
export const FORMAT_WEIGHT = 0.5;

export interface Response {
  /** What the model wrote after its prompt, without end tokens. */
  response: string;
  /** The right answer. */
  gold: string;
  /** What the model was asked, against thoughts that are copied from it. */
  prompt?: string;
}

export interface RewardOptions {
  profile?: ProfileName;
  /** The verifier of mathematics, if it is left out. */
  verify?: Verifier | undefined;
}

export interface Reward {
  /** 0 or 1. */
  format: number;
  /** 0 or 1; null where nobody can say. */
  accuracy: number | null;
  /** 0.5 x format + accuracy; null where the sample must not be learned from. */
  reward: number | null;
  status: VerdictStatus | "verifier_error";
}

/** Never throws for what a model wrote or for a gold that cannot be read; `status` says what happened. */
export async function ruleReward(given: Response, options: RewardOptions = {}): Promise<Reward> {
  const profile: Profile = PROFILES[options.profile ?? "guarded"];
  if (given.response.length > profile.longest) return { format: 0, accuracy: 0, reward: 0, status: "limit" };
  const response = given.response.trim();
  const format = profile.isWellFormed(response, given.prompt) ? 1 : 0;
  const judged = await judge(profile.answerOf(response), given.gold, options.verify ?? verifyMathematics);
  const accuracy = accuracyOf(judged, profile);
  return {
    format,
    accuracy,
    reward: accuracy === null ? null : FORMAT_WEIGHT * format + accuracy,
    status: judged.status,
  };
}

interface Judged {
  score: number;
  status: Reward["status"];
}

/** The gold is looked at even without an answer: what cannot be read must be told, whatever the model said. */
async function judge(answer: string | undefined, gold: string, verify: Verifier): Promise<Judged> {
  try {
    return await verify(answer ?? "", gold);
  } catch {
    return { score: 0, status: "verifier_error" };
  }
}

function accuracyOf({ score, status }: Judged, profile: Profile): number | null {
  if (status === "gold_unparsed") return profile.goldUnparsed;
  if (status === "verifier_error") return profile.verifierFailed;
  return status === "equal" ? score : 0;
}
