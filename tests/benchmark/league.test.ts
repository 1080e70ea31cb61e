/** @file `touchline bench league` as a user runs it, in processes of their own. */
import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { afterAll, expect, test } from "vitest";
import type { LeagueRecord, LeagueSummary } from "../../trainer/benchmark/league/index.ts";
import { LAUNCHER, type Outcome, touchline } from "../cli/run.ts";
import { newborn } from "../rl/tiny.ts";

const root = mkdtempSync(join(tmpdir(), "touchline-league-"));
afterAll(() => rmSync(root, { recursive: true }));

const POLICIES = ["idle", "scripted:0.2", "scripted"];
const DRILL = ["--scenario", "academy_empty_goal_close"];

function league(policies: readonly string[], ...args: readonly string[]): string[] {
  return ["bench", "league", ...policies.flatMap((policy) => ["--policy", policy]), ...args];
}

function tableOf({ stdout }: Outcome): Omit<LeagueSummary, "directory"> {
  const { directory: _, ...table } = JSON.parse(stdout) as LeagueSummary;
  return table;
}

function recordsOf(out: string): LeagueRecord[] {
  const path = join(out, "records.jsonl");
  if (!existsSync(path)) return [];
  const lines = readFileSync(path, "utf8").split("\n").slice(0, -1);
  return lines.map((line) => JSON.parse(line) as LeagueRecord);
}

test("a league that is killed goes on where it was and ends as one that was left alone", async () => {
  const args = league(POLICIES, ...DRILL, "--episodes", "6", "--seed", "3");
  const alone = join(root, "alone");
  const whole = tableOf(await touchline([...args, "--out", alone, "--workers", "1", "--json"]));
  expect(whole).toMatchObject({ suite: "league", planned: 36, missing: 0, interrupted: false });

  const killed = join(root, "killed");
  const child = spawn(process.execPath, [LAUNCHER, ...args, "--out", killed], { stdio: "ignore" });
  const closed = new Promise((resolve) => child.on("close", resolve));
  while (recordsOf(killed).length < 5 && child.exitCode === null) await wait(5);
  child.kill("SIGKILL");
  await closed;
  const before = recordsOf(killed);
  expect(before.length).toBeLessThan(36);
  const resumed = await touchline(["bench", "league", "--out", killed, "--resume", "--json"]);
  expect(resumed).toMatchObject({ status: 0, stderr: "" });
  expect(tableOf(resumed)).toEqual(whole);
  expect(recordsOf(killed).slice(0, before.length)).toEqual(before);
  const files = recordsOf(killed).map(({ file }) => join(killed, "episodes", file!));
  expect(new Set(files).size).toBe(36);
  expect((await touchline(["replay", "verify", ...files.slice(0, 4)])).status).toBe(0);

  const other = await touchline([...league(POLICIES.slice(1)), "--out", killed, "--resume"]);
  expect(other.stderr).toContain('"policies" was ["idle","scripted:0.2","scripted"] and is');
}, 300_000);

test("every pair plays every seed from both ends, and the table counts what the matches say", async () => {
  const out = join(root, "pairs");
  const args = league(POLICIES, ...DRILL, "--episodes", "4", "--json");
  const { standings, rows } = tableOf(await touchline([...args, "--out", out]));
  const records = recordsOf(out);
  for (const one of POLICIES) {
    for (const other of POLICIES) {
      if (one === other) continue;
      const seeds = records
        .filter(({ left, right }) => left === one && right === other)
        .map(({ seed }) => seed);
      expect(seeds.toSorted((a, b) => a - b)).toEqual([0, 1, 2, 3]);
    }
  }
  for (const { policy, ...row } of standings) {
    const leads = records.flatMap(({ left, right, played }) => {
      const lead = played!.goals[0] - played!.goals[1];
      return left === policy ? [lead] : right === policy ? [-lead] : [];
    });
    expect(row).toMatchObject({
      matches: 16,
      won: leads.filter((lead) => lead > 0).length,
      drawn: leads.filter((lead) => lead === 0).length,
      lost: leads.filter((lead) => lead < 0).length,
    });
    expect(row.goalsFor - row.goalsAgainst).toBe(leads.reduce((sum, one) => sum + one));
    expect(row.low).toBeLessThan(row.rating);
    expect(row.high).toBeGreaterThan(row.rating);
  }
  const points = standings.map(({ won, drawn }) => won + drawn / 2);
  expect(points).toEqual(points.toSorted((a, b) => b - a));
  const pair = rows.find(({ one, other }) => one === "idle" && other === "scripted")!;
  expect(pair.score.mean).toBeCloseTo((pair.won + pair.drawn / 2) / 8);
  // Who has the ball on the left scores, whoever it is but idle.
  expect(pair.goalsAgainst).toBeGreaterThan(pair.goalsFor);
}, 300_000);

test("a model folder plays on both sides, against whoever says sentences too", async () => {
  const policy = `dir:${newborn(join(root, "model"))}`;
  const args = league(
    [policy, "scripted"],
    ...DRILL,
    "--episodes",
    "1",
    "--max-tokens",
    "4",
    "--json",
  ).concat("--out", join(root, "words"));
  const { plan, standings, overall } = tableOf(await touchline(args));
  expect(plan).toMatchObject({ maxTokens: 4, models: [{ style: { decisionSteps: 5 } }, null] });
  expect(standings.map(({ matches }) => matches)).toEqual([2, 2]);
  expect(overall.outcomes["infra_error"]).toBeUndefined();
}, 300_000);

test.each([
  [league(["scripted"]), 1, /A league needs two policies and more, and has 1/],
  [league(["idle", "random", "idle"]), 1, /The policy "idle" is there twice/],
  [league(["idle", "scriptd"]), 1, /"scriptd"/],
  [league(["idle", "random"], "--scenario", "5_vs_55"), 1, /There is no scenario "5_vs_55"/],
  [league(["idle", "random"], "--data", "x"), 2, /The suite league has no --data/],
  [league(["idle", "random"], "--resume"), 2, /Give the folder of the run by --out DIR/],
  [["bench", "academy", "--policy", "idle", "--policy", "random"], 2, /run with one policy, and 2 are given/],
  [["bench", "academy", "--scenario", "5_vs_5"], 2, /The suite academy has no --scenario/],
])("%j is refused with status %i", async (args, status, message) => {
  const outcome = await touchline(args);
  expect(outcome).toMatchObject({ status, stdout: "" });
  expect(outcome.stderr).toMatch(message);
});
