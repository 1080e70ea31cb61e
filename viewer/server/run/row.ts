/** @file One line of `metrics.jsonl`, as far as it is one. */
import { CURVE_NAME_MAX } from "../../protocol/index.ts";

export interface Row {
  step: number;
  values: readonly (readonly [name: string, value: number])[];
}

/** Undefined for what is no line of metrics; values that are no finite numbers are left out. */
export function readRow(line: string): Row | undefined {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    return undefined;
  }
  if (typeof value !== "object" || value === null || !("global_step" in value)) return undefined;
  const { global_step: step, ...rest } = value;
  if (typeof step !== "number" || !Number.isSafeInteger(step) || step < 0) return undefined;
  const values = Object.entries(rest).flatMap(([name, number]) =>
    typeof number === "number" && Number.isFinite(number) && name.length <= CURVE_NAME_MAX
      ? [[name, number] as const]
      : [],
  );
  return { step, values };
}
