/** @file Recorded episodes on the page's server: shown as they were played, again and again, or not at all. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { MatchRunner } from "../../agent/match/index.ts";
import { parsePolicy } from "../../agent/policy/index.ts";
import type { EpisodeRecord, StepRecord } from "../../env/episode/index.ts";
import { writeLine } from "../../env/episode/index.ts";
import type { FootballEvent } from "../../env/football/index.ts";
import type { Scene } from "../../env/frame/index.ts";
import { loadScenario } from "../../scenarios/load.ts";
import { decodeScene, decodeScenes } from "../../viewer/protocol/index.ts";
import { planReplays } from "../../viewer/server/index.ts";
import { listSink } from "../episode/played.ts";
import { asHistory, until, Venue } from "./serve.ts";

const folder = mkdtempSync(join(tmpdir(), "touchline-replay-"));
afterAll(() => rmSync(folder, { recursive: true }));

let records: EpisodeRecord[];
const scenes: Scene[] = [];
const events: FootballEvent[] = [];
beforeAll(async () => {
  const sink = listSink();
  const scenario = { ...loadScenario("academy_3_vs_1_with_keeper"), steps: 40 };
  const runner = await MatchRunner.make({ scenario, left: parsePolicy("scripted:0.4"), vary: true, sink });
  events.push(...(await runner.start(11)).events);
  scenes.push(runner.env.scene());
  runner.env.onScene = (scene) => scenes.push(scene);
  while (!runner.over) events.push(...(await runner.advance()).step.info.events);
  await runner.close();
  ({ records } = sink);
});

function fileOf(name: string, lines: readonly EpisodeRecord[]): string {
  const path = join(folder, `${name}.jsonl`);
  writeFileSync(path, lines.map(writeLine).join(""));
  return path;
}

describe("a recording", () => {
  const venue = new Venue();

  async function watch(file: string) {
    const client = await venue.join(await venue.start([], { matches: planReplays([file]), rate: 400 }));
    const { match } = client.welcome!.running[0]!;
    return { client, match };
  }

  test("is shown scene by scene and event by event as it was played, and then again", async () => {
    const { client, match } = await watch(fileOf("whole", records));
    expect(client.welcome!.matches[0]).toMatchObject({
      recorded: true,
      policies: ["scripted:0.4", "built-in"],
    });
    await client.follow(match);
    await until(() => client.ends.length >= 2);
    const [first, second] = client.ends.map(({ episode, ended, ...length }) => ({ episode, ended, length }));
    const history = asHistory(
      await client.range({ match, episode: first!.episode, from: 0, to: 10_000, events: 0 }),
    );
    expect(decodeScenes(history.scenes).map(decodeScene)).toEqual(scenes);
    expect(history.events).toEqual(events);
    expect(history.seed).toBe(11);
    expect(first!.ended.reason).not.toBe("error");
    expect(second!.length).toEqual(first!.length);
  });

  test("that this version plays another way stops where it differs, and says so", async () => {
    const changed = records.map((record) =>
      record.kind === "step" && record.step === 20 ? { ...record, state: "0".repeat(16) } : record,
    );
    const { client } = await watch(fileOf("changed", changed));
    await until(() => client.ends.length > 0);
    expect(client.ends[0]!.ended).toMatchObject({
      reason: "error",
      message: expect.stringMatching(/^From step 20 on this version plays the match another way/),
    });
  });

  test("that was cut is shown up to the cut", async () => {
    const steps = records.filter((record): record is StepRecord => record.kind === "step");
    const { client } = await watch(fileOf("cut", [...records.slice(0, 2), ...steps.slice(0, 12)]));
    await until(() => client.ends.length > 0);
    expect(client.ends[0]!.ended).toMatchObject({
      reason: "error",
      message: "The recording ends at step 12, before the match does.",
    });
  });

  test("that is there twice is two matches", () => {
    const file = fileOf("twice", records);
    expect(planReplays([file, file]).map(({ id }) => id)).toEqual(["twice", "twice-2"]);
  });
});

describe("what cannot be played is refused with the file's name", () => {
  test.each([
    ["missing.jsonl", undefined, "replay/file", "cannot be read (ENOENT)"],
    ["words.jsonl", "not an episode\n", "episode/unreadable", "Nothing of the episode can be played again"],
    ["empty.jsonl", "", "episode/unreadable", "Nothing of the episode can be played again"],
  ])("%s", (name, text, code, message) => {
    const path = join(folder, name);
    if (text !== undefined) writeFileSync(path, text);
    expect(() => planReplays([path])).toThrow(
      expect.objectContaining({ code, message: expect.stringContaining(message) }),
    );
    expect(() => planReplays([path])).toThrow(path);
  });

  test("an episode of another physics build", () => {
    const path = fileOf("physics", [
      { ...records[0]!, physics: "another" } as EpisodeRecord,
      ...records.slice(1),
    ]);
    expect(() => planReplays([path])).toThrow(expect.objectContaining({ code: "episode/physics" }));
  });
});
