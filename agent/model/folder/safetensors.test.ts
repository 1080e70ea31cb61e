import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { folderOf, safetensorsOf } from "../../../tests/model/tiny-folder.ts";
import { errorOf, refusalOf } from "../../../tests/scenarios/refusal.ts";
import { readHeader } from "./index.ts";

const f32 = (shape: number[], begin: number, end: number) => ({
  dtype: "F32",
  shape,
  data_offsets: [begin, end],
});

function fileOf(content: Uint8Array): string {
  return join(folderOf({ "x.safetensors": content }), "x.safetensors");
}

test("where each tensor lies, by absolute bytes, in any order of the header", () => {
  const header = {
    __metadata__: { format: "pt" },
    b: { dtype: "BF16", shape: [2, 3], data_offsets: [8, 20] },
    a: f32([2], 0, 8),
    scalar: { dtype: "I64", shape: [], data_offsets: [20, 28] },
    empty: f32([0, 5], 20, 20),
    small: { dtype: "F4", shape: [4], data_offsets: [28, 30] },
  };
  const path = fileOf(safetensorsOf(header, 30));
  const start = 8 + JSON.stringify(header).length;
  const { tensors, metadata } = readHeader(path);
  expect(metadata).toEqual({ format: "pt" });
  expect([...tensors.values()]).toEqual([
    { name: "b", dtype: "BF16", shape: [2, 3], file: path, offset: start + 8, byteLength: 12 },
    { name: "a", dtype: "F32", shape: [2], file: path, offset: start, byteLength: 8 },
    { name: "scalar", dtype: "I64", shape: [], file: path, offset: start + 20, byteLength: 8 },
    { name: "empty", dtype: "F32", shape: [0, 5], file: path, offset: start + 20, byteLength: 0 },
    { name: "small", dtype: "F4", shape: [4], file: path, offset: start + 28, byteLength: 2 },
  ]);
});

test("a padded header, and a file without tensors", () => {
  expect(readHeader(fileOf(safetensorsOf("{}      "))).tensors.size).toBe(0);
});

const BAD = "model/safetensors";
const CUT = "model/truncated";

