/** @file Pictures from files, byte for byte as transformers' `convert_to_rgb` of Pillow's `Image.open(path)`. */
import { readFile } from "node:fs/promises";
import sharp, { type Metadata, type Sharp } from "sharp";
import { TouchlineError } from "../../../env/error.ts";
import { fileErrorCode } from "../../../env/file-error.ts";

/** A frame of the game is one. */
export interface Picture {
  width: number;
  height: number;
  /** RGB, three bytes a pixel, row by row from the top. */
  data: Uint8Array;
  /** What errors call it: the path of its file. */
  name?: string;
}

/** Formats that Pillow reads as well, in the names of sharp. */
const FORMATS = new Set(["png", "jpeg", "webp", "gif", "tiff"]);

/** Where Pillow sees a decompression bomb: twice its warning's 2**28 / 3 pixels. */
const MOST_PIXELS = 2 * Math.floor(2 ** 28 / 3);

/**
 * The picture in a PNG, JPEG, WebP, GIF (its first frame) or TIFF file. What is transparent is laid over white; grey
 * and palettes become RGB; of 16 bits the upper 8 stay, but 16-bit grey is cut off at 255, which is what Pillow does.
 * Colour profiles and EXIF orientation are ignored. (transformers, when it is handed a path, turns a picture by its
 * EXIF orientation first.)
 *
 * Throws `model/picture-file` for a file that cannot be read, `model/picture-format` for one that is no such picture
 * and `model/picture-size` for one of more than 178 million pixels.
 */
export async function readPicture(path: string): Promise<Picture> {
  const bytes = await readFile(path).catch((cause: unknown) => {
    throw new TouchlineError(
      "model/picture-file",
      `The picture ${path} cannot be read (${fileErrorCode(cause)}); give the path of a PNG, JPEG, WebP, GIF or TIFF file.`,
      { cause },
    );
  });
  let source: Sharp;
  let metadata: Metadata;
  try {
    // `ignoreIcc`, because Pillow keeps the stored values; the limit is checked below, with a sentence of its own.
    source = sharp(bytes, { ignoreIcc: true, limitInputPixels: false });
    metadata = await source.metadata();
  } catch (cause) {
    throw notAPicture(path, cause);
  }
  const { width, height, format } = metadata;
  if (!FORMATS.has(format)) throw notAPicture(path);
  if (width * height > MOST_PIXELS) {
    throw new TouchlineError(
      "model/picture-size",
      `The picture ${path} has ${width} x ${height} pixels, more than the ${MOST_PIXELS} that are read; make it smaller.`,
    );
  }
  try {
    return { width, height, data: await readRgb(source, metadata), name: path };
  } catch (cause) {
    throw notAPicture(path, cause);
  }
}

async function readRgb(source: Sharp, { space, channels, hasAlpha }: Metadata): Promise<Uint8Array> {
  if (space === "grey16" && channels === 1) {
    const bytes = await source.toColourspace("grey16").raw({ depth: "ushort" }).toBuffer();
    const grey = new Uint16Array(bytes.buffer, bytes.byteOffset, bytes.length / 2);
    return Uint8Array.from({ length: 3 * grey.length }, (_, i) => Math.min(grey[Math.floor(i / 3)]!, 255));
  }
  if (space === "cmyk") {
    const ink = await source.pipelineColourspace("cmyk").toColourspace("cmyk").raw().toBuffer();
    return Uint8Array.from({ length: (3 * ink.length) / 4 }, (_, i) => {
      const pixel = 4 * Math.floor(i / 3);
      const light = 255 - ink[pixel + 3]!;
      return light - divideBy255(ink[pixel + (i % 3)]! * light);
    });
  }
  const pixels = await source.toColourspace("srgb").raw().toBuffer();
  return hasAlpha ? overWhite(pixels) : new Uint8Array(pixels);
}

/** RGBA over white, rounded as Pillow's `alpha_composite` does. */
function overWhite(pixels: Uint8Array): Uint8Array {
  return Uint8Array.from({ length: (3 * pixels.length) / 4 }, (_, i) => {
    const pixel = 4 * Math.floor(i / 3);
    const alpha = pixels[pixel + 3]!;
    const sum = (pixels[pixel + (i % 3)]! * alpha + 255 * (255 - alpha) + 128) * 128;
    return ((sum >> 8) + sum) >> 15;
  });
}

/** Rounded, in Pillow's integers. */
function divideBy255(product: number): number {
  const a = product + 128;
  return ((a >> 8) + a) >> 8;
}

function notAPicture(path: string, cause?: unknown): TouchlineError {
  return new TouchlineError(
    "model/picture-format",
    `The file ${path} is not a whole PNG, JPEG, WebP, GIF or TIFF picture; give one that an image viewer can open.`,
    { cause },
  );
}
