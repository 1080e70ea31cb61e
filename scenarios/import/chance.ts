/** @file `random` and `numpy.random`: what they draw once a seed is known, and a refusal as long as none is. */
import { isArray, ofNumbers, rowsOf } from "./array.ts";
import { arrayOf, combine, fill } from "./broadcast.ts";
import { bind } from "./argument.ts";
import { builtin } from "./builtin.ts";
import { cos, log, sin, WORK } from "./exact.ts";
import { itemsOf } from "./iterate.ts";
import { notImported, type Place } from "./refusal.ts";
import { Twister } from "./twister.ts";
import { type Arguments, isThing, list, real, type Run, type Value, whole } from "./value.ts";

type Draw = (twister: Twister, values: (Value | undefined)[], run: Run, at: Place) => Value;
type Table = Readonly<Record<string, readonly [parameters: readonly string[], draw: Draw]>>;

const TAU = 2 * Math.PI;

/** Where numbers come from; the file or the caller of the importer seeds it. */
export interface Source {
  twister: Twister | null;
  /** The seed is the caller's, and something was drawn from it. */
  chosen: boolean;
  used: boolean;
}

function drawing(source: Source, table: Table): [string, Value][] {
  return Object.entries(table).map(([name, [parameters, draw]]) => [
    name,
    builtin(name, (args, run, at) => {
      source.used ||= source.chosen;
      run.spend(WORK, at);
      if (source.twister === null) {
        throw notImported(at, `${name}() draws at random, and nothing has set a seed; give one with --seed`);
      }
      return draw(source.twister, bind(name, parameters, args, at), run, at);
    }),
  ]);
}

function pick(twister: Twister, value: Value, run: Run, at: Place): Value {
  const items = itemsOf(value, run, at);
  if (items.length === 0) throw notImported(at, "there is nothing to choose from");
  return items[twister.below(items.length)]!;
}

/** In [start, stop). */
function between(twister: Twister, start: number, stop: number, step: number, at: Place): Value {
  const count = Math.ceil((stop - start) / step);
  if (!(count > 0)) throw notImported(at, "there is no integer to draw");
  return BigInt(start + step * twister.below(count));
}

function gauss(twister: Twister): number {
  const { spare } = twister;
  twister.spare = null;
  if (spare !== null) return spare;
  const angle = twister.random() * TAU;
  const radius = Math.sqrt(-2 * log(1 - twister.random()));
  twister.spare = sin(angle) * radius;
  return cos(angle) * radius;
}

function numpyGauss(twister: Twister): number {
  const { spare } = twister;
  twister.spare = null;
  if (spare !== null) return spare;
  for (;;) {
    const x = 2 * twister.random() - 1;
    const y = 2 * twister.random() - 1;
    const square = x * x + y * y;
    if (square >= 1 || square === 0) continue;
    const factor = Math.sqrt((-2 * log(square)) / square);
    twister.spare = factor * x;
    return factor * y;
  }
}

const integer = (value: Value | undefined, at: Place) => whole(value ?? null, "a bound", at);
const number = (value: Value | undefined, at: Place) => real(value ?? null, "a bound", at);

/** As Python's `random` draws. */
const PYTHON: Table = {
  random: [[], (twister) => twister.random()],
  uniform: [
    ["a", "b"],
    (twister, [a, b], _run, at) => number(a, at) + (number(b, at) - number(a, at)) * twister.random(),
  ],
  randint: [
    ["a", "b"],
    (twister, [a, b], _run, at) => between(twister, integer(a, at), integer(b, at) + 1, 1, at),
  ],
  randrange: [
    ["start", "stop?", "step?"],
    (twister, [start, stop, step = 1n], _run, at) =>
      stop === undefined
        ? between(twister, 0, integer(start, at), 1, at)
        : between(twister, integer(start, at), integer(stop, at), integer(step, at), at),
  ],
  choice: [["seq"], (twister, [items], run, at) => pick(twister, items!, run, at)],
  choices: [
    ["population", "k?"],
    (twister, [items, k = 1n], run, at) => {
      const all = itemsOf(items!, run, at);
      const count = integer(k, at);
      run.spend(Math.max(0, count), at);
      if (all.length === 0) throw notImported(at, "there is nothing to choose from");
      return list(
        Array.from({ length: Math.max(0, count) }, () => all[Math.floor(twister.random() * all.length)]!),
      );
    },
  ],
  shuffle: [
    ["x"],
    (twister, [value], run, at) => {
      // It changes rows about by way of each other, and loses some.
      if (isArray(value!) && value.shape.length > 1)
        throw notImported(at, "the rows of an array are shuffled by random, which numpy.random does rightly");
      return shuffled(value!, (last) => twister.below(last + 1), run, at);
    },
  ],
  sample: [
    ["population", "k"],
    (twister, [value, k], run, at) => {
      const pool = [...itemsOf(value!, run, at)];
      const count = integer(k, at);
      if (count < 0 || count > pool.length)
        throw notImported(at, "a sample is larger than what it is drawn from");
      if (pool.length > 21) throw notImported(at, "a sample of more than 21 items is drawn");
      const drawn: Value[] = [];
      for (let i = 0; i < count; i++) {
        const place = twister.below(pool.length - i);
        drawn.push(pool[place]!);
        pool[place] = pool[pool.length - i - 1]!;
      }
      return list(drawn);
    },
  ],
  gauss: [
    ["mu?", "sigma?"],
    (twister, [mu = 0, sigma = 1], _run, at) => number(mu, at) + gauss(twister) * number(sigma, at),
  ],
};

