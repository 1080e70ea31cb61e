/** @file Every suite reads every layout of its data set, and tells what is wrong with it. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { writeCsv, writeJsonl, writeParquet, writeTsv } from "../../tests/suite/files.ts";
import { JPEG, LAYOUTS, PNG } from "../../tests/suite/layouts/index.ts";
import { listSuites, loadSuite, type Read, type Sample, type Suite } from "./index.ts";

const scratch = mkdtempSync(join(tmpdir(), "touchline-suite-"));
afterAll(() => rmSync(scratch, { recursive: true }));

let folders = 0;
function fresh(): string {
  const folder = join(scratch, String(folders++));
  mkdirSync(folder);
  return folder;
}

async function readAll(suite: Suite, path?: string, seed = 1, limit?: number): Promise<Read[]> {
  const found: Read[] = [];
  for await (const read of suite.read({
    seed,
    ...(path !== undefined && { path }),
    ...(limit !== undefined && { limit }),
  })) {
    found.push(read);
  }
  return found;
}

async function samplesIn(suite: Suite, path: string): Promise<Sample[]> {
  const all = await readAll(suite, path);
  expect(all.filter((read) => "error" in read)).toEqual([]);
  return all as Sample[];
}

const textOf = ({ messages }: Sample): string => {
  const { content } = messages.at(-1)!;
  if (typeof content === "string") return content;
  return content.map((item) => ("text" in item ? item.text : "[picture]")).join("");
};
const buffers = ({ pictures }: Sample) => pictures.map((bytes) => Buffer.from(bytes));
const byGold = (a: unknown[], b: unknown[]) => (String(a[0]) < String(b[0]) ? -1 : 1);
const row = (id: string) => ({ problem: "1+1?", answer: "2", unique_id: id });
const [png, jpeg] = [Buffer.from(PNG), Buffer.from(JPEG)];

/** What each layout of a suite comes to: gold, options, pictures, and words of the prompt. */
const EXPECTED: Readonly<
  Record<string, readonly [gold: string, options: number, pictures: Buffer[], part: string][]>
> = {
  math500: [
    ["\\frac{1}{2}", 0, [], "\\boxed{}"],
    ["3", 0, [], "Find $x$ if\n$2x = 6$."],
  ],
  gsm8k: [
    ["18", 0, [], "Ann has 9 apples"],
    ["1234", 0, [], "\\boxed{}"],
  ],
  aime: [
    ["73", 0, [], "Find the remainder."],
    ["204", 0, [], "\\boxed{}"],
  ],
  olympiadbench: [
    ["$\\frac{1}{2}$", 0, [png], "from [picture]."],
    ["5.0", 0, [], "A ball rolls.\nWhat is the speed?"],
    ["$2,-2$", 0, [], "multiple answers connected with commas"],
  ],
  mathvision: [
    ["7", 0, [jpeg], "How many balls are there?\n[picture]"],
    ["C", 5, [jpeg], "C. $\\frac{1}{2}$"],
  ],
  mathverse: [
    ["B", 4, [png], "B:45°"],
    ["B", 4, [png], "The question is in the picture."],
    ["10", 0, [jpeg], "the final value, e.g., 1, 2.5, 300, at the end."],
  ],
  mathvista: [
    ["B", 2, [png], "Question: Which bar is longest?"],
    ["1.2", 0, [jpeg], "Hint: Please answer"],
    ["14", 0, [png], "How many are there?"],
  ],
  mmstar: [
    ["B", 4, [png], "dark blue"],
    ["D", 4, [jpeg], "How many are there?"],
  ],
  mmmu: [
    ["B", 4, [png], "[picture] What is the sum?\n\nA. $6\nB. $7"],
    ["A", 2, [jpeg, png], "Which of [picture] and [picture] is right?\n\nA. picture 1\nB. it's picture 2"],
    ["['24/7', '3.429']", 0, [png], "a single word, number or phrase"],
  ],
};

