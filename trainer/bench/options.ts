/** @file The command line of a bench: texts, and numbers within their bounds. */
import { availableParallelism } from "node:os";
import { parseArgs } from "node:util";
import { TouchlineError } from "../../env/error.ts";

/** A number that an option takes. */
export interface NumberOption {
  default: number;
  least: number;
  most?: number;
  /** Fractions, too. */
  fraction?: boolean;
}

/** How many threads; the results do not depend on it. */
export const WORKERS: NumberOption = { default: availableParallelism(), least: 1, most: 256 };
/** Seeds are of 32 bits. */
export const SEED: NumberOption = { default: 0, least: 0, most: 0xffffffff };

type Options<Numbers extends string, Texts extends string> = Record<Numbers, number> & Record<Texts, string>;

/**
 * What the command line says, or else the defaults. For what is wrong with it the program ends with status 2 and one
 * sentence, before anything is played.
 */
export function readOptions<Numbers extends string, Texts extends string>(
  numbers: Readonly<Record<Numbers, NumberOption>>,
  texts: Readonly<Record<Texts, string>>,
): Options<Numbers, Texts> {
  return orEnd(() => parseOptions(numbers, texts, process.argv.slice(2)));
}

/** What `call` gives; a mistake that the caller can mend ends the program with status 2 and its sentence. */
export function orEnd<T>(call: () => T): T {
  try {
    return call();
  } catch (error) {
    if (!(error instanceof TouchlineError)) throw error;
    console.error(error.message);
    return process.exit(2);
  }
}

/** Throws `bench/option` for an option that there is not, and for a value that is none of its numbers. */
export function parseOptions<Numbers extends string, Texts extends string>(
  numbers: Readonly<Record<Numbers, NumberOption>>,
  texts: Readonly<Record<Texts, string>>,
  given: readonly string[],
): Options<Numbers, Texts> {
  const bounds = Object.entries<NumberOption>(numbers);
  const defaults = [
    ...bounds.map(([name, option]) => [name, String(option.default)]),
    ...Object.entries(texts),
  ];
  const values = parse(Object.fromEntries(defaults), given);
  const read = bounds.map(([name, option]) => [name, numberOf(name, values[name]!, option)]);
  return { ...values, ...Object.fromEntries(read) };
}

function parse(defaults: Readonly<Record<string, string>>, given: readonly string[]): Record<string, string> {
  const options = Object.fromEntries(
    Object.entries(defaults).map(([name, value]) => [name, { type: "string" as const, default: value }]),
  );
  try {
    return parseArgs({ args: [...given], options }).values;
  } catch (error) {
    const names = Object.keys(defaults).map((name) => `--${name}`);
    const problem = error instanceof Error ? error.message.split(/[.\n]/)[0] : String(error);
    throw new TouchlineError("bench/option", `${problem}; expected ${names.join(", ")}, each with a value.`);
  }
}

function numberOf(name: string, text: string, option: NumberOption): number {
  const { least, most = Number.MAX_SAFE_INTEGER, fraction = false } = option;
  const value = text.trim() === "" ? NaN : Number(text);
  if ((fraction || Number.isSafeInteger(value)) && value >= least && value <= most) return value;
  const range = option.most === undefined ? `of at least ${least}` : `from ${least} to ${most}`;
  throw new TouchlineError(
    "bench/option",
    `--${name} is "${text}"; expected a ${fraction ? "" : "whole "}number ${range}, for example --${name} ${option.default}.`,
  );
}
