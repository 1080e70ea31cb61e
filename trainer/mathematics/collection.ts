/** @file Sets, tuples and lists: which belong together, and whether the order counts. */
import { apply, type Collection, type Expression, keyOf, type Relation, some } from "./expression.ts";
import type { Work } from "./limit.ts";
import type { Outcome } from "./value.ts";

export type Same = (gold: Expression, answer: Expression, work: Work) => Outcome;

/** Items of a set that are compared with each other. */
const MOST_ITEMS = 40;

/** ± stands for two values, which are a list; signs of one expression go together. */
export function spreadOf(expression: Expression): Expression {
  if (expression.kind === "collection" && expression.shape !== "tuple") {
    const items = expression.items.map(spreadOf);
    return items.some((item, at) => item !== expression.items[at])
      ? {
          ...expression,
          items: items.flatMap((item) =>
            item.kind === "collection" && item.shape === "list" ? item.items : [item],
          ),
        }
      : expression;
  }
  if (!some(expression, isEither)) return expression;
  if (expression.kind === "relation" && expression.sides.slice(0, -1).some((side) => some(side, isEither)))
    return expression;
  return {
    kind: "collection",
    shape: "list",
    items: [signed(expression, 1), signed(expression, -1)],
    joined: "or",
  };
}

const isEither = (part: Expression): boolean =>
  part.kind === "apply" && (part.operator === "±" || part.operator === "∓");

function signed(expression: Expression, sense: 1 | -1): Expression {
  switch (expression.kind) {
    case "apply": {
      const operands = expression.operands.map((operand) => signed(operand, sense));
      if (!isEither(expression)) return { ...expression, operands };
      const isPlus = (expression.operator === "±") === (sense === 1);
      return isPlus ? operands[0]! : apply("negate", operands[0]!);
    }
    case "relation":
      return { ...expression, sides: expression.sides.map((side) => signed(side, sense)) };
    case "unit":
      return { ...expression, value: signed(expression.value, sense) };
    case "collection":
      return { ...expression, items: expression.items.map((item) => signed(item, sense)) };
    default:
      return expression;
  }
}

/**
 * A set is one with the same members in any order, and so is a list without brackets. A tuple goes by its order, also against a list
 * that only lacks the brackets. Of one value nothing but itself is a set, so a set of several never stands for a single right answer.
 */
export function sameCollection(gold: Expression, answer: Expression, work: Work, same: Same): Outcome {
  const [right, said] = [collected(gold), collected(answer)];
  if (right.items.length === 1 && said.items.length === 1 && isLoose(right) && isLoose(said)) {
    const [one, other] = [right.items[0]!, said.items[0]!];
    return one === gold && other === answer ? "undecided" : same(one, other, work);
  }
  const [named, others] = [solutionOf(right), solutionOf(said)];
  if (named && others) return sameSolution(named, others, work, same);
  if (named && said.shape === "tuple") return inOrder(valuesOf(named), said.items, work, same);
  if (others && right.shape === "tuple") return inOrder(right.items, valuesOf(others), work, same);
  const [rightItems, saidItems] = [unnamed(right), unnamed(said)];
  if (
    right.shape === "tuple" ||
    said.shape === "tuple" ||
    right.shape === "square" ||
    said.shape === "square"
  ) {
    // {1, 2} is no point, and neither is [1, 2].
    if (right.shape === "set" || said.shape === "set") return "different";
    if (right.shape === "tuple" && said.shape === "square") return "different";
    if (said.shape === "tuple" && right.shape === "square") return "different";
    return inOrder(rightItems, saidItems, work, same);
  }
  return inAnyOrder(rightItems, saidItems, work, same);
}

const isLoose = ({ shape }: Collection): boolean => shape === "set" || shape === "list";

const collected = (expression: Expression): Collection =>
  expression.kind === "collection" ? expression : { kind: "collection", shape: "list", items: [expression] };

type Solution = ReadonlyMap<string, Expression>;

/** Of "x = 1, y = 2" the value of each name; undefined where names are missing or come twice. */
function solutionOf({ items, shape, joined }: Collection): Solution | undefined {
  if (items.length < 2 || shape === "set" || joined === "or") return undefined;
  const named = items.map(nameAndValue);
  if (!named.every((pair) => pair !== undefined)) return undefined;
  const solution = new Map(named);
  return solution.size === items.length ? solution : undefined;
}

function nameAndValue(expression: Expression): readonly [string, Expression] | undefined {
  if (expression.kind !== "relation" || expression.operators.some((operator) => operator !== "="))
    return undefined;
  const [name] = expression.sides;
  return name!.kind === "symbol" || name!.kind === "call" || name!.kind === "text" || name!.kind === "apply"
    ? [keyOf(name!), lastOf(expression)]
    : undefined;
}

const lastOf = ({ sides }: Relation): Expression => sides.at(-1)!;

/** In the order of their names. */
const valuesOf = (solution: Solution): readonly Expression[] =>
  [...solution].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, value]) => value);

function sameSolution(gold: Solution, answer: Solution, work: Work, same: Same): Outcome {
  if (gold.size !== answer.size) return "different";
  return worst(
    [...gold].map(([name, value]) => (answer.has(name) ? same(value, answer.get(name)!, work) : "different")),
  );
}

/** "x = 1 or x = 2" is 1 or 2. */
function unnamed({ items }: Collection): readonly Expression[] {
  const named = items.map(nameAndValue);
  const names = new Set(named.map((pair) => pair?.[0]));
  // "x = 1 or 2" names the first only.
  return names.size <= 2 &&
    named[0] !== undefined &&
    named.every((pair) => pair === undefined || pair[0] === named[0]![0])
    ? items.map((item, at) => named[at]?.[1] ?? item)
    : items;
}

function inOrder(
  gold: readonly Expression[],
  answer: readonly Expression[],
  work: Work,
  same: Same,
): Outcome {
  if (gold.length !== answer.length) return "different";
  return worst(gold.map((item, at) => same(item, answer[at]!, work)));
}

function inAnyOrder(
  gold: readonly Expression[],
  answer: readonly Expression[],
  work: Work,
  same: Same,
): Outcome {
  if (gold.length > MOST_ITEMS || answer.length > MOST_ITEMS) return "undecided";
  const [right, said] = [distinct(gold, work, same), distinct(answer, work, same)];
  if (right.length !== said.length) return "different";
  let outcome: Outcome = "equal";
  const left = [...said];
  for (const item of right) {
    const outcomes = left.map((other) => same(item, other, work));
    const at = outcomes.indexOf("equal");
    if (at >= 0) left.splice(at, 1);
    else if (outcomes.includes("undecided")) outcome = "undecided";
    else return "different";
  }
  return outcome;
}

/** Each value once. */
function distinct(items: readonly Expression[], work: Work, same: Same): readonly Expression[] {
  const found: Expression[] = [];
  for (const item of items) if (!found.some((other) => same(other, item, work) === "equal")) found.push(item);
  return found;
}

function worst(outcomes: readonly Outcome[]): Outcome {
  return outcomes.includes("different")
    ? "different"
    : outcomes.includes("undecided")
      ? "undecided"
      : "equal";
}
