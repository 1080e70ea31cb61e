/** @file When all fails by one fault, a run ends: thousands more would fail by it, too. */
import { TouchlineError } from "../../env/error.ts";
import type { RunRecord } from "./record.ts";

interface Watched {
  /** Of the error. */
  code: string;
  /** What is told of them, as "episodes failed". */
  failed: string;
  /** So many in a row are too many. */
  most?: number;
}

/** To be told of every record. @throws TouchlineError of this code, from then on. */
export function failureWatch({ code, failed, most = 16 }: Watched): (record: RunRecord) => void {
  let failures = 0;
  return ({ outcome, reason }) => {
    failures = outcome === "infra_error" ? failures + 1 : 0;
    if (failures < most) return;
    const message = `The last ${failures} ${failed}, so the run stops: ${reason} Then go on with --resume --retry failed.`;
    throw new TouchlineError(code, message);
  };
}
