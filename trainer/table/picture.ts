/** @file Pictures as they stand in rows: bytes, `{bytes, path}`, base64, a file beside the data, or a list of these. */
import { readFile } from "node:fs/promises";
import { basename, dirname, extname, join, relative, resolve } from "node:path";
import sharp from "sharp";
import { readLiteral } from "./literal.ts";
import { type Row, shown, wrongValue } from "./row.ts";

const PATH = /^[^\n]{1,1024}\.(?:jpe?g|png|webp|gif|tiff?|bmp|avif)$/i;
const BASE64 = /^[A-Za-z0-9+/_-]+={0,2}$/;

/**
 * The pictures in a row's column as the bytes of their files, none where there is nothing.
 * @throws TouchlineError `suite/row` for what is no picture, or none that can be decoded.
 */
export async function picturesIn(row: Row, column: string): Promise<Uint8Array[]> {
  const wrong = (what: string) => wrongValue(row, column, what);
  const pictures = await bytesOf(row.values[column], row.file, wrong);
  for (const [i, bytes] of pictures.entries()) {
    const which = pictures.length > 1 ? `picture ${i + 1} of ${pictures.length}` : "the picture";
    await checkPicture(bytes).catch((error: unknown) => {
      const why = error instanceof Error ? error.message : String(error);
      throw wrong(`${which} cannot be decoded (${why}); expected a PNG, JPEG or WebP.`);
    });
  }
  return pictures;
}

type Wrong = (what: string) => Error;

async function bytesOf(value: unknown, file: string, wrong: Wrong): Promise<Uint8Array[]> {
  if (value === null || value === undefined || value === "") return [];
  if (value instanceof Uint8Array) return [value];
  if (Array.isArray(value))
    return (await Promise.all(value.map((item) => bytesOf(item, file, wrong)))).flat();
  if (typeof value === "object") return bytesOfStruct(value as Record<string, unknown>, file, wrong);
  if (typeof value === "string") return bytesOfText(value.trim(), file, wrong);
  throw wrong(`${shown(value)} is no picture.`);
}

/** What Hugging Face makes of an image: bytes, or the path of a file where there are none. */
function bytesOfStruct(struct: Record<string, unknown>, file: string, wrong: Wrong): Promise<Uint8Array[]> {
  const { bytes, path, src, url } = struct;
  const inner = [bytes, path, src, url].find((item) => item !== null && item !== undefined && item !== "");
  if (bytes === undefined && inner === undefined) throw wrong(`${shown(struct)} is no picture.`);
  return bytesOf(inner, file, wrong);
}

async function bytesOfText(text: string, file: string, wrong: Wrong): Promise<Uint8Array[]> {
  if (text.startsWith("[")) return bytesOf(listIn(text, wrong), file, wrong);
  if (PATH.test(text)) return [await besideFile(text, file, wrong)];
  const data = text.startsWith("data:") ? text.slice(text.indexOf(",") + 1) : text;
  const bare = /\s/.test(data) ? data.replace(/\s+/g, "") : data;
  if (!BASE64.test(bare)) throw wrong(`${shown(text)} is neither base64 nor the path of a picture.`);
  return [Buffer.from(bare, "base64")];
}

function listIn(text: string, wrong: Wrong): unknown {
  try {
    return readLiteral(text);
  } catch (error) {
    throw wrong(error instanceof Error ? error.message : String(error));
  }
}

/** Where data sets put their pictures: beside the file, in `images`, in a folder named like the file. */
async function besideFile(path: string, file: string, wrong: Wrong): Promise<Uint8Array> {
  const folder = resolve(dirname(file));
  const stem = basename(file, extname(file));
  const name = basename(path.replaceAll("\\", "/"));
  const own = ["", "images", join("images", stem), stem];
  const homes = [folder, dirname(folder)].flatMap((home) => own.map((sub) => join(home, sub)));
  for (const place of homes.flatMap((home) => [join(home, path), join(home, name)])) {
    // A data set has no business outside of its folder.
    if (relative(dirname(folder), place).startsWith("..")) continue;
    const bytes = await readFile(place).catch(() => undefined);
    if (bytes) return bytes;
  }
  throw wrong(
    `the picture ${shown(path)} is not there; expected it in ${folder}, or in its folder "images".`,
  );
}

/** Whether its header can be read; the rest is read by whoever looks at it. */
async function checkPicture(bytes: Uint8Array): Promise<void> {
  const { width, height } = await sharp(bytes).metadata();
  if (!width || !height) throw new Error("it has no size");
}
