/** @file A screenshot as a small PNG: in 256 colours, its grass without the grain that no compression can hold. */
import sharp from "sharp";

const SOFTNESS = 3;
/** Of the levels of each colour of grass. */
const STEP = 4;
/** What is farther from its surroundings is a line or a shadow, and no grain. */
const GRAIN_MAX = 14;

export async function smallPng(screenshot: Buffer): Promise<Buffer> {
  const flat = sharp(screenshot).removeAlpha();
  const { data, info } = await flat.clone().raw().toBuffer({ resolveWithObject: true });
  const soft = await flat.clone().blur(SOFTNESS).raw().toBuffer();
  for (let i = 0; i < data.length; i += 3) {
    const [red, green, blue] = [data[i]!, data[i + 1]!, data[i + 2]!];
    const isGrass = green > red + 24 && green > blue + 16 && Math.abs(green - soft[i + 1]!) < GRAIN_MAX;
    if (!isGrass) continue;
    for (let k = i; k < i + 3; k++) data[k] = Math.min(255, Math.round(soft[k]! / STEP) * STEP);
  }
  const { width, height } = info;
  return sharp(data, { raw: { width, height, channels: 3 } })
    .png({ palette: true, dither: 0, compressionLevel: 9 })
    .toBuffer();
}
