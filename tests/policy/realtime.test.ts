/** @file A match that goes on while somebody thinks. */
import { expect, test } from "vitest";
import { MatchRunner } from "../../agent/match/index.ts";
import { type Decision, humanPolicy, type SeeingPolicy } from "../../agent/policy/index.ts";
import { loadScenario } from "../../scenarios/load.ts";

/** A policy that answers when it is told to, and what it has been asked: the steps before each question. */
function slowPolicy(): { left: SeeingPolicy; asked: number[]; answer: (action: string) => void } {
  const asked: number[] = [];
  let resolve: ((decision: Decision) => void) | undefined;
  const decide: SeeingPolicy["decide"] = ({ step }) => {
    asked.push(step);
    return new Promise((answered) => {
      resolve = answered;
    });
  };
  const answer = (action: string): void => resolve?.({ action, text: action });
  return { left: { name: "slow", start: () => undefined, decide }, asked, answer };
}

async function realtime(left: SeeingPolicy): Promise<MatchRunner> {
  const scenario = { ...loadScenario("academy_empty_goal"), steps: 12 };
  const runner = await MatchRunner.make({ scenario, left, clock: "realtime" });
  await runner.start(1);
  return runner;
}

test("steps are played before the answer is there, no faster than it is thought", async () => {
  const { left, asked, answer } = slowPolicy();
  const runner = await realtime(left);
  const began = performance.now();
  for (let i = 0; i < 4; i++) {
    expect(await runner.advance()).toMatchObject({ actions: [0], decisions: [] });
    expect(performance.now() - began).toBeGreaterThan(i * 100);
  }
  answer("right");
  let advance = await runner.advance();
  while (advance.decisions.length === 0) advance = await runner.advance();
  const { ageSteps, milliseconds } = advance.decisions[0]!;
  expect(ageSteps).toBe(advance.step.info.step - 1);
  expect(ageSteps).toBeGreaterThanOrEqual(Math.ceil(milliseconds! / 100));
  expect(asked).toEqual([0]);
  await runner.close();
});

test("after a person has played, the policy is not asked again before it has answered, and the match goes on", async () => {
  const { left, asked, answer } = slowPolicy();
  const runner = await realtime(left);
  await runner.advance();
  runner.takeOver(0, humanPolicy());
  await runner.advance();
  runner.giveBack(0);
  for (let i = 0; i < 5; i++) await runner.advance();
  expect({ asked, step: runner.info.step }).toEqual({ asked: [0], step: 7 });
  answer("left");
  await runner.advance();
  expect((await runner.advance()).decisions).toEqual([]);
  expect(asked).toHaveLength(2);
  await runner.close();
});

test("the next episode begins when it has answered", async () => {
  const { left, asked, answer } = slowPolicy();
  const runner = await realtime(left);
  while (!runner.over) await runner.advance();
  let begun = false;
  const start = runner.start(2).then(() => {
    begun = true;
  });
  await new Promise((resolve) => setTimeout(resolve, 20));
  expect(begun).toBe(false);
  answer("left");
  await start;
  expect((await runner.advance()).decisions).toEqual([]);
  expect(asked).toEqual([0, 0]);
  await runner.close();
});
