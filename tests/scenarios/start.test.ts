/** @file Scenarios that begin in the middle of play. */
import { expect, test } from "vitest";
import { makeEnv } from "../../env/football/index.ts";
import { loadScenario } from "../../scenarios/node.ts";
import { validateScenario } from "../../scenarios/index.ts";

const DRILL = JSON.parse(JSON.stringify(loadScenario("academy_run_to_score"))) as Record<string, unknown>;

function scenarioWith(changes: object) {
  return validateScenario(
    { ...structuredClone(DRILL), id: "started", suite: "tests", ...changes },
    "started.json",
  );
}

test("the score is as the scenario says", async () => {
  const env = await makeEnv(scenarioWith({ start: { score: [2, 1], owner: "left.1" } }), {
    observation: "none",
  });
  expect(env.reset({ seed: 3 }).info.score).toEqual([2, 1]);
  env.close();
});

test("a ball that moves to the left goes there", async () => {
  const xs: number[] = [];
  for (const start of [{}, { ballVelocity: [-10, 0, 0] }]) {
    const env = await makeEnv(scenarioWith({ start, control: { left: "none", right: "none" } }), {
      observation: "none",
    });
    env.reset({ seed: 3 });
    env.step([]);
    xs.push(env.scene().ball.x);
    env.close();
  }
  expect(xs[1]).toBeLessThan(xs[0]!);
});

test("somebody who is not there cannot have the ball", () => {
  expect(() => scenarioWith({ start: { owner: "left.9" } })).toThrow(/start\.owner/);
});
