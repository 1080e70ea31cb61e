import * as fc from "fast-check";
import sharp from "sharp";
import { describe, expect, test } from "vitest";
import { decodeImage, encodeJpeg, encodePng } from "../../agent/frame/index.ts";
import { makePainter, type Frame } from "../../env/frame/index.ts";
import { elevens, play } from "./scenes.ts";

const frame = makePainter(elevens, { grid: true }).paint(play(40));

/** Peak signal to noise ratio in decibels: about 40 looks the same to the eye, at 32 colours fringe. */
function likeness(a: Frame, b: Frame): number {
  let squares = 0;
  for (let i = 0; i < a.data.length; i++) squares += (a.data[i]! - b.data[i]!) ** 2;
  return 10 * Math.log10((255 * 255 * a.data.length) / squares);
}

const smallFrame: fc.Arbitrary<Frame> = fc
  .record({ width: fc.integer({ min: 1, max: 20 }), height: fc.integer({ min: 1, max: 20 }) })
  .chain(({ width, height }) =>
    fc
      .uint8Array({ minLength: width * height * 3, maxLength: width * height * 3 })
      .map((data) => ({ width, height, data })),
  );

describe("PNG", () => {
  test("a frame comes back byte for byte", async () => {
    expect(await decodeImage(await encodePng(frame))).toEqual(frame);
  });

  test("any picture comes back byte for byte, also one of few colours, of greys or of one pixel", async () => {
    const grey = { width: 2, height: 2, data: new Uint8Array(12).fill(128) };
    expect(await decodeImage(await encodePng(grey))).toEqual(grey);
    await fc.assert(
      fc.asyncProperty(smallFrame, async (small) => {
        expect(await decodeImage(await encodePng(small))).toEqual(small);
      }),
      { numRuns: 50 },
    );
  });

  test("a frame takes less than a tenth of its raw bytes", async () => {
    expect((await encodePng(frame)).length).toBeLessThan(frame.data.length / 10);
  });

  test("a frame in the middle of a larger buffer is encoded alone", async () => {
    const all = new Uint8Array(frame.data.length + 30).fill(7);
    all.set(frame.data, 11);
    const inside = { ...frame, data: all.subarray(11, 11 + frame.data.length) };
    expect(await encodePng(inside)).toEqual(await encodePng(frame));
  });
});

describe("JPEG", () => {
  test("looks like the frame, keeps full colour resolution and grows with quality", async () => {
    const good = await encodeJpeg(frame);
    expect(likeness(frame, await decodeImage(good))).toBeGreaterThan(36);
    const { format, chromaSubsampling, width, height } = await sharp(good).metadata();
    expect({ format, chromaSubsampling, width, height }).toEqual({
      format: "jpeg",
      chromaSubsampling: "4:4:4",
      width: 448,
      height: 288,
    });
    expect((await encodeJpeg(frame, 40)).length).toBeLessThan(good.length);
  });

  test.each([0, 101, 50.5, Number.NaN])("a quality of %d is refused", async (quality) => {
    await expect(encodeJpeg(frame, quality)).rejects.toMatchObject({ code: "frame/quality" });
  });
});

test("bytes that are no image are refused in one sentence", async () => {
  const error: unknown = await decodeImage(new Uint8Array([1, 2, 3])).catch((error: unknown) => error);
  expect(error).toMatchObject({
    code: "frame/image",
    message: "The bytes are not a PNG, JPEG or WebP image that can be read.",
  });
});
