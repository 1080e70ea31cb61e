/** @file What a piece of code refuses with. */
import { TouchlineError } from "../../env/error.ts";

/** The TouchlineError that `run` throws, or undefined when it throws nothing; any other exception goes through. */
export function refusalOf(run: () => unknown): TouchlineError | undefined {
  try {
    run();
  } catch (error) {
    if (error instanceof TouchlineError) return error;
    throw error;
  }
  return undefined;
}

/** The same where a refusal must come. */
export function errorOf(run: () => unknown): TouchlineError {
  const refusal = refusalOf(run);
  if (refusal === undefined) throw new Error("expected a TouchlineError, and nothing was thrown");
  return refusal;
}
