/** @file `touchline train` as a user runs it: it learns, it can be stopped anywhere, and it tells what is wrong. */
import { spawnSync } from "node:child_process";
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
import { setTimeout } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openModel } from "../../agent/model/index.ts";
import { integer, makeRandom } from "../../env/random.ts";
import { LAUNCHER, touchline } from "../cli/run.ts";
import { readCheckpoint, readMetrics, timeless, Training, writeRecipe } from "./run.ts";

/** `npm run soak:train` asks for more. */
const KILLS = Number(process.env["TOUCHLINE_TRAIN_KILLS"] ?? 3);
/** 7 examples in parts of 3, 40 times. */
const STEPS = 120;

const folder = mkdtempSync(join(tmpdir(), "touchline-train-"));
afterAll(() => rmSync(folder, { recursive: true }));
const recipe = writeRecipe(folder, "recipe");
const alone = join(folder, "alone");
let milliseconds = 0;

beforeAll(async () => {
  const began = performance.now();
  const { status, stdout, stderr } = await touchline(["train", "--recipe", recipe, "--out", alone, "--json"]);
  milliseconds = performance.now() - began;
  expect({ status, stderr }).toMatchObject({ status: 0 });
  expect(JSON.parse(stdout)).toEqual({
    stage: "sft",
    directory: alone,
    interrupted: false,
    loss: expect.any(Number) as number,
    checkpoint: join(alone, "checkpoints", "120"),
    stepsDone: STEPS,
    steps: STEPS,
    examples: 7,
    leftOut: 0,
    tokens: readMetrics(alone).at(-1)!["charts/tokens"],
    evaluation: expect.any(Number) as number,
  });
});

function expectSameRun(out: string): void {
  expect(readMetrics(out).map(({ global_step }) => global_step)).toEqual(
    Array.from({ length: STEPS }, (_, i) => i + 1),
  );
  expect(timeless(readMetrics(out))).toEqual(timeless(readMetrics(alone)));
  expect(readdirSync(join(out, "checkpoints")).sort()).toEqual(["116", "120"]);
  const [own, other] = [out, alone].map((run) => readCheckpoint(join(run, "checkpoints", "120")));
  expect([...own!.keys()].sort()).toEqual([...other!.keys()].sort());
  for (const [name, bytes] of own!) expect(bytes.equals(other!.get(name)!), name).toBe(true);
}

test("the loss falls, and the checkpoint is a model that says what it has learned", async () => {
  const metrics = readMetrics(alone);
  expect(metrics[0]!["losses/loss"]).toBeGreaterThan(5);
  expect(metrics.at(-1)!["losses/loss"]).toBeLessThan(0.5);
  expect(metrics.flatMap((line) => ("eval/loss" in line ? [line.global_step] : []))).toEqual([
    25, 50, 75, 100, 120,
  ]);
  expect(metrics[4]!["charts/learning_rate"]).toBeCloseTo(2e-3, 9);
  const model = await openModel(join(alone, "checkpoints", "120"));
  const messages = [{ role: "user", content: "Who has it?" }];
  const answers = await model.generate([{ messages, maxTokens: 12 }]);
  await model.close();
  expect(answers[0]![0]!.text).toBe("Seven.");
});

describe("stopped and gone on with", () => {
  test("Ctrl-C finishes the step, saves, and leaves with 130; the end is the same, bit for bit", async () => {
    const out = join(folder, "interrupted");
    const first = new Training(["--recipe", recipe, "--out", out, "--json"]);
    await first.until(() => readMetrics(out).length >= 6);
    first.kill("SIGINT");
    expect(await first.ended).toEqual({ status: 130, signal: null });
    const summary = JSON.parse(first.stdout);
    expect(summary).toMatchObject({ interrupted: true, stepsDone: readMetrics(out).length });
    expect(summary.stepsDone).toBeLessThan(STEPS);
    expect(existsSync(join(summary.checkpoint, "model.safetensors"))).toBe(true);
    const { status, stdout } = await touchline(["train", "--resume", out, "--json"]);
    expect({ status, ...JSON.parse(stdout) }).toMatchObject({
      status: 0,
      stepsDone: STEPS,
      interrupted: false,
    });
    expectSameRun(out);
  });

  test(`killed at ${KILLS} random moments, a run ends with the same metrics and the same weights, bit for bit`, async () => {
    const out = join(folder, "killed");
    const random = makeRandom(KILLS);
    for (let kill = 0; kill < KILLS; kill++) {
      const run = new Training(["--recipe", recipe, "--resume", out]);
      await Promise.race([setTimeout(integer(random, milliseconds)), run.ended]);
      run.kill("SIGKILL");
      await run.ended;
    }
    const { status, stderr } = await touchline(["train", "--recipe", recipe, "--resume", out]);
    expect({ status, stderr }).toMatchObject({ status: 0 });
    expectSameRun(out);
  }, 600_000);

  test("a second Ctrl-C ends it at once, in the middle of a step", async () => {
    const long = writeRecipe(folder, "long", {
      steps: 2,
      epochs: undefined,
      batchSize: 256,
      tokensPerMicroBatch: 16384,
    });
    const words = "the ball is on the left, near the corner flag, and nobody is there ".repeat(10);
    const messages = [
      { role: "user", content: words },
      { role: "assistant", content: words },
    ];
    writeFileSync(join(folder, "long.jsonl"), `${JSON.stringify({ messages })}\n`.repeat(256));
    const out = join(folder, "at-once");
    const run = new Training(["--recipe", long, "--out", out]);
    await run.until(() => run.stderr.includes("256 examples"));
    run.kill("SIGINT");
    await run.until(() => run.stderr.includes("Once more"));
    run.kill("SIGINT");
    expect(await run.ended).toEqual({ status: null, signal: "SIGINT" });
    expect(readMetrics(out)).toEqual([]);
  });

  test("a run that is done has nothing left to do", async () => {
    const before = readFileSync(join(alone, "metrics.jsonl"));
    const { status, stdout } = await touchline(["train", "--resume", alone, "--json"]);
    expect({ status, ...JSON.parse(stdout) }).toMatchObject({ status: 0, stepsDone: STEPS, loss: null });
    expect(readFileSync(join(alone, "metrics.jsonl"))).toEqual(before);
  });
});

