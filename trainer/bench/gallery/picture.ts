/** @file The picture of a scenario's start, with few colours, so that a page can show many. */
import sharp from "sharp";
import { makeEnv, type Scenario } from "../../../env/football/index.ts";
import { makePainter } from "../../../env/frame/index.ts";

const SIZE = { width: 336, height: 216 };
const COLOURS = 32;

/** A PNG file of the fixed start, as the left team sees it. */
export async function startPicture(scenario: Scenario): Promise<Uint8Array> {
  const env = await makeEnv(scenario);
  try {
    env.reset({ seed: 0 });
    const painter = makePainter(env.lineup, { ...SIZE, hud: false });
    const { data, width, height } = painter.paint(env.scene());
    return await sharp(data, { raw: { width, height, channels: 3 } })
      .png({ palette: true, colours: COLOURS, dither: 0, compressionLevel: 9, effort: 10 })
      .toBuffer();
  } finally {
    env.close();
  }
}
