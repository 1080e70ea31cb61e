/** @file The verifier of mathematics: bounds, then extraction, then words or letters or expressions held against each other. */
import { bare, readingsOf } from "./clean.ts";
import { same } from "./compare.ts";
import { apply, type Expression, mapped, number, some, symbol } from "./expression.ts";
import { type AnswerKind, extractAnswer } from "./extract.ts";
import { expressionOf } from "./grammar.ts";
import { tokensOfLatex } from "./latex.ts";
import { excessOf, LONGEST_RESPONSE, MOST_WORK } from "./limit.ts";
import { inBase } from "./number.ts";
import { isTakenBack, lettersOf, loneLetter, optionOf } from "./option.ts";
import { whole } from "./rational.ts";
import { formulaOf, looksLikeTime, normalText, numberInWords, saidBy, timeOf } from "./text-answer.ts";
import type { Verdict, VerdictStatus } from "./verdict.ts";

export interface MathematicsVerdict extends Verdict {
  /** One sentence on why. */
  reason: string;
  /** What was taken for the answer. */
  answer?: string;
}

export interface MathematicsOptions {
  /** Whether the answer may be a whole response, whose answer is to be found. */
  extract?: boolean;
}

/** Never throws, and takes a few milliseconds at most, whatever it is given. */
export function verifyMathematics(
  answer: string,
  gold: string,
  { extract = true }: MathematicsOptions = {},
): MathematicsVerdict {
  const right = readGold(gold);
  if ("reason" in right) return verdict("gold_unparsed", right.reason);
  if (answer.length > LONGEST_RESPONSE) return verdict("limit", "The response is too long to be looked at.");
  const found = extract ? extractAnswer(answer, { kind: right.kind }) : answer;
  if (found === undefined || bare(found.slice(0, 5000)) === "")
    return verdict("pred_unparsed", "There is no answer in the response.");
  const excess = excessOf(found);
  if (excess !== undefined) return verdict("limit", `The answer is not looked at: ${excess}`);
  const [, one, other] = /^(.+)\(or ([^()]{1,80})\)\s*$/s.exec(found) ?? [];
  if (one !== undefined && other !== undefined) return { ...judgedBoth(right, one, other), answer: found };
  return { ...judged(right, found, answer), answer: found };
}

/** "4/5 (or 0.8)" says one thing twice, the second time maybe rounded; "5 (or 6)" leaves a choice. */
function judgedBoth(right: Right, one: string, other: string): MathematicsVerdict {
  const isRight = (said: string): boolean => judged(right, said, said).score === 1;
  const verdictOf = judged(right, one, one);
  if (verdictOf.score === 0 || isRight(other) || isRight(`${bare(one)} \\approx ${bare(other)}`))
    return verdictOf;
  return verdict("different", "Two answers to choose from.");
}

interface Right {
  text: string;
  kind: AnswerKind;
  readings: readonly Expression[];
}

function readGold(gold: string): Right | { reason: string } {
  const text =
    gold.length > LONGEST_RESPONSE
      ? undefined
      : gold.length > 300 || /\\f?boxed|####/.test(gold)
        ? extractAnswer(gold)
        : gold;
  if (text === undefined || bare(text.slice(0, 5000)) === "")
    return { reason: "There is no right answer to hold it against." };
  const excess = excessOf(text);
  if (excess !== undefined) return { reason: `The right answer cannot be read: ${excess}` };
  const read = readAnswer(text);
  if (!read.isReadable) return { reason: "The right answer cannot be read as mathematics." };
  const kind = isOptionLetter(text) ? "option" : isWords(read) ? "text" : "math";
  return { text, kind, readings: read.readings };
}

interface Read {
  readings: readonly Expression[];
  /** Whether it says anything at all, be it in words or in mathematics that is not known here. */
  isReadable: boolean;
  hasWords: boolean;
}

function readAnswer(text: string): Read {
  const readings: Expression[] = [];
  let isReadable = isSentence(text);
  let hasWords = isReadable;
  for (const latex of readingsOf(text)) {
    const tokens = tokensOfLatex(latex) ?? tokensOfLatex(unpaired(latex));
    if (!tokens) continue;
    const expression = inOtherBase(latex) ?? expressionOf(tokens);
    if (expression) readings.push(expression);
    isReadable ||= tokens.length > 1 && tokens.some((token) => token.type === "sign" && token.text === "…");
    hasWords ||= tokens.some(({ type }) => type === "word");
    isReadable ||= expression !== undefined || hasWords || tokens.some(({ type }) => type === "function");
  }
  return { readings, isReadable, hasWords };
}

