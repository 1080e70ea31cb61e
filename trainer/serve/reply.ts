/** @file Failures as HTTP tells them. */
import type { FailureKind } from "./failure.ts";
import type { Failure } from "./failure.ts";

export const STATUS: Readonly<Record<FailureKind, number>> = {
  invalid: 422,
  state: 409,
  gone: 404,
  busy: 503,
  size: 413,
  denied: 401,
  failed: 500,
};

/** `detail` is where FastAPI's clients look, `error` where LMM-R1's do. */
export function errorBody({ code, message, issues, more }: Failure) {
  return { code, error: message, detail: issues.length > 0 ? issues : message, ...more };
}
