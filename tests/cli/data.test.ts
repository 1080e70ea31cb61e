/** @file `touchline data` as a user runs it: what is written is read again. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { openChatReader } from "../../agent/model/index.ts";
import { openChat, readDataset, readQuestions } from "../../trainer/data/index.ts";
import { readTable } from "../../trainer/table/index.ts";
import { fixtureFolder } from "../reference/fixture.ts";
import { LAUNCHER, touchline } from "./run.ts";

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

test("parquet has the questions of JSONL in verl's columns, with the frames in it", async () => {
  const small = ["--system", "Think first.", "--width", "84", "--height", "64"];
  const [rows, columns, words] = await Promise.all([
    written("mgt", "rows", ...small),
    written("mgt", "columns", ...small, "--format", "parquet"),
    written("fre", "words", "--format", "parquet", "--held-out"),
  ]);
  expect(readdirSync(join(folder, "columns"))).toEqual(["mgt.parquet"]);
  const { rows: asked } = await readQuestions(rows.file);
  const all = await rowsOf(columns.file);
  expect(all).toHaveLength(20);
  for (const [index, row] of all.entries()) {
    const values = row as Record<string, unknown>;
    const { chat, gold } = asked[index]!;
    const kind = String(values["data_source"]).replace("touchline/", "");
    const ask = chat.messages[1]!.content as { type: string; text?: string }[];
    expect(values).toMatchObject({
      prompt: [
        { role: "system", content: "Think first." },
        { role: "user", content: `<image>${ask[1]!.text}` },
      ],
      ability: "football",
      reward_model: { style: "rule", ground_truth: gold },
      extra_info: {
        split: "train",
        index,
        kind,
        question: ask[1]!.text,
        verifier: "exact",
        shown: "frame",
      },
    });
    const [image] = values["images"] as { bytes: Uint8Array }[];
    expect(Buffer.from(image!.bytes).equals(readFileSync(chat.images[0]!))).toBe(true);
  }
  const [first] = await rowsOf(words.file);
  expect(first).not.toHaveProperty("images");
  expect(first).toMatchObject({ extra_info: { split: "test", shown: "words" } });
});

async function rowsOf(file: string): Promise<object[]> {
  const rows: object[] = [];
  for await (const row of readTable(file)) rows.push("error" in row ? row : row.values);
  return rows;
}

test("a run that is killed leaves no file under its name, and the next one begins anew", async () => {
  const out = join(folder, "killed");
  const args = ["data", "fre", "--format", "parquet", "--out", out, "--mix", "arithmetic=1"];
  const child = spawn(process.execPath, [LAUNCHER, ...args, "--count", "100000000"], { stdio: "ignore" });
  const exited = once(child, "exit");
  const part = join(out, "fre.parquet.part");
  while (!existsSync(part) || statSync(part).size < 20_000)
    await new Promise((resolve) => setTimeout(resolve, 50));
  child.kill("SIGKILL");
  await exited;
  expect(readdirSync(out)).toEqual(["fre.parquet.part"]);
  expect(await touchline([...args, "--count", "30"])).toMatchObject({ status: 0 });
  expect(readdirSync(out)).toEqual(["fre.parquet"]);
  expect(await rowsOf(join(out, "fre.parquet"))).toHaveLength(30);
});

test("what verl would misread is told, and sft has no columns of verl", async () => {
  const words = ["--out", join(folder, "misread"), "--format", "parquet", "--count", "1"];
  const [marked, sft] = await Promise.all([
    touchline(["data", "mgt", ...words, "--system", "Look at <image>."]),
    touchline(["data", "sft", ...words]),
  ]);
  expect(marked).toMatchObject({
    status: 1,
    stderr: expect.stringMatching(/^touchline: data\/system: .*<image>/) as string,
  });
  expect(sft).toMatchObject({ status: 2, stderr: expect.stringContaining("--format") as string });
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
