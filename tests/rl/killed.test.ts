/** @file Reinforcement learning as a user runs it, killed: what is gone on with ends as if nothing had been. */
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { afterAll, expect, test } from "vitest";
import { integer, makeRandom } from "../../env/random.ts";
import { touchline } from "../cli/run.ts";
import { type Line, readCheckpoint, readMetrics, Training } from "../train/run.ts";
import { answerOf, asked, taught } from "./tiny.ts";

/** `npm run soak:rl` asks for more. */
const KILLS = Number(process.env["TOUCHLINE_RL_KILLS"] ?? 1);
const STEPS = 5;

const folder = mkdtempSync(join(tmpdir(), "touchline-killed-"));
afterAll(() => rmSync(folder, { recursive: true }));

async function writeRecipe(): Promise<string> {
  const model = join(folder, "model");
  await taught(model, [{ chat: asked("Say it."), answers: [answerOf("yes"), answerOf("no")] }]);
  const message = JSON.stringify([{ role: "user", content: "Say it." }]);
  writeFileSync(join(folder, "rows.jsonl"), `${JSON.stringify({ message, answer: "yes" })}\n`.repeat(5));
  const recipe = {
    model,
    stage: "mgt",
    data: ["rows.jsonl"],
    rolloutBatchSize: 2,
    episodes: {
      scenarios: { academy_empty_goal_close: 2, academy_run_to_score: 1 },
      episodes: 8,
      samples: 4,
      starts: "branch",
      rewards: { scoring: 1, checkpoints: 0.5 },
      concurrency: 4,
      maxTurns: 4,
      learned: 12,
    },
    maxTokens: 40,
    steps: STEPS,
    batchSize: 8,
    learningRate: 1e-3,
    klCoefficient: 0.01,
    floors: { format: 0 },
    actors: 2,
    saveEvery: 1,
    keepCheckpoints: 2,
  };
  const path = join(folder, "recipe.json");
  writeFileSync(path, JSON.stringify(recipe));
  return path;
}

/** Names of what depends on the machine's pace. */
const OF_PACE = /per_second|SPS|^time\/|in_onnxruntime/;

function timeless(lines: readonly Line[]): object[] {
  return lines.map((line) =>
    Object.fromEntries(Object.entries(line).filter(([name]) => !OF_PACE.test(name))),
  );
}

test(`killed ${KILLS === 1 ? "once" : `${KILLS} times`} at a random moment, a run ends with the same metrics and the same weights, bit for bit`, async () => {
  const recipe = await writeRecipe();
  const alone = join(folder, "alone");
  const began = performance.now();
  const whole = await touchline(["train", "--recipe", recipe, "--out", alone, "--json"]);
  const milliseconds = Math.round(performance.now() - began);
  expect(whole).toMatchObject({ status: 0 });
  expect(JSON.parse(whole.stdout)).toMatchObject({ stage: "mgt", stepsDone: STEPS, interrupted: false });

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
  expect(timeless(readMetrics(out))).toEqual(timeless(readMetrics(alone)));
  expect(readMetrics(out).map((line) => line.global_step)).toEqual(
    Array.from({ length: STEPS }, (_, i) => i + 1),
  );
  expect(readdirSync(join(out, "checkpoints")).sort()).toEqual([`${STEPS - 1}`, `${STEPS}`]);
  const [own, other] = [out, alone].map((run) => readCheckpoint(join(run, "checkpoints", `${STEPS}`)));
  expect([...own!.keys()].sort()).toEqual([...other!.keys()].sort());
  for (const [name, bytes] of own!) expect(bytes.equals(other!.get(name)!), name).toBe(true);
}, 600_000);
