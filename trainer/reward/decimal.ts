/** @file Decimal numbers as exact texts, so that values too large or too small for floating point stay apart. */

const DECIMAL = /^([+-]?)(?:(\d+)\.?(\d*)|\.(\d+))(?:e([+-]?\d+))?$/i;

/** The one text of a number: "1.50" and "15e-1" are both "15e-1". Undefined for what is no decimal number. */
export function canonicalDecimal(text: string): string | undefined {
  const match = DECIMAL.exec(text);
  if (!match) return undefined;
  const [, sign, whole = "", part = "", onlyPart = "", exponent = "0"] = match;
  const fraction = part + onlyPart;
  const digits = (whole + fraction).replace(/^0+/, "");
  if (digits === "") return "0";
  let end = digits.length;
  while (digits[end - 1] === "0") end--;
  const scale = BigInt(exponent) - BigInt(fraction.length) + BigInt(digits.length - end);
  return `${sign === "-" ? "-" : ""}${digits.slice(0, end)}e${scale}`;
}
