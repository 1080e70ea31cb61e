/** @file Expressions -> values, with bounded work. Statements are in interpret.ts. */
import { isUnread, unread } from "./builtin.ts";
import { namesOf, unknownCall } from "./call.ts";
import { compare } from "./comparison.ts";
import { itemAt } from "./item.ts";
import { itemsOf, iterator, type Next, nextOf } from "./iterate.ts";
import { methodOf } from "./method.ts";
import { binary, unary } from "./operator.ts";
import { notImported, type Place } from "./refusal.ts";
import type { Argument, Expression, FormattedPart, FunctionSyntax, Loop, Statement } from "./syntax.ts";
import { formatted, reprOf, strOf } from "./text.ts";
import {
  type Arguments,
  isThing,
  keyOf,
  known,
  list,
  type Run,
  type Scope,
  truth,
  tuple,
  typeName,
  type Value,
  whole,
} from "./value.ts";

/** Steps of one file; a scenario takes a few thousand. */
const MOST_STEPS = 1_000_000;
/** Expressions in expressions, and calls in calls. */
const DEEPEST = 600;

export function scopeIn(outer: Scope | null, loop = false): Scope {
  return { names: new Map(), outer, outside: new Map(), loop };
}

function outermost(scope: Scope): Scope {
  let one = scope;
  while (one.outer !== null) one = one.outer;
  return one;
}

/** Where an assignment in `scope` puts a name. */
export function homeOf(scope: Scope, name: string): Scope {
  const where = scope.outside.get(name);
  if (where === undefined || scope.outer === null) return scope;
  if (where === "global") return outermost(scope);
  let home = scope.outer;
  while (!home.names.has(name) && home.outer?.outer) home = home.outer;
  return home.names.has(name) ? home : scope.outer;
}

export abstract class Evaluator implements Run {
  #steps = 0;
  #depth = 0;
  readonly #builtins: ReadonlyMap<string, Value>;
  usesNumpy = false;
  /** The names of the function that runs; null for those of the file. */
  protected here: Scope | null = null;

  constructor(builtins: ReadonlyMap<string, Value>) {
    this.#builtins = builtins;
  }

  /** What the body of a function returns. */
  protected abstract runBody(body: readonly Statement[], scope: Scope): Value;

  /** Binds a name, or the names of a list, to a value. */
  protected abstract assign(target: Expression, value: Value, scope: Scope): void;

