/** @file One thing that is wrong in a file of settings, and its sentence: where, what stands there, what was expected. */
import { z } from "zod";
import { nearestName } from "./error.ts";

export interface Problem {
  /** Keys and places from the root to the value, as in `left.players[2].role`. */
  path: readonly PropertyKey[];
  /** The rest of the sentence, after the path. */
  says: string;
}

/** `left.players[2].role`; the whole document is `(root)`. */
export function pathText(path: readonly PropertyKey[]): string {
  let text = "";
  for (const key of path) {
    if (typeof key === "number") text += `[${key}]`;
    else if (/^[A-Za-z_$][\w$]*$/.test(String(key))) text += text === "" ? String(key) : `.${String(key)}`;
    else text += `[${JSON.stringify(String(key))}]`;
  }
  return text === "" ? "(root)" : text;
}

function problemText(problem: Problem): string {
  return `${pathText(problem.path)} ${problem.says}`;
}

/** All of them as one message about `source`. */
export function problemsText(source: string, problems: readonly Problem[]): string {
  const lines = problems.map(problemText);
  return lines.length === 1
    ? `${source}: ${ended(lines[0]!)}`
    : `${source} has ${lines.length} problems:\n${lines.map((line) => `  ${ended(line)}`).join("\n")}`;
}

/** A question has its mark already. */
function ended(line: string): string {
  return line.endsWith("?") ? line : `${line}.`;
}

/** What zod found, as problems. A union counts as one: the branch that came nearest speaks. */
export function problemsOf(error: z.ZodError): Problem[] {
  return error.issues.flatMap((issue) => fromIssue(issue, []));
}

function fromIssue(issue: z.core.$ZodIssue, parents: readonly PropertyKey[]): Problem[] {
  const path = [...parents, ...issue.path];
  if (issue.code === "unrecognized_keys") {
    const known = issue.message.split(",");
    return issue.keys.map((key) => {
      const nearest = nearestName(key, known);
      const hint = nearest === undefined ? `; known are ${known.join(", ")}` : `; did you mean "${nearest}"?`;
      return { path: [...path, key], says: `is not a known key${hint}` };
    });
  }
  if (issue.code === "invalid_union" && Array.isArray(issue.input)) {
    const listBranch = issue.errors.find((branch) => branch.some((inner) => inner.path.length > 0));
    const inner = listBranch ?? issue.errors.at(-1);
    if (inner !== undefined && inner.length > 0) return inner.flatMap((one) => fromIssue(one, path));
  }
  if (issue.code === "invalid_union" && "discriminator" in issue) {
    // The path leads to the key that tells the kinds apart, the input is what has the key.
    const input = (issue.input as Record<PropertyKey, unknown> | undefined)?.[issue.path.at(-1)!];
    const kinds = issue.message.split(/, | or /).map((kind) => kind.replace(/^one of /, "").slice(1, -1));
    const nearest = typeof input === "string" ? nearestName(input, kinds) : undefined;
    const hint = nearest === undefined ? "" : `; did you mean "${nearest}"?`;
    const is = input === undefined ? "is missing" : `is ${shown(input)}`;
    return [{ path, says: `${is}; expected ${issue.message}${hint}` }];
  }
  if (issue.input === undefined) return [{ path, says: `is missing; expected ${issue.message}` }];
  const nearest =
    issue.code === "invalid_value" && typeof issue.input === "string"
      ? nearestName(issue.input, issue.values.map(String))
      : undefined;
  const hint = nearest === undefined ? "" : `; did you mean "${nearest}"?`;
  return [{ path, says: `is ${shown(issue.input)}; expected ${issue.message}${hint}` }];
}

/** A zod error map: the phrase after "expected", or for unknown keys the known ones joined by commas. */
export function expected(issue: z.core.$ZodRawIssue): string {
  switch (issue.code) {
    case "invalid_type":
      return typePhrase(issue.expected);
    case "invalid_value":
      return oneOf(issue.values.map((value) => JSON.stringify(value)));
    case "too_small":
      return countPhrase(issue.origin, "at least", Number(issue.minimum));
    case "too_big":
      return countPhrase(issue.origin, "at most", Number(issue.maximum));
    case "unrecognized_keys":
      return keysOf(issue.inst).join(",");
    default:
      return "a valid value";
  }
}

function keysOf(schema: unknown): string[] {
  return schema instanceof z.ZodObject ? Object.keys(schema.shape) : [];
}

function typePhrase(type: string): string {
  const phrases: Record<string, string> = {
    number: "a finite number",
    int: "an integer",
    string: "a text",
    boolean: "true or false",
    array: "a list",
    object: "an object",
  };
  return phrases[type] ?? type;
}

function countPhrase(origin: string, bound: string, count: number): string {
  return origin === "array" ? `a list of ${bound} ${count}` : `${bound} ${count}`;
}

function oneOf(values: readonly string[]): string {
  return values.length === 1 ? values.join("") : `one of ${values.join(", ")}`;
}

/** The value as it would stand in the file, cut short. */
function shown(value: unknown): string {
  if (typeof value === "number") return String(value);
  if (Array.isArray(value)) return `a list of ${value.length}`;
  if (typeof value === "object" && value !== null) return "an object";
  const text = JSON.stringify(value) ?? typeof value;
  return text.length <= 40 ? text : `${text.slice(0, 36)}..."`;
}
