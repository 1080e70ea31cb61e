/** @file `touchline bench` of football as a user runs it, in processes of their own. */
import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { afterAll, afterEach, expect, test } from "vitest";
import type { FootballRecord, FootballSummary } from "../../trainer/benchmark/football/index.ts";
import { LAUNCHER, type Outcome, touchline } from "../cli/run.ts";
import { newborn } from "../rl/tiny.ts";
import { type Calculator, startCalculator } from "./calculator.ts";

const root = mkdtempSync(join(tmpdir(), "touchline-football-"));
let server: Calculator | undefined;
afterAll(() => rmSync(root, { recursive: true }));
afterEach(async () => {
  await server?.close();
  server = undefined;
});

const EPISODES = 2;
const ACADEMY = [
  "bench",
  "academy",
  "--policy",
  "random",
  "--episodes",
  `${EPISODES}`,
  "--seed",
  "5",
  "--vary",
];

function bench(...args: readonly string[]): Promise<Outcome> {
  return touchline(["bench", ...args]);
}

function tableOf({ stdout }: Outcome) {
  const { directory: _, ...table } = JSON.parse(stdout) as FootballSummary;
  return table;
}

function recordsOf(out: string): FootballRecord[] {
  const path = join(out, "records.jsonl");
  if (!existsSync(path)) return [];
  const lines = readFileSync(path, "utf8").split("\n").slice(0, -1);
  return lines.map((line) => JSON.parse(line) as FootballRecord);
}

/** Kills the process for good once so many episodes have ended. */
async function killedAfter(episodes: number, args: readonly string[], out: string): Promise<void> {
  const child = spawn(process.execPath, [LAUNCHER, ...args, "--out", out], { stdio: "ignore" });
  const closed = new Promise((resolve) => child.on("close", resolve));
  while (recordsOf(out).length < episodes && child.exitCode === null) await wait(5);
  child.kill("SIGKILL");
  await closed;
  expect(child.signalCode).toBe("SIGKILL");
}

test("a run that is killed goes on where it was and has the table of one that was left alone", async () => {
  const alone = join(root, "alone");
  const whole = tableOf(await touchline([...ACADEMY, "--out", alone, "--workers", "1", "--json"]));
  expect(whole).toMatchObject({ suite: "academy", policy: "random", planned: 11 * EPISODES, missing: 0 });
  expect(whole.rows.map(({ id }) => id)).toContain("academy_corner");
  expect(whole.rows).toHaveLength(11);

  const killed = join(root, "killed");
  await killedAfter(5, ACADEMY, killed);
  const before = recordsOf(killed);
  expect(before.length).toBeLessThan(11 * EPISODES);
  const resumed = await bench("academy", "--out", killed, "--resume", "--workers", "2", "--json");
  expect(resumed).toMatchObject({ status: 0, stderr: "" });
  expect(tableOf(resumed)).toEqual(whole);
  // Nothing that was there is played again, or lost.
  expect(recordsOf(killed).slice(0, before.length)).toEqual(before);
  expect(recordsOf(killed)).toHaveLength(11 * EPISODES);

  const files = recordsOf(killed).map(({ file }) => file!);
  expect(files.toSorted()).toEqual(readdirSync(join(killed, "episodes")).sort());
  const verified = await touchline([
    "replay",
    "verify",
    ...files.map((file) => join(killed, "episodes", file)),
  ]);
  expect(verified.status).toBe(0);
}, 300_000);

test("what a record says is what touchline play says of the same episodes", async () => {
  const out = join(root, "same");
  const args = ["--policy", "scripted", "--episodes", "4", "--seed", "9", "--json"];
  const { rows } = tableOf(await bench("academy", "--out", out, ...args));
  const scenario = "academy_empty_goal";
  const played = JSON.parse((await touchline(["play", "--scenario", scenario, ...args])).stdout);
  const row = rows.find(({ id }) => id === scenario)!;
  expect(row.success).toEqual(played.success);
  expect(4 * row.goalsFor).toBe(played.goalsFor);
  expect(4 * row.steps).toBe(played.steps);
  expect(row.return["total"]).toBeCloseTo(played.return.total);
  expect(row.score.mean).toBeCloseTo(row.goalsFor);
}, 300_000);

test("matches count goals against, too", async () => {
  const { rows, means, overall } = tableOf(
    await bench("matches", "--policy", "idle", "--episodes", "1", "--json", "--out", join(root, "matches")),
  );
  expect(rows.map(({ id }) => id)).toEqual([
    "11_vs_11_easy_stochastic",
    "11_vs_11_hard_stochastic",
    "11_vs_11_stochastic",
  ]);
  expect(overall.score.mean).toBeCloseTo(means.goalsFor - means.goalsAgainst);
}, 300_000);

test("a model folder plays as its play.json says, however many episodes share it", async () => {
  const policy = `dir:${newborn(join(root, "model"))}`;
  const args = ["academy", "--policy", policy, "--episodes", "1", "--max-tokens", "4", "--json"];
  const one = tableOf(await bench(...args, "--out", join(root, "one"), "--concurrency", "1"));
  expect(one.plan).toMatchObject({ words: { maxTokens: 4, style: { decisionSteps: 5 } } });
  expect(one.means.decisions).toBeGreaterThan(1);
  expect(one.means.decisions).toBeLessThan(one.means.steps / 4);
  expect(tableOf(await bench(...args, "--out", join(root, "many")))).toEqual(one);
}, 300_000);

test("a server that answers nobody ends the run, which says so and is gone on with", async () => {
  server = await startCalculator({ refuses: () => true });
  const out = join(root, "refused");
  const first = await bench(
    "academy",
    "--policy",
    server.policy,
    "--episodes",
    "1",
    "--out",
    out,
    "--max-tokens",
    "8",
  );
  expect(first.status).toBe(1);
  expect(recordsOf(out).map(({ outcome }) => outcome)).toEqual(Array(11).fill("infra_error"));
  expect(first.stdout).toContain("11 infra error");
}, 300_000);

test.each([
  [["academy", "--data", "x"], 2, /The suite academy has no --data; leave it away/],
  [["academy", "--resume"], 2, /Give the folder of the run by --out DIR/],
  [["academy", "--retry", "judge", "--resume", "--out", "x"], 2, /Football has --retry failed only/],
  [["reasoning-text", "--episodes", "3"], 2, /The suite reasoning-text has no --episodes/],
  [["acadmy"], 2, /There is no suite "acadmy"\. Did you mean "academy"\?/],
  [["academy", "--policy", "scriptd"], 1, /"scriptd"/],
])("%j is refused with status %i", async (args, status, message) => {
  const outcome = await bench(...args);
  expect(outcome).toMatchObject({ status, stdout: "" });
  expect(outcome.stderr).toMatch(message);
});

test("another policy, seed or number of episodes is another run", async () => {
  const out = join(root, "differs");
  await killedAfter(1, ACADEMY, out);
  const other = await bench("academy", "--out", out, "--resume", "--seed", "6");
  expect(other).toMatchObject({ status: 1, stdout: "" });
  expect(other.stderr).toContain('"seed" was 5 and is 6');
}, 120_000);
