/** @file What a response to a question is worth: LMM-R1's rule, by whichever of the right answers it comes nearest to. */
import { type Reward, type RewardOptions, ruleReward } from "../reward/index.ts";
import { askedChat, type Question, type Shown } from "./question.ts";

export interface JudgeOptions extends RewardOptions {
  /** How the moment was shown ("words"): a thought that is copied from the prompt is none. */
  shown?: Shown;
}

/** Never throws for what a model wrote. */
export async function judge(
  question: Question,
  response: string,
  { shown = "words", ...options }: JudgeOptions = {},
): Promise<Reward> {
  const prompt = promptText(question, shown);
  const golds = [question.gold, ...(question.also ?? [])];
  const rewards = await Promise.all(golds.map((gold) => ruleReward({ response, gold, prompt }, options)));
  // Where nobody can say of one answer whether it was meant, nobody can say that the response is wrong.
  return (
    rewards.find(({ accuracy }) => accuracy === 1) ??
    rewards.find(({ accuracy }) => accuracy === null) ??
    rewards[0]!
  );
}

function promptText(question: Question, shown: Shown): string {
  const { messages } = askedChat(question, shown);
  return messages
    .flatMap(({ content }) =>
      typeof content === "string" ? [content] : content.map((item) => ("text" in item ? item.text : "")),
    )
    .join("\n");
}
