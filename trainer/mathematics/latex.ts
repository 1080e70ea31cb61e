/** @file LaTeX as tokens, by the parser of KaTeX. `__parse` is not in its documentation, so it is used here and nowhere else. */
import * as katex from "katex";
import { NAMES, SIGNS } from "./notation.ts";
import { sign, textOf, type Token } from "./token.ts";

/** A node of KaTeX's tree, as far as it is read here. */
interface Node {
  type: string;
  text?: string;
  body?: Node | readonly Node[] | readonly (readonly Node[])[];
  base?: Node;
  sub?: Node;
  sup?: Node;
  numer?: Node;
  denom?: Node;
  hasBarLine?: boolean;
  index?: Node;
  left?: string;
  right?: string;
  delim?: string;
  name?: string;
  font?: string;
  label?: string;
  mathml?: readonly Node[];
}

const { __parse: parse } = katex as unknown as {
  __parse: (latex: string, settings: object) => readonly Node[];
};

/** Commands that KaTeX lacks, or draws in a way that says less than their name. */
const MACROS = {
  "\\mbox": "\\text{#1}",
  "\\bmod": "\\operatorname{mod}",
  "\\mod": "\\operatorname{mod}",
  "\\pmod": "(\\operatorname{mod} #1)",
  "\\boxed": "{#1}",
  "\\fbox": "\\text{#1}",
  "\\arcsec": "\\operatorname{arcsec}",
  "\\arccsc": "\\operatorname{arccsc}",
  "\\arccot": "\\operatorname{arccot}",
  "\\arsinh": "\\operatorname{arsinh}",
  "\\sgn": "\\operatorname{sgn}",
  "\\lcm": "\\operatorname{lcm}",
  "\\cis": "\\operatorname{cis}",
  "\\ohm": "\\text{Ω}",
  "\\celsius": "\\text{°C}",
  "\\euro": "\\text{€}",
  "\\dotsc": "\\ldots",
  "\\dots": "\\ldots",
  "\\overparen": "\\overline{#1}",
  "\\overarc": "\\overline{#1}",
  "\\Z": "\\mathbb{Z}",
  "\\N": "\\mathbb{N}",
  "\\Q": "\\mathbb{Q}",
  "\\R": "\\mathbb{R}",
  "\\C": "\\mathbb{C}",
  "\\part": "\\text{part}",
} as const;

/** Undefined for what is no LaTeX. */
export function tokensOfLatex(latex: string): readonly Token[] | undefined {
  try {
    const settings = {
      strict: "ignore",
      throwOnError: true,
      displayMode: true,
      macros: { ...MACROS },
      maxExpand: 1000,
    };
    return tidy(flattenAll(parse(latex, settings)));
  } catch {
    return undefined;
  }
}

/** Digits become numbers, and spaces have done their part. */
function tidy(tokens: readonly Token[]): readonly Token[] {
  const tidied: Token[] = [];
  let open = false;
  for (const token of tokens) {
    const last = tidied.at(-1);
    const digits = token.type === "number" || (token.type === "sign" && token.text === ".");
    if (digits && open && last?.type === "number")
      tidied[tidied.length - 1] = { type: "number", text: last.text + token.text };
    else if (digits) tidied.push({ type: "number", text: token.text });
    else if (token.type !== "space") tidied.push(token);
    open = digits;
  }
  return tidied;
}

function flattenAll(nodes: readonly Node[]): Token[] {
  return nodes.flatMap((node) => flatten(node));
}

function flatten(node: Node): Token[] {
  switch (node.type) {
    case "textord":
    case "mathord":
    case "atom":
      return [ordinary(node.text ?? "")];
    case "spacing":
    case "kern":
      return [{ type: "space" }];
    case "ordgroup":
      return [{ type: "group", tokens: inner(node) }];
    case "supsub":
      return script(node);
    case "op":
      return node.name === undefined ? flattenAll(nodesOf(node.body)) : [named(node.name.replace("\\", ""))];
    case "operatorname":
      return [named(letters(node) ?? textOf(inner(node)))];
    case "genfrac":
      return [
        {
          type: node.hasBarLine ? "fraction" : "binomial",
          top: insideOf(node.numer),
          bottom: insideOf(node.denom),
        },
      ];
    case "sqrt":
      return [
        {
          type: "root",
          body: insideOf(node.body as Node),
          ...(node.index && { index: insideOf(node.index) }),
        },
      ];
    case "leftright":
      return fenced(node);
    case "delimsizing":
    case "middle":
      return [ordinary(node.delim ?? "")];
    case "array":
      return [matrix(node, false)];
    case "text":
      return words(nodesOf(node.body));
    case "font":
      return font(node);
    case "overline":
      return [{ type: "marked", mark: "¯", tokens: inner(node) }];
    case "accent":
      return [
        {
          type: "marked",
          mark: node.label?.replace("\\", "") ?? "",
          tokens: node.base ? tidy(insideOf(node.base)) : [],
        },
      ];
    case "htmlmathml":
      return flattenAll(node.mathml ?? []);
    case "color":
    case "styling":
    case "sizing":
    case "mclass":
    case "enclose":
    case "underline":
    case "pmb":
    case "lap":
    case "raisebox":
    case "horizBrace":
      return flattenAll(nodesOf(node.body ?? node.base));
    case "mathchoice":
    case "cr":
    case "rule":
    case "phantom":
    case "internal":
      return [];
    default:
      throw new Error(`nothing is known of ${node.type}`);
  }
}

