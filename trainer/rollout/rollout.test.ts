import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import type { EndRecord, EpisodeRecord, EpisodeSink } from "../../env/episode/index.ts";
import { writeLine } from "../../env/episode/index.ts";
import { playEpisode, type EpisodeResult } from "../../agent/match/index.ts";
import { parsePolicy } from "../../agent/policy/index.ts";
import { loadScenario } from "../../scenarios/load.ts";
import { progressLine } from "./progress.ts";
import { rollout, summarise } from "./index.ts";

const folder = mkdtempSync(join(tmpdir(), "touchline-rollout-"));
afterAll(() => rmSync(folder, { recursive: true }));
const scenario = loadScenario("academy_run_to_score");
const seeds = [5, 6, 7, 8, 9, 10, 11];

describe("a rollout", () => {
  test("comes to the same with one, two and three workers", async () => {
    const task = { scenario, policy: "random", vary: true };
    const [one, two, three] = [
      await rollout(task, { seeds, workers: 1 }),
      await rollout(task, { seeds, workers: 2 }),
      await rollout(task, { seeds, workers: 3 }),
    ];
    expect(one.episodes.map(({ seed }) => seed)).toEqual(seeds);
    expect(new Set(one.episodes.map(({ hash }) => hash)).size).toBe(seeds.length);
    expect(two.episodes).toEqual(one.episodes);
    expect(three.episodes).toEqual(one.episodes);
    const { stepsPerSecond: _, ...summary } = await summarise(task, one);
    expect(await summarise(task, three)).toMatchObject(summary);
  }, 120_000);

  test("plays each episode as if it were the only one", async () => {
    const { episodes } = await rollout({ scenario, policy: "scripted" }, { seeds: [3, 1, 2], workers: 1 });
    const alone = await playEpisode({ scenario, left: parsePolicy("scripted") }, 1);
    expect(episodes[1]).toEqual(alone);
  });

  test("records from every worker, and recording changes no state", async () => {
    const task = { scenario: { ...scenario, steps: 10 }, policy: "random" };
    const record = join(folder, "record");
    const recorded = await rollout({ ...task, record }, { seeds: [1, 2, 3, 4], workers: 2 });
    expect(readdirSync(record).sort()).toEqual(
      [1, 2, 3, 4].map((seed) => `academy_run_to_score-${seed}.jsonl`),
    );
    const plain = await rollout(task, { seeds: [1, 2, 3, 4], workers: 1 });
    expect(recorded.episodes).toEqual(plain.episodes);
  }, 60_000);

  test.each([1, 2])(
    "loses only the episodes that crash, with %i workers",
    async (workers) => {
      // A replay that presses a button that there is not, halfway: only the episodes that last so long crash.
      const task = { scenario, policy: `replay:${await recordRandom()}`, vary: true };
      const lengths = (await rollout(task, { seeds, workers: 1 })).episodes.map(({ end }) => end.steps);
      const longest = Math.max(...lengths);
      expect(Math.min(...lengths)).toBeLessThan(longest);
      const broken = { ...task, policy: `replay:${await recordRandom(longest)}` };
      const heard: number[] = [];
      const { episodes, failures } = await rollout(broken, {
        seeds,
        workers,
        onOutcome: ({ seed }) => heard.push(seed),
      });
      const crashed = seeds.filter((_, i) => lengths[i] === longest);
      expect(failures.map(({ seed }) => seed)).toEqual(crashed);
      expect(failures[0]?.message).toContain("Action 99 is not in the set");
      expect(episodes.map(({ seed }) => seed)).toEqual(seeds.filter((seed) => !crashed.includes(seed)));
      expect(heard.sort((a, b) => a - b)).toEqual(seeds);
      const summary = await summarise(broken, { episodes, failures, seconds: 1 });
      expect(summary).toMatchObject({ episodes: episodes.length, success: { n: episodes.length }, failures });
    },
    120_000,
  );
});

/** A file with a recorded episode; at the step named, from 1, an action that does not exist. */
async function recordRandom(brokenStep = 0): Promise<string> {
  const lines: string[] = [];
  const keep = (record: EpisodeRecord): void => {
    const broken = record.kind === "step" && record.step === brokenStep;
    lines.push(writeLine(broken ? { ...record, actions: record.actions.map(() => 99) } : record));
  };
  const sink: EpisodeSink = {
    begin(header, reset) {
      keep(header);
      keep(reset);
    },
    decision: keep,
    step: keep,
    end: keep,
  };
  const forever = {
    ...scenario,
    ends: [{ when: "goal" }] as const,
  };
  await playEpisode({ scenario: forever, left: parsePolicy("random"), sink }, 2);
  const file = join(folder, `random-${brokenStep}.jsonl`);
  writeFileSync(file, lines.join(""));
  return file;
}

/** An episode of 100 steps that came to this. */
function episode(seed: number, score: [number, number], scoring: number): EpisodeResult {
  const end: EndRecord = {
    kind: "end",
    terminated: true,
    truncated: false,
    ended: "goal",
    score,
    result: score[0] > score[1] ? "success" : "failure",
    steps: 100,
    return: { total: scoring, scoring },
  };
  return {
    seed,
    end,
    decisions: 100,
    unparsed: 1,
    failed: 0,
    milliseconds: [],
    thinkingSteps: 0,
    promptTokens: 0,
    answerTokens: 0,
    hash: "0".repeat(16),
  };
}

describe("a summary", () => {
  test("counts as success what the left side won, and averages returns over episodes", async () => {
    const episodes = [
      episode(0, [1, 0], 1),
      episode(1, [0, 1], -1),
      episode(2, [1, 1], 0),
      episode(3, [3, 1], 2),
    ];
    const task = { scenario, policy: "random" };
    expect(await summarise(task, { episodes, failures: [], seconds: 2 })).toMatchObject({
      scenario: "academy_run_to_score",
      policy: "random",
      opponent: null,
      episodes: 4,
      steps: 400,
      decisions: 400,
      unparsed: 4,
      success: { n: 4, k: 2, mean: 0.5 },
      goalsFor: 5,
      goalsAgainst: 3,
      return: { total: 0.5, scoring: 0.5 },
      stepsPerSecond: 200,
    });
  });

  test("covers every episode and their order with its hash", async () => {
    const { episodes } = await rollout({ scenario, policy: "idle" }, { seeds: [1, 2], workers: 1 });
    const hashOf = async (some: typeof episodes) =>
      (await summarise({ scenario, policy: "idle" }, { episodes: some, failures: [], seconds: 1 })).hash;
    const hashes = [
      await hashOf(episodes),
      await hashOf(episodes.toReversed()),
      await hashOf(episodes.slice(0, 1)),
    ];
    expect(new Set(hashes).size).toBe(3);
  });
});

test("the line of progress tells how far, how fast and how long still", () => {
  const state = { done: 50, total: 200, steps: 10_000, failures: 0, seconds: 4 };
  expect(progressLine(state)).toBe("50 of 200 episodes  2,500 steps/s  12 s left");
  expect(progressLine({ ...state, failures: 2, seconds: 60 })).toBe(
    "50 of 200 episodes  167 steps/s  3 min 0 s left  2 failed",
  );
});
