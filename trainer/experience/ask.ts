/** @file Questions answered by chance, several answers to each, and what the rule gives for them. */
import { nextUint32, type Random } from "../../env/random.ts";
import type { ChatInput } from "../../agent/model/index.ts";
import type { Reward } from "../reward/index.ts";
import type { AnswerExperience } from "./experience.ts";
import type { Sampler } from "./sampler.ts";

/** A question, and who says what an answer is worth. */
export interface Asked {
  kind: string;
  chat: ChatInput;
  /** What its picture shows, in words. */
  told?: string | undefined;
  gold: string;
  judge: (response: string) => Promise<Reward>;
}

/** `samples` answers to each question: a group each. */
export async function ask(
  sampler: Sampler,
  questions: readonly Asked[],
  samples: number,
  random: Random,
): Promise<AnswerExperience[][]> {
  const all = questions.flatMap((question) => Array.from({ length: samples }, () => question));
  const answers = await sampler.sample(
    all.map(({ chat }) => chat),
    all.map(() => nextUint32(random)),
  );
  const judged = await Promise.all(
    answers.map(async (answer, i): Promise<AnswerExperience> => {
      const { kind, told, gold, judge } = all[i]!;
      const { format, accuracy, reward } = await judge(answer.text);
      return Object.assign(answer, {
        kind,
        told,
        gold,
        format,
        accuracy,
        reward,
      });
    }),
  );
  return questions.map((_, i) => judged.slice(i * samples, (i + 1) * samples));
}
