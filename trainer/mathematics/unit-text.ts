/** @file Units as they are written: behind a number in plain text, with the Greek letters that LaTeX has for micro and ohm. */
import { knownUnit } from "./unit.ts";

export const UNIT_AT_END = /(?<=\d|\^\{-?\d{1,3}\})( ?)([a-zA-ZμΩ][a-zA-ZμΩ/^·*{}() \d-]{0,30})$/;

/** "9.8 m/s^2" and "5 m" measure; "5m" may as well be five times m. */
export function unitAtEnd(written: string, space: string, tail: string): string {
  const unit = tail.replace(/[{}]/g, "");
  const names = unit.split(/[/·*() ]|\^-?\d/).filter((name) => name !== "" && name !== "per");
  const isKnown = names.length > 0 && names.every((name) => knownUnit(name) !== undefined);
  const isOne = names.length === 1 || /[/^·]|\bper\b|^(?:k?[NJ]|kg) (?:c?m|s)$/.test(unit);
  const isClosed = isPaired(tail, "{", "}") && isPaired(tail, "(", ")");
  return isKnown && isOne && isClosed && (space !== "" || unit.includes("/"))
    ? `\\mathrm{${unit
        .replace(/ ?\bper\b ?/g, "/")
        .replace(/[ ·*]/g, "~")
        .replace(/\^(-\d)/g, "^{$1}")}}`
    : written;
}

const isPaired = (text: string, opening: string, closing: string): boolean =>
  text.split(opening).length === text.split(closing).length;

const BRACED = /\\(?:mathrm|text|rm|textrm|operatorname)\s*\{(?:[^{}]|\^\{-?\d\}){0,60}\}/g;
const SPACE = String.raw`(?:\s|~|\\[,;:! ])`;
const LOOSE = new RegExp(
  String.raw`(?<=[\d}]${SPACE}{0,4})(\\mu|[kMm])?${SPACE}*(?:\\(?:mathrm|text)\s*\{[\s~]*([kMm]?)[\s~]*\}${SPACE}*)?\\Omega(?![a-zA-Z])`,
  "g",
);

/** \mathrm{kg \cdot m/s} as one unit, if each part is one. */
function undotted(piece: string): string {
  const inner = piece.slice(piece.indexOf("{") + 1, -1);
  const names = inner.split(/\\cdot(?![a-zA-Z])|[\s~/()]+|\^\{?-?\d\}?/).filter((name) => name !== "");
  return names.every((name) => knownUnit(name) !== undefined)
    ? piece.replace(/[\s~]*\\cdot(?![a-zA-Z])[\s~]*/g, "~")
    : piece;
}

/** \mu and \Omega are letters, but parts of units in upright text and behind a number with a space. */
export function unitLetters(text: string): string {
  if (!/\\(?:mu|Omega|cdot)(?![a-zA-Z])/.test(text)) return text;
  return text
    .replace(BRACED, undotted)
    .replace(/\\mu(?![a-zA-Z])[\s~]*\\(mathrm|text|rm)\s*\{[\s~]*(?=[A-Za-z])/g, "\\$1{ μ")
    .replace(
      /\\(mathrm|text)\s*\{[\s~]*\\mu[\s~]*\}[\s~]*(?:\\(?:mathrm|text)\s*\{)?(?=[A-Z])([A-Z])\}?/g,
      "\\$1{ μ$2}",
    )
    .replace(BRACED, (piece) => piece.replace(/\\mu[\s~]*/g, "μ").replace(/\\Omega/g, "Ω"))
    .replace(
      LOOSE,
      (_, before = "", inside = "") =>
        `\\text{ ${(before as string).replace("\\mu", "μ")}${inside as string}Ω }`,
    )
    .replace(/(?<=\d(?:\s|~|\\[,;: ])+)\\mu\s*([A-Za-z]{1,3})$/, (written, name: string) =>
      knownUnit(`μ${name}`) ? `\\text{ μ${name} }` : written,
    );
}