describe.each(Object.entries(LAYOUTS))("%s", (name, layouts) => {
  test.each(Object.entries(layouts))("%s", async (_layout, write) => {
    const suite = loadSuite(name);
    const samples = await samplesIn(suite, write(fresh()));
    expect(new Set(samples.map(({ id }) => id)).size).toBe(samples.length);
    for (const sample of samples) {
      const { content } = sample.messages.at(-1)!;
      const places = typeof content === "string" ? [] : content.filter(({ type }) => type === "image");
      expect(places).toHaveLength(sample.pictures.length);
    }
    if (name === "gpqa-diamond") return;
    // Shards of a folder come in the order of their names.
    const found = samples.map((sample) => [
      sample.gold.replace(/^0+/, ""),
      sample.options?.length ?? 0,
      buffers(sample),
    ]);
    const expected = EXPECTED[name]!;
    expect(found.sort(byGold)).toEqual(
      expected.map(([gold, options, pictures]) => [gold, options, pictures]).sort(byGold),
    );
    for (const [, , , part] of expected) expect(samples.map(textOf).join("\n")).toContain(part);
  });
});

async function of(name: string, layout: string): Promise<Record<string, string>[]> {
  const found = await samplesIn(loadSuite(name), LAYOUTS[name]![layout]!(fresh()));
  return found.map(({ id, cluster, categories }) => Object.assign({ id, cluster }, categories));
}

test("categories and clusters are those of the data", async () => {
  expect((await of("math500", "jsonl"))[0]).toEqual({
    id: "test/algebra/1.json",
    cluster: "test/algebra/1.json",
    subject: "Algebra",
    level: "1",
  });
  for (const layout of ["parquet", "json", "VLMEvalKit's"]) {
    const verse = await of("mathverse", layout);
    expect(verse.map(({ cluster }) => cluster)).toEqual(["1", "1", "2"]);
    expect(verse[1]).toMatchObject({
      problem_version: "Vision Only",
      subject: "Plane Geometry",
      subfield: "Angle",
    });
    const vista = await of("mathvista", layout);
    // The first and the third are about one picture.
    expect(vista[0]!["cluster"]).toBe(vista[2]!["cluster"]);
    expect(vista[0]!["cluster"]).not.toBe(vista[1]!["cluster"]);
    expect(vista[0]).toMatchObject({
      task: "figure question answering",
      question_type: "multi_choice",
    });
  }
  expect((await of("mmmu", "folder"))[0]).toMatchObject({ subject: "Accounting", difficulty: "Easy" });
  expect((await of("mmstar", "raw bytes"))[1]).toMatchObject({
    category: "instance reasoning",
    source: "SEEDBench",
  });
});

