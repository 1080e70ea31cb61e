/** @file Levels, formations and files of earlier versions: other ways to say the same. */
import { describe, expect, test } from "vitest";
import { migrateScenario } from "../../env/football/index.ts";
import { levelOf, newScenario, TEMPLATES, validateScenario } from "../../scenarios/index.ts";
import { loadScenario } from "../../scenarios/load.ts";
import { scenariosOf } from "../../trainer/stage/scenarios.ts";
import { errorOf } from "./refusal.ts";

const drill = loadScenario("academy_3_vs_1_with_keeper");
const LEVELS = [
  { title: "nobody presses", changes: { right: { difficulty: 0 }, steps: 300 } },
  { title: "no variation", changes: { variation: null, ends: [{ when: "goal" }] } },
];
const levelled = validateScenario({
  ...drill,
  levels: LEVELS,
  checks: [
    { policy: "scripted", atLeast: 0.2 },
    { policy: "scripted", level: 1, atLeast: 0.5 },
  ],
});

describe("a level", () => {
  test("is the scenario with its changes, under an id of its own", () => {
    const { levels: _, checks: __, ...base } = levelled;
    expect(levelOf(levelled, "1")).toEqual({
      ...base,
      id: `${drill.id}@1`,
      title: `${drill.title}: nobody presses`,
      right: { ...drill.right, difficulty: 0 },
      steps: 300,
      checks: [{ policy: "scripted", atLeast: 0.5 }],
    });
    const second = levelOf(levelled, "2");
    expect(second).not.toHaveProperty("variation");
    expect(second.ends).toEqual([{ when: "goal" }]);
  });

  test.each(["0", "3", "01", "", "x", "-1", "1.0"])('is not to be had by "%s"', (number) => {
    const { code, message } = errorOf(() => levelOf(levelled, number));
    expect(code).toBe("scenario/level");
    expect(message).toContain(`expected ${drill.id}@1 to ${drill.id}@2`);
  });

  test("of a scenario without levels is none", () => {
    expect(errorOf(() => loadScenario("academy_corner@1")).message).toContain("expected the id alone");
    expect(errorOf(() => scenariosOf(["academy_corner@1"])).code).toBe("scenario/level");
  });

  test.each([
    [
      { right: { difficulty: 2 } },
      "levels[0].changes.right.difficulty is 2; expected a number from 0 (weakest) to 1.",
    ],
    [{ stepz: 2 }, 'levels[0].changes.stepz is not a known key; did you mean "steps"?'],
    [{ id: "other" }, "levels[0].changes.id is what no level changes; leave it out."],
    [{ ball: null }, "levels[0].changes.ball is missing"],
  ])("whose changes are wrong is told with their path: %j", (changes, sentence) => {
    const levels = [{ title: "wrong", changes }];
    expect(errorOf(() => validateScenario({ ...drill, levels }, "file")).message).toContain(sentence);
  });
});

function team(formation: string) {
  return { name: "Team", difficulty: 1, formation };
}

describe("a formation", () => {
  test.each([
    ["4-4-2", ["GK", "LB", "CB", "CB", "RB", "LM", "CM", "CM", "RM", "CF", "CF"]],
    ["4-2-3-1", ["GK", "LB", "CB", "CB", "RB", "DM", "DM", "LM", "AM", "RM", "CF"]],
    ["1-2-1", ["GK", "CB", "CM", "CM", "CF"]],
  ])("%s is written out as players in their own half, the right team turned", (formation, roles) => {
    const { variation: _, ...still } = drill;
    const { left, right } = validateScenario({
      ...still,
      left: team(formation),
      right: team(formation),
    });
    expect(left.players.map(({ role }) => role)).toEqual(roles);
    expect(left.players.every(({ position: [x] }) => x < 0)).toBe(true);
    expect(right.players.map(({ position }) => position)).toEqual(
      left.players.map(({ position: [x, y] }) => [0 - x, 0 - y]),
    );
  });

  test.each([
    [team("4-4-3"), 'left.formation is "4-4-3"; expected one of "4-4-2"'],
    [
      { name: "Team", difficulty: 1 },
      "left.players is missing; expected a list of 1 to 11 players, or a formation.",
    ],
    [{ ...team("2-1"), players: drill.left.players }, "left.formation is"],
  ])("that is none is refused", (left, sentence) => {
    expect(errorOf(() => validateScenario({ ...drill, left }, "file")).message).toContain(sentence);
  });
});

describe("files of version 1", () => {
  const { ends: _, ...rest } = drill;
  const old = (flags: object) => ({ ...rest, version: 1, rules: { ...drill.rules, ...flags } });

  test("are read with their flags as ends", () => {
    const read = validateScenario(
      old({ endOnScore: true, endOnPossessionChange: true, endOnOutOfPlay: false }),
    );
    expect(read).toEqual({ ...drill, ends: [{ when: "goal" }, { when: "possession-lost" }] });
    expect(validateScenario(old({})).ends).toEqual([]);
  });

  test("that were wrong stay so, and say where", () => {
    const { message } = errorOf(() => validateScenario(old({ endOnScore: "yes" }), "file"));
    expect(message).toContain("rules.endOnScore");
    expect(migrateScenario([1])).toEqual([1]);
    expect(migrateScenario({ version: 1, rules: 3 })).toEqual({ version: 2, rules: 3 });
  });
});

test.each(TEMPLATES)("the template %s is a scenario", (template) => {
  expect(validateScenario(newScenario(template, { id: "mine", suite: "my" })).id).toBe("mine");
});
