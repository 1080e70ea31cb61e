/** @file What a response to a question is worth: LMM-R1's rule, by whichever of the right answers it comes nearest to. */
import { TouchlineError } from "../../env/error.ts";
import type { ChatMessage } from "../../agent/model/index.ts";
import { readAnswer } from "../../agent/protocol/index.ts";
import { exactMatch, FORMAT_WEIGHT, type Reward, type RewardOptions, ruleReward } from "../reward/index.ts";
import { askedChat, type Question, type Shown } from "./question.ts";
import { distance, NEAR_ENOUGH, type Place } from "./sight.ts";

export interface JudgeOptions extends RewardOptions {
  /** How the moment was shown ("words"): a thought that is copied from the prompt is none. */
  shown?: Shown;
}

/**
 * Never throws for what a model wrote. Questions of our own have words, actions and places for answers, which are right as
 * they stand: mathematics would take "me" for a product.
 */
export async function judge(
  question: Question,
  response: string,
  { shown = "words", verify = exactMatch, profile }: JudgeOptions = {},
): Promise<Reward> {
  if (question.reward) return question.reward(response);
  const options = { verify, ...(profile && { profile }) };
  const { messages } = askedChat(question, shown);
  const { worth } = question;
  if (worth) {
    const { format } = await judgeText(response, [""], messages, options);
    const accuracy = worthOf(response, worth);
    return { format, accuracy, reward: FORMAT_WEIGHT * format + accuracy, status: "equal" };
  }
  if (shown === "frame" && placeIn(question.gold))
    return judgePlace(question.gold, response, messages, options);
  return judgeText(response, [question.gold, ...(question.also ?? [])], messages, options);
}

/** The same where the right answers and what was asked are given, as they are in rows of data: by mathematics. */
export async function judgeText(
  response: string,
  golds: readonly string[],
  asked: readonly ChatMessage[],
  options: RewardOptions = {},
): Promise<Reward> {
  const prompt = asked.map(textOf).join("\n");
  const rewards = await Promise.all(golds.map((gold) => ruleReward({ response, gold, prompt }, options)));
  // Where nobody can say of one answer whether it was meant, nobody can say that the response is wrong.
  return (
    rewards.find(({ accuracy }) => accuracy === 1) ??
    rewards.find(({ accuracy }) => accuracy === null) ??
    rewards[0]!
  );
}

/** A place that is read off a picture is right within `NEAR_ENOUGH`. */
async function judgePlace(
  gold: string,
  response: string,
  asked: readonly ChatMessage[],
  options: RewardOptions,
): Promise<Reward> {
  const said = placeIn(readAnswer(response, "think-answer").answer ?? "");
  const isNear = said !== undefined && distance(said, placeIn(gold)!) <= NEAR_ENOUGH;
  const { format } = await judgeText(response, [gold], asked, options);
  const accuracy = Number(isNear);
  return {
    format,
    accuracy,
    reward: FORMAT_WEIGHT * format + accuracy,
    status: isNear ? "equal" : "different",
  };
}

function placeIn(answer: string): Place | undefined {
  const [, x, y] = /^\s*(-?\d+)[ ,]+(-?\d+)\s*$/.exec(answer) ?? [];
  return x === undefined ? undefined : { x: Number(x), y: Number(y) };
}

/** Nothing for what is no answer. */
function worthOf(response: string, worth: (answer: string) => number): number {
  const { answer } = readAnswer(response, "think-answer");
  if (answer === undefined) return 0;
  try {
    return worth(answer);
  } catch (error) {
    if (error instanceof TouchlineError) return 0;
    throw error;
  }
}

function textOf({ content }: ChatMessage): string {
  if (typeof content === "string") return content;
  return content.map((item) => ("text" in item ? item.text : "")).join("\n");
}