describe("GPQA's order of options", () => {
  const gpqa = loadSuite("gpqa-diamond");
  const path = LAYOUTS["gpqa-diamond"]!["csv"]!(fresh());

  test("is a function of the seed and the question, not of what stands before it", async () => {
    const [all, again] = [await samplesIn(gpqa, path), await samplesIn(gpqa, path)];
    expect(again).toEqual(all);
    const lines = readFileSync(path, "utf8").split(/\n(?=")?/);
    expect(lines.length).toBeGreaterThan(2);
    const rows = all.map(({ id }) => id);
    const alone = await readAll(gpqa, LAYOUTS["gpqa-diamond"]!["jsonl"]!(fresh()));
    expect(alone).toEqual(all);
    expect(rows).toEqual(["recA", "recB"]);
    const orders = new Set<string>();
    for (let seed = 0; seed < 40; seed++)
      orders.add(JSON.stringify(((await readAll(gpqa, path, seed))[0] as Sample).options));
    expect(orders.size).toBeGreaterThan(10);
  });

  test("has the right answer where the gold says", async () => {
    for (let seed = 0; seed < 10; seed++) {
      const [first] = (await readAll(gpqa, path, seed)) as Sample[];
      expect(first!.options!["ABCD".indexOf(first!.gold)]).toBe("electron");
      expect([...first!.options!].sort()).toEqual(["electron", "muon", "neutron", "proton"]);
    }
  });
});

describe("what is wrong", () => {
  const math = loadSuite("math500");
  test("no path: where the data are to be had", async () => {
    for (const suite of listSuites()) {
      if (suite.source === undefined) continue;
      const failed = readAll(suite);
      await expect(failed).rejects.toMatchObject({ code: "suite/no-data" });
      await expect(failed).rejects.toThrow(suite.source);
    }
  });

  test("a data set of something else is refused with its columns", async () => {
    const path = writeJsonl(join(fresh(), "x.jsonl"), [{ prompt: "a", label: "b" }]);
    const failed = readAll(math, path);
    await expect(failed).rejects.toMatchObject({ code: "suite/columns" });
    await expect(failed).rejects.toThrow(
      `${path} has no column "problem" or "question", which math500 needs; it has prompt, label.`,
    );
  });

  test("an empty file", async () => {
    const path = join(fresh(), "test.jsonl");
    writeFileSync(path, "");
    await expect(readAll(math, path)).rejects.toMatchObject({ code: "suite/empty" });
  });

  test("the same id twice, a field that is missing or of another type: told, and the others are read", async () => {
    const path = writeJsonl(join(fresh(), "x.jsonl"), [
      row("a"),
      row("a"),
      { problem: null, answer: "2", unique_id: "b" },
      { problem: ["x"], answer: "2", unique_id: "c" },
      row("d"),
    ]);
    expect(await readAll(math, path)).toMatchObject([
      { id: "a" },
      { id: "a", error: `${path}, row 2: the id "a" stands in row 1 already.` },
      { error: `${path}, row 3, column "problem": is empty; expected a text.` },
      { error: `${path}, row 4, column "problem": is ["x"]; expected a text.` },
      { id: "d" },
    ]);
  });

  test("a picture that does not decode, and one that is not there", async () => {
    const path = writeTsv(join(fresh(), "MMStar.tsv"), [
      {
        index: 0,
        question: "Q?",
        A: "a",
        B: "b",
        answer: "A",
        image: Buffer.from("no picture".repeat(20)).toString("base64"),
      },
      { index: 1, question: "Q?", A: "a", B: "b", answer: "A", image: "gone.png" },
      { index: 2, question: "Q?", A: "a", B: "b", answer: "A", image: png.toString("base64") },
    ]);
    expect(await readAll(loadSuite("mmstar"), path)).toMatchObject([
      {
        error: expect.stringContaining(
          `${path}, row 1, column "image": the picture cannot be decoded`,
        ) as string,
      },
      {
        error: expect.stringContaining(
          `${path}, row 2, column "image": the picture "gone.png" is not there`,
        ) as string,
      },
      { id: "2" },
    ]);
  });

  test("a literal that is none, and a place without a picture", async () => {
    const asked = { question: "<image 3>?", options: "['a", image_1: null, answer: "A" };
    const types = {
      id: "string",
      question: "string",
      options: "string",
      image_1: { struct: { bytes: "binary", path: "string" } },
      answer: "string",
    } as const;
    const path = writeParquet(
      join(fresh(), "validation.parquet"),
      [
        { ...asked, id: "validation_Art_1" },
        { ...asked, id: "validation_Art_2", options: "['a', 'b']" },
        { ...asked, id: "validation_Art_3", options: "['a', 'b']", image_1: { bytes: png, path: null } },
      ],
      types,
    );
    expect(await readAll(loadSuite("mmmu"), path)).toEqual([
      {
        error: expect.stringContaining(
          'row 1, column "options": The Python literal has a text without its end',
        ) as string,
      },
      {
        error: expect.stringContaining(
          'row 2, column "question": speaks of <image 3>, and the row has no picture.',
        ) as string,
      },
      {
        error: expect.stringContaining(
          'row 3, column "question": speaks of <image 3>, and the row has 1 pictures.',
        ) as string,
      },
    ]);
  });

  test("a limit counts samples, and reads no further", async () => {
    const path = writeJsonl(join(fresh(), "x.jsonl"), [
      row("a"),
      { ...row("x"), problem: [1] },
      row("b"),
      row("c"),
    ]);
    expect((await readAll(math, path, 1, 2)).map((read) => read.id)).toEqual(["a", undefined, "b"]);
    expect(await readAll(math, path, 1, 0)).toEqual([]);
  });

  test("a table without a row of its own", async () => {
    const path = writeCsv(join(fresh(), "a.csv"), [{ question: "q", answer: "a", split: "dev", image: "" }]);
    await expect(readAll(loadSuite("mmmu"), path)).rejects.toMatchObject({ code: "suite/empty" });
  });

  test("a name that is nearly one", () => {
    expect(() => loadSuite("math50")).toThrow(expect.objectContaining({ code: "suite/unknown" }));
    expect(() => loadSuite("mathvist")).toThrow('Did you mean "mathvista"?');
    expect(listSuites().map(({ name }) => name)).toContain("gpqa-diamond");
  });
});