  spend(amount: number, at: Place): void {
    this.#steps += amount;
    if (this.#steps > MOST_STEPS)
      throw notImported(at, `the file does not end within ${MOST_STEPS} steps; the last was`);
  }

  evaluate(expression: Expression, scope: Scope): Value {
    this.spend(1, expression.at);
    return this.deeper(expression.at, () => this.#evaluate(expression, scope));
  }

  deeper<T>(at: Place, call: () => T): T {
    if (this.#depth >= DEEPEST) throw notImported(at, `more than ${DEEPEST} calls or operators are nested`);
    this.#depth++;
    try {
      return call();
    } finally {
      this.#depth--;
    }
  }

  #evaluate(expression: Expression, scope: Scope): Value {
    const { at } = expression;
    const of = (inner: Expression) => this.evaluate(inner, scope);
    switch (expression.kind) {
      case "int":
      case "float":
      case "string":
      case "constant":
        return expression.value;
      case "formatted":
        return this.#format(expression.parts, scope, at);
      case "name":
        return this.#lookUp(expression.name, scope, at);
      case "list":
        return list(this.#items(expression.items, scope));
      case "tuple":
        return tuple(this.#items(expression.items, scope));
      case "set":
        return setOf(this.#items(expression.items, scope), this, at);
      case "dict":
        return this.#dict(expression.entries, scope);
      case "comprehension":
        return this.#comprehend(expression, scope);
      case "attribute":
        return this.#attribute(of(expression.object), expression.name, at);
      case "index":
        return itemAt(of(expression.object), of(expression.index), this, at);
      case "slice": {
        const bound = (inner: Expression | null) => {
          const value = inner === null ? null : of(inner);
          return value === null ? null : BigInt(whole(value, "a bound of a slice", at));
        };
        const { start, stop, step } = expression;
        return { kind: "slice", start: bound(start), stop: bound(stop), step: bound(step) };
      }
      case "call":
        return this.callWith(of(expression.callee), this.#arguments(expression.args, scope), at);
      case "unary":
        if (expression.operator === "not") return !truth(of(expression.operand), at);
        return unary(expression.operator, of(expression.operand), at);
      case "binary":
        return binary(expression.operator, of(expression.left), of(expression.right), this, at);
      case "compare":
        return this.#compare(expression.first, expression.rest, scope, at);
      case "and": {
        const left = of(expression.left);
        return truth(left, at) ? of(expression.right) : left;
      }
      case "or": {
        const left = of(expression.left);
        return truth(left, at) ? left : of(expression.right);
      }
      case "choice":
        return truth(of(expression.test), at) ? of(expression.yes) : of(expression.no);
      case "lambda":
        return this.closure(expression.function, scope);
      case "walrus": {
        const value = of(expression.value);
        let home = scope;
        while (home.loop && home.outer !== null) home = home.outer;
        this.assign({ kind: "name", name: expression.name, at }, value, home);
        return value;
      }
      case "star":
        throw notImported(at, "a star stands where nothing is unpacked");
      default:
        throw notImported(at, `"${expression.what}" is not followed`);
    }
  }

  #lookUp(name: string, scope: Scope, at: Place): Value {
    for (let one: Scope | null = scope; one !== null; one = one.outer) {
      if (one.outside.get(name) === "global") one = outermost(one);
      const value = one.names.get(name);
      if (value !== undefined) return value;
    }
    const value = this.#builtins.get(name);
    if (value === undefined && isUnread(name)) return unread(name, at);
    if (value === undefined) throw notImported(at, `nothing is called "${name}"`);
    return value;
  }

  #items(items: readonly Expression[], scope: Scope): Value[] {
    return items.flatMap((item) => {
      if (item.kind !== "star") return [this.evaluate(item, scope)];
      return [...itemsOf(this.evaluate(item.value, scope), this, item.at)];
    });
  }

  #dict(entries: Extract<Expression, { kind: "dict" }>["entries"], scope: Scope): Value {
    const made = new Map<string, [Value, Value]>();
    for (const { key, value } of entries) {
      const item = this.evaluate(value, scope);
      if (key === null) {
        if (!isThing(known(item)) || (item as { kind: string }).kind !== "dict")
          throw notImported(value.at, "** takes a dict");
        for (const [text, entry] of (item as Extract<Value, { kind: "dict" }>).entries) made.set(text, entry);
      } else {
        const name = this.evaluate(key, scope);
        made.set(keyOf(name, this, key.at), [name, item]);
      }
    }
    return { kind: "dict", entries: made };
  }

  #comprehend(
    { of, key, value, loops, at }: Extract<Expression, { kind: "comprehension" }>,
    scope: Scope,
  ): Value {
    const inner = scopeIn(scope, true);
    const each = () => {
      if (key === null) return this.evaluate(value, inner);
      return tuple([this.evaluate(key, inner), this.evaluate(value, inner)]);
    };
    const [{ items: first }] = loops as readonly [Loop];
    const made = this.#loop(loops, 0, nextOf(this.evaluate(first, scope), this, first.at), inner, each);
    if (of === "generator") {
      const next = () => {
        const { done, value: item } = made.next();
        return done === true ? undefined : item;
      };
      return iterator(next, this, at);
    }
    const items = [...made];
    if (of === "list") return list(items);
    if (of === "set") return setOf(items, this, at);
    const pairs = items.map((pair) => itemsOf(pair, this, at) as [Value, Value]);
    return { kind: "dict", entries: new Map(pairs.map((pair) => [keyOf(pair[0], this, at), pair])) };
  }

  *#loop(
    loops: readonly Loop[],
    place: number,
    next: Next,
    scope: Scope,
    each: () => Value,
  ): Generator<Value, undefined> {
    const { target, conditions } = loops[place]!;
    if (place > 20) throw notImported(target.at, "a comprehension has more than 20 loops");
    for (let item = next(); item !== undefined; item = next()) {
      this.assign(target, item, scope);
      if (!conditions.every((condition) => truth(this.evaluate(condition, scope), condition.at))) continue;
      const inner = loops[place + 1]?.items;
      if (inner === undefined) yield each();
      else {
        const items = nextOf(this.evaluate(inner, scope), this, inner.at);
        yield* this.#loop(loops, place + 1, items, scope, each);
      }
    }
    return undefined;
  }

  #format(parts: readonly (string | FormattedPart)[], scope: Scope, at: Place): Value {
    let text = "";
    for (const part of parts) {
      if (typeof part === "string") text += part;
      else {
        const value = this.evaluate(part.value, scope);
        if (isThing(value) && value.kind === "unknown") return value;
        const shown =
          part.conversion === "r"
            ? reprOf(value, this, at)
            : part.conversion === ""
              ? value
              : strOf(value, this, at);
        text += formatted(shown, part.spec, this, at);
      }
    }
    this.spend(text.length, at);
    return text;
  }

