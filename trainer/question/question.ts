/** @file Questions with an answer that can be checked: about something to see, in words or in a picture, or about nothing but words. */
import type { ChatInput } from "../../agent/model/index.ts";
import type { Frame } from "../../env/frame/index.ts";
import type { Reward } from "../reward/index.ts";
import type { Moment } from "./moments.ts";
import type { Sight } from "./sight.ts";
import { words } from "./thought.ts";

export interface Question {
  kind: string;
  /** What it is about, if it is about a moment of play. */
  moment?: Moment;
  /** What it is about, if it is about something else that can be seen. */
  view?: View;
  /** What the model is told before. */
  system?: string;
  /** What is asked, the last words of the prompt. */
  ask: string;
  /** A short thought that is true and comes to the answer. */
  think: string;
  /** The right answer, as it stands in `<answer>`. */
  gold: string;
  /** Answers that are as right. */
  also?: readonly string[];
  /** Instead of one right answer: what each is worth, 0 to 1. Throws for what is no answer at all. */
  worth?: (answer: string) => number;
  /** Instead of LMM-R1's rule for right answers: what a whole response gets. */
  reward?: (response: string) => Reward;
}

/** Something to see, which can also be told. */
export interface View {
  words: string;
  frame: Frame;
}

/** What a question is about; nothing for one about nothing but words. */
export function viewOf({ moment, view }: Question): View | undefined {
  return moment ? { words: factsOf(moment.sight), frame: moment.frame } : view;
}

/** How a moment is shown. */
export type Shown = "words" | "frame";

/** The question as a chat without an answer. */
export function askedChat(question: Question, shown: Shown): ChatInput {
  const { system, ask } = question;
  const before = system === undefined ? [] : [{ role: "system", content: system }];
  const view = viewOf(question);
  if (!view || shown === "words") {
    const content = view ? `${view.words} ${ask}` : ask;
    return { messages: [...before, { role: "user", content }] };
  }
  const content = [{ type: "image" } as const, { type: "text", text: ask } as const];
  return { messages: [...before, { role: "user", content }], images: [view.frame] };
}

/** `<think>...</think><answer>...</answer>` */
export function answerText(think: string, answer: string): string {
  return `<think>${think}</think><answer>${answer}</answer>`;
}

/** The same with the answer, to imitate. */
export function answeredChat(question: Question, shown: Shown): ChatInput {
  const { messages, ...rest } = askedChat(question, shown);
  const content = answerText(question.think, question.gold);
  return { messages: [...messages, { role: "assistant", content }], ...rest };
}

/** In words only the nearest are told of: the most that is told of opponents and of mates. */
const TOLD = 5;

/** "Me 16 10. Ball 16 8. Keeper 50 1. They 17 10, 20 5. We 7 30 16, 9 20 3." */
export function factsOf(sight: Sight): string {
  const { me, ball, keeper, opponents, mates } = sight;
  return [
    `Me ${words(me)}.`,
    `Ball ${words(ball)}.`,
    keeper && `Keeper ${words(keeper)}.`,
    opponents.length > 0 && `They ${opponents.slice(0, TOLD).map(words).join(", ")}.`,
    mates.length > 0 &&
      `We ${mates
        .slice(0, TOLD)
        .map((mate) => `${mate.number} ${words(mate)}`)
        .join(", ")}.`,
  ]
    .filter(Boolean)
    .join(" ");
}

/** As much of a sight as `factsOf` tells: what follows from it must not depend on more. */
export function toldOf(sight: Sight): Sight {
  return { ...sight, opponents: sight.opponents.slice(0, TOLD), mates: sight.mates.slice(0, TOLD) };
}
