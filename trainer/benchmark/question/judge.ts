/** @file A judge behind a server. What it said is kept in the record, and not asked for again. */
import type { Judge } from "../../suite/index.ts";
import type { Answerer } from "../../../agent/answerer/index.ts";
import type { Judgement } from "./record.ts";

/** As `suite.score` wants it. */
export function serverJudge(answerer: Answerer): Judge {
  return async (question, { maxTokens, seed }) => {
    const sampling = { temperature: 0, topP: 1, maxTokens, seed, stop: [] };
    const { text } = await answerer.answer({ messages: [{ role: "user", content: question }] }, sampling);
    return text;
  };
}

export interface Witness {
  judge: Judge;
  /** All that was said, what was known before included. */
  said: Judgement[];
  /** Why the judge could not say, if it was asked in vain. */
  failed: () => string | undefined;
}

/** A judge that answers from what it has said before, and asks the judge behind it, if there is one, what is new. */
export function witness(behind: Judge | undefined, known: readonly Judgement[]): Witness {
  const said: Judgement[] = [];
  let failed: string | undefined;
  return {
    said,
    failed: () => failed,
    judge: async (question, limits) => {
      try {
        const before = known.find((one) => one.question === question)?.answer;
        const answer = before ?? (await ask(behind, question, limits));
        said.push({ question, answer });
        return answer;
      } catch (error) {
        failed = error instanceof Error ? error.message : String(error);
        throw error;
      }
    },
  };
}

async function ask(judge: Judge | undefined, ...asked: Parameters<Judge>): Promise<string> {
  if (judge) return judge(...asked);
  throw new Error("Nobody is there to judge; give --judge openai:MODEL@URL.");
}
