/** @file What several checks ask: whether two stretches of play are the same, and whether a call is refused. */
import { differenceOf, isObject, show } from "./difference.ts";
import type { Moment } from "./probe.ts";

/** Where two stretches of play differ, for the end of a sentence. */
export function compare(a: readonly Moment[], b: readonly Moment[]): string | undefined {
  if (a.length !== b.length) return `there are ${a.length - 1} steps and then ${b.length - 1}`;
  for (const [i, moment] of a.entries()) {
    const found =
      differenceOf(moment.result, b[i]!.result, "result") ?? differenceOf(moment.state, b[i]!.state, "state");
    if (found !== undefined) return `of ${moment.call} the ${found}`;
  }
  return undefined;
}

/** `what` is the sentence's subject: "A step before the first reset". */
export function throwsCode(act: () => unknown, code: string, what: string): string | undefined {
  try {
    act();
  } catch (error) {
    const thrown = isObject(error) && "code" in error ? error.code : undefined;
    return thrown === code ? undefined : `${what} threw ${show(thrown ?? String(error))}; expected ${code}.`;
  }
  return `${what} threw nothing; expected ${code}.`;
}
