/** @file `touchline data` as a user runs it: what is written is read again. */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { openChatReader } from "../../agent/model/index.ts";
import { openChat, readDataset, readQuestions } from "../../trainer/data/index.ts";
import { fixtureFolder } from "../reference/fixture.ts";
import { touchline } from "./run.ts";

const folder = mkdtempSync(join(tmpdir(), "touchline-data-command-"));
afterAll(() => rmSync(folder, { recursive: true }));

async function written(
  stage: string,
  out: string,
  ...more: string[]
): Promise<{ file: string; frames: number }> {
  const args = ["data", stage, "--count", "20", "--seed", "5", "--out", join(folder, out), ...more, "--json"];
  const { status, stdout, stderr } = await touchline(args);
  expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
  const summary = JSON.parse(stdout) as {
    file: string;
    rows: number;
    frames: number;
    kinds: Record<string, number>;
  };
  expect(summary.rows).toBe(20);
  expect(Object.values(summary.kinds).reduce((sum, rows) => sum + rows, 0)).toBe(20);
  return summary;
}

test("fre: 20 questions in words, with answers, and the same for the same seed", async () => {
  const [{ file, frames }, again] = await Promise.all([written("fre", "fre"), written("fre", "fre-again")]);
  expect(frames).toBe(0);
  expect(readFileSync(again.file, "utf8")).toBe(readFileSync(file, "utf8"));
  const { rows, unparseable } = await readQuestions(file);
  expect([rows.length, unparseable]).toEqual([20, 0]);
  expect(rows.every(({ chat }) => typeof chat.messages[0]!.content === "string")).toBe(true);
  expect(readdirSync(join(folder, "fre"))).toEqual(["fre.jsonl"]);
});

test("mgt: 20 questions, each on a frame, after what the system says", async () => {
  const { file, frames } = await written(
    "mgt",
    "mgt",
    "--system",
    "Think first.",
    "--width",
    "84",
    "--height",
    "64",
  );
  expect(frames).toBe(20);
  const { rows } = await readQuestions(file);
  for (const row of rows) {
    expect(row.chat.messages.map(({ role }) => role)).toEqual(["system", "user"]);
    expect((await openChat(row)).images).toMatchObject([{ width: 84, height: 64 }]);
  }
  expect(new Set(rows.flatMap(({ chat }) => chat.images)).size).toBe(20);
});

test("sft: 20 answers, in words and on frames, that a model can learn", async () => {
  const { file, frames } = await written("sft", "sft");
  expect(frames).toBeGreaterThan(0);
  const reader = openChatReader(join(fixtureFolder("tied"), "model"));
  const { examples } = await readDataset([file], reader, { turns: "last" });
  expect(examples).toHaveLength(20);
  expect(examples.filter(({ images }) => images.length === 1)).toHaveLength(frames);
  const { ids, learned } = examples[0]!;
  const answer = reader.tokenizer.decode(
    Array.from(learned, (place) => ids[place]!),
    { skipSpecial: true },
  );
  expect(answer).toMatch(/^<think>.+<\/think><answer>.+<\/answer>$/);
});

const asks = (path: string): string[] =>
  readFileSync(path, "utf8")
    .trim()
    .split("\n")
    .map((line) => (JSON.parse(line) as { message: string }).message);

test("--mix, --scenario and --held-out say what is asked", async () => {
  const more = ["--mix", "offside=1", "--scenario", "academy_corner", "academy_pass_and_shoot_with_keeper"];
  const [{ file }, held] = await Promise.all([
    written("fre", "offside", ...more),
    written("fre", "offside-held", ...more, "--held-out"),
  ]);
  expect(asks(file).every((ask) => / offside\?/.test(ask))).toBe(true);
  expect(asks(held.file)).not.toEqual(asks(file));
});

test("what is there is not written over, and what cannot be asked is told", async () => {
  await written("fre", "twice", "--mix", "arithmetic=1");
  const rerun = (...more: string[]) => touchline(["data", "fre", "--out", join(folder, "twice"), ...more]);
  expect(await rerun()).toMatchObject({
    status: 1,
    stderr: expect.stringMatching(/^touchline: data\/exists: .*remove it/) as string,
  });
  const other = ["--out", join(folder, "other")];
  const [kind, weight, scenario, count] = await Promise.all([
    rerun(...other, "--mix", "lanes=1"),
    rerun(...other, "--mix", "lane"),
    rerun(...other, "--scenario", "academy_cornr"),
    rerun(...other, "--count", "0"),
  ]);
  expect(kind).toMatchObject({
    status: 1,
    stderr: expect.stringContaining('Did you mean "lane"?') as string,
  });
  expect(weight).toMatchObject({
    status: 1,
    stderr: expect.stringContaining("expected KIND=NUMBER") as string,
  });
  expect(scenario).toMatchObject({ status: 1, stderr: expect.stringContaining("academy_corner") as string });
  expect(count).toMatchObject({
    status: 2,
    stderr: expect.stringContaining("Expected an integer from 1") as string,
  });
});
