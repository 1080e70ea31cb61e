/**
 * @file The answer within a response: what stands in the last box, behind words such as "the answer is", in the last formula. Looked
 * for by position, so that no response costs more than a few passes over it.
 */
import { LONGEST_ANSWER, LONGEST_RESPONSE } from "./limit.ts";
import { afterMarker } from "./marker.ts";
import { optionOf, withoutDenied } from "./option.ts";
import {
  boldValue,
  boldWords,
  bracketAtEnd,
  hasNumber,
  isProse,
  lastNumber,
  spokenIn,
  statedNumber,
  unitAfter,
  withoutApproximation,
} from "./prose.ts";
import { sentenceOf, type Span, spansOf } from "./span.ts";

/** What is looked for: it decides what counts where nothing marks the answer. */
export type AnswerKind = "option" | "math" | "text";

export interface ExtractOptions {
  kind?: AnswerKind;
}

/** Characters at the end of a response that are looked through. */
const WINDOW = 32_768;

/** The last answer that a response gives; undefined for none, such as a thought that does not end. */
export function extractAnswer(response: string, { kind = "math" }: ExtractOptions = {}): string | undefined {
  if (response.length > LONGEST_RESPONSE) return undefined;
  const said = blockOf(afterThought(response));
  const text = said
    .slice(-WINDOW)
    .replace(/<\|[^<>|]{1,30}\|>|<\/?s>/g, "")
    .trim();
  if (text === "") return undefined;
  const box = lastBoxes(text);
  if (box !== undefined) return box.trim() === "" ? undefined : box.trim();
  const start = afterMarker(text);
  if (start === "denied") return undefined;
  if (start !== undefined) return marked(text.slice(start), kind);
  if (!isProse(text)) return unmarked(text, kind);
  return kind === "option" ? (lastOption(text) ?? unmarked(text, kind)) : unmarked(text, kind);
}

/** Thoughts are no answers, also where they never end. */
function afterThought(response: string): string {
  const end = response.lastIndexOf("</think>");
  const start = response.lastIndexOf("<think>");
  if (start > end)
    return response.slice(Math.max(0, end + 8), start).trim() === ""
      ? ""
      : response.slice(end < 0 ? 0 : end + 8, start);
  return end < 0 ? response : response.slice(end + "</think>".length);
}

/** The last answer's block, if there is one. */
function blockOf(text: string): string {
  const end = text.lastIndexOf("</answer>");
  const start = end < 0 ? text.lastIndexOf("<answer>") : text.lastIndexOf("<answer>", end);
  if (start < 0) return end < 0 ? text : text.slice(0, end);
  return text.slice(start + "<answer>".length, end < 0 ? undefined : end);
}

interface Box {
  start: number;
  end: number;
  inner: string;
}

/** What the last closed box holds; of several that only commas and "and" or "or" part, all of it. */
export function lastBoxes(text: string): string | undefined {
  const boxes = boxesOf(text);
  const last = boxes.at(-1);
  if (!last) return undefined;
  const parts = [last.inner];
  for (let at = boxes.length - 1; at > 0 && parts.length < 10; at--) {
    const between = text.slice(boxes[at - 1]!.end, boxes[at]!.start);
    if (
      !/^[\s$]*(?:,|;|and|or|\\text\{\s*(?:and|or|,)\s*\}|,\s*(?:and|or)|\\quad|\\,|[\s$])*(?:[a-zA-Z](?:_\{?\w\}?)?\s*=)?[\s$]*$/.test(
        between.slice(0, 60),
      ) ||
      between.length > 60
    )
      break;
    if (!/,|;|and|or/.test(between)) break;
    parts.unshift(boxes[at - 1]!.inner, /or/.test(between) ? "\\text{ or }" : ",");
  }
  return parts.join(" ");
}

