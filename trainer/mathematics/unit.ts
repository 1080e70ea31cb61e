/** @file Units as powers of base units and a factor, so that 120 mm is 12 cm and no litre is a metre. */
import { divide, isSame, multiply, ONE, power, type Rational, whole } from "./rational.ts";
import type { Work } from "./limit.ts";

export interface Unit {
  /** How often each base unit stands in it: { m: 1, s: -1 } for a speed. What nobody knows is a base of its own. */
  readonly powers: Readonly<Record<string, number>>;
  readonly factor: Rational;
}

const PRIMITIVES: readonly (readonly [names: string, factor: string, powers: string])[] = [
  ["m meter metre", "1", "m"],
  ["dm decimeter decimetre", "1/10", "m"],
  ["cm centimeter centimetre", "1/100", "m"],
  ["um micron", "1/1000000", "m"],
  ["in inch inche", "254/10000", "m"],
  ["ft foot feet", "3048/10000", "m"],
  ["yd yard", "9144/10000", "m"],
  ["mi mile", "1609344/1000", "m"],
  ["s sec second", "1", "s"],
  ["min minute", "60", "s"],
  ["h hr hour", "3600", "s"],
  ["day", "86400", "s"],
  ["week wk", "604800", "s"],
  ["month", "1", "month"],
  ["yr year", "12", "month"],
  ["kg kilogram kilo", "1", "kg"],
  ["g gram gramme", "1/1000", "kg"],
  ["t ton tonne", "1000", "kg"],
  ["lb pound", "1", "lb"],
  ["oz ounce", "1/16", "lb"],
  ["L l liter litre", "1/1000", "m3"],
  ["cc", "1/1000000", "m3"],
  ["gal gallon", "1", "gallon"],
  ["qt quart", "1/4", "gallon"],
  ["pt pint", "1/8", "gallon"],
  ["cup", "1/16", "gallon"],
  ["ha hectare", "10000", "m2"],
  ["acre", "1", "acre"],
  ["mph", "1609344/3600000", "m s-1"],
  ["kph kmh", "1000/3600", "m s-1"],
  ["knot", "1852/3600", "m s-1"],
  ["N newton", "1", "kg m s-2"],
  ["J joule", "1", "kg m2 s-2"],
  ["MJ megajoule", "1000000", "kg m2 s-2"],
  ["eV electronvolt", "1", "eV"],
  ["MeV", "1000000", "eV"],
  ["GeV", "1000000000", "eV"],
  ["cal calorie", "1", "cal"],
  ["kcal kilocalorie", "1000", "cal"],
  ["W watt", "1", "kg m2 s-3"],
  ["MW megawatt", "1000000", "kg m2 s-3"],
  ["Pa pascal", "1", "kg m-1 s-2"],
  ["MPa megapascal", "1000000", "kg m-1 s-2"],
  ["bar", "100000", "kg m-1 s-2"],
  ["atm atmosphere", "101325", "kg m-1 s-2"],
  ["A amp ampere", "1", "A"],
  ["C coulomb", "1", "A s"],
  ["V volt", "1", "kg m2 s-3 A-1"],
  ["Ω Ohm ohm", "1", "kg m2 s-3 A-2"],
  ["kilohm", "1000", "kg m2 s-3 A-2"],
  ["F farad", "1", "kg-1 m-2 s4 A2"],
  ["T tesla", "1", "kg s-2 A-1"],
  ["H henry", "1", "kg m2 s-2 A-2"],
  ["Wb weber", "1", "kg m2 s-2 A-1"],
  ["Hz hertz", "1", "s-1"],
  ["MHz megahertz", "1000000", "s-1"],
  ["GHz gigahertz", "1000000000", "s-1"],
  ["K kelvin", "1", "K"],
  ["°C celsius", "1", "°C"],
  ["°F fahrenheit", "1", "°F"],
  ["mol mole", "1", "mol"],
  ["rad radian", "1", "rad"],
  ["unit", "1", ""],
  ["dollar buck usd", "1", "dollar"],
  ["cent", "1/100", "dollar"],
  ["euro eur", "1", "euro"],
  ["rupee", "1", "rupee"],
  ["yuan", "1", "yuan"],
  ["yen", "1", "yen"],
];

/** Names that take the prefixes of the SI, and those. "MN" and "GH" are segments more often than units. */
const SI =
  "m meter metre s second g gram L l liter litre N newton J joule eV W watt Pa pascal A amp ampere C coulomb V volt Ω ohm F farad T tesla H henry Wb weber Hz hertz K kelvin mol mole".split(
    " ",
  );
const PREFIXES: readonly (readonly [symbols: string, word: string, factor: string])[] = [
  ["k", "kilo", "1000"],
  ["m", "milli", "1/1000"],
  ["μ µ", "micro", "1/1000000"],
  ["n", "nano", "1/1000000000"],
  ["p", "pico", "1/1000000000000"],
  ["", "mega", "1000000"],
  ["", "giga", "1000000000"],
];
/** The time of day, the sign ±, and thousands of seconds that nobody writes. */
const NO_UNITS = new Set(["pm", "ks", "ps"]);

const PRIMARY: ReadonlyMap<string, Unit> = new Map(
  PRIMITIVES.flatMap(([names, factor, powers]) => {
    const unit = { powers: powersOf(powers), factor: fractionOf(factor) };
    return names.split(" ").map((name) => [name, unit] as const);
  }),
);

