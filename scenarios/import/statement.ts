/** @file Tokens -> statements: the whole grammar of a file, with what is beyond the importer marked as such. */
import { Cursor, KEYWORDS } from "./cursor.ts";
import { readArguments, readExpression, readExpressions, readParameters, readTargets } from "./expression.ts";
import { notPython } from "./refusal.ts";
import type { Expression, Import, Statement } from "./syntax.ts";
import { tokensOf } from "./token.ts";

/** Longer files are no scenarios. */
const LONGEST = 500_000;

/** The statements of a file. */
export function parsePython(text: string): Statement[] {
  if (text.length > LONGEST)
    throw notPython({ line: 1, column: 1 }, `the text is longer than ${LONGEST} characters`);
  const cursor = new Cursor(tokensOf(text));
  const statements: Statement[] = [];
  while (cursor.peek().kind !== "end") statements.push(...readStatements(cursor));
  return statements;
}

/** One expression that fills the text, as for `eval`. */
export function parseExpression(text: string): Expression {
  const cursor = new Cursor(tokensOf(text.trim()));
  const value = readExpressions(cursor);
  endLine(cursor);
  if (cursor.peek().kind !== "end") throw cursor.wrong("expected the end");
  return value;
}

/** A compound statement, or the simple ones of a line. */
function readStatements(cursor: Cursor): Statement[] {
  if (cursor.peek().kind === "indent") throw cursor.wrong("expected a line without more indent");
  const compound = readCompound(cursor);
  if (compound !== undefined) return [compound];
  const statements = [readSimple(cursor)];
  while (cursor.accept(";")) {
    if (cursor.peek().kind === "newline") break;
    statements.push(readSimple(cursor));
  }
  endLine(cursor);
  return statements;
}

function endLine(cursor: Cursor): void {
  if (cursor.peek().kind !== "newline") throw cursor.wrong("expected the end of the line");
  cursor.take();
}

/** `: statement` on the line, or an indented block. */
function readBlock(cursor: Cursor): Statement[] {
  return cursor.deeper(() => {
    cursor.expect(":");
    if (cursor.peek().kind !== "newline") return readStatements(cursor);
    cursor.take();
    if (cursor.peek().kind !== "indent") throw cursor.wrong("expected an indented block");
    cursor.take();
    const statements: Statement[] = [];
    while (cursor.peek().kind !== "dedent" && cursor.peek().kind !== "end") {
      statements.push(...readStatements(cursor));
    }
    cursor.take();
    return statements;
  });
}

function readCompound(cursor: Cursor): Statement | undefined {
  const at = cursor.place();
  if (cursor.accept("if")) return readIf(cursor, at);
  if (cursor.accept("for")) {
    const target = readTargets(cursor);
    cursor.expect("in");
    const items = readExpressions(cursor);
    const body = readBlock(cursor);
    return { kind: "for", target, items, body, otherwise: readElse(cursor), at };
  }
  if (cursor.accept("while")) {
    const test = readExpression(cursor);
    const body = readBlock(cursor);
    return { kind: "while", test, body, otherwise: readElse(cursor), at };
  }
  if (cursor.accept("def")) return readFunction(cursor, at);
  if (cursor.accept("try")) return readTry(cursor, at);
  if (cursor.sees("@") || cursor.sees("class") || cursor.sees("with") || cursor.sees("async")) {
    return readMarked(cursor);
  }
  if (seesMatch(cursor)) return readMatch(cursor);
  return undefined;
}

function readIf(cursor: Cursor, at: Statement["at"]): Statement {
  const branches = [];
  do {
    const test = readExpression(cursor);
    branches.push({ test, body: readBlock(cursor) });
  } while (cursor.accept("elif"));
  return { kind: "if", branches, otherwise: readElse(cursor), at };
}

function readElse(cursor: Cursor): Statement[] {
  return cursor.accept("else") ? readBlock(cursor) : [];
}

function readFunction(cursor: Cursor, at: Statement["at"]): Statement {
  const name = cursor.name();
  cursor.expect("(");
  const parameters = readParameters(cursor, ")");
  cursor.expect(")");
  if (cursor.accept("->")) readExpression(cursor);
  return { kind: "function", function: { name, parameters, body: readBlock(cursor) }, at };
}

/** Handlers are read, and never run: what fails here stops the import. */
function readTry(cursor: Cursor, at: Statement["at"]): Statement {
  const body = readBlock(cursor);
  const handlers: Statement[] = [];
  while (cursor.accept("except")) {
    cursor.accept("*");
    if (!cursor.sees(":")) readExpressions(cursor);
    if (cursor.accept("as")) cursor.name();
    handlers.push(...readBlock(cursor));
  }
  const otherwise = readElse(cursor);
  const last = cursor.accept("finally") ? readBlock(cursor) : [];
  return { kind: "try", body, handlers, otherwise, last, at };
}

/** Decorators, classes, `with` and `async`: refused only where they are reached. */
function readMarked(cursor: Cursor): Statement {
  const at = cursor.place();
  let what: string | undefined;
  while (cursor.accept("@")) {
    what = "a decorator";
    readExpression(cursor);
    endLine(cursor);
  }
  if (cursor.accept("async")) what ??= "async";
  if (cursor.accept("class")) {
    const name = cursor.name();
    if (cursor.accept("(")) readArguments(cursor);
    return { kind: "beyond", what: what ?? "a class", binds: name, inner: readBlock(cursor), at };
  }
  if (cursor.accept("with")) {
    cursor.skipTo(":");
    return { kind: "beyond", what: what ?? "a with block", binds: null, inner: readBlock(cursor), at };
  }
  const inner = cursor.deeper(() => readCompound(cursor));
  if (inner === undefined) throw cursor.wrong("expected a function or a class");
  const binds =
    inner.kind === "function" ? inner.function.name : inner.kind === "beyond" ? inner.binds : null;
  return { kind: "beyond", what: what ?? "this", binds, inner: [inner], at };
}

