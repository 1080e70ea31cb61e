/** @file Pictures, their sizes and their patches, against what tests/reference/image.py got of Pillow and transformers. */
import { createHash } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import sharp from "sharp";
import { afterAll, describe, expect, it } from "vitest";
import { encodePng } from "../../frame/index.ts";
import { makeImageProcessor, readPicture, resizeBicubic, smartResize, type Picture } from "./index.ts";

const FIXTURES = fileURLToPath(new URL("../../../tests/reference/fixtures/image/", import.meta.url));
const scratch = mkdtempSync(join(tmpdir(), "touchline-image-"));
afterAll(() => rmSync(scratch, { recursive: true }));

type Size = [width: number, height: number];

function fixture<Row>(name: string): Row[] {
  return JSON.parse(readFileSync(join(FIXTURES, `${name}.json`), "utf8")) as Row[];
}

function sha256(values: Uint8Array | Float32Array): string {
  return createHash("sha256")
    .update(new Uint8Array(values.buffer, values.byteOffset, values.byteLength))
    .digest("hex");
}

/** The bytes of `noise` in image.py. */
function noise([width, height]: Size): Picture {
  let state = width * 65536 + height;
  const data = Uint8Array.from({ length: width * height * 3 }, () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state >>> 24;
  });
  return { width, height, data };
}

describe("readPicture", () => {
  it.each(fixture<{ file: string; width: number; height: number; sha256: string }>("pictures"))(
    "reads $file as Pillow does",
    async ({ file, ...expected }) => {
      const path = join(FIXTURES, "pictures", file);
      const { data, ...size } = await readPicture(path);
      expect({ ...size, sha256: sha256(data) }).toEqual({ ...expected, name: path });
    },
  );

  it("reads a frame of the game back as it was", async () => {
    const frame = noise([44, 28]);
    const path = join(scratch, "frame.png");
    writeFileSync(path, await encodePng(frame));
    expect((await readPicture(path)).data).toEqual(frame.data);
  });

  const whole = readFileSync(join(FIXTURES, "pictures", "rgb.png"));
  const bad: [what: string, code: string, file: string, bytes: Uint8Array | undefined][] = [
    ["a missing file", "model/picture-file", "missing.png", undefined],
    ["a folder", "model/picture-file", ".", undefined],
    ["an empty file", "model/picture-format", "empty.png", new Uint8Array()],
    ["words", "model/picture-format", "words.png", Buffer.from("no picture")],
    ["half a picture", "model/picture-format", "half.png", whole.subarray(0, whole.length / 2)],
    [
      "a drawing",
      "model/picture-format",
      "drawing.svg",
      Buffer.from("<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'/>"),
    ],
  ];
  it.each(bad)("refuses %s as %s and names it", async (_what, code, file, bytes) => {
    const path = join(scratch, file);
    if (bytes !== undefined) writeFileSync(path, bytes);
    await expect(readPicture(path)).rejects.toMatchObject({
      code,
      message: expect.stringContaining(path) as string,
    });
  });

  it("refuses 20,000 x 20,000 pixels before it unpacks them", async () => {
    const path = join(scratch, "large.png");
    const create = { width: 20_000, height: 20_000, channels: 3 as const, background: "green" };
    await sharp({ create, limitInputPixels: false }).png({ compressionLevel: 1 }).toFile(path);
    await expect(readPicture(path)).rejects.toMatchObject({
      code: "model/picture-size",
      message: expect.stringContaining("20000 x 20000") as string,
    });
  });
});

describe("resizeBicubic", () => {
  it.each(fixture<{ from: Size; to: Size; sha256: string }>("resizes"))(
    "gives Pillow's bytes from $from to $to",
    ({ from, to, sha256: expected }) => {
      const result = resizeBicubic(noise(from), ...to);
      expect([result.width, result.height]).toEqual(to);
      expect(sha256(result.data)).toBe(expected);
    },
  );
});

describe("smartResize", () => {
  const [table] = fixture<{
    sides: number[];
    bounds: { factor: number; minPixels: number; maxPixels: number; sizes: string }[];
  }>("sizes");
  it.each(table!.bounds)("takes $factor, $minPixels and $maxPixels as transformers does", (bounds) => {
    const sizes = table!.sides.flatMap((height) => table!.sides.map((width) => sizeText(height, width)));
    expect(sizes.join(" ")).toBe(bounds.sizes);

    function sizeText(height: number, width: number): string {
      try {
        return smartResize(height, width, bounds.factor, bounds.minPixels, bounds.maxPixels).join("x");
      } catch (error) {
        expect(error).toMatchObject({ code: "model/picture-aspect" });
        return "-";
      }
    }
  });
});

describe("makeImageProcessor", () => {
  interface Run {
    config: Record<string, unknown>;
    pictures: Size[];
    grids: number[][];
    length: number;
    sha256: string;
  }
  it.each(fixture<Run>("runs"))("gives every bit of transformers for $pictures with $config", (run) => {
    const { pixelValues, grids } = makeImageProcessor(run.config).process(run.pictures.map(noise));
    expect(grids).toEqual(run.grids);
    expect(pixelValues.length).toBe(run.length);
    expect(sha256(pixelValues)).toBe(run.sha256);
  });

  it("gives nothing for no picture", () => {
    expect(makeImageProcessor({}).process([])).toEqual({ pixelValues: new Float32Array(), grids: [] });
  });

  it("names a picture that is too narrow", () => {
    const narrow = { ...noise([20_000, 1]), name: "line.png" };
    expect(() => makeImageProcessor({}).process([narrow])).toThrow(
      expect.objectContaining({
        code: "model/picture-aspect",
        message: expect.stringMatching(/line\.png of 20000 x 1 pixels/) as string,
      }),
    );
  });

  it("refuses an odd size when it may not resize", () => {
    expect(() => makeImageProcessor({ do_resize: false }).process([noise([84, 57])])).toThrow(
      expect.objectContaining({ code: "model/picture-size" }),
    );
  });

  it.each([
    [[], /the whole file is \[\]/],
    [{ patch_size: 0 }, /patch_size is 0/],
    [{ image_mean: [0.5] }, /image_mean is \[0.5\]/],
    [{ do_resize: "yes" }, /do_resize is "yes"/],
    [{ resample: 2 }, /resample is 2/],
    [{ size: { shortest_edge: 3136 } }, /size.longest_edge is missing/],
    [{ size: { height: 28, width: 28 } }, /size.shortest_edge is missing/],
  ])("refuses the config %j", (config, sentence) => {
    expect(() => makeImageProcessor(config, "p.json")).toThrow(
      expect.objectContaining({ code: "model/config", message: expect.stringMatching(sentence) as string }),
    );
  });
});
