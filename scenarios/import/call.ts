/** @file Calls: the arguments of a function by its parameters' names, and calls of what nobody knows. */
import { notImported, type Place } from "./refusal.ts";
import { type Arguments, isThing, known, tuple, type Unknown, type Value } from "./value.ts";

/** The names that a function's body begins with. */
export function namesOf(
  { syntax, fallbacks }: Extract<Value, { kind: "function" }>,
  args: Arguments,
  at: Place,
): Map<string, Value> {
  const { name, parameters } = syntax;
  const names = new Map<string, Value>();
  const named = new Map(args.named);
  let next = 0;
  for (const parameter of parameters) {
    if (parameter.stars === 1) {
      names.set(parameter.name, tuple(args.positional.slice(next)));
      next = args.positional.length;
    } else if (parameter.stars === 2) {
      const entries = [...named].map(([key, value]): [string, [Value, Value]] => [`s${key}`, [key, value]]);
      names.set(parameter.name, { kind: "dict", entries: new Map(entries) });
      named.clear();
    } else {
      const positional = !parameter.named && next < args.positional.length;
      if (positional && named.has(parameter.name))
        throw notImported(at, `${name}() gets "${parameter.name}" twice`);
      const value = positional
        ? args.positional[next++]
        : (named.has(parameter.name) ? named : fallbacks).get(parameter.name);
      if (value === undefined && !named.has(parameter.name))
        throw notImported(at, `${name}() is not given "${parameter.name}"`);
      named.delete(parameter.name);
      names.set(parameter.name, value ?? null);
    }
  }
  if (next < args.positional.length)
    throw notImported(at, `${name}() gets ${args.positional.length} arguments; expected ${next}`);
  for (const key of named.keys()) throw notImported(at, `${name}() has no argument "${key}"`);
  return names;
}

/** Nobody knows what it does: its result is unknown, and it may get nothing that it could change. */
export function unknownCall(callee: Unknown, { positional, named }: Arguments): Value {
  for (const value of [...positional, ...named.values()]) {
    if (isThing(value) && !["enum", "tuple", "module", "unknown", "range"].includes(value.kind))
      known<Value>(callee);
  }
  return callee;
}