describe("a bad file", () => {
  test.each<[string, Uint8Array, string, string]>([
    [
      "empty",
      Buffer.alloc(0),
      BAD,
      "it has 0 bytes; expected at least the 8 that give the length of its header.",
    ],
    ["of 7 bytes", Buffer.alloc(7), BAD, "it has 7 bytes; expected at least the 8"],
    [
      "that claims a huge header",
      Buffer.from("ffffffffffffffff", "hex"),
      BAD,
      "it says that its header has 18446744073709551615 bytes; expected at most 100000000.",
    ],
    [
      "whose header ends early",
      safetensorsOf("{}  ").subarray(0, 10),
      CUT,
      "it says that its header has 4 bytes, and 2 follow; fetch it again.",
    ],
    ["with no header after its length", Buffer.from("0900000000000000", "hex"), CUT, "9 bytes, and 0 follow"],
    [
      "with bytes that are no UTF-8",
      safetensorsOf(Buffer.from([0xff, 0xfe])),
      BAD,
      "a header that is not UTF-8",
    ],
    ["with a header that is not JSON", safetensorsOf("{a}"), BAD, "a header that is not JSON"],
    ["with an empty header", safetensorsOf(""), BAD, "a header that is not JSON"],
    ["with a list as header", safetensorsOf([]), BAD, "a header that is not a JSON object"],
    ["with null as header", safetensorsOf("null"), BAD, "a header that is not a JSON object"],
    [
      "with other metadata than texts",
      safetensorsOf({ __metadata__: { a: 1 } }),
      BAD,
      "a __metadata__ with other",
    ],
    [
      "with a number for a tensor",
      safetensorsOf({ a: 1 }),
      BAD,
      'describes the tensor "a" with a wrong entry',
    ],
    [
      "with an unknown dtype",
      safetensorsOf({ a: { ...f32([1], 0, 4), dtype: "F33" } }, 4),
      BAD,
      'describes the tensor "a" with a wrong dtype; expected one of F4,',
    ],
    [
      "with a negative shape",
      safetensorsOf({ a: f32([-1], 0, 4) }, 4),
      BAD,
      "a wrong shape; expected a list of integers",
    ],
    ["with half a row", safetensorsOf({ a: f32([1.5], 0, 6) }, 6), BAD, "a wrong shape"],
    [
      "with one offset",
      safetensorsOf({ a: { ...f32([1], 0, 4), data_offsets: [0] } }, 4),
      BAD,
      "a wrong data_offsets",
    ],
    [
      "with an end before its begin",
      safetensorsOf({ a: f32([1], 4, 0) }, 4),
      BAD,
      'lets the tensor "a" begin at 4 and end at 0; expected begin <= end.',
    ],
    [
      "whose offsets are unlike the shape",
      safetensorsOf({ a: f32([2, 2], 0, 12) }, 12),
      BAD,
      'gives the tensor "a", F32 [2, 2], 12 bytes; expected 16.',
    ],
    [
      "with a shape beyond all numbers",
      safetensorsOf({ a: f32([2 ** 52, 2 ** 52, 2 ** 52], 0, 4) }, 4),
      BAD,
      'gives the tensor "a"',
    ],
    [
      "with an odd number of 4-bit elements",
      safetensorsOf({ a: { dtype: "F4", shape: [3], data_offsets: [0, 1] } }, 1),
      BAD,
      "1 bytes; expected 1.5.",
    ],
    [
      "with a hole at the front",
      safetensorsOf({ a: f32([1], 4, 8) }, 8),
      BAD,
      'lets the tensor "a" begin at byte 4 of the data; expected 0, where the tensor before it ends.',
    ],
    [
      "with a hole between",
      safetensorsOf({ a: f32([1], 0, 4), b: f32([1], 8, 12) }, 12),
      BAD,
      'lets the tensor "b" begin at byte 8 of the data; expected 4',
    ],
    [
      "with tensors that overlap",
      safetensorsOf({ a: f32([2], 0, 8), b: f32([2], 4, 12) }, 12),
      BAD,
      'lets the tensor "b" begin at byte 4 of the data; expected 8',
    ],
    [
      "with one name twice, which leaves a hole",
      safetensorsOf(`{"a":${JSON.stringify(f32([1], 0, 4))},"a":${JSON.stringify(f32([1], 4, 8))}}`, 8),
      BAD,
      'lets the tensor "a" begin at byte 4',
    ],
    [
      "with offsets out of its data",
      safetensorsOf({ a: f32([3], 0, 12) }, 8),
      CUT,
      "it has 71 bytes; expected 75 by its header",
    ],
    [
      "with bytes that no tensor has",
      safetensorsOf({ a: f32([1], 0, 4) }, 5),
      BAD,
      "it has 67 bytes; expected 66 by its header.",
    ],
  ])("%s", (_, content, code, sentence) => {
    const path = fileOf(content);
    const error = errorOf(() => readHeader(path));
    expect(error.code).toBe(code);
    expect(error.message).toContain(`"${path}"`);
    expect(error.message).toContain(sentence);
  });

  test("that is not there, and a folder in its place", () => {
    const directory = folderOf();
    mkdirSync(join(directory, "folder"));
    expect(errorOf(() => readHeader(join(directory, "none")))).toMatchObject({
      code: "model/file",
      message: `"${join(directory, "none")}" cannot be read (ENOENT); expected a file of a Hugging Face model folder.`,
    });
    expect(errorOf(() => readHeader(join(directory, "folder"))).message).toContain("(EISDIR)");
  });
});

test("whatever bytes change, the file is read within its bounds or refused in a sentence", () => {
  const good = safetensorsOf(
    { a: f32([2, 2], 0, 16), b: { dtype: "F16", shape: [3], data_offsets: [16, 22] } },
    22,
  );
  const path = fileOf(good);
  const change = fc.record({
    cut: fc.integer({ min: 0, max: good.length }),
    places: fc.array(fc.tuple(fc.nat(good.length - 1), fc.integer({ min: 0, max: 255 })), { maxLength: 4 }),
  });
  let refused = 0;
  fc.assert(
    fc.property(change, ({ cut, places }) => {
      const bytes = Buffer.from(good);
      for (const [place, byte] of places) bytes[place] = byte;
      const content = bytes.subarray(0, cut % 3 === 0 ? cut : good.length);
      writeFileSync(path, content);
      const refusal = refusalOf(() => {
        for (const tensor of readHeader(path).tensors.values()) {
          expect(tensor.offset + tensor.byteLength).toBeLessThanOrEqual(content.length);
        }
      });
      if (refusal !== undefined) refused++;
      expect(refusal?.code ?? BAD).toMatch(/^model\/(safetensors|truncated)$/);
    }),
    { numRuns: 500 },
  );
  expect(refused).toBeGreaterThan(50);
});
