/** @file Runs of reinforcement learning in this thread: they learn what is rewarded, and end alike whatever comes between. */
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { Drill } from "../../../agent/match/index.ts";
import { loadScenario } from "../../../scenarios/load.ts";
import { answerOf, asked, taught, TINY_STYLE } from "../../../tests/rl/tiny.ts";
import { type Line, readCheckpoint, readMetrics } from "../../../tests/train/run.ts";
import { ALGORITHMS, checkRecipe, type RlRecipe } from "../../recipes/index.ts";
import type { TrainingEvent, TrainingSummary } from "../event.ts";
import { checkpointFolder, checkpointSteps, makeRunFolder } from "../run-folder.ts";
import { trainRl } from "./index.ts";
import { mean } from "./metrics.ts";
import { makeScratch } from "./scratch.ts";

const folder = mkdtempSync(join(tmpdir(), "touchline-rl-"));
afterAll(() => rmSync(folder, { recursive: true }));

/** A line in LMM-R1's format, in which the messages are JSON of their own. */
function row(content: string, answer: string | null): string {
  const message = JSON.stringify([{ role: "user", content }]);
  return `${JSON.stringify({ message, answer })}\n`;
}

let model = "";
const rows = join(folder, "rows.jsonl");
beforeAll(async () => {
  const drill = await Drill.make(loadScenario("academy_empty_goal_close"), TINY_STYLE);
  drill.start(1, true);
  model = await taught(join(folder, "model"), [
    { chat: asked("Say it."), answers: [answerOf("yes"), answerOf("no")] },
    { chat: asked("Play.", drill.frame()), answers: [answerOf("sprint right"), answerOf("run left")] },
  ]);
  drill.close();
  writeFileSync(rows, row("Say it.", "yes").repeat(3));
});

const COMMON = {
  maxTokens: 40,
  learningRate: 5e-3,
  schedule: { decay: "constant" },
  actors: 1,
  decodeBatchSize: 16,
  saveEvery: 2,
};
/** Questions of a file, all with the same right answer. */
const asking = (changes: object = {}): object => ({
  ...COMMON,
  model,
  stage: "fre",
  data: [rows],
  rolloutBatchSize: 2,
  samplesPerPrompt: 8,
  batchSize: 16,
  steps: 6,
  ...changes,
});
const playing = (changes: object = {}): object => ({
  ...COMMON,
  model,
  stage: "mgt",
  steps: 4,
  learningRate: 1e-3,
  batchSize: 16,
  episodes: {
    scenarios: { academy_empty_goal_close: 1 },
    episodes: 8,
    samples: 4,
    rewards: { scoring: 1, checkpoints: 0.5 },
    concurrency: 4,
    maxTurns: 4,
  },
  ...changes,
});

interface Ran {
  directory: string;
  summary: TrainingSummary;
  events: TrainingEvent[];
  metrics: Line[];
}

/** `stopAfter`: so many steps. */
async function run(name: string, value: object, { stopAfter = Infinity } = {}): Promise<Ran> {
  const recipe = checkRecipe(value, join(folder, "recipe.json")) as RlRecipe;
  const directory = join(folder, name);
  if (!existsSync(directory)) makeRunFolder(directory, recipe);
  const events: TrainingEvent[] = [];
  let steps = 0;
  const watcher = {
    onEvent: (event: TrainingEvent): void => {
      events.push(event);
      if (event.kind === "step") steps++;
    },
    isStopped: () => steps >= stopAfter,
  };
  const summary = await trainRl(recipe, directory, watcher, { threads: 1 });
  return { directory, summary, events, metrics: readMetrics(directory) };
}

function expectSameEnd(one: Ran, other: Ran): void {
  const [own, theirs] = [one, other].map(({ summary }) => readCheckpoint(summary.checkpoint!));
  expect([...own!.keys()].sort()).toEqual([...theirs!.keys()].sort());
  for (const [name, bytes] of own!) expect(bytes.equals(theirs!.get(name)!), name).toBe(true);
}

