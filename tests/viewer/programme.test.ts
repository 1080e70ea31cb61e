/** @file Which matches a server plans from what the command line says. */
import { describe, expect, test } from "vitest";
import { MatchRunner } from "../../agent/match/index.ts";
import type { ActionSet } from "../../env/football/index.ts";
import { loadScenario } from "../../scenarios/load.ts";
import { planMatches } from "../../viewer/server/index.ts";
import { touchline } from "../cli/run.ts";

describe("the action set of the matches", () => {
  test.each<
    [actions: string | undefined, policy: string, opponent: string | undefined, set: ActionSet, kind: string]
  >([
    ["semantic", "random", "idle", "semantic", "string"],
    ["continuous", "random", undefined, "continuous", "object"],
    [undefined, "scripted", "random", "default", "number"],
    ["full", "scripted", undefined, "full", "number"],
  ])("asked for %s, %s against %s play with %s's", async (actions, policy, opponent, set, kind) => {
    const scenarios = ["5_vs_5", "5_vs_5"].map((id) => loadScenario(id));
    const plans = planMatches(scenarios, { policy, opponent, actions, seed: 0 });
    expect(plans.map((plan) => plan.actions)).toEqual([set, set]);
    const runner = await MatchRunner.make(plans[0]!);
    expect(runner.actions).toBe(set);
    await runner.start(1);
    const { decisions } = await runner.advance();
    await runner.close();
    expect(typeof decisions[0]!.action).toBe(kind);
  });
});

describe("touchline watch refuses before it serves", () => {
  test.each([
    ["--actions semantc", "action/set", 'Did you mean "semantic"?'],
    ["--policy scripted --actions continuous", "policy/actions", 'cannot play with the actions "continuous"'],
    ["--policy dir:nowhere --scenario academy_corner", "model/", "nowhere"],
    ["--scenario academy_corner --players 99", "play/players", '"99" is no player to control on the left'],
  ])("%s", async (line, code, sentence) => {
    const { status, stdout, stderr } = await touchline(["watch", "--port", "0", ...line.split(" ")]);
    expect(stderr).toContain(`touchline: ${code}`);
    expect(stderr).toContain(sentence);
    expect({ status, stdout }).toEqual({ status: 1, stdout: "" });
  });
});
