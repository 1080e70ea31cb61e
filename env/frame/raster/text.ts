/** @file Lines of text as shapes, and how much room they take. Letters are capitals, sizes are whole pixels. */
import { LARGE, SMALL, type Font } from "./font.ts";
import { capsule, union, type Dot, type Shape } from "./shape.ts";

/** What a character without a glyph becomes. */
const MISSING = "00 20 24 04 00";

/** Below this size in pixels no letter can be read. */
export const SMALLEST_TEXT = 5;

/** The pen for capitals of this height in pixels: stroke width, lattice unit and the gap between letters. */
function pen(size: number): { font: Font; weight: number; unit: number; gap: number } {
  const font = size < 7 ? SMALL : LARGE;
  const weight = Math.max(1, Math.round(size / 6));
  return { font, weight, unit: (size - weight) / font.rows, gap: Math.max(1, Math.round(size / 7)) };
}

interface Glyph {
  columns: number;
  strokes: Dot[][];
}

function glyph(font: Font, character: string): Glyph {
  if (character === " ") return { columns: 1, strokes: [] };
  const strokes = (font.glyphs[character] ?? MISSING)
    .split(", ")
    .map((stroke) => stroke.split(" ").map((point): Dot => [Number(point[0]), Number(point[1])]));
  return { columns: Math.max(...strokes.flat().map((dot) => dot[0])), strokes };
}

/** Capitals without accents, which is what the font has. */
function spelled(text: string): string[] {
  return Array.from(text.normalize("NFD").replace(/\p{M}/gu, "").toUpperCase());
}

function digitPadding(font: Font, character: string, columns: number, tabular: boolean): number {
  return tabular && character >= "0" && character <= "9" ? (font.digitColumns - columns) / 2 : 0;
}

export interface TextOptions {
  /** Height of the capitals in pixels, 5 or more. */
  size: number;
  /** All digits take the same room, so that a clock does not jump. */
  tabular?: boolean;
}

/** Width of the text in pixels. */
export function textWidth(text: string, { size, tabular = false }: TextOptions): number {
  const { font, weight, unit, gap } = pen(size);
  let width = -gap;
  for (const character of spelled(text)) {
    const { columns } = glyph(font, character);
    width += (columns + 2 * digitPadding(font, character, columns, tabular)) * unit + weight + gap;
  }
  return Math.max(0, width);
}

/** The text as one shape for each stroke, its top left corner at (x, y). */
export function textShapes(
  text: string,
  x: number,
  y: number,
  { size, tabular = false }: TextOptions,
): Shape[] {
  const { font, weight, unit, gap } = pen(size);
  const half = weight / 2;
  const shapes: Shape[] = [];
  let left = x;
  for (const character of spelled(text)) {
    const { columns, strokes } = glyph(font, character);
    const padding = digitPadding(font, character, columns, tabular) * unit;
    const place = ([column, row]: Dot): Dot => [left + padding + half + column * unit, y + half + row * unit];
    if (strokes.length > 0) {
      shapes.push(
        union(
          strokes.flatMap((stroke) =>
            stroke
              .slice(Math.min(1, stroke.length - 1))
              .map((dot, i) => capsule(place(stroke[i]!), place(dot), half)),
          ),
        ),
      );
    }
    left += columns * unit + 2 * padding + weight + gap;
  }
  return shapes;
}
