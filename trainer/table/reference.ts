/**
 * @file Pictures that stand in another row: VLMEvalKit writes the index of that row where it would write the picture
 * again. What is referred to is kept only as long as a row still needs it.
 */
import { badRow, type TableRow } from "./row.ts";

/** Longer texts are pictures themselves; no picture is as short. */
const LONGEST_INDEX = 64;

export function isReference(value: unknown): value is string {
  return (
    typeof value === "string" && value.length <= LONGEST_INDEX && !/\.[a-z]{3,4}$|^\[|^data:/i.test(value)
  );
}

/** The rows that `open` reads, with the pictures in place of the references. It is called twice. */
export async function* followReferences(
  open: () => AsyncIterable<TableRow>,
  key: string,
  column: string,
): AsyncGenerator<TableRow> {
  const needed = new Map<string, number>();
  /** Of rows that stand below one that refers to them. */
  const kept = new Map<string, unknown>();
  for await (const row of open()) {
    if ("error" in row) continue;
    const { [key]: index, [column]: value } = row.values;
    if (isReference(value)) needed.set(value, (needed.get(value) ?? 0) + 1);
    else if (needed.has(String(index))) kept.set(String(index), value);
  }
  for await (const row of open()) {
    if ("error" in row) {
      yield row;
      continue;
    }
    const { [key]: index, [column]: value } = row.values;
    if (!isReference(value)) {
      if (needed.has(String(index))) kept.set(String(index), value);
      yield row;
      continue;
    }
    const picture = kept.get(value);
    const left = needed.get(value)! - 1;
    needed.set(value, left);
    if (left === 0) {
      needed.delete(value);
      kept.delete(value);
    }
    yield picture === undefined
      ? badRow(row.file, row.number, `refers to the picture of row "${value}", which has none.`, column)
      : { ...row, values: { ...row.values, [column]: picture } };
  }
}
