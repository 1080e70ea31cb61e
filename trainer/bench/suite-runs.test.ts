import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { SHIPPED_MODEL } from "../../agent/policy/index.ts";
import { type FootballPlan, ONE } from "../benchmark/football/index.ts";
import { readPlan } from "../benchmark/index.ts";
import { cameOf } from "./suite-runs.ts";

describe("a row of the table of suites", () => {
  let directory = "";
  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), "touchline-suite-runs-"));
  });
  afterEach(() => {
    rmSync(directory, { recursive: true });
  });

  test.each([
    ["nano", 0],
    [`dir:${SHIPPED_MODEL}`, 0],
    ["idle", undefined],
    ["random", undefined],
    ["scripted:0.5", undefined],
  ])("of %s, asked to be greedy, has the temperature %s", async (policy, temperature) => {
    const wish = { suite: `${ONE}academy_empty_goal_close`, episodes: 1, greedy: true };
    const { command } = await cameOf(wish, policy, { directory, workers: 1 });
    const [run] = readdirSync(directory);
    const { words } = readPlan(join(directory, run!)) as FootballPlan;
    expect(words?.temperature).toBe(temperature);
    expect(command.includes("--greedy")).toBe(temperature === 0);
  });
});
