/** @file The tree of a Python file: statements and expressions, each with its place. */
import type { Place } from "./refusal.ts";

export type Expression = { readonly at: Place } & (
  | { kind: "int"; value: bigint }
  | { kind: "float"; value: number }
  | { kind: "string"; value: string }
  | { kind: "constant"; value: boolean | null }
  | { kind: "formatted"; parts: readonly (string | FormattedPart)[] }
  | { kind: "name"; name: string }
  | { kind: "list" | "tuple" | "set"; items: readonly Expression[] }
  | { kind: "dict"; entries: readonly { key: Expression | null; value: Expression }[] }
  | {
      kind: "comprehension";
      of: "list" | "set" | "dict" | "generator";
      key: Expression | null;
      value: Expression;
      loops: readonly Loop[];
    }
  | { kind: "attribute"; object: Expression; name: string }
  | { kind: "index"; object: Expression; index: Expression }
  | { kind: "slice"; start: Expression | null; stop: Expression | null; step: Expression | null }
  | { kind: "call"; callee: Expression; args: readonly Argument[] }
  | { kind: "unary"; operator: string; operand: Expression }
  | { kind: "binary"; operator: string; left: Expression; right: Expression }
  | { kind: "compare"; first: Expression; rest: readonly { operator: string; right: Expression }[] }
  | { kind: "and" | "or"; left: Expression; right: Expression }
  | { kind: "choice"; test: Expression; yes: Expression; no: Expression }
  | { kind: "lambda"; function: FunctionSyntax }
  | { kind: "walrus"; name: string; value: Expression }
  | { kind: "star"; value: Expression }
  | { kind: "beyond"; what: string }
);

/** `{value!conversion:spec}` of a formatted string. */
export interface FormattedPart {
  value: Expression;
  conversion: string;
  spec: string;
}

/** `for target in items if condition ...` of a comprehension. */
export interface Loop {
  target: Expression;
  items: Expression;
  conditions: readonly Expression[];
}

/** `value`, `name=value`, `*value` or `**value`. */
export interface Argument {
  name: string | null;
  stars: 0 | 1 | 2;
  value: Expression;
}

export interface Parameter {
  name: string;
  stars: 0 | 1 | 2;
  fallback: Expression | null;
  /** Only by name: after `*`. */
  named: boolean;
}

export interface FunctionSyntax {
  name: string;
  parameters: readonly Parameter[];
  body: readonly Statement[];
}

export type Statement = { readonly at: Place } & (
  | { kind: "expression"; value: Expression }
  | { kind: "assign"; targets: readonly Expression[]; value: Expression }
  | { kind: "augment"; target: Expression; operator: string; value: Expression }
  | {
      kind: "if";
      branches: readonly { test: Expression; body: readonly Statement[] }[];
      otherwise: readonly Statement[];
    }
  | {
      kind: "for";
      target: Expression;
      items: Expression;
      body: readonly Statement[];
      otherwise: readonly Statement[];
    }
  | { kind: "while"; test: Expression; body: readonly Statement[]; otherwise: readonly Statement[] }
  | { kind: "function"; function: FunctionSyntax }
  | { kind: "return"; value: Expression | null }
  | { kind: "break" | "continue" | "pass" }
  | { kind: "global" | "nonlocal"; names: readonly string[] }
  | { kind: "delete"; targets: readonly Expression[] }
  | { kind: "assert"; test: Expression }
  | {
      kind: "try";
      body: readonly Statement[];
      /** They never run; the names in them are those that a failure leaves unknown. */
      handlers: readonly Statement[];
      otherwise: readonly Statement[];
      last: readonly Statement[];
    }
  | { kind: "import"; names: readonly Import[] }
  /** `inner` never runs; the names in it are those that it would have changed. */
  | { kind: "beyond"; what: string; binds: string | null; inner: readonly Statement[] }
);

/** `import module as alias`, or with `name` `from module import name as alias`; name `*` brings all. */
export interface Import {
  module: string;
  name: string | null;
  alias: string | null;
  at: Place;
}
