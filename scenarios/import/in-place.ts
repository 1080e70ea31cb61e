/** @file `list += items` and its like, which change a value: whoever else has it sees that. */
import { isArray } from "./array.ts";
import { fillInPlace } from "./broadcast.ts";
import { itemsOf } from "./iterate.ts";
import { binary } from "./operator.ts";
import type { Place } from "./refusal.ts";
import { isThing, known, type Run, type Thing, type Value } from "./value.ts";

/** False where the operator gives a new value, for the name to be bound to. */
export function changedInPlace(before: Value, operator: string, value: Value, run: Run, at: Place): boolean {
  if (isArray(before)) {
    fillInPlace(before, known(binary(operator, before, value, run, at)), run, at);
    return true;
  }
  // With an array on its right a list becomes one.
  if (!isThing(before) || isArray(value)) return false;
  if (before.kind === "list" && operator === "+") {
    for (const item of itemsOf(value, run, at)) before.items.push(item);
    run.spend(before.items.length, at);
    return true;
  }
  if (before.kind !== "list" && before.kind !== "set" && before.kind !== "dict") return false;
  if (before.kind === "set" && before.frozen) return false;
  become(before, known(binary(operator, before, value, run, at)) as Thing);
  return true;
}

function become(before: Thing, made: Thing): void {
  if (before.kind === "list" && made.kind === "list") {
    before.items.length = 0;
    for (const item of made.items) before.items.push(item);
  } else if (before.kind === "set" && made.kind === "set") refill(before.entries, made.entries);
  else if (before.kind === "dict" && made.kind === "dict") refill(before.entries, made.entries);
}

function refill<T>(entries: Map<string, T>, made: ReadonlyMap<string, T>): void {
  entries.clear();
  for (const [key, entry] of made) entries.set(key, entry);
}
