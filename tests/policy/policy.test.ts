import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import type { PolicyInput, SeeingPolicy, Side } from "../../agent/policy/index.ts";
import { parsePolicy } from "../../agent/policy/index.ts";
import { type Action, ACTION_SETS, ACTIONS, type ActionSet, makeEnv } from "../../env/football/index.ts";
import type { Random } from "../../env/random.ts";
import { uniform } from "../../env/random.ts";
import { loadScenario } from "../../scenarios/load.ts";

const folder = mkdtempSync(join(tmpdir(), "touchline-policy-"));
afterAll(() => rmSync(folder, { recursive: true }));

function input(step: number): PolicyInput {
  return {
    place: 0,
    step,
    set: "default",
    space: { kind: "discrete", n: ACTIONS.length, names: ACTIONS },
    frame: () => {
      throw new Error("this policy does not look");
    },
  };
}

async function actionsOf(spec: string, seed: number, side: Side, count: number): Promise<Action[]> {
  const policy = parsePolicy(spec);
  if (policy.privileged) throw new Error("needs a state");
  return play(policy, seed, side, count);
}

async function play(policy: SeeingPolicy, seed: number, side: Side, count: number): Promise<Action[]> {
  await policy.start({ seed, side, goal: "" });
  const actions: Action[] = [];
  for (let step = 0; step < count; step++) actions.push((await policy.decide(input(step))).action);
  return actions;
}

describe("the name of a policy", () => {
  test.each(["random", "idle", "scripted", "scripted:0.25", "scripted:0"])("%s says its own name", (spec) => {
    expect(parsePolicy(spec).name).toBe(spec);
  });

  test("scripted plays at full difficulty unless told otherwise", () => {
    expect(parsePolicy("scripted:1").name).toBe("scripted");
  });

  const unreadable = join(folder, "empty.jsonl");
  writeFileSync(unreadable, "");
  test.each([
    ["randm", "policy/unknown", /Did you mean "random"\?/],
    ["", "policy/unknown", /Expected one of: random, idle, scripted, replay/],
    ["toString", "policy/unknown", /toString/],
    ["nano:large", "policy/argument", /takes no argument/],
    ["dir", "policy/argument", /write "dir:FOLDER"/],
    ["openai:gpt", "policy/argument", /the address of its server/],
    ["openai:gpt@localhost", "policy/argument", /the address of its server/],
    ["human", "policy/human", /touchline watch --policy human/],
    ["human:1", "policy/argument", /write just "human"/],
    ["random:3", "policy/argument", /write just "random"/],
    ["idle:", "policy/argument", /write just "idle"/],
    ["scripted:hard", "policy/difficulty", /from 0 to 1/],
    ["scripted:1.5", "policy/difficulty", /"1.5"/],
    ["scripted:-1", "policy/difficulty", /"-1"/],
    ["scripted:NaN", "policy/difficulty", /"NaN"/],
    ["scripted:", "policy/difficulty", /""/],
    ["replay", "policy/argument", /replay:FILE/],
    ["replay:", "policy/argument", /replay:FILE/],
    [`replay:${folder}/none.jsonl`, "policy/file", /ENOENT/],
    [`replay:${folder}`, "policy/file", /EISDIR/],
    [`replay:${unreadable}`, "policy/file", /No step/],
  ])("%j is refused with %s", (spec, code, message) => {
    expect(() => parsePolicy(spec)).toThrow(
      expect.objectContaining({ code, message: expect.stringMatching(message) }),
    );
  });
});

describe("random", () => {
  test("takes every action about equally often", async () => {
    const counts = ACTIONS.map(() => 0);
    for (const action of await actionsOf("random", 1, "left", 19_000)) counts[Number(action)]! += 1;
    // Five standard deviations of a binomial count around 1000.
    for (const count of counts) expect(Math.abs(count - 1000)).toBeLessThan(155);
  });

  test("draws the same from the same seed, and other things on the other side and from another seed", async () => {
    const first = await actionsOf("random", 4, "left", 50);
    expect(await actionsOf("random", 4, "left", 50)).toEqual(first);
    expect(await actionsOf("random", 4, "right", 50)).not.toEqual(first);
    expect(await actionsOf("random", 5, "left", 50)).not.toEqual(first);
  });

  test("starts anew with each episode", async () => {
    const policy = parsePolicy("random");
    if (policy.privileged) throw new Error("needs a state");
    const first = await play(policy, 9, "left", 20);
    expect(await play(policy, 9, "left", 20)).toEqual(first);
  });
});

test("idle never presses anything", async () => {
  expect(new Set(await actionsOf("idle", 1, "left", 100))).toEqual(new Set([0]));
});

describe.each(ACTION_SETS)("with the actions %s", (set) => {
  test("random draws what the env takes, and not always the same", async () => {
    const drawn = await stepWith("random", set, 30);
    expect(new Set(drawn.map((action) => JSON.stringify(action))).size).toBeGreaterThan(5);
  });

  test("idle does the same as nobody who presses anything", async () => {
    const drawn = await stepWith("idle", set, 3);
    const nothing = { direction: [0, 0], power: 0, loft: 0, kick: 0 };
    expect(new Set(drawn)).toEqual(
      new Set([set === "semantic" ? "hold" : set === "continuous" ? nothing : 0]),
    );
  });
});

/** What a policy says for both places of an env of this set, which takes all of it. */
async function stepWith(spec: string, set: ActionSet, steps: number): Promise<Action[]> {
  const policy = parsePolicy(spec);
  if (policy.privileged) throw new Error("needs a state");
  const control = { left: [4], right: [9] };
  const env = await makeEnv(loadScenario("11_vs_11_stochastic"), { actions: set, control });
  await policy.start({ seed: 1, side: "left", goal: "" });
  env.reset({ seed: 1 });
  const said: Action[] = [];
  for (let i = 0; i < steps; i++) {
    const actions: Action[] = [];
    for (const [place, space] of env.placeSpaces.entries()) {
      actions.push((await policy.decide({ ...input(i), place, set, space })).action);
    }
    env.step(actions);
    said.push(...actions);
  }
  env.close();
  return said;
}

test("only scripted is privileged, and it asks for the advice of its own difficulty", async () => {
  expect(["random", "idle"].map((spec) => parsePolicy(spec).privileged)).toEqual([undefined, undefined]);
  const policy = parsePolicy("scripted:0.25");
  if (!policy.privileged) throw new Error("scripted must be privileged");
  await policy.start({ seed: 1, side: "left", goal: "" });
  const asked: number[] = [];
  const advise = (difficulty: number, random: Random) => {
    asked.push(difficulty, uniform(random));
    return 7;
  };
  expect(policy.decide({ ...input(0), advise })).toEqual({ action: 7 });
  expect(asked[0]).toBe(0.25);
  expect(asked[1]).toBeGreaterThanOrEqual(0);
});
