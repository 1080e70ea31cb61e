/** @file What a call is refused with. */
import { TouchlineError } from "../../env/error.ts";

/** The code of the error that the call throws; fails when it throws none of ours. */
export function rejection(call: () => unknown): string {
  try {
    call();
  } catch (error) {
    if (error instanceof TouchlineError) return error.code;
    throw error;
  }
  throw new Error("The call was not refused.");
}