const isSentence = (text: string): boolean =>
  !text.includes("\\") && /\p{L}{2}/u.test(text) && !/[{}^_$]/.test(text);

/** Some write \left without \right. */
const unpaired = (latex: string): string =>
  latex.replace(/\\(?:left|right|[bB]igg?[lrm]?)(?![a-zA-Z])\s*\.?/g, "");

/** A1F_{16} and the like, whose digits are letters. */
function inOtherBase(latex: string): Expression | undefined {
  const match =
    /^\(?\s*(?:\\text\{\s*)?([0-9A-Z]*[A-Z][0-9A-Z]*)(?:\s*\})?\s*\)?\s*_\s*\{?(?:\\text\{)?\s*(\d+|[a-z]+)\s*\}{0,2}$/.exec(
      latex.trim(),
    );
  return match && /\d|^[A-F]+$/.test(match[1]!) ? inBase(match[1]!, match[2]!) : undefined;
}

const isOptionLetter = (text: string): boolean => {
  const option = optionOf(bare(text));
  return (
    option !== undefined &&
    (option.rest === "" || /[([]/.test(bare(text).replace(/\\[a-z]+\{?/g, "")[0] ?? ""))
  );
};

const isWords = ({ readings, hasWords }: Read): boolean =>
  readings.length === 0
    ? hasWords
    : readings.every((reading) => some(reading, ({ kind }) => kind === "text"));

function judged(right: Right, found: string, response: string): MathematicsVerdict {
  if (squeezed(found) === squeezed(right.text)) return verdict("equal", "Both are written alike.");
  const formula = formulaOf(found);
  if (formula !== undefined && formula === formulaOf(right.text))
    return verdict("equal", "The same chemical formula.");
  const words = normalText(bare(found));
  const rightWords = normalText(bare(right.text));
  if (words === rightWords && right.kind === "text") return verdict("equal", "Both say the same in words.");
  const options = byOption(right, found);
  if (options) return options;
  if (
    timeOf(right.text) !== undefined ||
    rightWords.startsWith("date ") ||
    (looksLikeTime(right.text) && looksLikeTime(found))
  ) {
    return byTime(right.text, found);
  }
  const read = readAnswer(found);
  const spelled = spelledOut(words) ?? spelledOut(saidBy(words) ?? "");
  const readings = spelled === undefined ? read.readings : [spelled, ...read.readings];
  const rightSpelled = spelledOut(rightWords);
  const golds = rightSpelled === undefined ? right.readings : [rightSpelled];
  if (right.kind === "text" && rightSpelled === undefined)
    return byWords(rightWords, words, response, golds, readings);
  if (readings.length === 0) {
    if (golds.length === 0)
      return verdict("undecided", "Neither can be worked out, and they are written differently.");
    return read.isReadable
      ? verdict("different", "The answer is words, the right one is not.")
      : verdict("pred_unparsed", "The answer cannot be read as mathematics.");
  }
  if (golds.length === 0)
    return verdict(
      "undecided",
      "The right answer cannot be worked out, and the answer is written differently.",
    );
  return byValue(golds, readings);
}

/** A number or a set of numbers that has a name in words. */
function spelledOut(words: string): Expression | undefined {
  const value = numberInWords(words);
  if (value !== undefined) return { kind: "number", value };
  if (words === "∅") return symbol("∅");
  return words === "all real numbers" ? symbol("ℝ") : undefined;
}

function byValue(golds: readonly Expression[], readings: readonly Expression[]): MathematicsVerdict {
  const work = { left: MOST_WORK };
  let isOpen = false;
  for (const gold of golds) {
    for (const reading of readings) {
      for (const [one, other] of byBases(gold, reading)) {
        const outcome = tried(one, other, work);
        if (outcome === "equal") return verdict("equal", "Both have the same value.");
        isOpen ||= outcome === "undecided";
      }
    }
  }
  if (work.left < 0) return verdict("undecided", "Working it out would take too long.");
  return isOpen
    ? verdict("undecided", "Nothing shows that they are the same, and nothing rules it out.")
    : verdict("different", "Their values differ.");
}

const isOpen = (part: Expression): boolean => part.kind === "apply" && part.operator === "log?";

/** A logarithm without a base is the natural one or that of 10, the same throughout both. */
function byBases(gold: Expression, reading: Expression): readonly (readonly [Expression, Expression])[] {
  if (!some(gold, isOpen) && !some(reading, isOpen)) return [[gold, reading]];
  return [symbol("e"), number(whole(10))].map((base) => [withBase(gold, base), withBase(reading, base)]);
}

const withBase = (expression: Expression, base: Expression): Expression =>
  mapped(expression, (part) =>
    part.kind === "apply" && part.operator === "log?" ? apply("log", part.operands[0]!, base) : part,
  );

function tried(gold: Expression, reading: Expression, work: { left: number }): ReturnType<typeof same> {
  try {
    return same(gold, reading, work);
  } catch (error) {
    // Signs in a row may nest deeper than the stack.
    if (error instanceof RangeError) return "undecided";
    throw error;
  }
}

const squeezed = (text: string): string =>
  bare(text)
    .replace(/(?<!\d)\s+|\s+(?!\d)/g, "")
    .replace(/\\[dt]frac/g, "\\frac")
    .replace(/\\[lc]?dots(?![a-z])|\.\.\./g, "…")
    .replace(/\\(?:left|right)(?![a-z])/g, "");

/** Option letters: exactly one, whatever follows it; several are the right ones only if the right answer has several. */
function byOption(right: Right, found: string): MathematicsVerdict | undefined {
  const several = lettersOf(right.text);
  const saidSeveral = lettersOf(found);
  if (several && saidSeveral && !(several.isBare && saidSeveral.isBare)) {
    if (saidSeveral.isHedged && !several.isHedged) return verdict("different", "Letters to choose from.");
    if (several.letters === saidSeveral.letters) return verdict("equal", "The same letters.");
    if (!several.isBare && !saidSeveral.isBare) return verdict("different", "Other letters.");
  }
  if (right.kind !== "option") {
    const option = optionOf(bare(found));
    // "(B) 12" where 12 is asked for.
    return option && option.rest !== "" && /\d/.test(option.rest) && right.kind === "math"
      ? byRest(right, option.rest)
      : undefined;
  }
  const gold = optionOf(bare(right.text))!;
  if (saidSeveral) return verdict("different", "More than one letter, where one is right.");
  const said = optionOf(bare(found)) ?? loneLetter(found);
  if (said && isTakenBack(said))
    return verdict("different", "The letter is taken back, or is one of several.");
  if (said)
    return said.letter === gold.letter
      ? verdict("equal", "The same letter.")
      : verdict("different", "Another letter.");
  return gold.rest === "" ? undefined : verdictOfRest(gold.rest, found);
}

function byRest(right: Right, rest: string): MathematicsVerdict | undefined {
  const { readings } = readAnswer(rest);
  const outcome = readings.length === 0 ? undefined : byValue(right.readings, readings);
  return outcome?.status === "equal" ? outcome : undefined;
}

/** "(B) 12" is right by its value too. */
function verdictOfRest(rest: string, found: string): MathematicsVerdict {
  const { reason: _, ...verdictOf } = verifyMathematics(found, rest, { extract: false });
  return verdictOf.status === "gold_unparsed"
    ? verdict("different", "No letter.")
    : { ...verdictOf, reason: "By what stands behind the letter." };
}

function byTime(gold: string, found: string): MathematicsVerdict {
  const [right, said] = [timesOf(gold), timesOf(found)];
  return right.some((time) => said.includes(time))
    ? verdict("equal", "The same time.")
    : verdict("different", "Another time.");
}

/** Without "pm" an hour may count to 12 or to 24. */
function timesOf(text: string): readonly string[] {
  const [, hour, minute] = /^\s*0?(\d{1,2}):(\d{2})\s*$/.exec(bare(text)) ?? [];
  if (hour === undefined) return [timeOf(text) ?? normalText(text)];
  return [hour, ...(Number(hour) < 12 ? [`${Number(hour) + 12}`] : [])].map(
    (hours) => `time ${hours}:${minute}:00`,
  );
}

function byWords(
  gold: string,
  said: string,
  response: string,
  golds: readonly Expression[],
  readings: readonly Expression[],
): MathematicsVerdict {
  if (normalText(bare(response.slice(0, 1000))) === gold)
    return verdict("equal", "Both say the same in words.");
  if (saidBy(said) === gold) return verdict("equal", "Both say the same in words.");
  // "Yes, because ..." is a yes.
  const first = /^(yes|no|true|false)\b/.exec(said)?.[1];
  if (
    first !== undefined &&
    first === gold &&
    !/\b(?:or|and|maybe|only|if|unless|when|except|but)\b/.test(said.slice(0, 12))
  )
    return verdict("equal", "Both say the same in words.");
  const mixed = golds.some((one) => one.kind !== "text") && readings.some((one) => one.kind !== "text");
  const outcome = mixed ? byValue(golds, readings) : undefined;
  return outcome?.status === "equal" ? outcome : verdict("different", "They say different things.");
}

function verdict(status: VerdictStatus, reason: string): MathematicsVerdict {
  return { score: status === "equal" ? 1 : 0, status, reason };
}
