/**
 * @file Frames as image files, for models that are asked over HTTP and for people. Prefer PNG: on these flat
 * pictures it keeps every byte, and JPEG is neither faster nor, at a quality that looks as good, smaller.
 */
import sharp, { type Sharp } from "sharp";
import { TouchlineError } from "../../env/error.ts";
import type { Frame } from "../../env/frame/index.ts";
import { pngOf } from "./png.ts";

/** The frame as a PNG file, without loss. */
export function encodePng(frame: Frame): Promise<Uint8Array<ArrayBuffer>> {
  return Promise.resolve(pngOf(frame));
}

/**
 * The frame as a JPEG file. `quality` is 1 to 100 (`frame/quality` otherwise). The colours keep their full
 * resolution, because halving it smears shirts and numbers.
 */
export async function encodeJpeg(frame: Frame, quality = 90): Promise<Uint8Array> {
  if (!Number.isInteger(quality) || quality < 1 || quality > 100) {
    throw new TouchlineError(
      "frame/quality",
      `The quality of a JPEG must be an integer from 1 to 100, not ${quality}.`,
    );
  }
  return read(frame).jpeg({ quality, chromaSubsampling: "4:4:4" }).toBuffer();
}

/** The picture in the bytes of an image file, on black where it is transparent. Throws `frame/image` for other bytes. */
export async function decodeImage(bytes: Uint8Array): Promise<Frame> {
  try {
    const { data, info } = await sharp(bytes)
      .flatten()
      .toColourspace("srgb")
      .raw()
      .toBuffer({ resolveWithObject: true });
    return { width: info.width, height: info.height, data: new Uint8Array(data) };
  } catch (cause) {
    throw new TouchlineError("frame/image", "The bytes are not a PNG, JPEG or WebP image that can be read.", {
      cause,
    });
  }
}

function read({ width, height, data }: Frame): Sharp {
  return sharp(data, { raw: { width, height, channels: 3 } });
}
