/** @file Units behind a value, as tokens have them. */
import { type Cursor, peek, signAt, Unreadable } from "./cursor.ts";
import { apply, type Expression, number } from "./expression.ts";
import { hasSameDimension, knownUnit, NO_UNIT, times, type Unit, unitOf } from "./unit.ts";
import { textOf } from "./token.ts";

/** Words before what only explains. */
export const ENDING =
  /^(?:where|for|if|when|with|since|because|whenever|provided|units?\b.*|\(approx.*|approximately)/i;
export const ORDINAL = /^(?:st|nd|rd|th)$/;

export function startsUnit(cursor: Cursor): boolean {
  const token = peek(cursor);
  if (token?.type === "word")
    return (
      !ENDING.test(token.text) &&
      signAt(cursor) === undefined &&
      (ORDINAL.test(token.text) || unitOf(token.text) !== undefined)
    );
  return (
    token?.type === "name" &&
    token.upright === true &&
    unitOf(token.text) !== undefined &&
    !/^[eidπ]$/.test(token.text)
  );
}

/** "cm", "cm^2", "m/s", "m \cdot s^{-1}", each part a token of its own or not. */
export function readUnit(cursor: Cursor): Unit {
  let unit: Unit | undefined;
  let exponent = 1;
  for (;;) {
    const token = peek(cursor);
    if (token === undefined || !(token.type === "word" || token.type === "name")) throw new Unreadable();
    cursor.at++;
    const script = peek(cursor);
    const isRaised = script?.type === "script" && script.sup !== undefined && script.sub === undefined;
    if (isRaised) cursor.at++;
    // m/s with a 2 above it is m/s^2.
    const part = ORDINAL.test(token.text)
      ? unitOf("unit")
      : unitOf(isRaised ? `${token.text}^${textOf(script.sup!)}` : token.text);
    unit = part && (unit ? times(unit, part, exponent) : part);
    if (!unit) throw new Unreadable();
    const next = signAt(cursor);
    const after = cursor.tokens[cursor.at + 1];
    const goesOn =
      (next === "/" || next === "*") && (after?.type === "word" || (after?.type === "name" && after.upright));
    if (goesOn) {
      exponent = next === "/" ? -1 : 1;
      cursor.at++;
    } else if (startsUnit(cursor)) exponent = 1;
    else return unit;
  }
}

/** Letters that are read as units: m, m/s, \frac{m}{s^2}. Undefined if one of them is none. */
export function unitIn(expression: Expression): Unit | undefined {
  if (expression.kind === "symbol" || expression.kind === "text")
    return knownUnit(expression.kind === "symbol" ? expression.name : expression.text);
  if (expression.kind !== "apply") return undefined;
  const { operator, operands } = expression;
  const [first, second] = operands;
  const unit = unitIn(first!);
  if (!unit) return undefined;
  switch (operator) {
    case "*":
      return operands.slice(1).reduce<Unit | undefined>((all, operand) => {
        const part = all && unitIn(operand);
        return part && times(all, part);
      }, unit);
    case "inverse":
      return times(NO_UNIT, unit, -1);
    case "/": {
      const bottom = unitIn(second!);
      return bottom && times(unit, bottom, -1);
    }
    case "^":
      return second!.kind === "number" && second.value.bottom === 1n && second.value.top < 10n
        ? times(NO_UNIT, unit, Number(second.value.top))
        : undefined;
    default:
      return undefined;
  }
}

/** "36 degrees" and "5 percent" are 36° and 5 %, all before the word. */
export function withSign(measure: Expression & { kind: "unit" }): Expression {
  const [name, ...others] = Object.keys(measure.unit.powers);
  const isSign = others.length === 0 && (name === "degree" || name === "percent");
  return isSign && measure.unit.powers[name] === 1 ? apply(name, measure.value) : measure;
}

/** 1 hour 30 minutes are one and a half hours. */
export function together(
  whole: Expression & { kind: "unit" },
  part: Expression & { kind: "unit" },
): Expression {
  if (!hasSameDimension(whole.unit, part.unit)) throw new Unreadable();
  const scale = apply("/", number(part.unit.factor), number(whole.unit.factor));
  return { ...whole, value: apply("+", whole.value, apply("*", part.value, scale)) };
}
