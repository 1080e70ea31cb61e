/** @file `touchline replay export` as a user runs it: pictures and animations of what is in a recording. */
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import sharp from "sharp";
import { afterAll, describe, expect, test } from "vitest";
import { readEpisode } from "../../env/episode/index.ts";
import { makePainter } from "../../env/frame/index.ts";
import { scenesOf } from "../../cli/clip.ts";
import { touchline } from "./run.ts";

const FILE = fileURLToPath(new URL("../../docs/laws/corner.jsonl", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "touchline-export-"));
afterAll(() => rmSync(folder, { recursive: true }));

const write = (name: string, ...words: string[]) =>
  touchline(["replay", "export", FILE, ...words, "--out", join(folder, name)]);

describe("a recording", { timeout: 240_000 }, () => {
  test("becomes a picture of one tick: the frame that an agent would get in that size", async () => {
    const { status, stdout, stderr } = await write("a.png", "--to", "42");
    expect([status, stderr]).toEqual([0, ""]);
    expect(stdout).toContain("a.png: the picture of tick 40");
    const { data, info } = await sharp(join(folder, "a.png"))
      .removeAlpha()
      .raw()
      .toBuffer({ resolveWithObject: true });
    const { lineup, scenes } = await scenesOf(readEpisode(readFileSync(FILE)), { from: 40, to: 40 });
    const frame = makePainter(lineup, { width: info.width, height: info.height }).paint(scenes[0]!);
    expect(Buffer.compare(data, Buffer.from(frame.data))).toBe(0);
  });

  test("becomes an animation of its scenes, ten a second, without an end", async () => {
    const { status, stdout, stderr } = await write("a.gif", "--from", "20", "--to", "60");
    expect([status, stderr]).toEqual([0, ""]);
    expect(stdout).toContain("a.gif: 9 frames, ticks 20 to 60");
    const { pages, delay, loop } = await sharp(join(folder, "a.gif"), { animated: true }).metadata();
    expect({ pages, delay, loop }).toEqual({
      pages: 9,
      delay: Array.from({ length: 9 }, () => 100),
      loop: 0,
    });
  });

  test("becomes a video by ffmpeg, which gets every frame; without ffmpeg one is told what there is instead", async () => {
    const alone = await touchline(["replay", "export", FILE, "--out", join(folder, "a.webm")], {
      PATH: "/nowhere",
    });
    expect(alone.status).not.toBe(0);
    expect(alone.stderr).toMatch(
      /replay\/clip-ffmpeg: To write webm, ffmpeg must be on the PATH.*gif and png/,
    );

    // Stands for ffmpeg: keeps the frames as they come, under the name that is its last word.
    const stand = join(folder, "ffmpeg");
    writeFileSync(stand, '#!/bin/sh\nfor last; do :; done\ncat > "$last"\n');
    chmodSync(stand, 0o755);
    const out = join(folder, "a.mp4");
    const done = await touchline(["replay", "export", FILE, "--to", "10", "--out", out], {
      PATH: `${folder}:${process.env["PATH"]}`,
    });
    expect([done.status, done.stderr]).toEqual([0, ""]);
    expect(readFileSync(out).length).toBe(3 * 1344 * 864 * 3);
  });

  test.each([
    [
      "a.avi",
      [],
      /replay\/clip-format: ".*a.avi" says no format; expected a file that ends in .png, .gif, .webm, .mp4./,
    ],
    ["b.png", ["--from", "90", "--to", "10"], /replay\/clip-range: Ticks 90 to 10 are no stretch/],
    [
      "c.gif",
      ["--from", "999999"],
      /replay\/clip-range: Ticks 999999 to Infinity are no stretch.*from 0 to \d+/,
    ],
  ])("%s with %j is refused with what to do", async (name, words, complaint) => {
    const { status, stderr } = await write(name, ...words);
    expect(status).not.toBe(0);
    expect(stderr).toMatch(complaint);
  });
});
