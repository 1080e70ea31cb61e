/** @file Pictures in rows: every way that data sets have them, and what is no picture. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { encodeJpeg, encodePng } from "../../agent/frame/index.ts";
import { pythonLiteral } from "../../tests/suite/files.ts";
import { picturesIn } from "./index.ts";

const scratch = mkdtempSync(join(tmpdir(), "touchline-picture-"));
afterAll(() => rmSync(scratch, { recursive: true }));

const frame = (shade: number) => ({ width: 8, height: 8, data: new Uint8Array(192).fill(shade) });
const png = await encodePng(frame(9));
const jpeg = await encodeJpeg(frame(200));
const base64 = (bytes: Uint8Array) => Buffer.from(bytes).toString("base64");
const folder = join(scratch, "set", "data");
const file = join(folder, "Set.tsv");
mkdirSync(join(folder, "images", "Set"), { recursive: true });
writeFileSync(join(folder, "beside.png"), png);
writeFileSync(join(folder, "images", "1.jpg"), jpeg);
writeFileSync(join(folder, "images", "Set", "deep.png"), png);
writeFileSync(join(scratch, "outside.png"), png);

const picturesOf = async (image: unknown) =>
  (await picturesIn({ file, number: 3, values: { image } }, "image")).map((bytes) => Buffer.from(bytes));

test.each<[string, unknown, Uint8Array[]]>([
  ["nothing", null, []],
  ["an empty list", [], []],
  ["bytes", png, [png]],
  ["a struct with bytes", { bytes: jpeg, path: "gone.jpg" }, [jpeg]],
  ["a struct with a path alone", { bytes: null, path: "beside.png" }, [png]],
  [
    "a list of structs",
    [
      { bytes: png, path: null },
      { bytes: jpeg, path: null },
    ],
    [png, jpeg],
  ],
  ["base64", base64(jpeg), [jpeg]],
  ["base64 over several lines", base64(png).replace(/.{76}/g, "$&\n"), [png]],
  ["a data URL", `data:image/png;base64,${base64(png)}`, [png]],
  ["a Python list of base64", pythonLiteral([base64(png), base64(jpeg)]), [png, jpeg]],
  ["a file beside the data", "beside.png", [png]],
  ["a file in images, as the data name it", "images/1.jpg", [jpeg]],
  ["a file in images, by another machine's path", "/home/you/data/1.jpg", [jpeg]],
  ["a file in a folder named like the data", "deep.png", [png]],
])("%s", async (_name, value, expected) => {
  expect(await picturesOf(value)).toEqual(expected.map((bytes) => Buffer.from(bytes)));
});

test.each<[string, unknown, string]>([
  ["a number", 5, "5 is no picture"],
  ["a struct of something else", { shape: [1, 2] }, "is no picture"],
  ["a file that is not there", "none.png", "is not there"],
  ["text", "a red ball!", "neither base64 nor the path"],
  ["bytes of something else", Buffer.from("not a picture at all"), "the picture cannot be decoded"],
  ["base64 of something else", base64(Buffer.from("not a picture")), "the picture cannot be decoded"],
  ["a picture without its header", png.slice(4), "the picture cannot be decoded"],
  ["the second of two", [png, Buffer.from("xx")], "picture 2 of 2 cannot be decoded"],
  ["a list that is none", "['/9j/4AAQ", "without its end"],
])("%s is told with file, row and column", async (_name, value, part) => {
  const failed = picturesOf(value);
  await expect(failed).rejects.toMatchObject({
    code: "suite/row",
    message: expect.stringContaining(part) as string,
  });
  await expect(failed).rejects.toThrow(`${file}, row 3, column "image": `);
});

test("nothing outside of the data set's folder is read", async () => {
  await expect(picturesOf("../../outside.png")).rejects.toThrow("is not there");
});
