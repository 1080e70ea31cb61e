/** @file What layouts are made of: pictures, files in folders, tables as VLMEvalKit has them. */
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { encodeJpeg, encodePng } from "../../../agent/frame/index.ts";
import {
  type ParquetType,
  pythonLiteral,
  type Values,
  writeJsonl,
  writeParquet,
  writeTsv,
} from "../files.ts";

const frame = (shade: number) => ({ width: 12, height: 8, data: new Uint8Array(288).fill(shade) });
export const PNG = await encodePng(frame(20));
export const JPEG = await encodeJpeg(frame(220));
const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString("base64");
export const png = { bytes: PNG, path: "1.png" };
export const jpeg = { bytes: JPEG, path: "2.jpg" };

/** Writes into a folder that is there, and says what to give as `--data`. */
export type Layout = (folder: string) => string;

export const into = (folder: string, ...names: string[]): string => {
  const path = join(folder, ...names);
  mkdirSync(join(path, ".."), { recursive: true });
  return path;
};

export function parquet(
  name: string,
  rows: readonly Values[],
  types: Readonly<Record<string, ParquetType>>,
): Layout {
  return (folder) => writeParquet(into(folder, name), rows, types);
}

/** Rows as VLMEvalKit has them: pictures in base64 where they are new, else the index of their row. */
export function kit(
  rows: readonly Values[],
  pictures: readonly (Uint8Array | readonly Uint8Array[] | null)[],
): Values[] {
  return rows.map((row, i) => {
    const own = pictures[i]!;
    const first = pictures.findIndex((other) => other !== null && other === own);
    const image =
      own === null
        ? ""
        : first < i && first >= 0
          ? String(first)
          : own instanceof Uint8Array
            ? base64(own)
            : pythonLiteral(own.map(base64));
    return { index: i, ...row, image };
  });
}

export function tsv(name: string, rows: readonly Values[]): Layout {
  return (folder) => writeTsv(into(folder, name), rows);
}

/** A JSONL or JSON file with its pictures beside it. */
export function withImages(
  name: string,
  rows: readonly Values[],
  images: Readonly<Record<string, Uint8Array>>,
): Layout {
  return (folder) => {
    for (const [path, bytes] of Object.entries(images)) writeFileSync(into(folder, path), bytes);
    const file = into(folder, name);
    if (name.endsWith(".jsonl")) return writeJsonl(file, rows);
    writeFileSync(
      file,
      JSON.stringify(
        name.startsWith("annot") ? Object.fromEntries(rows.map((row) => [row["pid"], row])) : rows,
      ),
    );
    return file;
  };
}

export function without(rows: readonly Values[], ...names: string[]): Values[] {
  return rows.map((row) => Object.fromEntries(Object.entries(row).filter(([name]) => !names.includes(name))));
}

export const letters = (options: readonly (string | undefined)[]): Values =>
  Object.fromEntries(["A", "B", "C", "D"].map((letter, i) => [letter, options[i] ?? ""]));

/** By the name of the layout. */
export type Layouts = Readonly<Record<string, Layout>>;

/** The rows with some of their values changed, or with more. */
export function changed<R extends object, C extends object>(
  rows: readonly R[],
  change: (row: R, place: number) => C,
): (Omit<R, keyof C> & C)[] {
  return rows.map((row, place) => Object.assign({}, row, change(row, place)));
}
