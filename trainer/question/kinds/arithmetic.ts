/** @file Sums, differences, products and what is made of two of them; numbers stay where each is one token of small models. */
import { chance, type Random } from "../../../env/random.ts";
import type { Question } from "../question.ts";
import { pick, within } from "../chance.ts";

/** Results and what comes before them. */
const [LEAST, MOST] = [-60, 130];

interface Sum {
  /** In words: "7 plus 12". */
  said: string;
  /** How it is worked out. */
  steps: string;
  result: number;
}

/** Some are out of bounds. */
const FORMS: readonly ((random: Random) => Sum)[] = [plus, minus, times, half, twoSteps, twoSteps];

export function arithmetic(random: Random): Question {
  for (;;) {
    const { said, steps, result } = pick(random, FORMS)(random);
    if (result < LEAST || result > MOST) continue;
    return { kind: "arithmetic", ask: askedAs(random, said), think: `${steps}.`, gold: String(result) };
  }
}

/** "What is 7 plus 12?" or "7 + 12?" */
function askedAs(random: Random, said: string): string {
  if (said.startsWith("half")) return `${chance(random, 0.5) ? "What is half" : "Half"}${said.slice(4)}?`;
  if (chance(random, 0.5)) return `What is ${said}?`;
  return `${said.replaceAll("plus", "+").replaceAll("minus", "-").replaceAll("times", "*")}?`;
}

function plus(random: Random): Sum {
  return added(within(random, 0, 99), within(random, 0, 99));
}

function minus(random: Random): Sum {
  return added(within(random, 0, 99), -within(random, 0, 99));
}

function times(random: Random): Sum {
  const b = within(random, 0, 12);
  const a = within(random, 0, b === 0 ? 99 : Math.min(99, Math.floor(MOST / b)));
  const [said, result] = [`${a} times ${b}`, a * b];
  const [tens, ones] = [a - (a % 10), a % 10];
  if (tens === 0 || ones === 0) return { said, steps: `${said} is ${result}`, result };
  const parts = `${tens} times ${b} is ${tens * b}, ${ones} times ${b} is ${ones * b}`;
  return { said, steps: `${parts}, ${tens * b} plus ${ones * b} is ${result}`, result };
}

function half(random: Random): Sum {
  const result = within(random, 0, 49);
  const whole = 2 * result;
  const [tens, ones] = [whole - (whole % 10), whole % 10];
  const said = `half of ${whole}`;
  if (tens === 0 || ones === 0) return { said, steps: `${said} is ${result}`, result };
  const parts = `half of ${tens} is ${tens / 2}, of ${ones} is ${ones / 2}`;
  return { said, steps: `${parts}, ${tens / 2} plus ${ones / 2} is ${result}`, result };
}

/** What one of the forms comes to, and something more or less. */
function twoSteps(random: Random): Sum {
  for (;;) {
    const first = pick(random, [plus, minus, times])(random);
    if (first.result < LEAST || first.result > MOST) continue;
    const second = added(first.result, within(random, 0, 99) * (chance(random, 0.5) ? 1 : -1));
    return {
      said: first.said + second.said.slice(String(first.result).length),
      steps: `${first.steps}, ${second.steps}`,
      result: second.result,
    };
  }
}

/** Two numbers: tens first, for that is easier than both digits at once. */
function added(a: number, b: number): Sum {
  const [sign, size] = b < 0 || Object.is(b, -0) ? ["minus", -b] : ["plus", b];
  const said = `${a} ${sign} ${size}`;
  const [tens, ones] = [b - (b % 10), b % 10];
  const result = a + b;
  if (tens === 0 || ones === 0) return { said, steps: `${said} is ${result}`, result };
  const between = a + tens;
  const parts = `${a} ${sign} ${Math.abs(tens)} is ${between}, ${between} ${sign} ${Math.abs(ones)} is ${result}`;
  return { said, steps: parts, result };
}
