/** @file What in a file of env/ could differ between engines, machines or runs. */
import { EXACT_MATH, IMPURE_NAMES, LOCAL_METHODS } from "./rules.ts";
import type { Node, SourceFile } from "./source.ts";

export function impurities(file: SourceFile): string[] {
  const complaint = (what: string) => `${file.path} uses ${what}`;
  // Names that stand for a property or a key, not for a variable.
  const labels = new Set<unknown>();
  const exact = new Set<unknown>();
  for (const node of file.nodes) {
    if (node.type === "MemberExpression" && node.computed === false) {
      labels.add(node.property);
      if (nameOf(node.object) === "Math" && EXACT_MATH.includes(nameOf(node.property) ?? ""))
        exact.add(node.object);
    }
    if (
      /^(Property|PropertyDefinition|MethodDefinition|TSPropertySignature)$/.test(node.type) &&
      !node.computed
    ) {
      labels.add(node.key);
    }
  }
  return file.nodes.flatMap((node) => {
    if ((node.type === "BinaryExpression" || node.type === "AssignmentExpression") && isPower(node)) {
      return [complaint("the ** operator")];
    }
    const name = nameOf(node);
    if (name === undefined) return [];
    if (labels.has(node)) return LOCAL_METHODS.includes(name) ? [complaint(`.${name}()`)] : [];
    if (name === "Math" && !exact.has(node))
      return [complaint("a member of Math that engines round differently")];
    return IMPURE_NAMES.includes(name) ? [complaint(name)] : [];
  });
}

function isPower(node: Node): boolean {
  return node.operator === "**" || node.operator === "**=";
}

function nameOf(value: unknown): string | undefined {
  if (typeof value !== "object" || value === null || !("type" in value) || value.type !== "Identifier")
    return undefined;
  return "name" in value && typeof value.name === "string" ? value.name : undefined;
}
