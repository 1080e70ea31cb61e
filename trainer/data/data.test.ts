/** @file Training data: what is read of a file, and how mistakes in it are told. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { encodePng } from "../../agent/frame/index.ts";
import { openChatReader } from "../../agent/model/index.ts";
import { fixtureFolder } from "../../tests/reference/fixture.ts";
import { readDataset, sequenceOf } from "./index.ts";

const scratch = mkdtempSync(join(tmpdir(), "touchline-data-"));
afterAll(() => rmSync(scratch, { recursive: true }));

const reader = openChatReader(join(fixtureFolder("tied"), "model"));
const LAST = { turns: "last" } as const;

let files = 0;
function fileOf(text: string): string {
  const path = join(scratch, `${files++}.jsonl`);
  writeFileSync(path, text);
  return path;
}

function line(answer: string, more: object = {}): string {
  const messages = [
    { role: "user", content: "Who has it?" },
    { role: "assistant", content: answer },
  ];
  return JSON.stringify({ messages, ...more });
}

const WITH_PICTURE = {
  messages: [
    { role: "user", content: [{ type: "image" }, { type: "text", text: "Where?" }] },
    { role: "assistant", content: "There." },
  ],
};

test("lines end with a line feed alone; blank ones, a byte order mark and other keys do not count", async () => {
  const [plain, odd] = await Promise.all([
    readDataset([fileOf([line("a\u2028b"), line("c")].join("\n"))], reader, LAST),
    readDataset([fileOf(`\uFEFF${line("a\u2028b", { id: 7 })}\r\n\n  \n${line("c")}\n`)], reader, LAST),
  ]);
  expect(odd).toEqual(plain);
  const texts = plain.examples.map(({ ids, learned }) =>
    reader.tokenizer.decode(
      [...learned].map((place) => ids[place]!),
      { skipSpecial: false },
    ),
  );
  expect(texts).toEqual(["a\u2028b<|im_end|>", "c<|im_end|>"]);
});

test("files follow one another, and other data have another fingerprint", async () => {
  const [a, b] = [fileOf(line("a")), fileOf(line("b"))];
  const found = await Promise.all([[a, b], [b, a], [a]].map((paths) => readDataset(paths, reader, LAST)));
  expect(found.map(({ examples }) => examples.length)).toEqual([2, 2, 1]);
  expect(new Set(found.map(({ fingerprint }) => fingerprint)).size).toBe(3);
});

test("a picture is read again for each use, and its tokens are those that were counted", async () => {
  writeFileSync(
    join(scratch, "picture.png"),
    await encodePng({ width: 56, height: 28, data: new Uint8Array(56 * 28 * 3).fill(90) }),
  );
  const path = fileOf(JSON.stringify({ ...WITH_PICTURE, images: ["picture.png"] }));
  const { examples } = await readDataset([path], reader, LAST);
  const sequence = await sequenceOf(examples[0]!, reader);
  expect(sequence.grids).toHaveLength(1);
  const { tokens, vision } = reader.config;
  const [time, rows, columns] = sequence.grids[0]!;
  const seen = sequence.ids.filter((id) => id === tokens.image).length;
  expect(seen).toBe((time * rows * columns) / vision.mergeSize ** 2);
  rmSync(join(scratch, "picture.png"));
  await expect(sequenceOf(examples[0]!, reader)).rejects.toMatchObject({ code: "model/picture-file" });
});

test("what is too long is left out and counted, by the recipe's limit or the model's", async () => {
  const path = fileOf([line("short"), line("long ".repeat(60)), line("endless ".repeat(2000))].join("\n"));
  const [limited, open] = await Promise.all([
    readDataset([path], reader, { ...LAST, maxTokens: 60 }),
    readDataset([path], reader, LAST),
  ]);
  expect([limited.examples.length, limited.leftOut]).toEqual([1, 2]);
  expect([open.examples.length, open.leftOut]).toEqual([2, 1]);
  await expect(readDataset([path], reader, { ...LAST, maxTokens: 2 })).rejects.toMatchObject({
    code: "data/empty",
    message: expect.stringContaining("3 of them") as string,
  });
});

test("reading ends when it is told to", async () => {
  const path = fileOf([line("a"), line("b"), line("c")].join("\n"));
  const { examples } = await readDataset([path], reader, { ...LAST, onLine: (lines) => lines < 2 });
  expect(examples).toHaveLength(2);
});

describe("a second line that is wrong", () => {
  const user = { role: "user", content: "Who?" };
  test.each<[string, string, string, string]>([
    ["no JSON", '{"messages": [}', "data/not-json", " is not JSON: "],
    ["a list", "[]", "data/line", ': the whole file is []; expected an object with "messages"'],
    ["no messages", "{}", "data/line", ": messages is missing; expected a list of messages."],
    ["an empty list", '{"messages": []}', "data/line", ": messages is []; expected at least one message."],
    [
      "a message without a role",
      '{"messages": [{"content": "x"}]}',
      "data/line",
      ": messages[0].role is missing; expected a text.",
    ],
    [
      "a picture that is no path",
      line("x", { images: [5] }),
      "data/line",
      ": images[0] is 5; expected the path of a picture.",
    ],
    [
      "no answer",
      JSON.stringify({ messages: [user] }),
      "trainer/example",
      ": A chat of the roles user has no message of the assistant",
    ],
    [
      "a picture too few",
      JSON.stringify(WITH_PICTURE),
      "model/image-count",
      ": The prompt has 1 places for pictures",
    ],
    [
      "a picture that is not there",
      JSON.stringify({ ...WITH_PICTURE, images: ["none.png"] }),
      "model/picture-file",
      "none.png cannot be read (ENOENT)",
    ],
  ])("%s", async (_name, text, code, part) => {
    const path = fileOf(`${line("fine")}\n${text}\n`);
    const error = await readDataset([path], reader, LAST).catch((caught: unknown) => caught);
    expect(error).toMatchObject({ code });
    expect((error as Error).message).toContain(`${path}:2`);
    expect((error as Error).message).toContain(part);
  });
});

test.each([
  ["a file that is not there", () => join(scratch, "none.jsonl"), "data/file", "ENOENT"],
  ["a file of nothing", () => fileOf("\n\n"), "data/empty", "has no line"],
])("%s", async (_name, path, code, part) => {
  await expect(readDataset([path()], reader, LAST)).rejects.toMatchObject({
    code,
    message: expect.stringContaining(part) as string,
  });
});
