/** @file Tokens -> expressions, by Python's grammar from the loosest operator to the tightest. */
import type { Cursor } from "./cursor.ts";
import { type Grammar, readAtom } from "./atom.ts";
import type { Argument, Expression, Loop, Parameter } from "./syntax.ts";

/** Binary operators from the loosest to the tightest; all but `**` take their left side first. */
const LEVELS: readonly (readonly string[])[] = [
  ["|"],
  ["^"],
  ["&"],
  ["<<", ">>"],
  ["+", "-"],
  ["*", "/", "//", "%", "@"],
];

const GRAMMAR: Grammar = {
  expression: readExpression,
  expressions: readExpressions,
  starred: readStarred,
  loops: readLoops,
};

/** `a, b`, a tuple without brackets, or one expression; each may have a star. */
export function readExpressions(cursor: Cursor): Expression {
  const at = cursor.place();
  const first = readStarred(cursor);
  if (!cursor.sees(",")) return first;
  const items = [first];
  while (cursor.accept(",")) {
    if (endsList(cursor)) break;
    items.push(readStarred(cursor));
  }
  return { kind: "tuple", items, at };
}

/** After a comma that may be the last: does the list end here? */
function endsList(cursor: Cursor): boolean {
  const token = cursor.peek();
  if (token.kind === "newline" || token.kind === "end") return true;
  return [")", "]", "}", "=", ":", ";", "in"].some((text) => cursor.sees(text));
}

function readStarred(cursor: Cursor): Expression {
  const at = cursor.place();
  if (!cursor.accept("*")) return readNamed(cursor);
  return { kind: "star", value: readOr(cursor), at };
}

/** `name := value` or any expression. */
function readNamed(cursor: Cursor): Expression {
  const at = cursor.place();
  const next = cursor.peek(1);
  if (cursor.peek().kind === "name" && next.kind === "operator" && next.text === ":=") {
    const name = cursor.name();
    cursor.expect(":=");
    return { kind: "walrus", name, value: readExpression(cursor), at };
  }
  return readExpression(cursor);
}

export function readExpression(cursor: Cursor): Expression {
  return cursor.deeper(() => {
    const at = cursor.place();
    if (cursor.accept("lambda")) {
      const parameters = readParameters(cursor, ":");
      cursor.expect(":");
      const value = readExpression(cursor);
      const body = [{ kind: "return" as const, value, at: value.at }];
      return { kind: "lambda", function: { name: "lambda", parameters, body }, at };
    }
    if (cursor.sees("yield") || cursor.sees("await")) return readBeyond(cursor);
    const yes = readOr(cursor);
    if (!cursor.accept("if")) return yes;
    const test = readOr(cursor);
    cursor.expect("else");
    return { kind: "choice", test, yes, no: readExpression(cursor), at };
  });
}

/** `yield` and `await` are read, and refused only where they are reached. */
function readBeyond(cursor: Cursor): Expression {
  const at = cursor.place();
  const token = cursor.take();
  cursor.accept("from");
  if (!endsList(cursor)) readExpressions(cursor);
  return { kind: "beyond", what: token.kind === "name" ? token.text : "this", at };
}

function readOr(cursor: Cursor): Expression {
  const at = cursor.place();
  let left = readAnd(cursor);
  while (cursor.accept("or")) left = { kind: "or", left, right: readAnd(cursor), at };
  return left;
}

function readAnd(cursor: Cursor): Expression {
  const at = cursor.place();
  let left = readNot(cursor);
  while (cursor.accept("and")) left = { kind: "and", left, right: readNot(cursor), at };
  return left;
}

function readNot(cursor: Cursor): Expression {
  const at = cursor.place();
  if (!cursor.accept("not")) return readComparison(cursor);
  return cursor.deeper(() => ({ kind: "unary", operator: "not", operand: readNot(cursor), at }));
}

function readComparison(cursor: Cursor): Expression {
  const at = cursor.place();
  const first = readBinary(cursor, 0);
  const rest: { operator: string; right: Expression }[] = [];
  for (;;) {
    const operator = comparisonAt(cursor);
    if (operator === undefined) break;
    rest.push({ operator, right: readBinary(cursor, 0) });
  }
  return rest.length === 0 ? first : { kind: "compare", first, rest, at };
}

function comparisonAt(cursor: Cursor): string | undefined {
  for (const operator of ["<", ">", "==", "!=", "<=", ">=", "in"])
    if (cursor.accept(operator)) return operator;
  if (cursor.accept("is")) return cursor.accept("not") ? "is not" : "is";
  const next = cursor.peek(1);
  if (cursor.sees("not") && next.kind === "name" && next.text === "in") {
    cursor.take();
    cursor.take();
    return "not in";
  }
  return undefined;
}

function readBinary(cursor: Cursor, level: number): Expression {
  const operators = LEVELS[level];
  if (operators === undefined) return readUnary(cursor);
  let left = readBinary(cursor, level + 1);
  for (;;) {
    const at = cursor.place();
    const operator = operators.find((text) => cursor.accept(text));
    if (operator === undefined) return left;
    left = { kind: "binary", operator, left, right: readBinary(cursor, level + 1), at };
  }
}

function readUnary(cursor: Cursor): Expression {
  const at = cursor.place();
  const operator = ["-", "+", "~"].find((text) => cursor.accept(text));
  if (operator === undefined) return readPower(cursor);
  return cursor.deeper(() => ({ kind: "unary", operator, operand: readUnary(cursor), at }));
}