/** Such a recipe with these keys of another value. */
function recipeOf(changes: object): string {
  return writeRecipe(folder, "wrong", changes);
}

async function fails(args: readonly string[], code: string, part: string, expected = 1): Promise<void> {
  const { status, stdout, stderr } = await touchline(["train", ...args]);
  expect({ status, stdout }).toEqual({ status: expected, stdout: "" });
  expect(stderr.trim().split("\n").at(-1)).toMatch(new RegExp(`^touchline: ${code}: .*${part}`));
  expect(stderr).not.toMatch(/^ {4}at /m);
}

describe("what is wrong is told in one line", () => {
  test.each<[string, () => string[], string, string, number?]>([
    ["nothing to train", () => [], "cli/wrong-use", "--recipe", 2],
    ["no such recipe", () => ["--recipe", "sft-exmple"], "recipe/unknown", "sft-example"],
    ["a run in the way", () => ["--recipe", recipe, "--out", alone], "train/out", "--resume"],
    ["no run to go on with", () => ["--resume", join(folder, "none")], "train/no-run", "recipe.json"],
    [
      "another recipe than the run's",
      () => ["--recipe", recipeOf({ seed: 5 }), "--resume", alone],
      "train/recipe-changed",
      '"data" differs',
    ],
    [
      "no such model",
      () => ["--recipe", recipe, "--model", join(folder, "nothing"), "--out", join(folder, "a")],
      "model/file",
      "nothing/config.json",
    ],
    [
      "other data than the run's",
      () => ["--resume", alone, "--data", join(folder, "other.jsonl")],
      "train/recipe-changed",
      "leave --data away",
    ],
    [
      "one file for two stages",
      () => ["--recipe", "lmm-r1-3b", "--data", join(folder, "one.jsonl"), "--out", join(folder, "c2")],
      "cli/wrong-use",
      "1 given to --data; expected 2",
      2,
    ],
    [
      "no such module",
      () => ["--recipe", recipeOf({ freeze: ["visoin"] }), "--out", join(folder, "b")],
      "trainer/modules",
      '"visoin"',
    ],
    [
      "another model than the run's",
      () => ["--resume", alone, "--model", join(folder, "nothing")],
      "train/recipe-changed",
      "leave --model away",
    ],
    [
      "another seed than the run's",
      () => ["--resume", alone, "--seed", "5"],
      "train/recipe-changed",
      "leave --seed away",
    ],
    [
      "a folder to go on in, and another",
      () => ["--resume", alone, "--out", folder],
      "cli/wrong-use",
      "--out",
      2,
    ],
    ["a folder for a recipe", () => ["--recipe", folder], "recipe/file", "EISDIR"],
    ["an out that is a file", () => ["--recipe", recipe, "--out", recipe], "train/write", "ENOTDIR|EEXIST"],
  ])("%s", async (_name, args, code, part, status) => {
    await fails(args(), code, part, status);
  });

  test("what a later stage names is missed before the first begins", async () => {
    const series = join(folder, "series.json");
    const stage = JSON.parse(readFileSync(recipe, "utf8")) as object;
    const out = join(folder, "series");
    const write = (second: object): void =>
      writeFileSync(series, JSON.stringify({ stages: [stage, second] }));
    const play = {
      stage: "mgt",
      steps: 1,
      learningRate: 1e-5,
      episodes: { scenarios: { acadmey: 1 }, episodes: 1, rewards: { scoring: 1 } },
    };
    write(play);
    await fails(["--recipe", series, "--out", out], "scenario/unknown", '"acadmey"');
    write({ stage: "fre", steps: 1, learningRate: 1e-5, data: ["nowhere.jsonl"] });
    await fails(["--recipe", series, "--out", out], "data/file", "nowhere.jsonl");
    expect(existsSync(out)).toBe(false);
  });

  test("stages go on as they began: options, the files of both folders, and a folder that has a run", async () => {
    const series = join(folder, "two.json");
    const stage = { ...JSON.parse(readFileSync(recipe, "utf8")), epochs: undefined, steps: 1 } as object;
    writeFileSync(series, JSON.stringify({ stages: [stage, { ...stage, model: undefined }] }));
    const out = join(folder, "two");
    expect(await touchline(["train", "--recipe", series, "--out", out])).toMatchObject({ status: 0 });
    await fails(["--recipe", series, "--out", out], "train/out", "--resume");
    await fails(["--resume", out, "--seed", "3"], "train/recipe-changed", "leave --seed away");
    const own = join(out, "2-sft/recipe.json");
    writeFileSync(own, readFileSync(own, "utf8").replace('"steps": 1', '"steps": 2'));
    await fails(["--resume", out], "train/recipe-changed", '"steps" of the stage in .*2-sft');
    expect(await touchline(["train", "--resume", join(out, "2-sft")])).toMatchObject({ status: 0 });
  });

  test("a second process in the folder of a run, until the first has ended in whatever way", async () => {
    const out = join(folder, "held");
    const long = writeRecipe(folder, "held", { epochs: 4000 });
    const first = new Training(["--recipe", long, "--out", out]);
    await first.until(() => readMetrics(out).length >= 2);
    await fails(["--resume", out], "train/running", "Another process");
    first.kill("SIGKILL");
    await first.ended;
    const next = new Training(["--resume", out]);
    const done = readMetrics(out).length;
    await next.until(() => readMetrics(out).length > done + 2);
    next.kill("SIGINT");
    expect(await next.ended).toEqual({ status: 130, signal: null });
    expect(readMetrics(out).map(({ global_step }) => global_step)).toEqual(
      readMetrics(out).map((_, i) => i + 1),
    );
  });

  test("a recipe that was wrong may be put right while nothing is learned", async () => {
    const out = join(folder, "put-right");
    const short = { steps: 1, epochs: undefined };
    await fails(
      ["--recipe", recipeOf({ ...short, freeze: ["visoin"] }), "--resume", out],
      "trainer/modules",
      "visoin",
    );
    const right = recipeOf({ ...short, freeze: ["vision"] });
    expect(await touchline(["train", "--recipe", right, "--resume", out])).toMatchObject({ status: 0 });
  });

  test("weights that run away stop it, and the step before is kept", async () => {
    const out = join(folder, "away");
    const wild = recipeOf({ learningRate: 1e30, schedule: { decay: "constant" }, saveEvery: 100 });
    await fails(["--recipe", wild, "--out", out], "trainer/not-finite", "step 2");
    expect(readMetrics(out).map(({ global_step }) => global_step)).toEqual([1]);
    expect(readdirSync(join(out, "checkpoints"))).toEqual(["1"]);
  });

  test("other data than those that the run began with", async () => {
    const out = join(folder, "changed");
    const own = writeRecipe(folder, "changed-data", { steps: 4, epochs: undefined });
    expect((await touchline(["train", "--recipe", own, "--out", out])).status).toBe(0);
    const data = join(folder, "changed-data.jsonl");
    writeFileSync(data, readFileSync(data, "utf8").split("\n").slice(1).join("\n"));
    await fails(["--resume", out], "train/data-changed", "begin a new run");
  });

  const canMount = spawnSync("unshare", ["-rm", "true"]).status === 0;
  test.skipIf(!canMount)("a disk that is full, and what was written before is whole", async () => {
    const disk = join(folder, "disk");
    mkdirSync(disk);
    const endless = writeRecipe(folder, "endless", { epochs: 400, keepCheckpoints: 100 });
    // Checkpoints of 1.7 MB; the disk goes when the command ends, so what is on it is looked at before.
    const script = `
      mount -t tmpfs -o size=9m none ${disk}
      "$0" ${LAUNCHER} train --recipe ${endless} --out ${disk}/run 2>${folder}/said
      echo $? >${folder}/status
      cp -r ${disk}/run ${folder}/from-full`;
    spawnSync("unshare", ["-rm", "sh", "-c", script, process.execPath]);
    expect(readFileSync(join(folder, "status"), "utf8")).toBe("1\n");
    const said = readFileSync(join(folder, "said"), "utf8").trim().split("\n").at(-1);
    expect(said).toMatch(/^touchline: (?:train\/write|trainer\/checkpoint|model\/write): .*ENOSPC/);
    const out = join(folder, "from-full");
    const kept = readdirSync(join(out, "checkpoints")).filter((name) => /^\d+$/.test(name));
    expect(kept.length).toBeGreaterThan(1);
    const lines = readFileSync(join(out, "metrics.jsonl"), "utf8");
    expect(lines.endsWith("\n")).toBe(true);
    expect(readMetrics(out).length).toBeGreaterThanOrEqual(Math.max(...kept.map(Number)));
    const model = await openModel(join(out, "checkpoints", String(Math.max(...kept.map(Number)))));
    await model.close();
  });
});
