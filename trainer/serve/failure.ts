/** @file What the server says no to, before it is told in the words of a protocol. */
import { ZodError } from "zod";
import { TouchlineError } from "../../env/error.ts";
import { printable } from "../../env/printable.ts";

export type FailureKind =
  /** The request is not right: the client can mend it. */
  | "invalid"
  /** Right, but not now: there is no episode, or it is over. */
  | "state"
  /** No such session: it was closed, has timed out or was lost. */
  | "gone"
  /** No room now: come again later. */
  | "busy"
  /** More than the server takes in one piece. */
  | "size"
  /** No token, or another one. */
  | "denied"
  /** A defect, or a thread that died. */
  | "failed";

/** One thing that is wrong with a request, as pydantic tells it, whom the clients know. */
export interface Issue {
  type: string;
  loc: (string | number)[];
  msg: string;
  input: unknown;
}

export class Failure extends Error {
  readonly kind: FailureKind;
  readonly code: string;
  readonly issues: readonly Issue[];
  /** Further keys for the client. */
  readonly more: Readonly<Record<string, unknown>>;

  constructor(
    kind: FailureKind,
    code: string,
    message: string,
    { issues = [], more = {} }: { issues?: readonly Issue[]; more?: Readonly<Record<string, unknown>> } = {},
  ) {
    super(printable(message));
    this.kind = kind;
    this.code = code;
    this.issues = issues;
    this.more = more;
  }
}

/** Plain data, to cross from a thread to another. */
export interface PackedFailure {
  kind: FailureKind;
  code: string;
  message: string;
}

/** Any error as a failure. */
export function failureOf(error: unknown, input?: unknown): Failure {
  if (error instanceof Failure) return error;
  if (error instanceof ZodError) {
    const issues = error.issues.flatMap((issue): Issue[] => {
      const loc = issue.path.map((key) => (typeof key === "number" ? key : String(key)));
      if (issue.code !== "unrecognized_keys")
        return [{ type: issue.code, loc, msg: issue.message, input: shown(input, loc) }];
      return issue.keys.map((key) => {
        const at = [...loc, key.slice(0, LONGEST_INPUT)];
        return {
          type: "extra_forbidden",
          loc: at,
          msg: "Extra inputs are not permitted",
          input: shown(input, at),
        };
      });
    });
    const [first] = issues;
    const place = first && first.loc.length > 0 ? `${first.loc.join(".")}: ` : "";
    return new Failure("invalid", "serve/shape", `${place}${first?.msg ?? "wrong shape"}.`, { issues });
  }
  if (error instanceof TouchlineError) {
    const kind = STATES.has(error.code) ? "state" : error.code === "env/stalled" ? "failed" : "invalid";
    return new Failure(kind, error.code, error.message);
  }
  const message = error instanceof Error ? error.message : String(error);
  return new Failure("failed", "serve/defect", message);
}

const STATES = new Set(["env/not-reset", "env/episode-over", "env/closed"]);

/** The value at a place, unless it is long. */
function shown(input: unknown, loc: readonly (string | number)[]): unknown {
  let value = input;
  for (const key of loc)
    value =
      typeof value === "object" && value !== null && Object.hasOwn(value, key)
        ? (value as Record<string | number, unknown>)[key]
        : undefined;
  const text = JSON.stringify(value) as string | undefined;
  return text === undefined || text.length > LONGEST_INPUT ? null : value;
}

const LONGEST_INPUT = 200;