/** As numpy's older interface draws. */
const NUMPY: Table = {
  random: [["size?"], (twister, [size], run, at) => filled(size, () => twister.random(), run, at)],
  random_sample: [["size?"], (twister, [size], run, at) => filled(size, () => twister.random(), run, at)],
  rand: [["d0?", "d1?"], (twister, sizes, run, at) => filled(shape(sizes), () => twister.random(), run, at)],
  randn: [
    ["d0?", "d1?"],
    (twister, sizes, run, at) => filled(shape(sizes), () => numpyGauss(twister), run, at),
  ],
  uniform: [
    ["low?", "high?", "size?"],
    (twister, [low = 0, high = 1, size], run, at) => {
      const one = (a: Value, b: Value) => number(a, at) + (number(b, at) - number(a, at)) * twister.random();
      return size === undefined || size === null
        ? combine(low, high, one, run, at)
        : filled(size, () => one(low, high), run, at);
    },
  ],
  normal: [
    ["loc?", "scale?", "size?"],
    (twister, [loc = 0, scale = 1, size], run, at) => {
      const one = (a: Value, b: Value) => number(a, at) + number(b, at) * numpyGauss(twister);
      return size === undefined || size === null
        ? combine(loc, scale, one, run, at)
        : filled(size, () => one(loc, scale), run, at);
    },
  ],
  randint: [
    ["low", "high?", "size?"],
    (twister, [low, high, size], run, at) => {
      const given = high !== undefined && high !== null;
      const first = given ? integer(low, at) : 0;
      const last = (given ? integer(high, at) : integer(low, at)) - 1;
      if (last < first) throw notImported(at, "there is no integer to draw");
      return filled(size, () => BigInt(first + twister.upTo(last - first)), run, at);
    },
  ],
  choice: [
    ["a", "size?"],
    (twister, [a, size], run, at) => {
      const items =
        typeof a === "bigint"
          ? Array.from({ length: within(a, run, at) }, (_, i) => BigInt(i))
          : itemsOf(a!, run, at);
      if (items.length === 0) throw notImported(at, "there is nothing to choose from");
      return filled(size, () => items[twister.upTo(items.length - 1)]!, run, at);
    },
  ],
  shuffle: [["x"], (twister, [value], run, at) => shuffled(value!, (last) => twister.upTo(last), run, at)],
};

function within(value: Value, run: Run, at: Place): number {
  const count = Math.max(0, integer(value, at));
  run.spend(count, at);
  return count;
}

function shape(sizes: readonly (Value | undefined)[]): Value | undefined {
  const given = sizes.filter((size): size is Value => size !== undefined);
  return given.length === 0 ? undefined : { kind: "tuple", items: given };
}

/** One drawn value, or an array of them. */
function filled(size: Value | undefined, draw: () => Value, run: Run, at: Place): Value {
  if (size === undefined || size === null) return draw();
  const sizes = typeof size === "bigint" ? [size] : itemsOf(size, run, at);
  const shape = sizes.map((one) => within(one, run, at));
  const length = shape.reduce((all, one) => all * one, 1);
  run.spend(length, at);
  return ofNumbers(Array.from({ length }, draw), shape, at);
}

function shuffled(value: Value, upTo: (last: number) => number, run: Run, at: Place): null {
  if (!isThing(value) || (value.kind !== "list" && value.kind !== "array"))
    throw notImported(at, "only a list can be shuffled");
  // The rows of an array are windows on it: they are read out before they are written.
  const items = isArray(value) ? rowsOf(value).map((row) => arrayOf(row, run, at)) : value.items;
  for (let i = items.length - 1; i > 0; i--) {
    const j = upTo(i);
    [items[i], items[j]] = [items[j]!, items[i]!];
  }
  if (isArray(value)) fill(value, list(items), run, at);
  return null;
}

function module(name: string, members: [string, Value][]): Value {
  return { kind: "module", name, members: new Map(members) };
}

/** `seed(n)`, and the class whose objects draw from a seed of their own. */
function seeding(
  source: Source,
  table: Table,
  ofSeed: (seed: bigint, at: Place) => Twister,
  type: string,
): [string, Value][] {
  const read = (args: Arguments, at: Place): Twister | null => {
    const [seed = null] = bind("seed", ["a?"], args, at);
    if (seed === null) return null;
    if (typeof seed !== "bigint") throw notImported(at, "a seed is no integer");
    return ofSeed(seed, at);
  };
  return [
    [
      "seed",
      builtin("seed", (args, _run, at) => {
        const twister = read(args, at);
        if (twister !== null) {
          source.twister = twister;
          source.chosen = false;
        } else if (!source.chosen)
          throw notImported(at, "seed() is given no seed, so that every run draws anew");
        return null;
      }),
    ],
    [
      type,
      builtin(type, (args, _run, at) => {
        const twister = read(args, at);
        return module(
          type,
          drawing(twister === null ? source : { twister, chosen: false, used: false }, table),
        );
      }),
    ],
  ];
}

/** Python's module. */
export function pythonRandom(source: Source): Value {
  return module("random", [
    ...drawing(source, PYTHON),
    ...seeding(source, PYTHON, (seed) => Twister.ofInteger(seed), "Random"),
  ]);
}

function numpySeed(seed: bigint, at: Place): Twister {
  if (seed < 0n || seed > 0xffffffffn)
    throw notImported(at, "numpy takes no seed outside of 0 to 4294967295");
  return Twister.ofNumber(Number(seed));
}

/** numpy's. */
export function numpyRandom(source: Source): Value {
  return module("numpy.random", [
    ...drawing(source, NUMPY),
    ...seeding(source, NUMPY, numpySeed, "RandomState"),
  ]);
}
