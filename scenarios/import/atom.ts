/** @file Tokens -> the smallest expressions: names, numbers, strings, and what stands in brackets. */
import { type Cursor, KEYWORDS } from "./cursor.ts";
import { readFormatted } from "./formatted.ts";
import type { Expression, FormattedPart, Loop } from "./syntax.ts";

/** How to read what brackets hold; expression.ts, which reads atoms, gives it. */
export interface Grammar {
  expression(cursor: Cursor): Expression;
  /** One, or a tuple without brackets. */
  expressions(cursor: Cursor): Expression;
  /** With a star before it, or a name and `:=`. */
  starred(cursor: Cursor): Expression;
  loops(cursor: Cursor): Loop[];
}

const CONSTANTS: Readonly<Record<string, boolean | null>> = { True: true, False: false, None: null };

export function readAtom(cursor: Cursor, grammar: Grammar): Expression {
  const at = cursor.place();
  const token = cursor.peek();
  switch (token.kind) {
    case "int":
      cursor.take();
      return { kind: "int", value: token.value, at };
    case "float":
      cursor.take();
      return { kind: "float", value: token.value, at };
    case "string":
      return readStrings(cursor, grammar);
    case "name":
      if (Object.hasOwn(CONSTANTS, token.text)) {
        cursor.take();
        return { kind: "constant", value: CONSTANTS[token.text]!, at };
      }
      if (KEYWORDS.has(token.text)) throw cursor.wrong("expected a value");
      return { kind: "name", name: cursor.name(), at };
    case "operator":
      if (cursor.accept("(")) return readRound(cursor, grammar, at);
      if (cursor.accept("[")) return readSquare(cursor, grammar, at);
      if (cursor.accept("{")) return readCurly(cursor, grammar, at);
      if (cursor.accept("...")) return { kind: "beyond", what: "...", at };
  }
  throw cursor.wrong("expected a value");
}

/** Strings that stand side by side are one. */
function readStrings(cursor: Cursor, grammar: Grammar): Expression {
  const at = cursor.place();
  const parts: (string | FormattedPart)[] = [];
  for (let token = cursor.peek(); token.kind === "string"; token = cursor.peek()) {
    parts.push(
      ...(token.formatted ? readFormatted(token, (inner) => grammar.expressions(inner)) : [token.value]),
    );
    cursor.take();
  }
  if (parts.every((part) => typeof part === "string")) return { kind: "string", value: parts.join(""), at };
  return { kind: "formatted", parts, at };
}

/** `()`, `(a, b)` or `(a)`. */
function readRound(cursor: Cursor, grammar: Grammar, at: Expression["at"]): Expression {
  if (cursor.accept(")")) return { kind: "tuple", items: [], at };
  const value = grammar.expressions(cursor);
  if (!cursor.sees(")")) {
    const loops = grammar.loops(cursor);
    cursor.expect(")");
    return { kind: "comprehension", of: "generator", key: null, value, loops, at };
  }
  cursor.expect(")");
  return value.kind === "tuple" ? { ...value, at } : value;
}

function readSquare(cursor: Cursor, grammar: Grammar, at: Expression["at"]): Expression {
  const items: Expression[] = [];
  while (!cursor.sees("]")) {
    items.push(grammar.starred(cursor));
    if (items.length === 1 && (cursor.sees("for") || cursor.sees("async"))) {
      const loops = grammar.loops(cursor);
      cursor.expect("]");
      return { kind: "comprehension", of: "list", key: null, value: items[0]!, loops, at };
    }
    if (!cursor.sees("]")) cursor.expect(",");
  }
  cursor.expect("]");
  return { kind: "list", items, at };
}

/** A dict or a set; `{}` is a dict. */
function readCurly(cursor: Cursor, grammar: Grammar, at: Expression["at"]): Expression {
  const entries: { key: Expression | null; value: Expression }[] = [];
  const items: Expression[] = [];
  while (!cursor.sees("}")) {
    if (cursor.accept("**")) entries.push({ key: null, value: grammar.expression(cursor) });
    else {
      const first = grammar.starred(cursor);
      if (items.length === 0 && cursor.accept(":"))
        entries.push({ key: first, value: grammar.expression(cursor) });
      else items.push(first);
    }
    if (entries.length > 0 && items.length > 0) throw cursor.wrong("expected a key, a colon and a value");
    if (entries.length + items.length === 1 && (cursor.sees("for") || cursor.sees("async"))) {
      const loops = grammar.loops(cursor);
      cursor.expect("}");
      const [entry] = entries;
      if (entry) return { kind: "comprehension", of: "dict", key: entry.key, value: entry.value, loops, at };
      return { kind: "comprehension", of: "set", key: null, value: items[0]!, loops, at };
    }
    if (!cursor.sees("}")) cursor.expect(",");
  }
  cursor.expect("}");
  return items.length > 0 ? { kind: "set", items, at } : { kind: "dict", entries, at };
}
