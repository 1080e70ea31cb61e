/** @file Columns that several data sets have: options, pictures, the tables of VLMEvalKit. */
import { createHash } from "node:crypto";
import { isBlank, optionalText, optionalTexts, picturesIn, type Row } from "../table/index.ts";
import { LETTERS } from "./choice.ts";

/** Options in a list, or in a column for each letter; undefined where there are none. */
export function optionsIn(row: Row, ...lists: string[]): string[] | undefined {
  const list = optionalTexts(row, ...lists);
  if (list && list.length > 0) return list;
  const options: string[] = [];
  for (const letter of LETTERS) {
    const option = optionalText(row, letter);
    if (option === undefined) break;
    options.push(option);
  }
  return options.length > 0 ? options : undefined;
}

/** The pictures of the first of these columns that has some. */
export async function picturesOf(row: Row, ...columns: string[]): Promise<Uint8Array[]> {
  for (const column of columns) {
    const pictures = await picturesIn(row, column);
    if (pictures.length > 0) return pictures;
  }
  return [];
}

/** `image_1`, `image_2` and so on, to the last that has one. */
export async function numberedPictures(row: Row): Promise<Uint8Array[]> {
  const pictures: Uint8Array[] = [];
  for (let i = 1; i <= 9; i++) pictures.push(...(await picturesIn(row, `image_${i}`)));
  return pictures;
}

/** Questions of one picture stand or fall together; without a picture a question stands alone. */
export function clusterOf([first]: readonly Uint8Array[], id: string): string {
  return first ? createHash("sha256").update(first).digest("hex").slice(0, 16) : id;
}

/** Those of the given values that a row has, for the breakdown. */
export function categoriesOf(values: Readonly<Record<string, unknown>>): Record<string, string> {
  const told = Object.entries(values).filter(([, value]) => !isBlank(value) && typeof value !== "object");
  return Object.fromEntries(told.map(([name, value]) => [name, String(value)]));
}
