/** @file A drill is a match without its records: the same steps for the same decisions, and forks of them. */
import { describe, expect, test } from "vitest";
import { Drill, MatchRunner } from "../../agent/match/index.ts";
import type { DecisionSteps, SeeingPolicy } from "../../agent/policy/index.ts";
import { checkAction, type Action, type ActionSet } from "../../env/football/index.ts";
import { makeRandom, integer } from "../../env/random.ts";
import { loadScenario } from "../../scenarios/load.ts";

const close = loadScenario("academy_empty_goal_close");
const keeper = loadScenario("academy_pass_and_shoot_with_keeper");

/** Choices of the space by chance, runs more often than not, so that decisions of all kinds last. */
function chooser(choices: readonly string[], seed: number): () => string {
  const random = makeRandom(seed);
  const runs = choices.filter((choice) => /right$|goal/.test(choice));
  return () => {
    const some = integer(random, 2) === 0 && runs.length > 0 ? runs : choices;
    return some[integer(random, some.length)]!;
  };
}

function choicesOf(drill: Drill): readonly string[] {
  const space = drill.env.placeSpaces[0]!;
  if (space.kind === "text") return space.choices;
  return space.kind === "discrete" ? (space.names ?? []) : [];
}

/** State hashes after each step of a match, and what was decided. */
async function playMatch(seed: number, actions: ActionSet, decisionSteps: DecisionSteps, most: number) {
  const drill = await Drill.make(keeper, { actions });
  const next = chooser(choicesOf(drill), seed);
  drill.close();
  const decisions: Action[] = [];
  const left: SeeingPolicy = {
    name: "chance",
    start: () => undefined,
    decide: () => {
      const action = next();
      decisions.push(action);
      return { action };
    },
  };
  const runner = await MatchRunner.make({ scenario: keeper, left, actions, decisionSteps, vary: true });
  await runner.start(seed);
  const hashes: string[] = [];
  for (let over = false; !over && hashes.length < most;) {
    const { step } = await runner.advance();
    over = step.terminated || step.truncated;
    hashes.push(runner.env.stateHash());
  }
  await runner.close();
  return { hashes, decisions };
}

const seen = (drill: Drill): Buffer => Buffer.from(drill.frame().data);

describe("a drill", () => {
  const ways: [ActionSet, DecisionSteps][] = [
    ["semantic", 2],
    ["semantic", "adaptive"],
    ["default", "adaptive"],
    ["default", 3],
  ];
  test.each(ways)(
    "with the actions %s plays the steps of a match, decisions of %s steps",
    async (set, lasting) => {
      const { hashes, decisions } = await playMatch(5, set, lasting, 120);
      const drill = await Drill.make(keeper, { actions: set, decisionSteps: lasting });
      drill.start(5, true);
      const ends = new Map<number, string>();
      for (const action of decisions) {
        if (drill.over) break;
        drill.decide(action);
        ends.set(drill.info.step, drill.env.stateHash());
      }
      drill.close();
      const within = [...ends].filter(([step]) => step <= hashes.length);
      expect(within.length).toBeGreaterThan(5);
      for (const [step, hash] of within) expect(hash, `step ${step}`).toBe(hashes[step - 1]);
    },
  );

  test("that is restored goes on as it did before, also in the midst of a run", async () => {
    const drill = await Drill.make(keeper, { actions: "default", decisionSteps: "adaptive" });
    drill.start(9, true);
    const next = chooser(choicesOf(drill), 9);
    const run = (actions: readonly string[]): string[] =>
      actions.flatMap((action) => {
        if (drill.over) return [];
        const { steps } = drill.decide(action);
        return [`${steps.length} ${drill.env.stateHash()} ${drill.player}`];
      });
    run(["right", "right"]);
    const snapshot = drill.snapshot();
    // The first goes on with a run that the snapshot was taken in: a second time it lasts longer.
    const plan = ["right", ...Array.from({ length: 20 }, next)];
    const first = run(plan);
    drill.restore(snapshot);
    expect(run(plan)).toEqual(first);
    drill.start(10, true);
    run(["left"]);
    drill.restore(snapshot);
    expect(run(plan)).toEqual(first);
    expect(first.length).toBeGreaterThan(5);
    drill.close();
  });

  test("goes on with a pass until somebody has the ball, though control goes over to whom it is meant for", async () => {
    const drill = await Drill.make(loadScenario("region_5_free_1"), { actions: "full" });
    drill.start(0, false);
    while (drill.scene().owner !== drill.player) drill.decide("right");
    const passer = drill.player;
    const { steps } = drill.decide("short_pass");
    expect(steps.length).toBeGreaterThan(2);
    expect(drill.scene().owner).toBeGreaterThanOrEqual(0);
    expect(drill.player).not.toBe(passer);
    drill.close();
  });

  test("shows the same picture as one that shares its painter, and is not changed by it", async () => {
    const [one, other] = [await Drill.make(close), await Drill.make(close)];
    one.start(1, true);
    other.start(2, true);
    const before = seen(one);
    expect(seen(other).equals(before)).toBe(false);
    expect(seen(one).equals(before)).toBe(true);
    other.start(1, true);
    expect(seen(other).equals(before)).toBe(true);
    one.close();
    other.close();
  });
});

describe("the built-in player's advice", () => {
  test("is a sentence of the space wherever it is asked, and scores on academy_empty_goal_close", async () => {
    const drill = await Drill.make(close, { actions: "semantic", decisionSteps: 2 });
    const random = makeRandom(3);
    let goals = 0;
    for (let seed = 0; seed < 10; seed++) {
      drill.start(seed, true);
      while (!drill.over) {
        const sentence = drill.advise(1, random);
        expect(typeof sentence).toBe("string");
        checkAction("semantic", sentence);
        drill.decide(sentence);
      }
      goals += drill.info.score[0];
    }
    drill.close();
    expect(goals).toBeGreaterThanOrEqual(9);
  });

  test("is a button of the set where that is what is played with", async () => {
    const drill = await Drill.make(close);
    const random = makeRandom(4);
    drill.start(1, true);
    while (!drill.over) {
      const button = drill.advise(1, random);
      checkAction("default", button);
      drill.decide(button);
    }
    expect(drill.info.score[0]).toBe(1);
    drill.close();
  });
});
