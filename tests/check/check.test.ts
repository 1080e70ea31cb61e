/** @file The checker: what is sound passes every check, and each check sees what it is there for. */
import { describe, expect, test } from "vitest";
import { CHECK_NAMES, checkEnv } from "../../env/check/index.ts";
import { ACTION_SETS, type FootballOptions, makeEnv, OBSERVATION_KINDS } from "../../env/football/index.ts";
import { listScenarios, loadScenario } from "../../scenarios/load.ts";
import { touchline } from "../cli/run.ts";
import { BREAKS, wrapped } from "./broken.ts";
import { makeCountdown } from "./countdown.ts";

const QUICK = { steps: 12, mostSteps: 500 };

async function complaints(id: string, options: FootballOptions): Promise<string[]> {
  const scenario = loadScenario(id);
  // Full games end soon here: that they end at all is what is checked.
  const short = { ...scenario, steps: Math.min(scenario.steps, 150) };
  const results = await checkEnv(() => makeEnv(short, options), QUICK);
  expect(results.map(({ check }) => check)).toEqual(CHECK_NAMES);
  return results.flatMap(({ ok, check, message }) => (ok ? [] : [`${check}: ${message}`]));
}

describe("what is sound passes every check", () => {
  test.each(listScenarios().map(({ id }) => id))("%s", async (id) => {
    expect(await complaints(id, { observation: "raw" })).toEqual([]);
  });

  test.each(OBSERVATION_KINDS)(
    "observed as %s, with all players of both sides under control",
    async (kind) => {
      const control = { left: "all", right: "all" } as const;
      expect(await complaints("academy_3_vs_1_with_keeper", { observation: kind, control })).toEqual([]);
    },
  );

  test.each(ACTION_SETS)("with the actions %s", async (actions) => {
    expect(await complaints("1_vs_1_easy", { actions, observation: ["raw", "text"] })).toEqual([]);
  });

  test("with nobody under control", async () => {
    expect(await complaints("academy_corner", { control: { left: "none" } })).toEqual([]);
  });

  test("an env of another game, without hash and masks", async () => {
    const results = await checkEnv(makeCountdown, QUICK);
    expect(results.filter(({ ok, warning }) => !ok || warning)).toEqual([]);
  });
});

describe("each check sees what it is there for", () => {
  const scenario = { ...loadScenario("academy_3_vs_1_with_keeper"), steps: 60 };
  const options: FootballOptions = { observation: "raw", control: { left: [1, 2, 3] } };

  test("a wrapper that changes nothing passes", async () => {
    const results = await checkEnv(async () => wrapped(await makeEnv(scenario, options)), QUICK);
    expect(results.filter(({ ok, warning }) => !ok || warning)).toEqual([]);
  });

  test.each(BREAKS)("$check: $how", async (broken) => {
    let count = 0;
    const results = await checkEnv(async () => broken.wrap(await makeEnv(scenario, options), count++), {
      ...QUICK,
      only: [broken.check],
    });
    expect(results).toHaveLength(1);
    const [found] = results;
    expect(found).toMatchObject(broken.check === "limits" ? { ok: true, warning: true } : { ok: false });
    expect(found?.message).toMatch(/^[A-Z].*\.$/);
    expect(found?.message).not.toContain("where no error was expected");
  });

  test("a check that there is not is refused", async () => {
    const refused = checkEnv(makeCountdown, { only: ["reset-sede"] });
    await expect(refused).rejects.toMatchObject({ code: "check/unknown" });
  });

  test("there is a broken wrapper for every check", () => {
    expect([...new Set(BREAKS.map(({ check }) => check))].sort()).toEqual([...CHECK_NAMES].sort());
  });
});

describe("touchline env check", () => {
  test("prints one line a check and has status 0 for a sound scenario", async () => {
    const line = ["env", "check", "academy_empty_goal_close", "--observation", "raw", "--steps", "5"];
    const { status, stdout, stderr } = await touchline(line);
    for (const name of CHECK_NAMES) expect(stdout).toMatch(new RegExp(`^${name} +ok`, "m"));
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
  });

  test("gives one JSON document with --json", async () => {
    const line = [
      "env",
      "check",
      "academy_empty_goal_close",
      "--observation",
      "none",
      "--steps",
      "5",
      "--json",
    ];
    const { status, stdout } = await touchline(line);
    const { scenario, ok, checks } = JSON.parse(stdout);
    expect({ status, scenario, ok }).toEqual({ status: 0, scenario: "academy_empty_goal_close", ok: true });
    expect(checks).toHaveLength(CHECK_NAMES.length);
  });

  test.each([
    [["acadmy_corner"], "scenario/unknown"],
    [["academy_corner", "--observation", "fram"], "observation/kind"],
    [["academy_corner", "--actions", "ful"], "action/set"],
    [["academy_corner", "--players", "77"], "play/players"],
  ])("says what is wrong with %j, with status 1", async (args, code) => {
    const { status, stderr } = await touchline(["env", "check", ...args]);
    expect(stderr).toContain(`touchline: ${code}: `);
    expect(status).toBe(1);
  });
});
