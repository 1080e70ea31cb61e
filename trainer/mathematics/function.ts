/** @file Functions with their arguments: \sin 2x, \log_2 8, \max(1, 2), sums and products. */
import { apply, type Expression, number } from "./expression.ts";
import { bracketed } from "./bracket.ts";
import { type Cursor, peek, signAt, startsFactor, take, Unreadable } from "./cursor.ts";
import { FUNCTIONS } from "./notation.ts";
import { whole } from "./rational.ts";
import { table } from "./table.ts";
import { textOf, type Token } from "./token.ts";

/** Letters that name a function where a bracket follows. */
export const isFunctionName = (name: string): boolean => /^[fghFGH](?:_.*|'*)$/.test(name);

const LISTS = new Set(["gcd", "lcm", "max", "min"]);
const INVERSES = table<string>({
  sin: "arcsin",
  cos: "arccos",
  tan: "arctan",
  cot: "arccot",
  sinh: "arsinh",
  cosh: "arcosh",
  tanh: "artanh",
});

export function callOf(cursor: Cursor): Expression {
  const token = peek(cursor);
  if (token?.type !== "function") throw new Unreadable();
  cursor.at++;
  const script = peek(cursor);
  const scripts = script?.type === "script" ? script : undefined;
  if (scripts) cursor.at++;
  if (token.name === "sum" || token.name === "prod") return seriesOf(token.name, scripts, cursor);
  const name = FUNCTIONS[token.name];
  if (name === undefined) throw new Unreadable();
  const power = scripts?.sup && cursor.grammar.all(scripts.sup, cursor.depth);
  const inverse =
    power?.kind === "apply" && power.operator === "negate" && textOf(scripts!.sup!) === "-1"
      ? INVERSES[name]
      : undefined;
  const value = valueOf(inverse ?? name, scripts?.sub, cursor);
  return power && !inverse ? apply("^", value, power) : value;
}

function valueOf(name: string, sub: readonly Token[] | undefined, cursor: Cursor): Expression {
  if (LISTS.has(name)) {
    const inner = bracketed(cursor);
    return apply(name, ...(inner.kind === "collection" ? inner.items : [inner]));
  }
  const argument = argumentOf(cursor);
  if (name === "log" && sub) return apply("log", argument, cursor.grammar.all(sub, cursor.depth));
  if (sub) throw new Unreadable();
  if (name === "lg") return apply("log", argument, number(whole(10)));
  // Without a base \log is the natural one or that of 10, as the question has it.
  if (name === "log") return apply("log?", argument);
  if (name === "sqrt") return apply("root", argument, number(whole(2)));
  if (name === "cbrt") return apply("root", argument, number(whole(3)));
  return apply(name, argument);
}

/** A bracket, or the product that stands there: \sin 2x, but \sin x \cos x are two. */
function argumentOf(cursor: Cursor): Expression {
  if (take(cursor, "-")) return apply("negate", argumentOf(cursor));
  const opening = signAt(cursor);
  if (opening === "(" || opening === "[" || opening === "{") return bracketed(cursor);
  let argument = cursor.grammar.factor(cursor);
  for (;;) {
    const next = peek(cursor);
    if (!startsFactor(cursor) || next?.type === "function" || next?.type === "sign") return argument;
    argument = apply("*", argument, cursor.grammar.factor(cursor));
  }
}

/** \sum_{k=1}^{n} and \prod over what follows, up to the next plus or minus. */
function seriesOf(
  name: string,
  scripts: (Token & { type: "script" }) | undefined,
  cursor: Cursor,
): Expression {
  if (!scripts?.sub || !scripts.sup) throw new Unreadable();
  const start = cursor.grammar.all(scripts.sub, cursor.depth);
  if (start.kind !== "relation" || start.operators.length !== 1 || start.operators[0] !== "=")
    throw new Unreadable();
  const [index, from] = start.sides as [Expression, Expression];
  if (index.kind !== "symbol") throw new Unreadable();
  const to = cursor.grammar.all(scripts.sup, cursor.depth);
  const [body, ...rest] = termsOf(cursor.grammar.sum(cursor));
  const series: Expression = {
    kind: "sum",
    product: name === "prod",
    index: index.name,
    from,
    to,
    body: body!,
  };
  return rest.length === 0 ? series : apply("+", series, ...rest);
}

const termsOf = (sum: Expression): readonly Expression[] =>
  sum.kind === "apply" && sum.operator === "+" ? sum.operands : [sum];
