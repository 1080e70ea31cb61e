/** @file How Python prints its values: `str`, `repr` and the formats of formatted strings. */
import { rowsOf } from "./array.ts";
import { notImported, type Place } from "./refusal.ts";
import { isThing, known, real, type Run, typeName, type Value, whole } from "./value.ts";

export function strOf(value: Value, run: Run, at: Place): string {
  return typeof value === "string" ? value : reprOf(value, run, at);
}

export function reprOf(value: Value, run: Run, at: Place, depth = 0): string {
  run.spend(1, at);
  known(value);
  if (depth > 20) throw notImported(at, "a value holds itself");
  if (value === null) return "None";
  if (typeof value === "string") return quoted(value);
  if (typeof value === "boolean") return value ? "True" : "False";
  if (typeof value === "bigint") return String(value);
  if (typeof value === "number") return floatText(value);
  const inner = (one: Value) => reprOf(one, run, at, depth + 1);
  switch (value.kind) {
    case "list":
      return `[${value.items.map(inner).join(", ")}]`;
    case "array":
      return `[${rowsOf(value).map(inner).join(", ")}]`;
    case "tuple":
      return value.items.length === 1
        ? `(${inner(value.items[0]!)},)`
        : `(${value.items.map(inner).join(", ")})`;
    case "set":
      return value.entries.size === 0 ? "set()" : `{${[...value.entries.values()].map(inner).join(", ")}}`;
    case "dict":
      return `{${[...value.entries.values()].map(([key, one]) => `${inner(key)}: ${inner(one)}`).join(", ")}}`;
    case "range":
      return `range(${value.start}, ${value.stop}${value.step === 1 ? "" : `, ${value.step}`})`;
    case "enum":
      return value.name;
    default:
      return `<${value.kind}>`;
  }
}

function quoted(text: string): string {
  const quote = text.includes("'") && !text.includes('"') ? '"' : "'";
  return (
    quote + text.replaceAll("\\", "\\\\").replaceAll(quote, `\\${quote}`).replaceAll("\n", "\\n") + quote
  );
}

/** The shortest digits that read back as the number, as Python lays them out. */
function floatText(value: number): string {
  if (Number.isNaN(value)) return "nan";
  if (!Number.isFinite(value)) return value > 0 ? "inf" : "-inf";
  if (Object.is(value, -0)) return "-0.0";
  const size = Math.abs(value);
  if (size !== 0 && (size < 1e-4 || size >= 1e16)) {
    return value.toExponential().replace(/e([+-])(\d)$/, "e$10$2");
  }
  const text = String(value);
  return text.includes(".") ? text : `${text}.0`;
}

const SPEC = /^(?:(.)?([<>^=]))?([-+ ]?)(0?)(\d*)(,?)(?:\.(\d+))?([dfFeEgGs%xob]?)$/;

/** `format(value, spec)`. */
export function formatted(value: Value, spec: string, run: Run, at: Place): string {
  if (spec === "") return strOf(value, run, at);
  const parts = SPEC.exec(spec);
  if (parts === null) throw notImported(at, `the format "${spec}" is not read here`);
  const [, fill, align, sign, zero, width, comma, digits, type] = parts;
  let text = bodyOf(value, type ?? "", digits === undefined ? undefined : Number(digits), run, at);
  if (comma !== "") text = text.replace(/\d+/, (whole) => whole.replace(/\B(?=(\d{3})+$)/g, ","));
  if (sign !== "" && sign !== "-" && typeof value !== "string" && !text.startsWith("-"))
    text = `${sign}${text}`;
  const missing = Math.min(Number(width), 1000) - text.length;
  if (missing <= 0) return text;
  const padding = (zero === "0" && align === undefined ? "0" : (fill ?? " ")).repeat(missing);
  const side = align ?? (zero === "0" ? "=" : typeof value === "string" ? "<" : ">");
  if (side === "=") return text.replace(/^[-+ ]?/, (before) => before + padding);
  if (side === "^") return padding.slice(0, missing >> 1) + text + padding.slice(missing >> 1);
  return side === "<" ? text + padding : padding + text;
}

function bodyOf(given: Value, type: string, digits: number | undefined, run: Run, at: Place): string {
  const value = typeof given === "boolean" && type !== "s" ? BigInt(given) : given;
  if (typeof value === "string" || type === "s") return strOf(value, run, at).slice(0, digits);
  switch (type) {
    case "d":
      return String(whole(value, "what d formats", at));
    case "x":
    case "o":
    case "b":
      return whole(value, `what ${type} formats`, at).toString({ x: 16, o: 8, b: 2 }[type]);
    case "f":
    case "F":
      return fixed(real(value, "what f formats", at), digits ?? 6);
    case "%":
      return `${fixed(100 * real(value, "what % formats", at), digits ?? 6)}%`;
    case "e":
    case "E":
      return scientific(real(value, "what e formats", at), digits ?? 6);
    case "g":
    case "G":
      return general(real(value, "what g formats", at), digits ?? 6);
    default:
      if (typeof value === "number" && digits !== undefined) return general(value, digits);
      if (isThing(value) && digits !== undefined) throw notImported(at, `${typeName(value)} has no digits`);
      return strOf(value, run, at);
  }
}