const UNITS: ReadonlyMap<string, Unit> = new Map([
  ...SI.flatMap((name) => PREFIXES.flatMap((prefix) => prefixed(name, prefix))),
  ...PRIMARY,
]);

function prefixed(
  name: string,
  [symbols, word, by]: (typeof PREFIXES)[number],
): readonly (readonly [string, Unit])[] {
  const base = PRIMARY.get(name)!;
  const unit = { ...base, factor: multiply(base.factor, fractionOf(by), { left: 1000 })! };
  const names =
    name.length > 3 || name === "amp"
      ? [word + name]
      : symbols === ""
        ? []
        : symbols.split(" ").map((one) => one + name);
  return names.filter((one) => !NO_UNITS.has(one)).map((one) => [one, unit] as const);
}

function fractionOf(text: string): Rational {
  const [top, bottom = "1"] = text.split("/");
  return reduced(BigInt(top!), BigInt(bottom));
}

function powersOf(text: string): Record<string, number> {
  const pairs = text.split(" ").filter((part) => part !== "");
  return Object.fromEntries(
    pairs.map((part) => [/^[^\d-]+/.exec(part)![0], Number(/-?\d+$/.exec(part)?.[0] ?? 1)]),
  );
}

function reduced(top: bigint, bottom: bigint): Rational {
  return divide(whole(top), whole(bottom), { left: 1000 })!;
}

/** Words behind a number that do not say what is counted, but something else than the number. */
const NO_THINGS = new Set(
  "is are was not no never or and but more less least most than plus minus times to maybe perhaps wrong incorrect false factorial".split(
    " ",
  ),
);

/** A unit by its name; symbols by their case, words by any, in the singular or the plural. */
export function knownUnit(name: string): Unit | undefined {
  const exact = UNITS.get(name);
  if (exact) return exact;
  const word = name.toLowerCase();
  const singular = word.length > 2 ? word.replace(/s$/, "") : word;
  // "M" is no metre: only words of several letters go by any case.
  return word.length > 2
    ? (UNITS.get(word) ?? (singular.length > 1 ? UNITS.get(singular) : undefined))
    : undefined;
}

/** Of a number that only counts. */
export const NO_UNIT: Unit = { powers: {}, factor: ONE };

/** "cm", "m/s^2", "square metres", "miles per hour", "cm squared", "kg m^2"; other words are counted things. */
export function unitOf(text: string): Unit | undefined {
  let left = NO_UNIT;
  let sign = 1;
  let next = 1;
  const words = text
    .replace(/[()]/g, " ")
    .replace(/²/g, "^2")
    .replace(/³/g, "^3")
    .replace(/\s*\^\s*(?:\{\s*(-?\d)\s*\}|(-?\d))/g, "^$1$2")
    .replace(/\//g, " per ")
    .replace(/[·⋅*.]/g, " ")
    .trim()
    .split(/\s+/);
  const others: string[] = [];
  for (const word of words) {
    const lower = word.toLowerCase();
    if (lower === "per" || word === "a" || lower === "an") sign = -1;
    else if (lower === "square" || lower === "sq") next = 2;
    else if (lower === "cubic" || lower === "cu") next = 3;
    else if (lower === "squared" || lower === "cubed") {
      // Said after the unit, which was taken once already.
      const last = knownUnit(words[words.indexOf(word) - 1] ?? "");
      if (!last) return undefined;
      left = times(left, last, sign * (lower === "squared" ? 1 : 2)) ?? left;
    } else {
      const [, name = word, exponent] = /^(.+?)(?:\^(-?\d)|(?<=[a-z])([23]))?$/.exec(word) ?? [];
      const unit = knownUnit(name);
      const by = sign * next * Number(exponent ?? 1);
      if (unit) left = times(left, unit, by) ?? left;
      else if (/^\p{L}[\p{L}'-]*$/u.test(word) && !NO_THINGS.has(lower))
        others.push(sign < 0 ? `per ${singularOf(lower)}` : singularOf(lower));
      else return undefined;
      next = 1;
    }
  }
  if (others.length > 3) return undefined;
  return others.length === 0 ? left : { ...left, powers: { ...left.powers, [others.join(" ")]: 1 } };
}

function singularOf(word: string): string {
  return word
    .replace(/ies$/, "y")
    .replace(/(?<=[sxz]|ch|sh)es$/, "")
    .replace(/(?<=[^s])s$/, "");
}

/** The product of a unit and another to a power. */
export function times(a: Unit, b: Unit, exponent = 1): Unit | undefined {
  const work: Work = { left: 1000 };
  const factor = power(b.factor, whole(exponent), work);
  const product = factor && multiply(a.factor, factor, work);
  if (!product) return undefined;
  const powers = { ...a.powers };
  for (const [base, count] of Object.entries(b.powers)) {
    // A litre is a thousandth of a cubic metre.
    const [, name = base, cube] = /^(m)([23])$/.exec(base) ?? [];
    powers[name] = (powers[name] ?? 0) + count * exponent * Number(cube ?? 1);
    if (powers[name] === 0) delete powers[name];
  }
  return { powers, factor: product };
}

export function hasSameDimension(a: Unit, b: Unit): boolean {
  const names = new Set([...Object.keys(a.powers), ...Object.keys(b.powers)]);
  return [...names].every((name) => (a.powers[name] ?? 0) === (b.powers[name] ?? 0));
}

export const isSameUnit = (a: Unit, b: Unit): boolean => hasSameDimension(a, b) && isSame(a.factor, b.factor);
