/** @file What the fields of a form have in common: where their values stand, and how they are set. */
import type { Editor } from "./editor.ts";
import { type Path, pathKey } from "./path.ts";
import type { Schema } from "./schema.ts";

/** What all fields of a form share. */
export interface Form {
  editor: Editor;
  leftOut?: readonly string[];
  /** Tells the fields of two forms apart that lead to the same places. */
  prefix?: string;
}

export interface FieldProps {
  form: Form;
  schema: Schema;
  paths: readonly Path[];
  values: readonly unknown[];
  label: string;
  /** It may be taken away. */
  optional?: boolean;
}

export function set(
  { form, paths }: Pick<FieldProps, "form" | "paths">,
  value: unknown,
  gesture?: string,
): void {
  const named = gesture === undefined ? {} : { gesture: `${gesture} ${pathKey(paths[0]!)}` };
  form.editor.do({ do: "put", paths, value, ...named });
}

/** In the page; a problem leads to it. */
export function idOf({ prefix }: Form, path: Path): string {
  return `${prefix ?? ""}${pathKey(path)}`;
}
