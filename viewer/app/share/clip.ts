/** @file A stretch of a match as a file: a picture, a gif or a video. Every frame is drawn, however long that takes. */
import { PICTURE, PictureMaker } from "./picture.ts";
import type { Subject } from "./picture.ts";

export const FORMATS = ["png", "gif", "webm", "mp4"] as const;
export type Format = (typeof FORMATS)[number];

export interface Stretch {
  from: number;
  to: number;
}

export type Progress = (done: number) => void;

const VIDEO_RATE = 30;
const VIDEO_BITS = 4_000_000;
/** Gifs count time in hundredths of a second. */
const GIF_RATE = 10;
const GIF_WIDTH = 640;
const GIF_COLOURS = 128;
const MIME = { png: "image/png", gif: "image/gif", webm: "video/webm", mp4: "video/mp4" } as const;

/** The formats that this browser can write. */
export async function formatsHere(): Promise<Format[]> {
  const still: Format[] = ["png", "gif"];
  if (typeof VideoEncoder === "undefined") return still;
  const codecs = await Promise.all((["webm", "mp4"] as const).map((format) => codecFor(format)));
  return [...still, ...(codecs[0] ? ["webm" as const] : []), ...(codecs[1] ? ["mp4" as const] : [])];
}

/** The file. A picture is of the stretch's end. `progress` hears of 0 to 1; a signal that aborts makes it throw. */
export async function makeClip(
  subject: Subject,
  { from, to }: Stretch,
  format: Format,
  progress: Progress,
  signal: AbortSignal,
): Promise<Blob> {
  const maker = await PictureMaker.make(subject);
  const second = subject.card.ticksPerScene * 10;
  const rate = format === "gif" ? GIF_RATE : VIDEO_RATE;
  const count = Math.max(1, Math.round(((to - from) / second) * rate));
  /** Draws frame `i`, and lets the page breathe now and then. */
  const draw = async (i: number): Promise<void> => {
    signal.throwIfAborted();
    maker.draw(Math.min(to, from + (i / rate) * second), 1 / rate);
    progress(i / count);
    await new Promise((resolve) => setTimeout(resolve, 0));
  };
  try {
    if (format === "png") return await makePicture(maker, to);
    if (format === "gif") return await makeGif(maker, count, draw);
    return await makeVideo(maker, format, count, draw);
  } finally {
    maker.destroy();
  }
}

async function makePicture(maker: PictureMaker, tick: number): Promise<Blob> {
  // The camera is where it wants to be, without a way to there.
  maker.draw(tick, 60);
  const blob = await new Promise<Blob | null>((resolve) => maker.canvas.toBlob(resolve, MIME.png));
  if (blob === null) throw new Error("This browser cannot write the picture.");
  return blob;
}

async function makeGif(
  maker: PictureMaker,
  count: number,
  draw: (i: number) => Promise<void>,
): Promise<Blob> {
  const { applyPalette, GIFEncoder, quantize } = await import("gifenc");
  const small = document.createElement("canvas");
  small.width = GIF_WIDTH;
  small.height = (GIF_WIDTH * PICTURE.height) / PICTURE.width;
  const context = small.getContext("2d", { willReadFrequently: true })!;
  context.imageSmoothingQuality = "high";
  const gif = GIFEncoder();
  for (let i = 0; i < count; i++) {
    await draw(i);
    context.drawImage(maker.canvas, 0, 0, small.width, small.height);
    const { data } = context.getImageData(0, 0, small.width, small.height);
    const palette = quantize(data, GIF_COLOURS);
    gif.writeFrame(applyPalette(data, palette), small.width, small.height, {
      palette,
      delay: 1000 / GIF_RATE,
    });
  }
  gif.finish();
  return new Blob([gif.bytes()], { type: MIME.gif });
}

async function makeVideo(
  maker: PictureMaker,
  format: "webm" | "mp4",
  count: number,
  draw: (i: number) => Promise<void>,
): Promise<Blob> {
  const { BufferTarget, CanvasSource, Mp4OutputFormat, Output, WebMOutputFormat } =
    await import("mediabunny");
  const codec = await codecFor(format);
  if (codec === null) throw new Error(`This browser cannot write ${format}.`);
  const target = new BufferTarget();
  const output = new Output({
    format: format === "webm" ? new WebMOutputFormat() : new Mp4OutputFormat(),
    target,
  });
  const source = new CanvasSource(maker.canvas, { codec, bitrate: VIDEO_BITS });
  output.addVideoTrack(source, { frameRate: VIDEO_RATE });
  await output.start();
  try {
    for (let i = 0; i < count; i++) {
      await draw(i);
      await source.add(i / VIDEO_RATE, 1 / VIDEO_RATE);
    }
  } catch (error) {
    await output.cancel();
    throw error;
  }
  await output.finalize();
  return new Blob([target.buffer!], { type: MIME[format] });
}

async function codecFor(format: "webm" | "mp4") {
  const { getFirstEncodableVideoCodec, Mp4OutputFormat, WebMOutputFormat } = await import("mediabunny");
  const container = format === "webm" ? new WebMOutputFormat() : new Mp4OutputFormat();
  const { width, height } = PICTURE;
  return getFirstEncodableVideoCodec(container.getSupportedVideoCodecs(), {
    width,
    height,
    bitrate: VIDEO_BITS,
  });
}
