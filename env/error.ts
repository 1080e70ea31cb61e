/** @file The one error class. A code that programs can match, one sentence that people can act on. */
import { distance } from "fastest-levenshtein";
import { printable } from "./printable.ts";

/**
 * A mistake that the caller can mend: what was wrong, what was expected, what to do.
 * `code` is stable and reads `area/problem`, for example `scenario/unknown`.
 */
export class TouchlineError extends Error {
  readonly code: string;

  constructor(code: string, message: string, options?: { cause?: unknown }) {
    // It may quote a file or a server, and will be shown on a terminal.
    super(printable(message), options);
    this.name = "TouchlineError";
    this.code = code;
  }
}

/** The candidate that was most likely meant, or undefined when none is near. */
export function nearestName(name: string, candidates: readonly string[]): string | undefined {
  let best: string | undefined;
  let bestDistance = Math.max(3, Math.floor(name.length / 2)) + 1;
  for (const candidate of candidates) {
    const d = distance(name.toLowerCase(), candidate.toLowerCase());
    if (d < bestDistance) [best, bestDistance] = [candidate, d];
  }
  return best;
}

/** "unknown KIND NAME; did you mean X?", with the whole list when it is short. */
export function unknownName(kind: string, name: string, candidates: readonly string[]): string {
  const nearest = nearestName(name, candidates);
  const hint = nearest === undefined ? "" : ` Did you mean "${nearest}"?`;
  const list = candidates.length <= 20 ? ` Expected one of: ${candidates.join(", ")}.` : "";
  return `There is no ${kind} "${name}".${hint}${list}`;
}