/** `a ** b` takes its right side first, and binds tighter than a sign on its left. */
function readPower(cursor: Cursor): Expression {
  if (cursor.sees("await")) return readBeyond(cursor);
  const left = readTrailers(cursor);
  const at = cursor.place();
  if (!cursor.accept("**")) return left;
  return cursor.deeper(() => ({ kind: "binary", operator: "**", left, right: readUnary(cursor), at }));
}

/** An atom with the calls, indices and attributes that follow it. */
function readTrailers(cursor: Cursor): Expression {
  const start = cursor.place();
  let value = readAtom(cursor, GRAMMAR);
  for (;;) {
    const at = cursor.place();
    if (cursor.accept(".")) {
      const at = cursor.place();
      value = { kind: "attribute", object: value, name: cursor.name(), at };
    } else if (cursor.accept("("))
      value = { kind: "call", callee: value, args: readArguments(cursor), at: start };
    else if (cursor.accept("[")) {
      value = { kind: "index", object: value, index: readIndex(cursor), at };
      cursor.expect("]");
    } else return value;
  }
}

function readIndex(cursor: Cursor): Expression {
  const at = cursor.place();
  const first = readSlice(cursor);
  if (!cursor.sees(",")) return first;
  const items = [first];
  while (cursor.accept(",") && !cursor.sees("]")) items.push(readSlice(cursor));
  return { kind: "tuple", items, at };
}

function readSlice(cursor: Cursor): Expression {
  const at = cursor.place();
  const part = () => (cursor.sees(":") || cursor.sees("]") || cursor.sees(",") ? null : readNamed(cursor));
  const start = part();
  if (!cursor.accept(":")) {
    if (start === null) throw cursor.wrong("expected an index");
    return start;
  }
  const stop = part();
  const step = cursor.accept(":") ? part() : null;
  return { kind: "slice", start, stop, step, at };
}

/** Up to the closing bracket, which is taken. */
export function readArguments(cursor: Cursor): Argument[] {
  const args: Argument[] = [];
  while (!cursor.accept(")")) {
    args.push(readArgument(cursor));
    if (!cursor.sees(")")) cursor.expect(",");
  }
  return args;
}

function readArgument(cursor: Cursor): Argument {
  if (cursor.accept("**")) return { name: null, stars: 2, value: readExpression(cursor) };
  if (cursor.accept("*")) return { name: null, stars: 1, value: readExpression(cursor) };
  const next = cursor.peek(1);
  if (cursor.peek().kind === "name" && next.kind === "operator" && next.text === "=") {
    const name = cursor.name();
    cursor.expect("=");
    return { name, stars: 0, value: readExpression(cursor) };
  }
  const value = readNamed(cursor);
  if (!cursor.sees("for") && !cursor.sees("async")) return { name: null, stars: 0, value };
  const loops = readLoops(cursor);
  return {
    name: null,
    stars: 0,
    value: { kind: "comprehension", of: "generator", key: null, value, loops, at: value.at },
  };
}

/** The `for ... in ... if ...` of a comprehension. */
function readLoops(cursor: Cursor): Loop[] {
  const loops: Loop[] = [];
  while (cursor.sees("for") || cursor.sees("async")) {
    cursor.accept("async");
    cursor.expect("for");
    const target = readTargets(cursor);
    cursor.expect("in");
    const items = readOr(cursor);
    const conditions = [];
    while (cursor.accept("if"))
      conditions.push(cursor.sees("lambda") ? readExpression(cursor) : readOr(cursor));
    loops.push({ target, items, conditions });
  }
  return loops;
}

/** What a `for` assigns to: no comparison, for its `in` ends it. */
export function readTargets(cursor: Cursor): Expression {
  const at = cursor.place();
  const one = () => {
    const at = cursor.place();
    return cursor.accept("*")
      ? { kind: "star" as const, value: readBinary(cursor, 0), at }
      : readBinary(cursor, 0);
  };
  const first = one();
  if (!cursor.sees(",")) return first;
  const items = [first];
  while (cursor.accept(",") && !endsList(cursor)) items.push(one());
  return { kind: "tuple", items, at };
}

/** The parameters of a function up to `end`, which stays. */
export function readParameters(cursor: Cursor, end: ")" | ":"): Parameter[] {
  const parameters: Parameter[] = [];
  let named = false;
  while (!cursor.sees(end)) {
    if (cursor.accept("/")) {
      // Those before it have no name to call them by; to us it is the same.
    } else if (cursor.sees("*") || cursor.sees("**")) {
      const stars = cursor.accept("**") ? 2 : (cursor.expect("*"), 1);
      if (stars === 2 || !cursor.sees(","))
        parameters.push({ ...readParameter(cursor, end), stars, named: true });
      named = true;
    } else parameters.push({ ...readParameter(cursor, end), stars: 0, named });
    if (!cursor.sees(end)) cursor.expect(",");
  }
  return parameters;
}

function readParameter(cursor: Cursor, end: ")" | ":"): { name: string; fallback: Expression | null } {
  const name = cursor.name();
  if (end === ")" && cursor.accept(":")) readExpression(cursor);
  return { name, fallback: cursor.accept("=") ? readExpression(cursor) : null };
}
