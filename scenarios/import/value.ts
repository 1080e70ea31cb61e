/** @file Python's values. An int is a bigint and a float a number, so that `1 / 2`, `7 // 2` and `1e5` come out as in Python. */
import { notImported, type Place } from "./refusal.ts";
import type { FunctionSyntax } from "./syntax.ts";

export type Value = null | boolean | bigint | number | string | Thing;

export type Thing =
  | { kind: "list"; items: Value[] }
  | { kind: "tuple"; items: readonly Value[] }
  | { kind: "dict"; entries: Map<string, [key: Value, value: Value]> }
  | { kind: "set"; entries: Map<string, Value>; frozen?: true }
  /** `keys()`, `values()` and `items()` of a dict, which see it change. */
  | {
      kind: "view";
      of: "keys" | "values" | "items";
      entries: ReadonlyMap<string, [key: Value, value: Value]>;
    }
  /** `zip`, `map`, a generator and their like, which give each item once; `next` gives undefined after the last. */
  | { kind: "iterator"; next: () => Value | undefined }
  | { kind: "range"; start: number; stop: number; step: number }
  | { kind: "slice"; start: bigint | null; stop: bigint | null; step: bigint | null }
  | NumberArray
  | { kind: "function"; syntax: FunctionSyntax; scope: Scope; fallbacks: ReadonlyMap<string, Value> }
  | { kind: "builtin"; name: string; call: (args: Arguments, run: Run, at: Place) => Value }
  | { kind: "module"; name: string; members: ReadonlyMap<string, Value> }
  | { kind: "enum"; type: "e_PlayerRole" | "e_Team"; name: string; number: bigint }
  /** An object of ours, such as GRF's builder. */
  | {
      kind: "host";
      name: string;
      get: (name: string, at: Place) => Value;
      set: (name: string, value: Value, at: Place) => void;
      /** Whether GRF's has it, read here or not. */
      has: (name: string) => boolean;
    }
  /** What the importer does not know, such as a class; it stops the import where something depends on it. */
  | Unknown;

/** numpy's: a window of one or more dimensions on numbers of one type, which others may look at too. */
export interface NumberArray {
  kind: "array";
  type: "bool" | "int" | "float";
  data: Value[];
  /** Where in `data` the first one is, and how far apart they are in each dimension. */
  offset: number;
  strides: readonly number[];
  shape: readonly number[];
}

export interface Unknown {
  kind: "unknown";
  at: Place;
  says: string;
}

export interface Scope {
  readonly names: Map<string, Value>;
  /** Where a name is looked up that is not here. */
  readonly outer: Scope | null;
  /** Names that stand for those of the file, or of a function around this one. */
  readonly outside: Map<string, "global" | "nonlocal">;
  /** A comprehension's, which has only the names of its loops. */
  readonly loop: boolean;
}

export interface Arguments {
  readonly positional: readonly Value[];
  readonly named: ReadonlyMap<string, Value>;
}

/** What builtins need of the run that calls them. */
export interface Run {
  /** The file imports numpy, whose numbers then may be anywhere. */
  readonly usesNumpy: boolean;
  /** Counts work, and stops a file that never ends. */
  spend(amount: number, at: Place): void;
  call(callee: Value, positional: readonly Value[], at: Place): Value;
  /** Counts calls in calls, and stops a file that nests them without end. */
  deeper<T>(at: Place, call: () => T): T;
}

export function isThing(value: Value): value is Thing {
  return typeof value === "object" && value !== null;
}

export function list(items: Value[]): Value {
  return { kind: "list", items };
}

export function tuple(items: readonly Value[]): Value {
  return { kind: "tuple", items };
}

/** As errors of Python call it. */
export function typeName(value: Value): string {
  if (value === null) return "None";
  switch (typeof value) {
    case "boolean":
      return "bool";
    case "bigint":
      return "int";
    case "number":
      return "float";
    case "string":
      return "str";
    default:
      if (value.kind === "view") return `dict_${value.of}`;
      return value.kind === "enum" ? value.type : value.kind;
  }
}

/** Stops where a value that the importer does not know would decide something. */
export function known<T extends Value>(value: T): Exclude<T, Unknown> {
  if (isThing(value) && value.kind === "unknown") throw notImported(value.at, value.says);
  return value as Exclude<T, Unknown>;
}

export function truth(value: Value, at: Place): boolean {
  known(value);
  if (!isThing(value)) return Boolean(value);
  switch (value.kind) {
    case "list":
    case "tuple":
      return value.items.length > 0;
    case "array":
      if (value.shape.every((length) => length === 1)) return truth(value.data[value.offset]!, at);
      throw notImported(at, "an array is neither true nor false");
    case "dict":
    case "set":
    case "view":
      return value.entries.size > 0;
    case "range":
      return rangeLength(value) > 0;
    case "enum":
      return value.number !== 0n;
    default:
      return true;
  }
}

export function rangeLength({ start, stop, step }: { start: number; stop: number; step: number }): number {
  return Math.max(0, Math.ceil((stop - start) / step));
}

/** One text for values that Python calls equal, and another for those it does not; for keys of dicts and sets. */
export function keyOf(value: Value, run: Run, at: Place): string {
  run.spend(1, at);
  known(value);
  if (value === null) return "None";
  if (typeof value === "string") {
    run.spend(value.length, at);
    return `s${value}`;
  }
  if (!isThing(value)) return `n${Number(value)}`;
  if (value.kind === "enum") return value.type === "e_Team" ? `t${value.name}` : `n${value.number}`;
  if (value.kind === "tuple") {
    const keys = value.items.map((item) => keyOf(item, run, at));
    return `(${keys.map((key) => `${key.length}:${key}`).join("")})`;
  }
  throw notImported(at, `a value of type ${typeName(value)} cannot be a key`);
}

/** A whole number that Python takes as an index, a count or a limit. */
export function whole(value: Value, what: string, at: Place): number {
  known(value);
  if (typeof value === "boolean") return Number(value);
  if (isThing(value) && value.kind === "enum") return Number(value.number);
  if (typeof value !== "bigint")
    throw notImported(at, `${what} is of type ${typeName(value)}; expected an int`);
  if (value > 1_000_000_000n || value < -1_000_000_000n) throw notImported(at, `${what} is too large`);
  return Number(value);
}

/** A value as a float. */
export function real(value: Value, what: string, at: Place): number {
  known(value);
  if (typeof value === "number") return value;
  if (typeof value === "bigint" || typeof value === "boolean") return Number(value);
  if (isThing(value) && value.kind === "enum") return Number(value.number);
  throw notImported(at, `${what} is of type ${typeName(value)}; expected a number`);
}

export function isNumber(value: Value): value is number | bigint | boolean {
  return typeof value === "number" || typeof value === "bigint" || typeof value === "boolean";
}
