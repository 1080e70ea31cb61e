/** @file Why a Python file cannot be imported: a sentence and the place in the file. */
import { TouchlineError } from "../../env/error.ts";

/** A place in the text, both from 1. */
export interface Place {
  readonly line: number;
  readonly column: number;
}

/** What stops the reading of a file; `refused` makes the reader's error of it. */
export class Refusal extends Error {
  readonly code: "scenario/not-python" | "scenario/not-imported";
  readonly at: Place;

  constructor(code: Refusal["code"], at: Place, says: string) {
    super(says);
    this.name = "Refusal";
    this.code = code;
    this.at = at;
  }
}

/** The text breaks Python's grammar. */
export function notPython(at: Place, says: string): Refusal {
  return new Refusal("scenario/not-python", at, says);
}

/** Python that the importer does not follow, or that would fail in Python too. */
export function notImported(at: Place, says: string): Refusal {
  return new Refusal("scenario/not-imported", at, says);
}

export function placeText({ line, column }: Place): string {
  return `line ${line}, column ${column}`;
}

/** The error that the reader gets: "FILE is not Python: SAYS at line 3, column 5." */
export function refused(refusal: Refusal, source: string): TouchlineError {
  const what = refusal.code === "scenario/not-python" ? "is not Python" : "cannot be imported";
  const message = `${source} ${what}: ${refusal.message} at ${placeText(refusal.at)}.`;
  return new TouchlineError(refusal.code, message, { cause: refusal });
}
