/** @file Walks through the tree of a file. */
import type { Place } from "./refusal.ts";
import type { Statement } from "./syntax.ts";

/** Every name in a statement. */
export function namesIn(statement: Statement): Set<string> {
  const names = new Set<string>();
  const rest: unknown[] = [statement];
  while (rest.length > 0) {
    const node = rest.pop();
    if (typeof node !== "object" || node === null) continue;
    if ("kind" in node && node.kind === "name" && "name" in node) names.add(String(node.name));
    for (const part of Object.values(node)) rest.push(part);
  }
  return names;
}

/** A text that is evaluated has no place of its own. */
export function relocated<T>(node: T, at: Place, depth = 0): T {
  if (typeof node !== "object" || node === null || depth > 500) return node;
  if (Array.isArray(node)) return node.map((one) => relocated(one, at, depth + 1)) as T;
  const parts = Object.entries(node).map(([key, part]) => [
    key,
    key === "at" ? at : relocated(part, at, depth + 1),
  ]);
  return Object.fromEntries(parts) as T;
}
