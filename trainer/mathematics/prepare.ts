/** @file Tokens before the grammar reads them: without steps and words that lead to what counts, with brackets of one kind. */
import { isDoubted } from "./text-answer.ts";
import { sign, type Token } from "./token.ts";

export const prepared = (tokens: readonly Token[]): readonly Token[] =>
  plainBrackets(withoutWords(afterArrows(tokens)));

/** Of steps joined by ⇒ the last one counts. */
function afterArrows(tokens: readonly Token[]): readonly Token[] {
  const last = tokens.findLastIndex((token) => token.type === "sign" && token.text === "⇒");
  // "p ⇒ q" has no steps: it is a statement.
  const isStep = tokens.slice(0, Math.max(0, last)).some(({ type }) => type !== "name");
  return last === 0 || isStep ? tokens.slice(last + 1) : tokens;
}

/** Items between commas and words; one alone is itself. */
/** "The probability is 3/10" within a formula. */
function withoutWords(tokens: readonly Token[]): readonly Token[] {
  const start = tokens.findIndex(({ type }) => type !== "word");
  const last = start > 0 ? tokens[start - 1] : undefined;
  return last?.type === "word" && /(?:\b(?:is|are|equals|be)|[:=])$/i.test(last.text) && !isDoubted(last.text)
    ? tokens.slice(start)
    : tokens;
}

const BEFORE_OPENING = new Set(["∪", "∩", "∖", "∈", "=", "∉"]);
const AFTER_CLOSING = new Set(["∪", "∩", "∖", ",", ";", "or", "and"]);

/** ]a, b[ is open, as French books write it. */
function plainBrackets(tokens: readonly Token[]): readonly Token[] {
  if (!tokens.some((token) => token.type === "sign" && (token.text === "[" || token.text === "]")))
    return tokens;
  return tokens.map((token, at) => {
    if (token.type !== "sign") return token;
    const [before, after] = [tokens[at - 1], tokens[at + 1]];
    const opens = before === undefined || (before.type === "sign" && BEFORE_OPENING.has(before.text));
    const closes = after === undefined || (after.type === "sign" && AFTER_CLOSING.has(after.text));
    if (token.text === "]" && opens) return sign("(");
    return token.text === "[" && closes ? sign(")") : token;
  });
}
