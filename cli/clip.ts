/** @file A stretch of a recorded episode as a picture, an animation or a video of the frames that an agent sees. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { extname } from "node:path";
import sharp from "sharp";
import { ReplayRunner } from "../agent/match/index.ts";
import type { Episode } from "../env/episode/index.ts";
import { TouchlineError } from "../env/error.ts";
import { makePainter } from "../env/frame/index.ts";
import type { Frame, Lineup, Scene } from "../env/frame/index.ts";

export const FORMATS = ["png", "gif", "webm", "mp4"] as const;
export type ClipFormat = (typeof FORMATS)[number];

export interface Stretch {
  from: number;
  to: number;
}

/** Scenes come so often. */
const SCENES_PER_SECOND = 10;
/** All frames of an animation lie in memory at once. */
const ANIMATION_FRAMES_MAX = 600;
/** Twice the agent's own frame, and its half for animations. */
const SIZES = { png: [1344, 864], gif: [672, 432], webm: [1344, 864], mp4: [1344, 864] } as const;
const CODECS = {
  webm: ["-c:v", "libvpx-vp9", "-b:v", "0", "-crf", "32"],
  mp4: ["-c:v", "libx264", "-crf", "20", "-movflags", "+faststart"],
} as const;

export function formatOf(file: string): ClipFormat {
  const ending = extname(file).slice(1).toLowerCase();
  const format = FORMATS.find((name) => name === ending);
  if (format !== undefined) return format;
  const message = `"${file}" says no format; expected a file that ends in .${FORMATS.join(", .")}.`;
  throw new TouchlineError("replay/clip-format", message);
}

/** The scenes of a recording in a stretch of ticks; a picture needs only the last at or before `to`. */
export async function scenesOf(
  recording: Episode,
  { from, to }: Stretch,
): Promise<{ lineup: Lineup; scenes: Scene[] }> {
  const runner = await ReplayRunner.make(recording);
  try {
    await runner.start();
    const { lineup } = runner.env;
    const all: Scene[] = [runner.env.scene()];
    runner.env.onScene = (scene) => all.push(scene);
    for (let i = 0; i < recording.steps.length && all.at(-1)!.tick <= to; i++) await runner.advance();
    const last = all.at(-1)!.tick;
    if (from > to || from > last) {
      const message = `Ticks ${from} to ${to} are no stretch of the recording; its ticks go from 0 to ${last}.`;
      throw new TouchlineError("replay/clip-range", message);
    }
    const first = all.findLastIndex(({ tick }) => tick <= from);
    return { lineup, scenes: all.slice(first).filter(({ tick }) => tick <= to) };
  } finally {
    await runner.close();
  }
}

/** Writes the scenes to a file; how many frames it has. A picture is of the last scene. */
export async function writeClip(
  file: string,
  format: ClipFormat,
  lineup: Lineup,
  scenes: readonly Scene[],
): Promise<number> {
  const [width, height] = SIZES[format];
  const painter = makePainter(lineup, { width, height });
  const paint = (scene: Scene): Frame => painter.paint(scene);
  if (format === "png") {
    const { data } = paint(scenes.at(-1)!);
    await sharp(data, { raw: { width, height, channels: 3 } })
      .png()
      .toFile(file);
    return 1;
  }
  if (format === "gif") await writeGif(file, scenes, paint, width, height);
  else await writeVideo(file, format, scenes, paint, width, height);
  return scenes.length;
}

async function writeGif(
  file: string,
  scenes: readonly Scene[],
  paint: (scene: Scene) => Frame,
  width: number,
  height: number,
): Promise<void> {
  if (scenes.length > ANIMATION_FRAMES_MAX) {
    const message =
      `A gif of ${scenes.length} frames is too long; at most ${ANIMATION_FRAMES_MAX} are written, which is ` +
      `${ANIMATION_FRAMES_MAX / SCENES_PER_SECOND} s. Give a shorter stretch with --from and --to.`;
    throw new TouchlineError("replay/clip-long", message);
  }
  const bytes = width * height * 3;
  const pages = new Uint8Array(bytes * scenes.length);
  scenes.forEach((scene, i) => pages.set(paint(scene).data, i * bytes));
  const raw = { width, height: height * scenes.length, channels: 3, pageHeight: height } as const;
  const delay = scenes.map(() => 1000 / SCENES_PER_SECOND);
  await sharp(pages, { raw, limitInputPixels: false }).gif({ delay, loop: 0 }).toFile(file);
}

/** By ffmpeg, which gets the frames as they are painted. */
async function writeVideo(
  file: string,
  format: "webm" | "mp4",
  scenes: readonly Scene[],
  paint: (scene: Scene) => Frame,
  width: number,
  height: number,
): Promise<void> {
  const input = ["-f", "rawvideo", "-pix_fmt", "rgb24", "-s", `${width}x${height}`];
  const rate = ["-r", String(SCENES_PER_SECOND), "-i", "-"];
  const output = [...CODECS[format], "-pix_fmt", "yuv420p", file];
  const ffmpeg = spawn("ffmpeg", ["-y", "-loglevel", "error", ...input, ...rate, ...output], {
    stdio: ["pipe", "ignore", "pipe"],
  });
  let complaint = "";
  ffmpeg.stderr.on("data", (text) => (complaint += String(text)));
  // What is written after its end is not missed: its status says what happened.
  ffmpeg.stdin.on("error", () => undefined);
  const ended = new Promise<void>((resolve, reject) => {
    ffmpeg.once("error", (cause) => reject(withoutFfmpeg(format, cause)));
    ffmpeg.once("close", (status) => (status === 0 ? resolve() : reject(failed(file, complaint))));
  });
  const write = async (): Promise<void> => {
    for (const scene of scenes) {
      // A copy: the next scene is painted over this one's bytes.
      if (!ffmpeg.stdin.write(paint(scene).data.slice())) await once(ffmpeg.stdin, "drain");
    }
    ffmpeg.stdin.end();
  };
  await Promise.race([ended, write()]);
  await ended;
}

function withoutFfmpeg(format: string, cause: unknown): TouchlineError {
  const message =
    `To write ${format}, ffmpeg must be on the PATH, and it cannot be started. ` +
    "Without it there are gif and png: end the name of --out in .gif or .png; the page writes webm and mp4, too (Share).";
  return new TouchlineError("replay/clip-ffmpeg", message, { cause });
}

function failed(file: string, complaint: string): TouchlineError {
  const told = complaint.trim().split("\n").at(-1) ?? "";
  return new TouchlineError(
    "replay/clip-failed",
    `ffmpeg could not write ${file}: ${told || "it gave no reason"}.`,
  );
}