  #attribute(object: Value, name: string, at: Place): Value {
    if (isThing(object)) {
      if (object.kind === "unknown") return object;
      if (object.kind === "host") return object.get(name, at);
      if (object.kind === "module") {
        return (
          object.members.get(name) ?? {
            kind: "unknown",
            at,
            says: `"${object.name}.${name}" is not read here`,
          }
        );
      }
      if (object.kind === "enum" && name === "name") return object.name;
      if (object.kind === "enum" && name === "value") return object.number;
    }
    const method = methodOf(object, name);
    if (method === undefined) throw notImported(at, `${typeName(object)} has no "${name}" that is read here`);
    return method;
  }

  #compare(
    first: Expression,
    rest: readonly { operator: string; right: Expression }[],
    scope: Scope,
    at: Place,
  ): Value {
    let left = this.evaluate(first, scope);
    let result: Value = true;
    for (const [i, { operator, right }] of rest.entries()) {
      const value = this.evaluate(right, scope);
      result = compare(operator, left, value, this, at);
      if (i < rest.length - 1 && !truth(result, at)) return result;
      left = value;
    }
    return result;
  }

  #arguments(args: readonly Argument[], scope: Scope): Arguments {
    const positional: Value[] = [];
    const named = new Map<string, Value>();
    for (const { name, stars, value } of args) {
      const given = this.evaluate(value, scope);
      if (stars === 1) for (const item of itemsOf(given, this, value.at)) positional.push(item);
      else if (stars === 2) {
        if (!isThing(known(given)) || (given as { kind: string }).kind !== "dict")
          throw notImported(value.at, "** takes a dict");
        for (const [key, item] of (given as Extract<Value, { kind: "dict" }>).entries.values())
          named.set(strOf(key, this, value.at), item);
      } else if (name === null) positional.push(given);
      else if (named.has(name)) throw notImported(value.at, `"${name}" is given twice`);
      else named.set(name, given);
    }
    return { positional, named };
  }

  /** A function with the values of its defaults, which Python takes once. */
  closure(syntax: FunctionSyntax, scope: Scope): Value {
    const fallbacks = new Map<string, Value>();
    for (const { name, fallback } of syntax.parameters) {
      if (fallback !== null) fallbacks.set(name, this.evaluate(fallback, scope));
    }
    return { kind: "function", syntax, scope, fallbacks };
  }

  call(callee: Value, positional: readonly Value[], at: Place): Value {
    return this.callWith(callee, { positional, named: new Map() }, at);
  }

  callWith(callee: Value, args: Arguments, at: Place): Value {
    this.spend(1, at);
    if (isThing(callee)) {
      if (callee.kind === "builtin") return callee.call(args, this, at);
      if (callee.kind === "unknown") return unknownCall(callee, args);
      if (callee.kind === "function") {
        const before = this.here;
        this.here = { ...scopeIn(callee.scope), names: namesOf(callee, args, at) };
        try {
          return this.runBody(callee.syntax.body, this.here);
        } finally {
          this.here = before;
        }
      }
    }
    throw notImported(at, `a value of type ${typeName(callee)} cannot be called`);
  }
}

function setOf(items: readonly Value[], run: Run, at: Place): Value {
  return { kind: "set", entries: new Map(items.map((item) => [keyOf(item, run, at), item])) };
}