/** The closed boxes, outermost only, in one pass. */
function boxesOf(text: string): readonly Box[] {
  const boxes: Box[] = [];
  const open: { start: number; inner: number; isBox: boolean }[] = [];
  for (const { 0: piece, index } of text.matchAll(/\\{1,2}(?:boxed|fbox|framebox) *\{|\\.|[{}]/gs)) {
    const end = index + piece.length;
    if (piece.endsWith("{") && piece !== "\\{") open.push({ start: index, inner: end, isBox: piece !== "{" });
    else if (piece === "}") {
      const closed = open.pop();
      if (!closed?.isBox) continue;
      while (boxes.length > 0 && boxes.at(-1)!.start >= closed.start) boxes.pop();
      boxes.push({ start: closed.start, end, inner: text.slice(closed.inner, index) });
    }
  }
  return boxes.slice(-20);
}

/** The rest of the sentence behind a marker. */
function marked(rest: string, kind: AnswerKind): string | undefined {
  const text = rest.replace(/^(?:\s|[*:：=_]|\\n|")+/, "").slice(0, LONGEST_ANSWER);
  const sentence = withoutBrace(sentenceOf(text));
  if (kind === "option") {
    const option =
      optionOf(sentence) ?? optionOf(sentence.replace(/^[\s*]*([A-J])[\s*]+(?![A-J]\b|or\b|and\b).*/s, "$1"));
    if (option && !/^\W*(?:or|and|,)\W/.test(option.rest)) return sentence;
  }
  if (kind === "text") return sentence;
  const answer = unmarked(sentence, kind);
  return answer === undefined ? undefined : withoutSum(answer);
}

/** JSON's last quote and brace belong to no answer. */
function withoutBrace(text: string): string {
  const opened = text.split("{").length - text.split("}").length;
  if (opened >= 0) return text;
  // The marker stood in "\text{Answer: }", or the answer in JSON.
  return /^\s*\}/.test(text) ? text.replace(/^\s*\}\s*/, "") : text.replace(/"?\s*\}\s*$/, "");
}

/** What a text without a marker answers: itself if it is short, else its last formula, else its last value. */
function unmarked(given: string, kind: AnswerKind): string | undefined {
  const text = withoutApproximation(given)
    .replace(/^(?:\s|(?:so|thus|hence|therefore|then|finally|also|we (?:get|have|find|obtain))\b,?)+/i, "")
    .replace(/^[\p{L} ]{3,40}:\s*(?=[*$\\\d-])/u, "")
    .replace(
      /\((?:or (?:about|approx|roughly|≈)|i\.e\.|approx|≈|about|which)[^()]{0,80}\)\s*$/,
      // Within braces it belongs to them.
      (written, at: number, all: string) =>
        /\{[^{}]*$/.test(all.slice(Math.max(0, at - 80), at)) ? written : "",
    )
    .trim();
  if (text === "") return undefined;
  const stated = kind === "math" ? statedNumber(text) : undefined;
  if (stated !== undefined) return stated;
  if (!isProse(text)) return text === given.trim() ? text : withoutSum(text);
  const spans = spansOf(text);
  const last = spans.at(-1);
  const tail = text.slice(last?.end ?? 0);
  // A number behind the formula may be the answer, unless it only says when.
  if (last && (/^\s*,?\s*(?:when|where|if|at|for|as)\b/.test(tail) || !hasNumber(tail)))
    return joined(text, spans);
  const lines = text.split("\n").filter((line) => line.trim() !== "");
  const line = lines.at(-1)!;
  if (lines.length > 1 && !isProse(line)) return line.trim();
  const stressed = kind === "text" ? boldWords(line) : (boldValue(line) ?? bracketAtEnd(line));
  if (stressed !== undefined) return stressed;
  const equals = line.lastIndexOf("=");
  const value = equals < 0 ? undefined : sentenceOf(line.slice(equals + 1));
  if (value && !isProse(value)) return value;
  if (kind === "text") return spokenIn(line);
  const number = lastNumber(line) ?? lastNumber(text);
  return number?.isTakenBack ? undefined : (number?.said ?? line.trim());
}

/** The last formula, with those before it that only "and", "or" and commas part. */
function joined(text: string, spans: readonly Span[]): string {
  const parts = [spans.at(-1)!.inner];
  for (let at = spans.length - 1; at > 0 && parts.length < 20; at--) {
    const between = text.slice(spans[at - 1]!.end, spans[at]!.start).trim();
    if (!/^(?:,|;|,? ?(?:and|or|und|oder|et|ou|y|o))$/.test(between)) break;
    parts.unshift(spans[at - 1]!.inner, /or|od|ou|^o$/.test(between) ? "\\text{ or }" : ",");
  }
  return withoutSum(parts.join(" ")) + unitAfter(text.slice(spans.at(-1)!.end));
}

/** Of 3 + 4 = 7 within a sentence the right side is the answer. */
function withoutSum(formula: string): string {
  const equals = formula.lastIndexOf("=");
  if (formula.includes("{") && formula.lastIndexOf("}") > equals && formula.lastIndexOf("{") < equals)
    return formula;
  const left = formula
    .slice(0, Math.max(0, equals))
    .replace(/\\(?:[dt]?frac|times|cdot|div|sqrt|left|right|%|,|;|!)/g, "");
  if (equals <= 0 || !/\d/.test(left) || /[\p{L}\\]/u.test(left)) return formula;
  return formula.slice(equals + 1).replace(/(?<!\\)\$+\s*$/, "");
}

/** The last option letter that stands by itself: in brackets, in bold, or alone at the end. */
function lastOption(text: string): string | undefined {
  const found = withoutDenied(text.slice(-2000))
    .match(/[([{]\s?[A-J]\s?[)\]}]|\*\*\s?[A-J]\b|(?<=^|\s)[A-J](?=[.):]?\s*$)/gm)
    ?.at(-1);
  return found?.replace(/[^A-J]/g, "");
}