function nodesOf(body: Node["body"]): readonly Node[] {
  if (body === undefined) return [];
  return Array.isArray(body) ? (body.flat() as readonly Node[]) : [body as Node];
}

const inner = (node: Node): readonly Token[] => tidy(flattenAll(nodesOf(node.body)));

/** What a pair of braces holds, without them. */
function insideOf(node: Node | undefined): readonly Token[] {
  if (!node) return [];
  return node.type === "ordgroup" ? inner(node) : tidy(flatten(node));
}

function ordinary(text: string): Token {
  if (/^\d$/.test(text)) return { type: "number", text };
  const meant = SIGNS[text];
  if (meant !== undefined) return sign(meant);
  const name = NAMES[text] ?? (/^\p{L}$/u.test(text) ? text : undefined);
  if (name !== undefined) return { type: "name", text: name };
  return text.startsWith("\\") ? { type: "name", text: text.slice(1) } : sign(text);
}

function named(name: string): Token {
  if (name === "mod") return sign("mod");
  return { type: "function", name };
}

function script(node: Node): Token[] {
  const base = node.base ? flatten(node.base) : [];
  const sub = node.sub && insideOf(node.sub);
  const sup = node.sup && insideOf(node.sup);
  // A prime belongs to the name, a ring is a degree.
  if (sup?.length === 1 && sup[0]!.type === "sign" && sup[0].text === "°" && !sub)
    return [...base, sign("°")];
  return [...base, { type: "script", ...(sub && { sub }), ...(sup && { sup }) }];
}

function fenced(node: Node): Token[] {
  const body = nodesOf(node.body);
  const lone = body.length === 1 && body[0]!.type === "array" ? body[0] : undefined;
  if (lone && node.right === "." && SIGNS[node.left ?? ""] === "{") return [matrix(lone, true)];
  return [...delimiterOf(node.left, "(|"), ...flattenAll(body), ...delimiterOf(node.right, "|)")];
}

/** A bar says nothing of which side it stands on, but \left and \right do. */
function delimiterOf(delimiter: string | undefined, bar: string): Token[] {
  if (delimiter === "." || delimiter === undefined) return [];
  const token = ordinary(delimiter);
  return token.type === "sign" && token.text === "|" ? [sign(bar)] : [token];
}

function matrix(node: Node, cases: boolean): Token {
  const rows = (node.body as readonly (readonly Node[])[])
    .map((row) =>
      row.map((cell) =>
        tidy(
          flattenAll(nodesOf(cell)).flatMap((token) => (token.type === "group" ? token.tokens : [token])),
        ).filter((token) => token.type !== "group" || token.tokens.length > 0),
      ),
    )
    .filter((row) => row.some((cell) => cell.length > 0));
  return { type: "matrix", rows, cases };
}

/** Text, broken where mathematics stands in it. */
function words(nodes: readonly Node[]): Token[] {
  const tokens: Token[] = [];
  let text = "";
  const flush = () => {
    if (text.trim() !== "") tokens.push({ type: "word", text: text.trim() });
    text = "";
  };
  for (const node of nodes) {
    const letter = letterOf(node);
    if (letter !== undefined) text += letter;
    else {
      flush();
      tokens.push(...flatten(node));
    }
  }
  flush();
  return tokens;
}

function letterOf(node: Node): string | undefined {
  if (node.type === "spacing" || node.type === "kern") return " ";
  if (node.type === "accent" && node.base) return letterOf(node.base);
  if (node.type === "ordgroup" || node.type === "text" || node.type === "font") return letters(node);
  if (node.type === "supsub" && node.base && node.sup && !node.sub) {
    const [base, sup] = [letterOf(node.base), letterOf(node.sup)];
    return base !== undefined && sup !== undefined && /^-?\d$/.test(sup) ? `${base}^${sup}` : undefined;
  }
  if (node.type !== "textord" && node.type !== "mathord" && node.type !== "atom") return undefined;
  const text = node.text ?? "";
  return text.startsWith("\\") ? (text === "\\%" ? "%" : text === "\\$" ? "$" : undefined) : text;
}

/** What is all letters, figures and marks between them. */
function letters(node: Node): string | undefined {
  const parts = nodesOf(node.body).map(letterOf);
  return parts.every((part) => part !== undefined) ? parts.join("") : undefined;
}

function font(node: Node): Token[] {
  const text = letters(node);
  if (node.font === "mathbb" && text?.length === 1)
    return [{ type: "name", text: NAMES[`bb${text}`] ?? text }];
  const isUpright = node.font === "mathrm" || node.font === "mathsf" || node.font === "mathtt";
  if (isUpright && text !== undefined) {
    const bare = text.trim();
    if (bare.length === 1 && /\p{L}/u.test(bare)) return [{ type: "name", text: bare, upright: true }];
    if (/\p{L}{2}|\p{L}[/^ ]|°/u.test(bare)) return [{ type: "word", text: bare }];
  }
  const tokens = flattenAll(nodesOf(node.body)).flatMap((token) =>
    token.type === "group" ? token.tokens : [token],
  );
  const bold = node.font === "mathbf" || node.font === "boldsymbol";
  const [only] = tokens;
  // The unit vectors, which are no imaginary unit.
  if (bold && tokens.length === 1 && only?.type === "name" && /^[ijk]$/.test(only.text)) {
    return [{ type: "marked", mark: "hat", tokens }];
  }
  return [...tokens];
}