/** `match value:` with its cases, whose patterns are passed over. */
function readMatch(cursor: Cursor): Statement {
  const at = cursor.place();
  cursor.take();
  cursor.skipTo(":");
  for (const kind of ["operator", "newline", "indent"])
    if (cursor.take().kind !== kind) throw cursor.wrong("expected a case");
  const inner: Statement[] = [];
  while (cursor.accept("case")) {
    cursor.skipTo(":");
    inner.push(...readBlock(cursor));
  }
  if (cursor.peek().kind !== "dedent") throw cursor.wrong("expected a case");
  cursor.take();
  return { kind: "beyond", what: "match", binds: null, inner, at };
}

/** `match` may also be a name: it is none where the line ends in a colon and a case follows. */
function seesMatch(cursor: Cursor): boolean {
  if (!cursor.sees("match")) return false;
  let ahead = 1;
  while (!["newline", "end"].includes(cursor.peek(ahead).kind)) ahead++;
  const [colon, , indent, word] = [-1, 0, 1, 2].map((place) => cursor.peek(ahead + place));
  return (
    colon?.kind === "operator" &&
    colon.text === ":" &&
    indent?.kind === "indent" &&
    word?.kind === "name" &&
    word.text === "case"
  );
}

function readSimple(cursor: Cursor): Statement {
  const at = cursor.place();
  const token = cursor.peek();
  if (token.kind === "name" && KEYWORDS.has(token.text)) {
    const statement = readKeyword(cursor, token.text, at);
    if (statement !== undefined) return statement;
  }
  const value = readExpressions(cursor);
  if (cursor.accept(":")) {
    readExpression(cursor);
    if (!cursor.accept("=")) return { kind: "pass", at };
    return { kind: "assign", targets: [assigned(value)], value: readExpressions(cursor), at };
  }
  const next = cursor.peek();
  if (next.kind === "operator" && /^(?!=|<=|>=|!=|==).+=$/.test(next.text) && next.text !== ":=") {
    cursor.take();
    const operator = next.text.slice(0, -1);
    return { kind: "augment", target: assigned(value), operator, value: readExpressions(cursor), at };
  }
  if (!cursor.sees("=")) return { kind: "expression", value, at };
  const targets: Expression[] = [];
  let last = value;
  while (cursor.accept("=")) {
    targets.push(assigned(last));
    last = readExpressions(cursor);
  }
  return { kind: "assign", targets, value: last, at };
}

/** What stands left of `=` must be able to. */
function assigned(target: Expression): Expression {
  switch (target.kind) {
    case "name":
    case "attribute":
    case "index":
      return target;
    case "star":
      assigned(target.value);
      return target;
    case "list":
    case "tuple":
      target.items.forEach(assigned);
      return target;
    default:
      throw notPython(target.at, "what stands before the = cannot be assigned to");
  }
}

function readKeyword(cursor: Cursor, keyword: string, at: Statement["at"]): Statement | undefined {
  const names = () => {
    const list = [cursor.name()];
    while (cursor.accept(",")) list.push(cursor.name());
    return list;
  };
  const ends = () => cursor.peek().kind === "newline" || cursor.sees(";");
  switch (keyword) {
    case "pass":
    case "break":
    case "continue":
      cursor.take();
      return { kind: keyword, at };
    case "return":
      cursor.take();
      return { kind: "return", value: ends() ? null : readExpressions(cursor), at };
    case "global":
    case "nonlocal":
      cursor.take();
      return { kind: keyword, names: names(), at };
    case "del": {
      cursor.take();
      const value = readExpressions(cursor);
      return { kind: "delete", targets: value.kind === "tuple" ? value.items : [value], at };
    }
    case "assert": {
      cursor.take();
      const test = readExpression(cursor);
      if (cursor.accept(",")) readExpression(cursor);
      return { kind: "assert", test, at };
    }
    case "raise":
      cursor.take();
      if (!ends()) readExpressions(cursor);
      if (cursor.accept("from")) readExpression(cursor);
      return { kind: "beyond", what: "raise", binds: null, inner: [], at };
    case "import":
    case "from":
      return { kind: "import", names: readImport(cursor), at };
    default:
      return undefined;
  }
}

function readImport(cursor: Cursor): Import[] {
  const at = cursor.place();
  const alias = () => (cursor.accept("as") ? cursor.name() : null);
  const dotted = () => {
    let name = cursor.name();
    while (cursor.accept(".")) name += `.${cursor.name()}`;
    return name;
  };
  if (cursor.accept("import")) {
    const names: Import[] = [];
    do names.push({ module: dotted(), name: null, alias: alias(), at });
    while (cursor.accept(","));
    return names;
  }
  cursor.expect("from");
  let module = "";
  while (cursor.sees(".") || cursor.sees("..."))
    module += cursor.accept("...") ? "..." : (cursor.expect("."), ".");
  if (!cursor.sees("import")) module += dotted();
  cursor.expect("import");
  if (cursor.accept("*")) return [{ module, name: "*", alias: null, at }];
  const round = cursor.accept("(");
  const names: Import[] = [];
  do {
    if (round && cursor.sees(")")) break;
    names.push({ module, name: cursor.name(), alias: alias(), at });
  } while (cursor.accept(","));
  if (round) cursor.expect(")");
  return names;
}
