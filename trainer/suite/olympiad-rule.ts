/**
 * @file OlympiadBench's rule: lists of answers are the same when each has its partner, numbers within a tolerance, intervals,
 * expressions and equations by what they mean.
 */
import { verifyMathematics } from "./mathematics.ts";
import { numberOf } from "./numeric.ts";

export interface OlympiadRule {
  /** One for each right answer, or one for all, or none. */
  tolerances: readonly number[];
  /** Whether 0.5, 50 and 0.005 count as the same, for who forgets a percent sign. */
  percent: boolean;
}

/** What is allowed where a problem says nothing. */
const EXACT = 1e-8;
/** Answers of a list: more of them are a flood. */
const MOST = 64;

/** "0.1", "1e-3", "0.1,0.01" or nothing; undefined for anything else. */
export function readTolerances(value: unknown): number[] | undefined {
  if (typeof value !== "string" || value === "") return [];
  const numbers = value.split(",").map((part) => (part.trim() === "" ? EXACT : Number(part)));
  return numbers.some((number) => Number.isNaN(number) || number < 0) ? undefined : numbers;
}

export function matchAnswers(
  said: string,
  gold: string,
  rule: OlympiadRule,
): "equal" | "different" | "gold_error" {
  const [answers, golds] = [listOf(said), listOf(gold)];
  if (clean(gold) === "") return "gold_error";
  if (clean(said) === clean(gold)) return "equal";
  // Words in Chinese are right only as they are.
  if (golds.length === 0 || answers.length !== golds.length || answers.length > MOST) return "different";
  const left = [...answers];
  for (const [i, one] of golds.entries()) {
    const tolerance = rule.tolerances[i] ?? rule.tolerances[0] ?? EXACT;
    const partner = left.findIndex((answer) => isSame(answer, one, tolerance, rule.percent));
    if (partner < 0) return "different";
    left.splice(partner, 1);
  }
  return "equal";
}

function isSame(said: string, gold: string, tolerance: number, percent: boolean): boolean {
  if (said === gold) return true;
  if (isInterval(gold) && isInterval(said)) {
    // The verifier may take (1, 2) for a point.
    if (gold[0] !== said[0] || gold.at(-1) !== said.at(-1)) return false;
    return verifyMathematics(said, gold).status === "equal";
  }
  const [value, expected] = [numberOf(rightSide(said)), numberOf(rightSide(gold))];
  if (value !== undefined && expected !== undefined) {
    const allowed = percent ? [expected / 100, expected, expected * 100] : [expected];
    return allowed.some((number) => Math.abs(number - value) <= tolerance * 1.01);
  }
  const bothEquations = said.includes("=") && gold.includes("=");
  const pairs = bothEquations
    ? [[said, gold]]
    : [
        [said, gold],
        [rightSide(said), rightSide(gold)],
      ];
  return pairs.some(([answer, one]) => verifyMathematics(answer!, one!).status === "equal");
}

/** "x = 5" is asked for as "5". */
function rightSide(text: string): string {
  const parts = text.split("=");
  return parts.length === 2 ? parts[1]!.trim() : text;
}

function isInterval(text: string): boolean {
  return /^[([].*[)\]]$/s.test(text);
}

/** The answers of a list, `\pm` as two. */
function listOf(text: string): string[] {
  const bare = clean(text).replace(/[\u4e00-\u9fff]+/g, "");
  const parts: string[] = [];
  let depth = 0;
  let start = 0;
  for (let at = 0; at < bare.length; at++) {
    const character = bare[at]!;
    if ("([{".includes(character)) depth++;
    else if (")]}".includes(character)) depth--;
    else if (character === "," && depth <= 0 && !/^,\d{3}(?!\d)/.test(bare.slice(at, at + 5))) {
      parts.push(bare.slice(start, at));
      start = at + 1;
    }
  }
  parts.push(bare.slice(start));
  return parts
    .map((part) => part.trim())
    .filter((part) => part !== "")
    .flatMap((part) =>
      part.includes("\\pm") ? [part.replace("\\pm", "+"), part.replace("\\pm", "-")] : [part],
    )
    .map((part) => part.replace(/^\+/, ""));
}

/** Without what only decorates. */
function clean(text: string): string {
  return text
    .slice(0, 8192)
    .replace(/^.*\\in\s+/s, "")
    .replace(/\\left(?![a-z])|\\right(?![a-z])|\$|\\?%|\^\{?\\circ\}?|\\[,;! ]/g, "")
    .replaceAll("，", ",")
    .replaceAll("∶", ":")
    .replace(/\\(?:approx|simeq|sim)(?![a-z])/g, "=")
    .replace(/\\(?:mathrm|mathbf|text)\{~?([^{}]*)\}/g, "$1")
    .replace(/^[\s.,:;=]+|[\s.,:;=]+$/g, "");
}
