/** @file Places on the pitch, in words alone: between, how far, nearer, on which side. */
import { chance, type Random } from "../../../env/random.ts";
import type { Question } from "../question.ts";
import type { Place } from "../sight.ts";
import { words } from "../thought.ts";
import { around, pick, somewhere } from "../chance.ts";
import { metresBetween, steps } from "./metres.ts";

type Form = (random: Random) => Omit<Question, "kind"> | undefined;

const FORMS: readonly Form[] = [between, apart, away, nearer, side];

export function geometry(random: Random): Question {
  for (;;) {
    const made = pick(random, FORMS)(random);
    if (made) return { kind: "geometry", ...made };
  }
}

/** "Which x is midway from 10 4 to 20 8?" */
function between(random: Random): ReturnType<Form> {
  const axis = pick(random, ["x", "y"] as const);
  const [a, b] = [somewhere(random), somewhere(random)];
  const [from, to] = [a[axis], b[axis]];
  const sum = from + to;
  // Below, numbers are of several tokens.
  if (sum % 2 !== 0 || sum < -60) return undefined;
  const gold = String(sum / 2);
  const think = `${from} plus ${to} is ${sum}, half of ${sum} is ${gold}.`;
  return { ask: `Which ${axis} is midway from ${words(a)} to ${words(b)}?`, think, gold };
}

const WAYS = [
  ["x", 1, "right"],
  ["x", -1, "left"],
  ["y", 1, "below"],
  ["y", -1, "above"],
] as const;

/** "How far right of 10 4 is 30 8?" */
function apart(random: Random): ReturnType<Form> {
  const [axis, sign, way] = pick(random, WAYS);
  const [a, b] = [somewhere(random), somewhere(random)];
  const by = sign * (b[axis] - a[axis]);
  if (by <= 0) return undefined;
  const [more, less] = sign > 0 ? [b[axis], a[axis]] : [a[axis], b[axis]];
  const ask = `How far ${way}${axis === "x" ? " of" : ""} ${words(a)} is ${words(b)}?`;
  return { ask, think: `${axis} ${more} minus ${less} is ${by}.`, gold: String(by) };
}

/** "How far is 10 4 from 20 8?" */
function away(random: Random): ReturnType<Form> {
  const a = somewhere(random);
  const b = chance(random, 0.5) ? somewhere(random) : around(random, a, 15);
  const ask = `How far is ${words(a)} from ${words(b)}?`;
  return { ask, think: steps(a, b), gold: String(metresBetween(a, b)) };
}

/** "Which is nearer to 0 0, 10 4 or 30 8?" */
function nearer(random: Random): ReturnType<Form> {
  const [to, a, b] = [somewhere(random), somewhere(random), somewhere(random)];
  const [toA, toB] = [metresBetween(a, to), metresBetween(b, to)];
  if (toA === toB) return undefined;
  const gold = words(toA < toB ? a : b);
  const think = `${words(a)} is ${toA} away, ${words(b)} is ${toB} away. ${gold}.`;
  return { ask: `Which is nearer to ${words(to)}, ${words(a)} or ${words(b)}?`, think, gold };
}

/** "Is 10 4 left or right of x 20?" */
function side(random: Random): ReturnType<Form> {
  const axis = pick(random, ["x", "y"] as const);
  const a: Place = somewhere(random);
  const line = (chance(random, 0.5) ? somewhere(random) : around(random, a, 9))[axis];
  if (a[axis] === line) return undefined;
  const isMore = a[axis] > line;
  const [less, more] = axis === "x" ? ["left", "right"] : ["above", "below"];
  const gold = isMore ? more : less;
  const ask = `Is ${words(a)} ${less} or ${more}${axis === "x" ? " of" : ""} ${axis} ${line}?`;
  return { ask, think: `${a[axis]} is ${isMore ? "more" : "less"} than ${line}, so ${gold}.`, gold };
}
