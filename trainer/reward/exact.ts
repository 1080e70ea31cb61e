/** @file Answers are right when they say the same in the same words or the same number; no mathematics. */
import { canonicalDecimal } from "./decimal.ts";
import type { Verdict } from "../mathematics/index.ts";

/** Characters of an answer that are looked at, as inspect_ai has it. */
const LONGEST = 4096;

/**
 * `equal` when both have the same normal form. Numbers are compared exactly: "0.50" is "1/2" only to a verifier of
 * mathematics, and 1e-400 is not 0.
 */
export function exactMatch(answer: string, gold: string): Verdict {
  if (gold.length > LONGEST) return { score: 0, status: "gold_unparsed" };
  if (answer.length > LONGEST) return { score: 0, status: "limit" };
  const right = normalAnswer(gold);
  if (right === "") return { score: 0, status: "gold_unparsed" };
  const said = normalAnswer(answer);
  if (said === "") return { score: 0, status: "pred_unparsed" };
  return said === right ? { score: 1, status: "equal" } : { score: 0, status: "different" };
}

/** Without white space at the ends, `$...$`, `\boxed{...}` and a closing period; words in lower case, numbers in one form. */
export function normalAnswer(text: string): string {
  const bare = unwrap(text.replace(/\s+/g, " ").replaceAll("\u2212", "-"));
  // Greek capitals are other letters than small ones: LaTeX keeps its case.
  return canonicalDecimal(bare) ?? (bare.includes("\\") ? bare : bare.toLowerCase());
}

function unwrap(text: string): string {
  const inner = text.trim().replace(/ ?\.$/, "");
  const marked = /^\$\$?([^$]*)\$\$?$/.exec(inner)?.[1] ?? boxed(inner);
  return marked === undefined ? inner : unwrap(marked);
}

/** What the last box holds, if it is closed at the end of the text. */
function boxed(text: string): string | undefined {
  const inner = lastBox(text);
  return inner !== undefined && text === `\\boxed{${inner}}` ? inner : undefined;
}

/** What the last `\boxed{...}` of a text holds; undefined without one that is closed. */
export function lastBox(text: string): string | undefined {
  const opening = "\\boxed{";
  const at = text.lastIndexOf(opening);
  if (at < 0) return undefined;
  const start = at + opening.length;
  for (let i = start, depth = 1; i < text.length; i++) {
    if (text[i] === "{") depth++;
    else if (text[i] === "}" && --depth === 0) return text.slice(start, i);
  }
  return undefined;
}
