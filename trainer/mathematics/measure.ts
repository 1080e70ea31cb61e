/** @file Units behind a value, as tokens have them. */
import { type Cursor, peek, signAt, Unreadable } from "./cursor.ts";
import { apply, type Expression, number } from "./expression.ts";
import { hasSameDimension, times, type Unit, unitOf } from "./unit.ts";
import { textOf } from "./token.ts";

/** Words before what only explains. */
export const ENDING =
  /^(?:where|for|if|when|with|since|because|so|whenever|provided|units?\b.*|\(approx.*|approximately)/i;
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

/** 1 hour 30 minutes are one and a half hours. */
export function together(
  whole: Expression & { kind: "unit" },
  part: Expression & { kind: "unit" },
): Expression {
  if (!hasSameDimension(whole.unit, part.unit)) throw new Unreadable();
  const scale = apply("/", number(part.unit.factor), number(whole.unit.factor));
  return { ...whole, value: apply("+", whole.value, apply("*", part.value, scale)) };
}
