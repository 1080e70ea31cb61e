/** @file From a policy's decision to the note of it that viewers get: texts of bounded length, tokens with probabilities. */
import type { DecisionRecord } from "../../env/episode/index.ts";
import type { Action } from "../../env/football/index.ts";
import type { Space } from "../../env/space.ts";
import type { DecisionNote } from "../protocol/index.ts";
import { TEXT_MAX, TOKENS_MAX } from "../protocol/index.ts";

/** As a match brings it, or as it was recorded. */
export type Said = Omit<DecisionRecord, "kind" | "step">;

/** Whether there is anything to tell of a decision beside its action. */
export function isTelling({ text, failed, unparsed, by }: Said): boolean {
  return text !== undefined || failed !== undefined || unparsed !== undefined || by !== undefined;
}

export function noteOf(
  said: Said,
  when: Pick<DecisionNote, "tick" | "step" | "player" | "seen">,
  space: Space | undefined,
): DecisionNote {
  const { place, action, by, failed, milliseconds, frameHash, ageSteps } = said;
  return {
    kind: "decision",
    ...when,
    place,
    action: cut(wordsOf(action, space)),
    ...(by !== undefined && { by }),
    ...(said.prompt !== undefined && { prompt: cut(promptText(said.prompt)) }),
    ...(failed === undefined ? answerOf(said) : { failed: cut(failed) }),
    ...tokensOf(said),
    ...(milliseconds !== undefined && { milliseconds }),
    ...(frameHash !== undefined && { frameHash }),
    ...(ageSteps !== undefined && { ageSteps }),
  };
}

/** Cut to `TEXT_MAX`, never within a character of two code units. */
export function cut(text: string): string {
  return text.length <= TEXT_MAX ? text : `${text.slice(0, TEXT_MAX - 1).replace(/[\uD800-\uDBFF]$/, "")}…`;
}

function answerOf({ text, think, answer, unparsed, reason }: Said): Partial<DecisionNote> {
  if (unparsed) return { text: cut(text ?? ""), reason: cut(reason ?? "No action could be read from it.") };
  return {
    ...(think !== undefined && { think: cut(think) }),
    ...(answer !== undefined && { answer: cut(answer) }),
  };
}

/** The tokens that hold the words of the action; where there are none, those of the whole answer. */
function tokensOf({ tokens, text, answer, unparsed }: Said): Pick<DecisionNote, "tokens" | "probability"> {
  if (tokens === undefined || tokens.length === 0) return {};
  const from = unparsed || !answer ? 0 : Math.max(0, (text ?? "").lastIndexOf(answer));
  const to = unparsed || !answer ? Infinity : from + answer.length;
  let at = 0;
  const told = tokens.filter((token) => {
    const start = at;
    at += token.text.length;
    return start < to && at > from;
  });
  const logProbability = told.reduce((sum, token) => sum + token.logProbability, 0);
  return {
    tokens: told
      .slice(-TOKENS_MAX)
      .map((token) => [cut(token.text), Math.exp(token.logProbability)] as const),
    ...(!unparsed && told.length > 0 && { probability: Math.exp(logProbability) }),
  };
}

function wordsOf(action: Action, space: Space | undefined): string {
  if (typeof action === "string") return action;
  if (typeof action === "number") {
    return (space?.kind === "discrete" ? space.names?.[action] : undefined) ?? `${action}`;
  }
  return JSON.stringify(action);
}

/** A chat as one text; a recorded one may be anything. */
function promptText(messages: readonly unknown[]): string {
  return messages.map(messageText).join("\n\n");
}

function messageText(message: unknown): string {
  if (typeof message !== "object" || message === null) return String(message);
  const role = "role" in message ? String(message.role) : "?";
  const content = "content" in message ? message.content : "";
  const items: unknown[] = Array.isArray(content) ? content : [content];
  return `${role}: ${items.map(itemText).join(" ")}`;
}

function itemText(item: unknown): string {
  if (typeof item !== "object" || item === null) return String(item);
  return "text" in item ? String(item.text) : "[picture]";
}
