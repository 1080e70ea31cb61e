/** @file Text as shapes. Letters are capitals; strokes are snapped to half pixels so that they stay sharp. */
import { LARGE, SMALL, type Font } from "./font.ts";
import { capsule, union, type Dot, type Shape } from "./shape.ts";

export interface TextOptions {
  /** Wanted height of the capitals in pixels, 5 or more; it may come out a little lower, to stay sharp. */
  size: number;
  /** All digits take the same room, so that a clock does not jump. */
  tabular?: boolean;
}

/** A line of text that is set, but not yet placed. */
export interface Text {
  /** In pixels. */
  width: number;
  height: number;
  /** A shape for each letter when the top left corner lies at (x, y), best in whole pixels. */
  at(x: number, y: number): Shape[];
}

/** Drawn for a character that the font lacks. */
const MISSING = "00 20 24 04 00";

interface Letter {
  /** Pixels from the left end of the text. */
  left: number;
  strokes: Dot[][];
}

export function setText(text: string, { size, tabular = false }: TextOptions): Text {
  const font = size < 7 ? SMALL : LARGE;
  const weight = Math.max(1, Math.round(size / 7));
  const unit = Math.max(1, Math.floor((2 * (size - weight)) / font.rows) / 2);
  const letters: Letter[] = [];
  let end = 0;
  // The font has plain capitals only: accents are dropped.
  for (const character of text.normalize("NFD").replace(/\p{M}/gu, "").toUpperCase()) {
    const strokes = character === " " ? [] : parseGlyph(font, character);
    const columns = Math.max(0, ...strokes.flat().map((dot) => dot[0]));
    const room = tabular && character >= "0" && character <= "9" ? font.digitColumns : columns;
    letters.push({ left: end + Math.floor(((room - columns) * unit) / 2), strokes });
    end += room * unit + 2 * weight;
  }
  return {
    width: Math.max(0, end - weight),
    height: font.rows * unit + weight,
    at: (x, y) =>
      letters
        .filter((letter) => letter.strokes.length > 0)
        .map(({ left, strokes }) => {
          const place = ([column, row]: Dot): Dot => [
            x + left + weight / 2 + column * unit,
            y + weight / 2 + row * unit,
          ];
          return union(strokes.flatMap((stroke) => penLine(stroke.map(place), weight / 2)));
        }),
  };
}

function parseGlyph(font: Font, character: string): Dot[][] {
  return (font.glyphs[character] ?? MISSING)
    .split(", ")
    .map((stroke) => stroke.split(" ").map((point): Dot => [Number(point[0]), Number(point[1])]));
}

function penLine(dots: readonly Dot[], radius: number): Shape[] {
  if (dots.length === 1) return [capsule(dots[0]!, dots[0]!, radius)];
  return dots.slice(1).map((dot, i) => capsule(dots[i]!, dot, radius));
}
