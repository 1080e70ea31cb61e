/** @file Rows of real files in the layouts that data sets have, and of files that are not right. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { open } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { IMAGE, writeCsv, writeJsonl, writeParquet, writeTsv } from "../../tests/suite/files.ts";
import { ParquetRows, readTable, type Row, type TableRow } from "./index.ts";

const scratch = mkdtempSync(join(tmpdir(), "touchline-table-"));
afterAll(() => rmSync(scratch, { recursive: true }));

let files = 0;
const fresh = (end: string) => join(scratch, `${files++}${end}`);

async function rowsOf(path: string, prefer?: RegExp): Promise<TableRow[]> {
  const rows: TableRow[] = [];
  for await (const row of readTable(path, { prefer })) rows.push(row);
  return rows;
}

async function valuesOf(path: string, prefer?: RegExp): Promise<unknown[]> {
  return (await rowsOf(path, prefer)).map((row) => ("error" in row ? row.error : row.values));
}

const AWKWARD = 'He said "no",\n\tthen\r\nleft; \u2028 é 漢';

describe("TSV and CSV", () => {
  test("fields hold quotes, tabs, lines and nothing", async () => {
    const rows = [
      { index: "0", question: AWKWARD, answer: null },
      { index: "x-1", question: '"', answer: "B" },
    ];
    expect(await valuesOf(writeTsv(fresh(".tsv"), rows))).toEqual(rows);
    expect(await valuesOf(writeCsv(fresh(".csv"), rows))).toEqual(rows);
  });

  test("fields are longer than what is read at a time, and letters are cut between reads", async () => {
    const long = `"é漢${"漢x\n".repeat(700_000)}"`;
    const rows = [1, 2, 3].map((i) => ({ index: String(i), question: long, answer: `é${i}` }));
    expect(await valuesOf(writeTsv(fresh(".tsv"), rows))).toEqual(rows);
  });

  test("a byte order mark, lines as Windows ends them, and none at the end", async () => {
    const path = fresh(".tsv");
    writeFileSync(path, '\uFEFF"a"\t"b"\r\n"1"\t"2\r\n3"\r\n"4"\t""');
    expect(await valuesOf(path)).toEqual([
      { a: "1", b: "2\r\n3" },
      { a: "4", b: null },
    ]);
  });

  test("a row with too few fields is told, and the others are read", async () => {
    const path = fresh(".tsv");
    writeFileSync(path, '"a"\t"b"\n"1"\n"2"\t"3"\n');
    expect(await valuesOf(path)).toEqual([
      `${path}, row 1: has 1 fields; expected 2, as the header has.`,
      { a: "2", b: "3" },
    ]);
  });

  test("a quote that is never closed is told", async () => {
    const path = fresh(".tsv");
    writeFileSync(path, '"a"\t"b"\n"1"\t"2"\n"3"\t"4\n5\t6\n');
    expect(await valuesOf(path)).toEqual([
      { a: "1", b: "2" },
      expect.stringMatching(/row 2: cannot be read: a quote does not end, so the file may be cut short\./),
    ]);
  });

  test("a picture that is the index of another row is that row's, above or below", async () => {
    const [one, two] = ["/9j/".repeat(40), "iVBO".repeat(40)];
    const rows = ["9", one, "1", two, "1", "77"].map((image, index) => ({ index: String(index), image }));
    rows[0]!.image = "3";
    const path = writeTsv(fresh(".tsv"), rows);
    const found = (await rowsOf(path)) as Row[];
    expect(found.slice(0, 5).map(({ values }) => values["image"])).toEqual([two, one, one, two, one]);
    expect(found[5]).toMatchObject({
      error: `${path}, row 6, column "image": refers to the picture of row "77", which has none.`,
    });
  });
});

describe("parquet", () => {
  const bytes = Uint8Array.of(0x89, 0x50, 0xff, 0xfe, 0);
  const types = {
    id: "int64",
    image: IMAGE,
    images: { list: IMAGE },
    raw: "binary",
    options: { list: "string" },
    precision: "double",
    metadata: { struct: { skills: { list: "string" }, height: "int64" } },
  } as const;
  const rows = [
    {
      id: 1,
      image: { bytes, path: "a.png" },
      images: [{ bytes, path: null }],
      raw: bytes,
      options: ["a", "b"],
      precision: 1.5,
      metadata: { skills: ["x"], height: 3 },
    },
    {
      id: 2n ** 60n,
      image: null,
      images: [],
      raw: null,
      options: null,
      precision: null,
      metadata: { skills: [], height: null },
    },
    {
      id: -5,
      image: { bytes: null, path: "b.png" },
      images: null,
      raw: bytes,
      options: [],
      precision: 2,
      metadata: null,
    },
  ];
  const read = [rows[0], { ...rows[1], id: "1152921504606846976" }, rows[2]];

  test.each(["UNCOMPRESSED", "SNAPPY"] as const)("structs, lists, bytes and int64, %s", async (codec) => {
    const path = writeParquet(fresh(".parquet"), rows, types, { codec, rowGroupSize: 2 });
    const found = (await rowsOf(path)) as Row[];
    expect(found.map(({ number }) => number)).toEqual([1, 2, 3]);
    const values = found.map((row) => row.values);
    expect(values).toEqual(read);
    expect(() => JSON.stringify(values)).not.toThrow();
  });

  test("what is no parquet file, and one that is cut off", async () => {
    const none = fresh(".parquet");
    writeFileSync(none, "not parquet at all, but long enough");
    await expect(rowsOf(none)).rejects.toMatchObject({
      code: "suite/format",
      message: expect.stringContaining(none) as string,
    });
  });
});

const someBytes = (i: number) => Uint8Array.from({ length: 1000 }, (_, at) => (i * 7 + at) % 256);

const someRow = (i: number) => ({
  id: i,
  text: i % 3 === 0 ? null : AWKWARD,
  said: Array.from({ length: i % 3 }, (_, turn) => ({ role: `r${turn}`, words: `${i}` })),
  images: i % 2 === 0 ? [] : [{ bytes: someBytes(i) }],
});

test("parquet is written a row group at a time, and is no parquet file before it ends", async () => {
  const path = fresh(".parquet");
  const rows = Array.from({ length: 600 }, (_, i) => someRow(i));
  const handle = await open(path, "w");
  const written = new ParquetRows(handle, {
    id: "int64",
    text: "string",
    said: { list: { struct: { role: "string", words: "string" } } },
    images: { list: { struct: { bytes: "binary" } } },
  });
  const sizes: number[] = [];
  for (const one of rows) {
    await written.append(one);
    sizes.push((await handle.stat()).size);
  }
  expect(sizes.findIndex((size) => size > 0)).toBe(255);
  expect(sizes[255]).toBeGreaterThan(128_000);
  expect(sizes[510]).toBe(sizes[255]);
  expect(sizes[511]).toBeGreaterThan(2 * 128_000);
  await expect(rowsOf(path)).rejects.toMatchObject({ code: "suite/format" });
  await written.finish();
  await handle.close();
  expect(await valuesOf(path)).toEqual(rows);
});

describe("JSON", () => {
  const rows = [
    { id: 1, options: ["a", "b"], text: AWKWARD },
    { id: 2, options: [], text: null },
  ];

  test("a row a line", async () => {
    expect(await valuesOf(writeJsonl(fresh(".jsonl"), rows))).toEqual(rows);
  });

  test("a line that is none is told with its number", async () => {
    const path = fresh(".jsonl");
    writeFileSync(path, `\uFEFF{"id": 1}\n\n{"id": \n[]\n${JSON.stringify({ id: "\u2028" })}`);
    expect(await valuesOf(path)).toEqual([
      { id: 1 },
      expect.stringContaining(`${path}, row 3: is not JSON: `),
      `${path}, row 4: is []; expected an object.`,
      { id: "\u2028" },
    ]);
  });

  test("lists, holders of lists, and objects by id", async () => {
    for (const [text, expected] of [
      [JSON.stringify(rows), rows],
      [JSON.stringify({ version: 1, data: rows }), rows],
      [
        JSON.stringify({ "7": { question: "q" }, "8": { id: "own" } }),
        [{ id: "7", question: "q" }, { id: "own" }],
      ],
      [rows.map((row) => JSON.stringify(row)).join("\n"), rows],
    ] as const) {
      const path = fresh(".json");
      writeFileSync(path, text);
      expect(await valuesOf(path)).toEqual(expected);
    }
  });

  test.each([["5"], ["[1"], ["[3]"]])("%s", async (text) => {
    const path = fresh(".json");
    writeFileSync(path, text);
    if (text === "[3]") expect(await valuesOf(path)).toEqual([`${path}, row 1: is 3; expected an object.`]);
    else await expect(rowsOf(path)).rejects.toMatchObject({ code: "suite/format" });
  });
});

describe("folders", () => {
  test("shards are read in order, of the split that is preferred", async () => {
    const folder = join(scratch, "shards");
    mkdirSync(join(folder, "data"), { recursive: true });
    writeFileSync(join(folder, "dataset_infos.json"), '{"a": 1}');
    for (const [name, id] of [
      ["train-00000", 0],
      ["test-00001", 2],
      ["test-00000", 1],
    ] as const) {
      writeParquet(join(folder, "data", `${name}-of-00002.parquet`), [{ id }], { id: "int64" });
    }
    expect(await valuesOf(folder, /test-\d+/)).toEqual([{ id: 1 }, { id: 2 }]);
    expect(await valuesOf(folder, /nothing/)).toEqual([{ id: 1 }, { id: 2 }, { id: 0 }]);
  });

  test("a shard that cannot be read is told, and the others are read", async () => {
    const folder = join(scratch, "broken");
    mkdirSync(folder);
    writeFileSync(join(folder, "a.parquet"), "");
    writeFileSync(join(folder, "b.parquet"), "no parquet, whatever it is called");
    writeParquet(join(folder, "c.parquet"), [{ id: 1 }], { id: "int64" });
    expect(await valuesOf(folder)).toEqual([
      expect.stringContaining("a.parquet has no rows"),
      expect.stringContaining("b.parquet cannot be read as a parquet file"),
      { id: 1 },
    ]);
    rmSync(join(folder, "c.parquet"));
    const all = valuesOf(folder);
    await expect(all).rejects.toMatchObject({ code: "suite/empty" });
  });

  test.each([
    ["nothing there", "none.tsv", "suite/file", "ENOENT"],
    ["another format", "a.xlsx", "suite/format", ".parquet, .tsv"],
    ["an empty folder", "empty", "suite/file", "has no file"],
    ["a file of nothing", "zero.tsv", "suite/empty", "has no rows"],
    ["a header alone", "header.tsv", "suite/empty", "has no rows"],
  ])("%s", async (_name, file, code, part) => {
    const path = join(scratch, file);
    if (file === "empty") mkdirSync(path);
    else if (file !== "none.tsv") writeFileSync(path, file === "header.tsv" ? '"a"\t"b"\n' : "");
    await expect(rowsOf(path)).rejects.toMatchObject({
      code,
      message: expect.stringContaining(part) as string,
    });
    await expect(rowsOf(path)).rejects.toThrow(path);
  });
});
