import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { FileSink, MatchRunner, playEpisode } from "../../agent/match/index.ts";
import { parsePolicy } from "../../agent/policy/index.ts";
import { readEpisode, writeLine } from "../../env/episode/index.ts";
import { loadScenario } from "../../scenarios/load.ts";
import { listSink } from "./played.ts";

const folder = mkdtempSync(join(tmpdir(), "touchline-sink-"));
afterAll(() => rmSync(folder, { recursive: true }));
const scenario = { ...loadScenario("academy_empty_goal"), steps: 8 };

test("a file holds exactly the records of its episode, and is named by scenario and seed", async () => {
  const memory = listSink();
  const file = new FileSink(join(folder, "new", "folder"));
  const left = parsePolicy("random");
  await playEpisode({ scenario, left, sink: memory }, 12);
  await playEpisode({ scenario, left, sink: file }, 12);
  expect(file.files).toEqual([join(folder, "new", "folder", "academy_empty_goal-12.jsonl")]);
  expect(readFileSync(file.files[0]!, "utf8")).toBe(memory.records.map(writeLine).join(""));
});

test("no file is ever written over", async () => {
  const own = join(folder, "own");
  const sink = new FileSink(own);
  writeFileSync(join(own, "academy_empty_goal-1.jsonl"), "mine");
  const setup = { scenario, left: parsePolicy("idle"), sink };
  await playEpisode(setup, 1);
  await playEpisode(setup, 1);
  await playEpisode(setup, 2);
  expect(readdirSync(own).sort()).toEqual([
    "academy_empty_goal-1-2.jsonl",
    "academy_empty_goal-1-3.jsonl",
    "academy_empty_goal-1.jsonl",
    "academy_empty_goal-2.jsonl",
  ]);
  expect(readFileSync(join(own, "academy_empty_goal-1.jsonl"), "utf8")).toBe("mine");
});

test("every step is in the file as soon as it is played", async () => {
  const sink = new FileSink(join(folder, "live"));
  const runner = await MatchRunner.make({ scenario, left: parsePolicy("idle"), sink });
  await runner.start(1);
  for (let played = 1; played <= 3; played++) {
    await runner.advance();
    const { steps, damage } = readEpisode(readFileSync(sink.files[0]!));
    expect(steps).toHaveLength(played);
    expect(damage?.reason).toBe("cut");
  }
  // A new start leaves the unfinished file as it is and goes on in one of its own.
  await runner.start(1);
  while (!runner.over) await runner.advance();
  await runner.close();
  const [first, second] = sink.files.map((path) => readEpisode(readFileSync(path)));
  expect(first?.steps).toHaveLength(3);
  expect(second?.damage).toBeUndefined();
});

test("a folder that cannot be made is refused with a code", () => {
  const file = join(folder, "file");
  writeFileSync(file, "");
  expect(() => new FileSink(join(file, "below"))).toThrow(expect.objectContaining({ code: "record/folder" }));
});
