/** @file The arguments of a call, in the order of the parameters that they are for. */
import { notImported, type Place } from "./refusal.ts";
import type { Arguments, Value } from "./value.ts";

/**
 * One value for each parameter, undefined where the caller left an optional one out.
 * @param parameters their names; a "?" after one makes it optional.
 */
export function bind(
  name: string,
  parameters: readonly string[],
  args: Arguments,
  at: Place,
): (Value | undefined)[] {
  const names = parameters.map((parameter) => parameter.replace("?", ""));
  if (args.positional.length > names.length) {
    throw notImported(
      at,
      `${name}() gets ${args.positional.length} arguments; more than ${names.length} is not read here`,
    );
  }
  for (const key of args.named.keys()) {
    if (!names.includes(key)) throw notImported(at, `${name}() has no argument "${key}" that is read here`);
    if (names.indexOf(key) < args.positional.length) throw notImported(at, `${name}() gets "${key}" twice`);
  }
  return names.map((key, i) => {
    const value = args.positional[i] ?? args.named.get(key);
    const given = i < args.positional.length || args.named.has(key);
    if (!given && !parameters[i]!.endsWith("?")) throw notImported(at, `${name}() is not given "${key}"`);
    return given ? (value ?? null) : undefined;
  });
}

/** The same where all must be there. */
export function bindAll(name: string, parameters: readonly string[], args: Arguments, at: Place): Value[] {
  return bind(name, parameters, args, at) as Value[];
}

/** Only positional ones. */
export function listed(name: string, args: Arguments, at: Place): readonly Value[] {
  for (const key of args.named.keys())
    throw notImported(at, `${name}() has no argument "${key}" that is read here`);
  return args.positional;
}