describe("what is rewarded becomes likelier", () => {
  test("from a coin's toss to most of the time, within a few rollouts", async () => {
    const value = asking({
      steps: 12,
      learningRate: 2e-3,
      rolloutBatchSize: 3,
      samplesPerPrompt: 24,
      batchSize: 72,
    });
    const { metrics, summary } = await run("learns", value);
    expect(metrics[0]!["rewards/accuracy"]).toBeLessThan(0.65);
    expect(mean(metrics.slice(-4).map((line) => line["rewards/accuracy"]!))).toBeGreaterThan(0.8);
    expect(summary).toMatchObject({ stepsDone: 12, steps: 12, interrupted: false });
    expect(metrics.map((line) => line.global_step)).toEqual(Array.from({ length: 12 }, (_, i) => i + 1));
  }, 300_000);

  test.each(ALGORITHMS)(
    "%s does its steps on questions and on play",
    async (algorithm) => {
      const value = playing({ algorithm, steps: 1, data: [rows], rolloutBatchSize: 2, samplesPerPrompt: 4 });
      const { metrics } = await run(`runs-${algorithm}`, value);
      expect(metrics).toHaveLength(1);
      const [line] = metrics;
      for (const name of ["losses/loss", "losses/gradient_norm", "charts/reward", "charts/episodic_return"]) {
        expect(Number.isFinite(line![name]), name).toBe(true);
      }
      expect(line!["losses/gradient_norm"]).toBeGreaterThan(0);
      // Nothing has moved yet, whatever the loss is a mean over.
      expect(line!["losses/ratio"]).toBeCloseTo(1, 1);
      expect(line!["losses/entropy"]).toBeGreaterThan(0.05);
      expect(line!["charts/truncated"]).toBeLessThan(1);
      expect(line!["charts/groups_alike"]).toBeLessThan(1);
      expect(line!["charts/decisions_per_second"]).toBeGreaterThan(0);
      expect(line!["charts/decisions"]).toBeGreaterThan(8);
      expect(line!["charts/rollout_in_onnxruntime"]).toBeLessThanOrEqual(1);
    },
    60_000,
  );
});

describe("interrupted and gone on with, a run ends with the same bits", () => {
  test.each([
    ["fre", () => asking({ steps: 5 })],
    ["fre with a reference and two passes", () => asking({ steps: 4, klCoefficient: 0.01, epochs: 2 })],
    ["mgt by ppo", () => playing({ algorithm: "ppo" })],
    [
      "mgt by branches",
      () => {
        const { episodes, ...rest } = playing() as { episodes: object };
        return { ...rest, episodes: { ...episodes, starts: "branch", learned: 10 } };
      },
    ],
  ])(
    "%s",
    async (name, value) => {
      const whole = await run(`${name}-whole`, value());
      const first = await run(`${name}-parts`, value(), { stopAfter: 1 });
      expect(first.summary).toMatchObject({ interrupted: true, stepsDone: 1 });
      await run(`${name}-parts`, value(), { stopAfter: 2 });
      const last = await run(`${name}-parts`, value());
      expect(last.summary.interrupted).toBe(false);
      expectSameEnd(last, whole);
      expect(last.metrics.map((line) => line["losses/loss"])).toEqual(
        whole.metrics.map((line) => line["losses/loss"]),
      );
    },
    120_000,
  );
});

describe("a policy that collapses", () => {
  test("ends the run after three rollouts under a floor, and the last checkpoint stays the newest", async () => {
    const value = asking({ floors: { entropy: 100 }, saveEvery: 2, steps: 9 });
    await expect(run("collapsed", value)).rejects.toThrow(
      expect.objectContaining({
        code: "train/collapsed",
        message: expect.stringMatching(
          /collapsed by rollout 3:.* entropy .*checkpoints\/2, .*floors/,
        ) as string,
      }),
    );
    expect(checkpointSteps(join(folder, "collapsed"))).toEqual([2]);
    expect(readMetrics(join(folder, "collapsed")).map((line) => line.global_step)).toEqual([1, 2]);
    expect(existsSync(join(folder, "collapsed/episodes/3/samples.jsonl"))).toBe(true);
    // What stays can be gone on with, by a recipe that asks for less.
    const { summary } = await run("collapsed", asking({ saveEvery: 2, steps: 3 }));
    expect(summary.stepsDone).toBe(3);
  }, 300_000);

  test("what was cut off says so, and that nothing was saved yet", async () => {
    const value = asking({ floors: { format: 0.5 }, maxTokens: 3, saveEvery: 10, steps: 9 });
    await expect(run("cut-off", value)).rejects.toThrow(
      /only 0 % of the answers were in form, of at least 50 %\. 100 % of the answers were cut off at maxTokens, 3\..* No checkpoint had been written/,
    );
  }, 300_000);

  test("is counted through an interruption", async () => {
    const value = asking({ floors: { entropy: 100 }, steps: 9 });
    await run("collapsed-later", value, { stopAfter: 2 });
    await expect(run("collapsed-later", value)).rejects.toThrow(/rollout 3: 3 times in a row the entropy/);
  }, 300_000);
});

