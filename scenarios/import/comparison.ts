/** @file What Python's comparisons give: order, equality, identity and membership. */
import { isArray } from "./array.ts";
import { combine } from "./broadcast.ts";
import { nextOf } from "./iterate.ts";
import { asNumber } from "./operator.ts";
import { notImported, type Place } from "./refusal.ts";
import { isThing, keyOf, known, type Run, typeName, type Value } from "./value.ts";

export function compare(operator: string, left: Value, right: Value, run: Run, at: Place): Value {
  if (operator === "is" || operator === "is not") return same(left, right, run, at) === (operator === "is");
  if (isThing(left) && left.kind === "unknown") return left;
  if (isThing(right) && right.kind === "unknown") return right;
  if (operator === "in" || operator === "not in")
    return contains(right, left, run, at) === (operator === "in");
  if (isArray(left) || isArray(right)) {
    return combine(left, right, (a, b) => compare(operator, a, b, run, at), run, at);
  }
  if (operator === "==" || operator === "!=") return equal(left, right, run, at) === (operator === "==");
  const order = orderOf(left, right, run, at);
  switch (operator) {
    case "<":
      return order < 0;
    case "<=":
      return order <= 0;
    case ">":
      return order > 0;
    default:
      return order >= 0;
  }
}

/** `is`: exact for None, truth values and what is one object; else as ==, which is what those who write it mean. */
function same(left: Value, right: Value, run: Run, at: Place): boolean {
  known(left);
  known(right);
  if (isThing(left) && isThing(right))
    return left === right || (left.kind === "enum" && equal(left, right, run, at));
  return typeof left === typeof right && equal(left, right, run, at);
}

function contains(container: Value, value: Value, run: Run, at: Place): boolean {
  if (typeof container === "string") {
    if (typeof value !== "string") throw notImported(at, `a string holds no ${typeName(value)}`);
    run.spend(container.length, at);
    return container.includes(value);
  }
  if (isThing(container) && (container.kind === "dict" || container.kind === "set")) {
    return container.entries.has(keyOf(value, run, at));
  }
  const next = nextOf(container, run, at);
  for (let item = next(); item !== undefined; item = next()) if (equal(item, value, run, at)) return true;
  return false;
}

export function equal(left: Value, right: Value, run: Run, at: Place, depth = 0): boolean {
  run.spend(1, at);
  known(left);
  known(right);
  if (depth > 20) throw notImported(at, "a value holds itself");
  const open = [left, right].find((one) => isThing(one) && (one.kind === "view" || one.kind === "array"));
  if (left !== right && open !== undefined)
    throw notImported(at, `what a value of type ${typeName(open)} is equal to is not read here`);
  const a = asNumber(left);
  const b = asNumber(right);
  if (a !== undefined && b !== undefined)
    return a === b || (typeof a !== typeof b && !(a < b) && !(a > b) && !Number.isNaN(Number(a) + Number(b)));
  if (!isThing(left) || !isThing(right)) return left === right;
  if ((left.kind === "list" || left.kind === "tuple") && left.kind === right.kind) {
    return (
      left.items.length === right.items.length &&
      left.items.every((item, i) => equal(item, right.items[i]!, run, at, depth + 1))
    );
  }
  if (left.kind === "set" && right.kind === "set") {
    return (
      left.entries.size === right.entries.size &&
      [...left.entries.keys()].every((key) => right.entries.has(key))
    );
  }
  if (left.kind === "dict" && right.kind === "dict") {
    return (
      left.entries.size === right.entries.size &&
      [...left.entries].every(([key, [, value]]) => {
        const other = right.entries.get(key);
        return other !== undefined && equal(value, other[1], run, at, depth + 1);
      })
    );
  }
  if (left.kind === "enum" && right.kind === "enum")
    return left.type === right.type && left.name === right.name;
  if (left.kind === "range" && right.kind === "range")
    return left.start === right.start && left.stop === right.stop && left.step === right.step;
  return left === right;
}

/** Below 0 when the left comes first; NaN comes nowhere. */
export function orderOf(left: Value, right: Value, run: Run, at: Place, depth = 0): number {
  run.spend(1, at);
  known(left);
  known(right);
  const a = asNumber(left);
  const b = asNumber(right);
  if (a !== undefined && b !== undefined)
    return a < b ? -1 : a > b ? 1 : Number.isNaN(Number(a) + Number(b)) ? Number.NaN : 0;
  if (typeof left === "string" && typeof right === "string") return left < right ? -1 : left > right ? 1 : 0;
  if (
    isThing(left) &&
    isThing(right) &&
    (left.kind === "list" || left.kind === "tuple") &&
    left.kind === right.kind &&
    depth < 20
  ) {
    for (const [i, item] of left.items.entries()) {
      const other = right.items[i];
      if (other === undefined) return 1;
      if (!equal(item, other, run, at)) return orderOf(item, other, run, at, depth + 1);
    }
    return left.items.length - right.items.length;
  }
  throw notImported(at, `${typeName(left)} and ${typeName(right)} have no order`);
}
