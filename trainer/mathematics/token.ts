/** @file The pieces of an answer that the grammar reads, whatever LaTeX they came from. */

export type Token =
  | { type: "number"; text: string }
  | { type: "name"; text: string; upright?: boolean }
  /** Of `\text{...}`, `\mathrm{...}` and the like. */
  | { type: "word"; text: string }
  /** Operators, relations, brackets and punctuation. */
  | { type: "sign"; text: string }
  | { type: "function"; name: string }
  | { type: "group"; tokens: readonly Token[] }
  | { type: "fraction"; top: readonly Token[]; bottom: readonly Token[] }
  | { type: "binomial"; top: readonly Token[]; bottom: readonly Token[] }
  | { type: "root"; body: readonly Token[]; index?: readonly Token[] }
  | { type: "script"; sub?: readonly Token[]; sup?: readonly Token[] }
  /** Digits under a line or a dot: they repeat. A letter is a name with a mark. */
  | { type: "marked"; mark: string; tokens: readonly Token[] }
  | { type: "matrix"; rows: readonly (readonly (readonly Token[])[])[]; cases: boolean }
  | { type: "space" };

export const sign = (text: string): Token => ({ type: "sign", text });

/** What is written, near enough to be a name or a key. */
export function textOf(tokens: readonly Token[]): string {
  return tokens.map(oneText).join("");
}

function oneText(token: Token): string {
  switch (token.type) {
    case "function":
      return token.name;
    case "group":
      return textOf(token.tokens);
    case "marked":
      return token.mark + textOf(token.tokens);
    case "fraction":
    case "binomial":
      return `(${textOf(token.top)}/${textOf(token.bottom)})`;
    case "root":
      return `root(${textOf(token.body)},${textOf(token.index ?? [])})`;
    case "script":
      return (token.sub ? `_{${textOf(token.sub)}}` : "") + (token.sup ? `^{${textOf(token.sup)}}` : "");
    case "matrix":
      return JSON.stringify(token.rows);
    case "space":
      return "";
    default:
      return token.text;
  }
}
