/** @file A picture made small enough to lie in a page by the thousand. */
import sharp from "sharp";

/** Pixels of the longer side. */
const LONGEST = 640;
const QUALITY = 75;

/** As a data URI; undefined for a file that is no picture, or is not there. */
export async function thumbnailOf(path: string): Promise<string | undefined> {
  try {
    const bytes = await sharp(path)
      .resize(LONGEST, LONGEST, { fit: "inside", withoutEnlargement: true })
      .flatten({ background: "#fff" })
      .webp({ quality: QUALITY })
      .toBuffer();
    return `data:image/webp;base64,${bytes.toString("base64")}`;
  } catch {
    return undefined;
  }
}
