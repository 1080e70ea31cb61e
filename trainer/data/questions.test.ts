/** @file Questions in LMM-R1's format: what is read of a row, what is counted, and how mistakes are told. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { encodePng } from "../../agent/frame/index.ts";
import { openChatReader } from "../../agent/model/index.ts";
import { fixtureFolder } from "../../tests/reference/fixture.ts";
import { openChat, readDataset, readQuestions } from "./index.ts";

const scratch = mkdtempSync(join(tmpdir(), "touchline-questions-"));
afterAll(() => rmSync(scratch, { recursive: true }));
const PICTURE = join(scratch, "a b.png");
writeFileSync(
  PICTURE,
  await encodePng({ width: 56, height: 28, data: new Uint8Array(56 * 28 * 3).fill(90) }),
);

let files = 0;
function fileOf(...rows: (string | object)[]): string {
  const path = join(scratch, `${files++}.jsonl`);
  writeFileSync(path, rows.map((row) => (typeof row === "string" ? row : JSON.stringify(row))).join("\n"));
  return path;
}

const ASKED = { role: "user", content: "What is 1 + 1?" };
const FINE = { message: JSON.stringify([ASKED]), answer: "$2$" };
const pictured = (image?: string): object => ({
  role: "user",
  content: [
    { type: "image", ...(image !== undefined && { image }) },
    { type: "text", text: "Where?" },
  ],
});
const SEEN = {
  role: "user",
  content: [{ type: "image" }, { type: "text", text: "Where?" }],
};

test("a row is LMM-R1's, whose messages are a text, or has them as a list", async () => {
  const system = { role: "system", content: "Think first." };
  const { rows, unparseable } = await readQuestions(
    fileOf(
      { message: JSON.stringify([system, ASKED]), answer: "$\\boxed{2}$", question: "left alone" },
      { message: [ASKED], answer: 2 },
      { messages: [ASKED], answer: "2", also: ["two"] },
    ),
  );
  expect(unparseable).toBe(0);
  expect(rows.map(({ chat, gold, also }) => ({ messages: chat.messages, gold, also }))).toEqual([
    { messages: [system, ASKED], gold: "$\\boxed{2}$", also: [] },
    { messages: [ASKED], gold: "2", also: [] },
    { messages: [ASKED], gold: "2", also: ["two"] },
  ]);
});

test("pictures stand in the messages or beside them, as paths from the file or from the root", async () => {
  const { rows } = await readQuestions(
    fileOf(
      { message: JSON.stringify([pictured("a b.png")]), answer: "here" },
      { message: JSON.stringify([pictured(`file://${PICTURE}`)]), answer: "here" },
      { message: JSON.stringify([pictured()]), images: ["a b.png"], answer: "here" },
      { message: JSON.stringify([pictured("./a b.png")]), images: ["./a b.png"], answer: "here" },
    ),
  );
  expect(rows).toHaveLength(4);
  for (const { chat } of rows) expect(chat).toEqual({ messages: [SEEN], images: [PICTURE] });
  const { messages, images } = await openChat(rows[0]!);
  expect(messages).toEqual([SEEN]);
  expect(images).toMatchObject([{ width: 56, height: 28 }]);
});

test("lines without an answer that can be read are counted and left out", async () => {
  const { message } = FINE;
  const rows = [undefined, null, " ", "$$", ["2"], "$\\frac{1}{$", "(".repeat(3000)].map((answer) => ({
    message,
    answer,
  }));
  const found = await readQuestions(fileOf(...rows, FINE));
  expect(found.unparseable).toBe(7);
  expect(found.rows).toHaveLength(1);
  expect(found.rows[0]!.source).toMatch(/:8$/);
  await expect(readQuestions(fileOf(...rows))).rejects.toMatchObject({
    code: "data/empty",
    message: expect.stringContaining("7 of them") as string,
  });
});

test("a row says by what its answer is judged", async () => {
  const { message } = FINE;
  const place = { message, answer: "12 40" };
  const { rows, unparseable } = await readQuestions(
    fileOf(FINE, place, { ...place, verifier: "exact" }, { ...place, answer: "$\\frac12$" }),
  );
  expect(unparseable).toBe(1);
  expect(rows.map(({ gold, verifier }) => [gold, verifier])).toEqual([
    ["$2$", "mathematics"],
    ["12 40", "exact"],
    ["$\\frac12$", "mathematics"],
  ]);
  await expect(readQuestions(fileOf({ ...place, verifier: "sympy" }))).rejects.toMatchObject({
    code: "data/line",
    message: expect.stringMatching(/:1: .*verifier.*"mathematics" or "exact"/) as string,
  });
});

test("what is learned by imitation may have its messages as a text, and its pictures in them, too", async () => {
  const reader = openChatReader(join(fixtureFolder("tied"), "model"));
  const answer = { role: "assistant", content: "There." };
  const { examples } = await readDataset(
    [
      fileOf(
        { messages: [pictured(), answer], images: ["a b.png"] },
        { message: JSON.stringify([pictured("a b.png"), answer]) },
      ),
    ],
    reader,
    { turns: "last" },
  );
  expect(examples[1]).toEqual(examples[0]);
  expect(examples[0]!.images).toEqual([PICTURE]);
});

const packed = (...messages: object[]): string => JSON.stringify(messages);

describe("a second line that is wrong", () => {
  test.each<[string, object | string, string, string]>([
    ["no JSON", "{", "data/not-json", " is not JSON: the text ends"],
    ["no messages", { answer: "2" }, "data/line", ": messages is missing; expected a list of messages."],
    [
      "messages that are no JSON",
      { message: "[{'role'", answer: "2" },
      "data/not-json",
      ": message is not JSON: ",
    ],
    [
      "messages that are no list",
      { message: "{}", answer: "2" },
      "data/line",
      ": message is {}; expected a list",
    ],
    [
      "a message without a role",
      { message: '[{"content":"x"}]' },
      "data/line",
      ": message[0].role is missing",
    ],
    [
      "an answer of the assistant",
      { message: packed(ASKED, { role: "assistant", content: "2" }), answer: "2" },
      "data/question",
      ": The last message is of the assistant",
    ],
    [
      "a picture of the network",
      { message: packed(pictured("https://x.org/a.png")), answer: "x" },
      "data/pictures",
      'The picture "https://x.org/a.png" is not a file',
    ],
    [
      "a picture that is not there",
      { message: packed(pictured("/mnt/cluster/a.png")), answer: "x" },
      "data/pictures",
      "The picture /mnt/cluster/a.png is not there",
    ],
    [
      "a picture too few",
      { message: packed(pictured()), answer: "x" },
      "data/pictures",
      "1 places for pictures, and 0 are named",
    ],
    [
      "pictures named only in part",
      { message: packed(pictured("a b.png"), pictured()), answer: "x" },
      "data/pictures",
      ": 1 of 2 pictures name a file",
    ],
    [
      "other pictures beside",
      { message: packed(pictured("a b.png")), images: ["c.png"], answer: "x" },
      "data/pictures",
      '"images" names 1',
    ],
  ])("%s", async (_name, row, code, part) => {
    const path = fileOf(FINE, row);
    const error = await readQuestions(path).catch((caught: unknown) => caught);
    expect(error).toMatchObject({ code });
    expect((error as Error).message).toContain(`${path}:2`);
    expect((error as Error).message).toContain(part);
  });
});
