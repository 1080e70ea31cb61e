/** @file The pictures of a run, kept once each under `images/`, as the data set has them. */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { TouchlineError } from "../../../env/error.ts";
import { type Picture, readPicture } from "../../../agent/model/index.ts";
import { sha256, writeWhole } from "../index.ts";

export const IMAGES = "images";

/** How files of pictures begin, by their ending. */
const BEGINNINGS: readonly (readonly [ending: string, begins: RegExp])[] = [
  ["png", /^\u0089PNG/],
  ["jpg", /^\u00ff\u00d8\u00ff/],
  ["gif", /^GIF8/],
  ["webp", /^RIFF[^]{4}WEBP/],
  ["tif", /^(?:II\*\0|MM\0\*)/],
];

/** Names under `images/` of these files' bytes, which are written there. @throws TouchlineError `bench/write`. */
export function keepPictures(directory: string, pictures: readonly Uint8Array[]): string[] {
  return pictures.map((bytes) => {
    const begins = Buffer.from(bytes.subarray(0, 12)).toString("latin1");
    const ending = BEGINNINGS.find(([, pattern]) => pattern.test(begins))?.[0] ?? "bin";
    const name = `${sha256(bytes)}.${ending}`;
    const path = join(directory, IMAGES, name);
    if (!existsSync(path)) writeWhole(path, bytes);
    return name;
  });
}

/** As a model sees them. @throws TouchlineError `bench/picture`, for the first that cannot be read. */
export function openPictures(
  directory: string,
  names: readonly string[],
  sample: string,
): Promise<Picture[]> {
  return Promise.all(
    names.map(async (name, place) => {
      try {
        return await readPicture(join(directory, IMAGES, name));
      } catch (cause) {
        if (!(cause instanceof TouchlineError)) throw cause;
        const message = `The sample "${sample}" is not asked: its picture ${place + 1} cannot be read. ${cause.message}`;
        throw new TouchlineError("bench/picture", message, { cause });
      }
    }),
  );
}
