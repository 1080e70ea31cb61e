/** @file Matrices and vectors, with what is multiplied or added to them, as their entries. */
import { apply, type Expression, number, replaced, some, variablesOf } from "./expression.ts";
import type { Same } from "./collection.ts";
import type { Work } from "./limit.ts";
import { ONE, ZERO } from "./rational.ts";
import type { Outcome } from "./value.ts";

type Rows = readonly (readonly Expression[])[];

/** Entries of a matrix that is worked out. */
const MOST_ENTRIES = 400;
/** Matrices that are multiplied or added; the entries of a product grow with each. */
const MOST_MATRICES = 4;

/** One matrix for an expression of matrices; undefined where there is none in it, or no such product. */
export function matrixOf(expression: Expression): (Expression & { kind: "matrix" }) | undefined {
  const rows = rowsOf(expression) ?? directionsOf(expression);
  return rows && rows.length * (rows[0]?.length ?? 0) <= MOST_ENTRIES ? { kind: "matrix", rows } : undefined;
}

function rowsOf(expression: Expression): Rows | undefined {
  if (expression.kind === "matrix") return expression.rows;
  if (expression.kind !== "apply") return undefined;
  const { operator, operands } = expression;
  const [first] = operands;
  if (operator === "negate") return scaled(rowsOf(first!), number({ top: -1n, bottom: 1n }));
  if (operator === "/" && operands.length === 2)
    return scaled(rowsOf(first!), apply("/", number(ONE), operands[1]!));
  if (operator === "^" && operands[1]?.kind === "symbol" && operands[1].name === "T")
    return transposed(rowsOf(first!));
  if (operator !== "*" && operator !== "+") return undefined;
  const parts = operands.map(rowsOf);
  if (parts.filter((part) => part !== undefined).length > MOST_MATRICES) return undefined;
  if (parts.every((part) => part === undefined)) return undefined;
  if (operator === "+")
    return parts.every((part) => part !== undefined)
      ? parts.slice(1).reduce<Rows | undefined>((one, other) => one && sum(one, other), parts[0])
      : undefined;
  let product: Rows | undefined;
  for (const [at, part] of parts.entries()) {
    if (part) product = product ? times(product, part) : part;
    if (part && !product) return undefined;
    if (!part && operands[at]!.kind === "collection") return undefined;
  }
  const scalars = operands.filter((_, at) => parts[at] === undefined);
  return scalars.length === 0 ? product : scaled(product, apply("*", ...scalars));
}

const scaled = (rows: Rows | undefined, by: Expression): Rows | undefined =>
  rows?.map((row) => row.map((entry) => apply("*", by, entry)));

const transposed = (rows: Rows | undefined): Rows | undefined =>
  rows?.[0]?.map((_, column) => rows.map((row) => row[column]!));

function sum(one: Rows, other: Rows): Rows | undefined {
  if (one.length !== other.length || one.some((row, at) => row.length !== other[at]!.length))
    return undefined;
  return one.map((row, at) => row.map((entry, column) => apply("+", entry, other[at]![column]!)));
}

function times(one: Rows, other: Rows): Rows | undefined {
  const columns = transposed(other);
  if (
    !columns ||
    one.some((row) => row.length !== other.length) ||
    one.length * columns.length * other.length > MOST_ENTRIES
  )
    return undefined;
  return one.map((row) =>
    columns.map((column) => apply("+", ...row.map((entry, at) => apply("*", entry, column[at]!)))),
  );
}

/** 2\hat{i} - 3\hat{j} as a column; also 2i - 3j + k, whose j says that i is no imaginary unit. */
function directionsOf(expression: Expression): Rows | undefined {
  if (
    expression.kind !== "apply" ||
    (expression.operator !== "+" && expression.operator !== "negate" && expression.operator !== "*")
  )
    return undefined;
  const names = variablesOf(expression);
  const hats = ["hati", "hatj", "hatk"].some((name) => names.has(name));
  const plain =
    !hats && names.has("j") && some(expression, (part) => part.kind === "symbol" && part.name === "i");
  if (!hats && !plain) return undefined;
  const directions = hats ? ["hati", "hatj", "hatk"] : ["i", "j", "k"];
  const count = names.has(directions[2]!) ? 3 : 2;
  return directions
    .slice(0, count)
    .map((direction) => [
      replaced(
        expression,
        new Map(directions.map((name) => [name, number(name === direction ? ONE : ZERO)])),
      ),
    ]);
}

const isVector = (rows: Rows): boolean => rows.length === 1 || rows.every((row) => row.length === 1);

/** Entry by entry; a tuple is a row or a column. */
export function sameMatrix(gold: Expression, answer: Expression, work: Work, same: Same): Outcome {
  const [right, said] = [entriesOf(gold), entriesOf(answer)];
  if (!right || !said) return "different";
  const isTuple = gold.kind !== "matrix" || answer.kind !== "matrix";
  const [one, other] =
    isTuple && isVector(right) && isVector(said) ? [[right.flat()], [said.flat()]] : [right, said];
  if (one.length !== other.length || one.some((row, at) => row.length !== other[at]!.length))
    return "different";
  const outcomes = new Set(
    one.flatMap((row, at) => row.map((entry, column) => same(entry, other[at]![column]!, work))),
  );
  return outcomes.has("different") ? "different" : outcomes.has("undecided") ? "undecided" : "equal";
}

function entriesOf(expression: Expression): Rows | undefined {
  if (expression.kind === "matrix") return expression.rows;
  // [1, 2] is an interval, but beside a matrix a row.
  if (expression.kind === "interval")
    return expression.closedLow && expression.closedHigh ? [[expression.low, expression.high]] : undefined;
  return expression.kind === "collection" && (expression.shape === "tuple" || expression.shape === "square")
    ? [expression.items]
    : undefined;
}