function wrong(changes: object): Promise<Ran> {
  return run("wrong", playing(changes));
}

describe("what is gone on with", () => {
  test("other data than those that the run began with are refused", async () => {
    const data = join(folder, "changing.jsonl");
    writeFileSync(data, row("Say it.", "yes").repeat(2));
    await run("changing", asking({ data: [data], steps: 1 }));
    writeFileSync(data, row("Say it.", "yes") + row("Say it.", "no"));
    await expect(run("changing", asking({ data: [data], steps: 2 }))).rejects.toThrow(
      expect.objectContaining({ code: "train/data-changed" }),
    );
  }, 300_000);

  test("what was kept of steps that are done again is taken back", async () => {
    const value = playing({
      steps: 2,
      evaluate: { scenarios: ["academy_empty_goal_close"], every: 1, episodes: 1 },
    });
    const { directory } = await run("again", value, { stopAfter: 1 });
    const [first, next] = ["1", "2"].map((step) => join(directory, "episodes", step));
    const kept = readdirSync(first!);
    mkdirSync(next!);
    writeFileSync(join(next!, "academy_empty_goal_close-500000.jsonl"), "half\n");
    await run("again", value);
    expect(readdirSync(first!)).toEqual(kept);
    expect(readdirSync(next!).sort()).toEqual(kept.toSorted());
    expect(readFileSync(join(next!, "academy_empty_goal_close-500000.jsonl"), "utf8")).not.toContain("half");
  }, 300_000);
});

test("weights for the actors of a process that was killed are taken away", () => {
  // No process has a number as large.
  const dead = join(tmpdir(), "touchline-policy-4194305-abc123");
  mkdirSync(dead, { recursive: true });
  const scratch = makeScratch();
  const other = makeScratch();
  expect([dead, scratch, other].map((path) => existsSync(path))).toEqual([false, true, true]);
  for (const path of [scratch, other]) rmSync(path, { recursive: true });
});

describe("data and names that are not right", () => {
  test("rows whose answer cannot be read are counted, and nothing is ever learned of them", async () => {
    const some = join(folder, "some.jsonl");
    writeFileSync(some, row("Say it.", "yes") + row("Never ask this.", null) + row("Nor this.", ""));
    const { summary, events, directory } = await run(
      "some",
      asking({ data: [some], steps: 2, saveEvery: 1 }),
    );
    expect(summary).toMatchObject({ examples: 1, leftOut: 2 });
    expect(events).toContainEqual(expect.objectContaining({ kind: "data", examples: 1, leftOut: 2 }));
    const kept = readdirSync(join(directory, "episodes"));
    expect(kept.length).toBeGreaterThan(0);
    for (const step of kept) {
      const samples = readFileSync(join(directory, "episodes", step, "samples.jsonl"), "utf8");
      expect(samples).toContain("Say it.");
      expect(samples).not.toMatch(/Never ask|Nor this/);
    }
    const none = join(folder, "none.jsonl");
    writeFileSync(none, row("Never ask this.", null));
    await expect(run("none", asking({ data: [none] }))).rejects.toThrow(
      expect.objectContaining({ code: "data/empty" }),
    );
  }, 300_000);

  test("an unknown key, a scenario that is missing and a suite that nobody knows each get a sentence", async () => {
    await expect(wrong({ samples: 4 })).rejects.toThrow(/samples/);
    const episodes = { episodes: 2, rewards: { scoring: 1 } };
    await expect(wrong({ episodes: { ...episodes, scenarios: { academy_empty_gaol: 1 } } })).rejects.toThrow(
      /academy_empty_goal/,
    );
    await expect(wrong({ episodes: { ...episodes, scenarios: { acadmy: 1 } } })).rejects.toThrow(
      /"acadmy".*academy/,
    );
    const none = wrong({ episodes: { ...episodes, scenarios: { academy: 1 }, rewards: { glory: 1 } } });
    await expect(none).rejects.toThrow(/glory/);
    const evaluate = { scenarios: ["acadmey"] };
    await expect(wrong({ steps: 1, evaluate })).rejects.toThrow(/"acadmey".*academy/);
    expect(readMetrics(join(folder, "wrong"))).toEqual([]);
    expect(existsSync(checkpointFolder(join(folder, "wrong"), 1))).toBe(false);
  });
});
