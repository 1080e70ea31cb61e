/** @file What Python's operators give. */
import { isArray } from "./array.ts";
import { combine, each } from "./broadcast.ts";
import { pow, WORK } from "./exact.ts";
import { itemsOf } from "./iterate.ts";
import { notImported, type Place } from "./refusal.ts";
import { percent } from "./text.ts";
import { isNumber, isThing, list, type Run, tuple, typeName, type Value, whole } from "./value.ts";

/** Larger integers, longer strings and longer lists are no scenario's. */
const MOST_BITS = 4096;
const LONGEST = 100_000;

export function unary(operator: string, value: Value, at: Place): Value {
  if (isThing(value) && value.kind === "unknown") return value;
  if (isArray(value) && value.type === "bool" && operator !== "~")
    throw notImported(at, `"${operator}" takes no array of truth values`);
  if (isArray(value))
    return each(value, (one) => (typeof one === "boolean" ? !one : unary(operator, one, at)), at);
  const number = asNumber(value);
  if (number === undefined || (operator === "~" && typeof number !== "bigint")) {
    throw notImported(at, `"${operator}" takes no ${typeName(value)}`);
  }
  if (operator === "-") return -number;
  return operator === "~" ? ~(number as bigint) : number;
}

export function binary(operator: string, left: Value, right: Value, run: Run, at: Place): Value {
  if (isThing(left) && left.kind === "unknown") return left;
  if (isThing(right) && right.kind === "unknown") return right;
  if (isArray(left) || isArray(right))
    return combine(left, right, (a, b) => ofArrays(operator, a, b, run, at), run, at);
  const a = asNumber(left);
  const b = asNumber(right);
  const value =
    a !== undefined && b !== undefined
      ? typeof left === "boolean" && typeof right === "boolean" && "&|^".includes(operator)
        ? Boolean(ofInts(operator, BigInt(left), BigInt(right), run, at))
        : arithmetic(operator, a, b, run, at)
      : sequences(operator, left, right, run, at);
  if (value === undefined)
    throw notImported(at, `"${operator}" takes no ${typeName(left)} and ${typeName(right)}`);
  if (typeof value === "bigint" && value.toString(2).length > MOST_BITS)
    throw notImported(at, "an int grows too large");
  return value;
}

/** Where numpy goes its own way with two numbers, it is not followed. */
function ofArrays(operator: string, a: Value, b: Value, run: Run, at: Place): Value {
  const truths = typeof a === "boolean" && typeof b === "boolean" && !"&|^".includes(operator);
  const broken = operator === "**" && typeof a !== "number" && typeof b === "bigint" && b < 0n;
  if (operator === "@" || truths || broken)
    throw notImported(at, `"${operator}" of such arrays is not read here`);
  return binary(operator, a, b, run, at);
}

/** Of a number, a truth value or a role; undefined for all else. */
export function asNumber(value: Value): number | bigint | undefined {
  if (typeof value === "boolean") return BigInt(value);
  if (isThing(value))
    return value.kind === "enum" && value.type === "e_PlayerRole" ? value.number : undefined;
  return typeof value === "number" || typeof value === "bigint" ? value : undefined;
}

function arithmetic(
  operator: string,
  a: number | bigint,
  b: number | bigint,
  run: Run,
  at: Place,
): Value | undefined {
  if (typeof a === "bigint" && typeof b === "bigint") return ofInts(operator, a, b, run, at);
  return ofFloats(operator, Number(a), Number(b), run, at);
}

function ofInts(operator: string, a: bigint, b: bigint, run: Run, at: Place): Value | undefined {
  if (b === 0n && (operator === "/" || operator === "//" || operator === "%"))
    throw notImported(at, "a division by zero");
  switch (operator) {
    case "+":
      return a + b;
    case "-":
      return a - b;
    case "*":
      return a * b;
    case "/":
      return Number(a) / Number(b);
    case "//":
      return a / b - (a % b !== 0n && a < 0n !== b < 0n ? 1n : 0n);
    case "%":
      return a % b !== 0n && a < 0n !== b < 0n ? (a % b) + b : a % b;
    case "**":
      if (b < 0n) return ofFloats(operator, Number(a), Number(b), run, at);
      if (b * BigInt(a.toString(2).length) > MOST_BITS * 2) throw notImported(at, "an int grows too large");
      return a ** b;
    case "&":
      return a & b;
    case "|":
      return a | b;
    case "^":
      return a ^ b;
    case "<<":
    case ">>":
      if (b < 0n || b > MOST_BITS) throw notImported(at, "an int is shifted too far");
      return operator === "<<" ? a << b : a >> b;
    default:
      return undefined;
  }
}

