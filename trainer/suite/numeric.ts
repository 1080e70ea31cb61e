/** @file Numbers in answers, for rules that allow a tolerance. */

const PLAIN = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i;

/** The number that a text is; undefined for what is none. Understands signs, thousands, fractions and powers of ten. */
export function numberOf(text: string): number | undefined {
  const bare = text
    .replace(/\\left|\\right|\\[,;!: ]|\\displaystyle|[\s$]/g, "")
    .replace(/[−–]/g, "-")
    .replace(/\\[dt]frac/g, "\\frac")
    .replace(/(?<=\d),(?=\d{3}(?!\d))/g, "");
  return value(bare);
}

function value(text: string): number | undefined {
  if (PLAIN.test(text)) return Number(text);
  const [, sign, upper, lower] =
    /^([+-]?)\\frac\{?([^{}]+)\}?\{([^{}]+)\}$/.exec(text) ??
    /^([+-]?)\(?(-?[\d.]+)\)?\/\(?(-?[\d.]+)\)?$/.exec(text) ??
    [];
  if (upper !== undefined && lower !== undefined && PLAIN.test(upper) && PLAIN.test(lower)) {
    const quotient = Number(upper) / Number(lower);
    return Number.isFinite(quotient) ? (sign === "-" ? -quotient : quotient) : undefined;
  }
  const [, mantissa, exponent] =
    /^([+-]?[\d.]+)(?:\\times|\\cdot|\*|×)10\^\{?([+-]?\d+)\}?$/.exec(text) ?? [];
  if (mantissa !== undefined && PLAIN.test(mantissa)) return Number(`${mantissa}e${exponent}`);
  return undefined;
}

/** As Python rounds: halves to the even neighbour, and of the number as it is in binary. */
export function roundTo(number: number, digits: number): number {
  const fixed = Number(number.toFixed(digits));
  const scaled = Math.abs(number) * 10 ** digits;
  const isHalf = scaled % 1 === 0.5 && Number.isInteger(number * 2 ** 20);
  if (!isHalf) return fixed;
  const even = 2 * Math.round(scaled / 2);
  return (Math.sign(number) * even) / 10 ** digits;
}