/** The exponent of 10 once a number is rounded to so many decimals of its first digit. */
function scientific(value: number, digits: number): string {
  const places = Math.min(digits, 50);
  if (!Number.isFinite(value) || value === 0)
    return value === 0 ? `${fixed(value, places)}e+00` : floatText(value);
  let exponent = Number(Math.abs(value).toExponential().split("e")[1]);
  let text = shifted(value, exponent, places);
  if (/^-?10/.test(text)) text = shifted(value, ++exponent, places);
  return `${text}e${exponent < 0 ? "-" : "+"}${String(Math.abs(exponent)).padStart(2, "0")}`;
}

/** `value / 10 ** exponent`, rounded once. */
function shifted(value: number, exponent: number, places: number): string {
  if (exponent > 20 || exponent < -20) return value.toExponential(places).split("e")[0]!;
  // Rounding to a power of 10 above 1 drops figures; below it keeps more of them.
  const kept = places - exponent;
  if (kept >= 0) return withPoint(fixed(value, kept), places);
  const step = 10n ** BigInt(-kept);
  const size = BigInt(Math.trunc(Math.abs(value)));
  const rest = 2n * (size % step);
  const more = rest > step || (rest === step && (Math.abs(value) % 1 !== 0 || (size / step) % 2n === 1n));
  return withPoint(`${value < 0 ? "-" : ""}${size / step + (more ? 1n : 0n)}`, places);
}

/** Figures with the point before the last `places` of them. */
function withPoint(text: string, places: number): string {
  const sign = text.startsWith("-") ? "-" : "";
  const figures = text
    .replace(/[-.]/g, "")
    .replace(/^0+(?=\d)/, "")
    .padStart(places + 1, "0");
  return sign + (places === 0 ? figures : `${figures.slice(0, -places)}.${figures.slice(-places)}`);
}

/** So many figures, as short as they go, with an exponent where the number is very large or small. */
function general(value: number, digits: number): string {
  const figures = Math.min(Math.max(digits, 1), 50);
  const long = scientific(value, figures - 1);
  const [mantissa = "", power = "0"] = long.split("e");
  const exponent = Number(power);
  if (exponent >= -4 && exponent < figures)
    return withoutZeros(fixed(value, Math.max(0, figures - 1 - exponent)));
  return Number.isFinite(value) ? `${withoutZeros(mantissa)}e${power}` : long;
}

function withoutZeros(text: string): string {
  return text.includes(".") ? text.replace(/\.?0+$/, "") : text;
}

/** With so many decimals, rounded as Python does: exactly, a half to the even digit. */
export function fixed(value: number, digits: number): string {
  if (!Number.isFinite(value)) return floatText(value);
  const places = Math.min(digits, 60);
  // So large a number has no decimals.
  if (Math.abs(value) >= 1e21) return `${BigInt(value)}${places === 0 ? "" : `.${"0".repeat(places)}`}`;
  // oxlint-disable-next-line oxc/number-arg-out-of-range -- the rule knows the old limit
  const exact = Math.abs(value).toFixed(100);
  const rest = exact.slice(exact.length - 100 + places);
  const kept = places === 0 ? exact.slice(0, -101) : exact.slice(0, exact.length - 100 + places);
  const half = `5${"0".repeat(rest.length - 1)}`;
  let number = BigInt(kept.replace(".", ""));
  if (rest > half || (rest === half && number % 2n === 1n)) number += 1n;
  const figures = String(number).padStart(places + 1, "0");
  const text = places === 0 ? figures : `${figures.slice(0, -places)}.${figures.slice(-places)}`;
  return value < 0 || Object.is(value, -0) ? `-${text}` : text;
}

/** `text % values`: %s, %r and numbers. */
export function percent(text: string, values: Value, run: Run, at: Place): string {
  const rest = isThing(values) && values.kind === "tuple" ? [...values.items] : [values];
  const made = text.replace(
    /%(?:%|([-+ 0]*\d{0,3}(?:\.\d{1,3})?)([srdifgex])|(.|$))/g,
    (_, spec?: string, type?: string) => {
      if (_ === "%%") return "%";
      const value = rest.shift();
      if (type === undefined) throw notImported(at, "a string is formatted in a way that is not read here");
      if (value === undefined) throw notImported(at, "a string is formatted with too few values");
      if (type === "r") return reprOf(value, run, at);
      if (type === "d" || type === "i") {
        const number = real(value, "what d formats", at);
        if (!Number.isFinite(number)) throw notImported(at, "%d formats no infinite number");
        return formatted(BigInt(Math.trunc(number)), layout(spec!, ">"), run, at);
      }
      if (type === "s") return formatted(strOf(value, run, at), layout(spec!, ">"), run, at);
      return formatted(value, `${layout(spec!, ">")}${type}`, run, at);
    },
  );
  if (rest.length > 0) throw notImported(at, "a string is formatted with too many values");
  run.spend(made.length, at);
  return made;
}

/** The flags of a % format as those of `format`. */
function layout(spec: string, side: string): string {
  const [, flags = "", rest = ""] = /^([-+ 0]*)(.*)$/.exec(spec) ?? [];
  const sign = flags.includes("+") ? "+" : flags.includes(" ") ? " " : "";
  if (flags.includes("-")) return `<${sign}${rest}`;
  return flags.includes("0") ? `${sign}0${rest}` : rest === "" && sign === "" ? "" : `${side}${sign}${rest}`;
}