function ofFloats(operator: string, a: number, b: number, run: Run, at: Place): Value | undefined {
  if (b === 0 && (operator === "/" || operator === "//" || operator === "%"))
    throw notImported(at, "a division by zero");
  switch (operator) {
    case "+":
      return a + b;
    case "-":
      return a - b;
    case "*":
      return a * b;
    case "/":
      return a / b;
    case "//":
      return floored(a, b);
    case "%":
      return modulo(a, b);
    case "**": {
      run.spend(WORK, at);
      const power = pow(a, b);
      if (Number.isNaN(power) && !Number.isNaN(a) && !Number.isNaN(b))
        throw notImported(at, "a power that is no real number");
      if (a === 0 && b < 0) throw notImported(at, "a division by zero");
      if (!Number.isFinite(power) && Number.isFinite(a) && Number.isFinite(b))
        throw notImported(at, "a power grows too large");
      return power;
    }
    default:
      return undefined;
  }
}

/** The rest has the sign of the divisor, a zero too. */
function modulo(a: number, b: number): number {
  const rest = a % b;
  if (rest === 0) return b < 0 ? -0 : 0;
  return rest < 0 !== b < 0 ? rest + b : rest;
}

function floored(a: number, b: number): number {
  const quotient = (a - modulo(a, b)) / b;
  if (quotient === 0) return a / b < 0 || Object.is(a / b, -0) ? -0 : 0;
  const floor = Math.floor(quotient);
  return quotient - floor > 0.5 ? floor + 1 : floor;
}

function sequences(operator: string, left: Value, right: Value, run: Run, at: Place): Value | undefined {
  if (operator === "%" && typeof left === "string") return percent(left, right, run, at);
  if (operator === "*") {
    const [sequence, count] = isNumber(left) ? [right, left] : [left, right];
    if (
      typeof sequence !== "string" &&
      !(isThing(sequence) && (sequence.kind === "list" || sequence.kind === "tuple"))
    )
      return undefined;
    const times = Math.max(0, whole(count, "how often a sequence repeats", at));
    const length = typeof sequence === "string" ? sequence.length : sequence.items.length;
    fits(length * times, run, at);
    if (typeof sequence === "string") return sequence.repeat(times);
    const items = Array.from({ length: times }, () => sequence.items).flat();
    return sequence.kind === "list" ? list(items) : tuple(items);
  }
  if (operator === "+") {
    if (typeof left === "string" && typeof right === "string") {
      fits(left.length + right.length, run, at);
      return left + right;
    }
    if (!isThing(left) || !isThing(right) || left.kind !== right.kind) return undefined;
    if (left.kind !== "list" && left.kind !== "tuple") return undefined;
    const items = [...left.items, ...itemsOf(right, run, at)];
    fits(items.length, run, at);
    return left.kind === "list" ? list(items) : tuple(items);
  }
  return isThing(left) && isThing(right) ? ofSets(operator, left, right) : undefined;
}

function ofSets(
  operator: string,
  left: Exclude<Value, null | boolean | bigint | number | string>,
  right: typeof left,
): Value | undefined {
  if (left.kind === "dict" && right.kind === "dict" && operator === "|") {
    return { kind: "dict", entries: new Map([...left.entries, ...right.entries]) };
  }
  if (left.kind !== "set" || right.kind !== "set") return undefined;
  const a = [...left.entries];
  const b = [...right.entries];
  const inB = ([key]: [string, Value]) => right.entries.has(key);
  switch (operator) {
    case "|":
      return { kind: "set", entries: new Map([...a, ...b]) };
    case "&":
      return { kind: "set", entries: new Map(a.filter(inB)) };
    case "-":
      return { kind: "set", entries: new Map(a.filter((entry) => !inB(entry))) };
    case "^":
      return {
        kind: "set",
        entries: new Map([
          ...a.filter((entry) => !inB(entry)),
          ...b.filter(([key]) => !left.entries.has(key)),
        ]),
      };
    default:
      return undefined;
  }
}

function fits(length: number, run: Run, at: Place): void {
  if (length > LONGEST) throw notImported(at, `a sequence grows longer than ${LONGEST}`);
  run.spend(length, at);
}
