/** @file Files in the style of GRF's own, held against the scenarios that ship with its figures. */
import { describe, expect, test } from "vitest";
import { importScenario, scenarioText } from "../../../scenarios/index.ts";
import { loadScenario } from "../../../scenarios/load.ts";
import { parseScenario } from "../../../scenarios/parse.ts";
import { ACADEMY } from "../academy-table.ts";
import { MATCHES } from "../match-table.ts";
import { fileWith, MAGEBENCH_STYLE, PROGRAM } from "./file.ts";
import { academyFile, matchFile } from "./grf-file.ts";

/** What the file decides; names, texts and variations are ours. */
function played(id: string) {
  const { ball, steps, left, right, rules, control } = loadScenario(id);
  return { ball, steps, left, right, rules, control };
}

describe("a file that says what a shipped scenario was made from gives it again", () => {
  test.each(ACADEMY)("$id", (row) => {
    const { scenario, notes } = importScenario(academyFile(row), { id: row.id });
    expect(scenario).toMatchObject(played(row.id));
    expect(notes).toEqual([]);
  });

  test.each(MATCHES)("$id, whose teams take turns at the kick-off", (row) => {
    const { scenario, notes } = importScenario(matchFile(row), { id: row.id });
    expect(scenario).toMatchObject(played(row.id));
    expect(scenario).not.toHaveProperty("variation");
    expect(notes).toEqual([]);
  });
});

test("the text that is written reads back as the same scenario", () => {
  const { scenario, data } = importScenario(PROGRAM, { id: "ring" });
  expect(parseScenario(scenarioText(data))).toEqual(scenario);
  expect(scenarioText(data)).toContain('"position": [-1, 0]');
});

test("MageBench's style, with its zeros of either sign", () => {
  const { scenario } = importScenario(MAGEBENCH_STYLE, { id: "drill", suite: "magebench" });
  expect(scenario).toMatchObject({
    suite: "magebench",
    steps: 400,
    ball: [0.5127, -0.0133],
    left: {
      difficulty: 1,
      players: [
        { role: "GK", position: [-0.9813, -0.004] },
        { role: "AM", position: [0.5, 0] },
      ],
    },
    right: {
      difficulty: 0,
      players: [
        { role: "GK", position: [0.984, 0.0013] },
        { role: "LB", position: [0.7547, 0] },
      ],
    },
    rules: {
      offside: false,
      kickOff: null,
    },
    ends: [{ when: "goal" }, { when: "out-of-play" }, { when: "possession-lost" }],
  });
  expect(Object.is(scenario.right.players[1]?.position[1], 0)).toBe(true);
});

test("a program: loops, helpers, tables, a class that nothing needs", () => {
  const { scenario, notes } = importScenario(PROGRAM, { id: "ring" });
  expect(notes).toEqual([]);
  expect(scenario.teaches).toBe("A ring of passers around one chaser.");
  expect(scenario.steps).toBe(600);
  expect(scenario.right.difficulty).toBe(0.7999999999999999);
  expect(scenario.left.players).toHaveLength(6);
  // To the last digit as Python 3.11 gives them.
  expect(scenario.left.players.map(({ position }) => position)).toEqual([
    [-1, 0],
    [0.28, 0],
    [0.08652475842498529, 0.17119017293312763],
    [-0.2265247584249853, 0.10580134541264519],
    [-0.22652475842498535, -0.10580134541264515],
    [0.08652475842498523, -0.17119017293312766],
  ]);
  expect(scenario.left.players.map(({ controllable }) => controllable)).toEqual([
    true,
    ...Array(5).fill(false),
  ]);
  expect(scenario.right.players.map(({ role, position }) => [role, position])).toEqual([
    ["GK", [0.94, 0]],
    ["DM", [-0.1, 0.05]],
    ["CB", [-0.2, -0.1]],
  ]);
});

describe("every setting arrives", () => {
  test.each([
    ["game_duration = 123", { steps: 123 }],
    ["second_half = 1500", { rules: { secondHalf: 1500 } }],
    ["left_team_difficulty = 0.35", { left: { difficulty: 0.35 } }],
    ["right_team_difficulty = 1", { right: { difficulty: 1 } }],
    ["offsides = False", { rules: { offside: false } }],
    ["end_episode_on_score = True", { ends: [{ when: "goal" }] }],
    ["end_episode_on_possession_change = True", { ends: [{ when: "possession-lost" }] }],
    ["end_episode_on_out_of_play = True", { ends: [{ when: "out-of-play" }] }],
    ["control_all_players = True", { control: { left: "all", right: "none" } }],
  ])("%s", (line, expected) => {
    expect(importScenario(fileWith(`builder.config().${line}`), { id: "one" }).scenario).toMatchObject(
      expected,
    );
  });

  test("by name, and read again", () => {
    const lines =
      "cfg = builder._scenario_cfg\nsetattr(cfg, 'game_duration', 5)\ncfg.mine = 2\n" +
      "if getattr(cfg, 'offsides') and hasattr(builder, 'SetTeam') and not hasattr(cfg, 'other'):\n" +
      "  cfg.game_duration = cfg.game_duration + cfg.mine + getattr(cfg, 'other', 100)";
    expect(importScenario(fileWith(lines), { id: "one" }).scenario.steps).toBe(107);
  });

  test("as older files of GRF set them", () => {
    const lines = "builder.SetFlag('game_duration', 400)\nbuilder.SetFlag('offsides', False)";
    const { scenario, notes } = importScenario(fileWith(lines), { id: "one" });
    expect(scenario).toMatchObject({ steps: 400, rules: { offside: false } });
    expect(notes).toEqual(["SetFlag() is of an older GRF, and is read as a setting of builder.config()."]);
  });

  test("without any, GRF's own defaults", () => {
    const { scenario } = importScenario(fileWith("pass"), { id: "one" });
    expect(scenario).toMatchObject({
      steps: 3000,
      ball: [0, 0],
      left: { difficulty: 1 },
      right: { difficulty: 0.6 },
      control: { left: "ball", right: "none" },
      rules: {
        offside: true,
        secondHalf: null,
      },
      ends: [],
    });
  });
});

describe("what has no place is told in a note", () => {
  test.each([
    ["builder.config().deterministic = True", /^deterministic = True: GRF plays it with the seed 42/],
    ["builder.config().use_magnet = False", /^use_magnet = False has no place/],
    ["builder.config().real_time = True", /^real_time = true has no place/],
    ["builder.config().game_engine_random_seed = 7", /^game_engine_random_seed = 7 has no place/],
    [
      "builder.config().end_episode_on_scor = True",
      /^end_episode_on_scor is no field of GRF's config; did the file mean "end_episode_on_score"\?/,
    ],
    ["builder.config().second_half = 3000", /^second_half = 3000 is after the end/],
    [
      "builder.SetBallPosition(1.04, 0.1)",
      /^ball starts off the pitch, at \(1\.04, 0\.1\): moved to \(1, 0\.1\)/,
    ],
    [
      "builder.AddPlayer(0.2, -0.5, e_PlayerRole_CF)",
      /^left\.0 starts off the pitch, at \(0\.2, -0\.5\): moved to \(0\.2, -0\.42\)/,
    ],
  ])("%s", (line, sentence) => {
    const { notes } = importScenario(fileWith(line), { id: "one" });
    expect(notes).toHaveLength(1);
    expect(notes[0]).toMatch(sentence);
  });

  test("an empty team gets GRF's lazy keeper in its corner", () => {
    const text = "def build_scenario(builder):\n  builder.AddPlayer(-1, 0, e_PlayerRole_GK)\n";
    const { scenario, notes } = importScenario(text, { id: "one" });
    expect(scenario.right.players).toMatchObject([{ role: "GK", position: [1, -0.42], lazy: true }]);
    expect(notes).toEqual(["The right team is empty: as in GRF, a lazy keeper stands in its corner."]);
  });

  test("a keeper parked far off the pitch stands in his corner, and stays there", () => {
    const text = fileWith("pass").replace("(-1, 0, e_PlayerRole_GK)", "(-100, 0, e_PlayerRole_GK)");
    const { scenario, notes } = importScenario(text, { id: "one" });
    expect(scenario.left.players).toMatchObject([{ role: "GK", position: [-1, 0.42], lazy: true }]);
    expect(notes[0]).toMatch(/^left\.0 is a keeper far off the pitch, at \(-100, 0\)/);
  });
});

/** A player who stands in one place in even episodes and in another in odd ones. */
function striker(even: string, odd: string): string {
  return `x, y = (${even}) if builder.EpisodeNumber() % 2 == 0 else (${odd})\nbuilder.AddPlayer(x, y, e_PlayerRole_CF)`;
}

describe("episodes that differ", () => {
  test("in places only: choices of a variation", () => {
    const lines =
      "if builder.EpisodeNumber() % 2 == 0:\n  builder.SetBallPosition(-0.9, 0.3)\nelse:\n  builder.SetBallPosition(0.9, -0.3)";
    const { scenario, notes } = importScenario(fileWith(lines), { id: "one" });
    expect(scenario.ball).toEqual([-0.9, 0.3]);
    expect(scenario.variation?.choices).toEqual([[], [{ member: "ball", position: [0.9, -0.3] }]]);
    expect(notes).toEqual([expect.stringMatching(/^The file changes its start from episode to episode/)]);
  });

  test("in more than that: the first, with a note", () => {
    const lines = "builder.config().game_duration = 100 + builder.EpisodeNumber() % 3";
    const { scenario, notes } = importScenario(fileWith(lines), { id: "one" });
    expect(scenario.steps).toBe(100);
    expect(notes).toEqual([expect.stringMatching(/^The file has 3 different episodes/)]);
  });

  test.each([
    ["a place that changes late", "0.5 if builder.EpisodeNumber() < 100 else -0.5", 1],
    ["one start of thirteen", "0.1 if builder.EpisodeNumber() % 13 == 12 else 0.3", 1],
    ["a start for each number", "0.01 * (builder.EpisodeNumber() % 100)", 12],
    ["a level that rises", "0.1 * (builder.EpisodeNumber() // 5)", 3],
    ["numbers of the file's own seed", "random.random()", 12],
  ])("%s: told that only the first twelve were looked at", (_, x, starts) => {
    const text = fileWith(`builder.SetBallPosition(${x}, 0.1)`, "import random\nrandom.seed(42)\n");
    const { scenario, notes } = importScenario(text, { id: "one" });
    expect(notes[0]).toBe("Only the first 12 episodes were looked at; later ones may start otherwise.");
    expect(scenario.variation?.choices ?? [[]]).toHaveLength(starts);
  });

  test.each(["0.1 * (builder.EpisodeNumber() % 6)", "random.random()"])(
    "a start that comes again is told no more of: %s",
    (x) => {
      const lines = `random.seed(42)\nbuilder.SetBallPosition(${x}, 0.1)`;
      const { notes } = importScenario(fileWith(lines, "import random\n"), { id: "one" });
      expect(notes.join()).not.toContain("Only the first");
    },
  );

  test.each([
    ["first", "0, 0.02", "-0.3, 0.1", "left"],
    ["second", "-0.3, 0.1", "0, 0.02", null],
  ])("a kick-off in the %s episode only: the first episode, with a note", (_, even, odd, kickOff) => {
    const { scenario, notes } = importScenario(fileWith(striker(even, odd)), { id: "one" });
    expect(scenario.rules.kickOff).toBe(kickOff);
    expect(scenario.left.players[0]!.position.join(", ")).toBe(even);
    expect(scenario).not.toHaveProperty("variation");
    expect(notes).toEqual([expect.stringMatching(/^The file has 2 different episodes/)]);
  });

  test("teams of different formations that take turns at the kick-off", () => {
    const lines = `${striker("0, 0.02", "-0.25, 0.02")}\nbuilder.SetTeam(Team.e_Right)\n${striker("-0.2, 0.02", "0, 0.02")}`;
    const { scenario, notes } = importScenario(fileWith(lines), { id: "one" });
    expect(scenario.rules.kickOff).toBe("by-seed");
    expect(scenario.left.players[0]).toMatchObject({ position: [0, 0.02], receiving: [-0.25, 0.02] });
    expect(scenario.right.players[0]).toMatchObject({ position: [0, -0.02], receiving: [0.2, -0.02] });
    expect(scenario).not.toHaveProperty("variation");
    expect(notes).toEqual([]);
  });

  test("ends changed the other way round: the same scenario", () => {
    const row = MATCHES.find(({ id }) => id === "5_vs_5")!;
    const turned = matchFile(row).replace("% 2 == 0", "% 2 == 1");
    expect(importScenario(turned, { id: row.id }).scenario).toMatchObject(played(row.id));
  });

  test.each([
    ["left", "builder.AddPlayer(0, 0.02, e_PlayerRole_CF)", "pass"],
    ["right", "pass", "builder.AddPlayer(-0.01, 0, e_PlayerRole_CF)"],
    ["by-seed", "pass", "pass"],
    [null, "builder.AddPlayer(0.3, 0, e_PlayerRole_CF)", "pass"],
    [null, "builder.AddPlayer(-0.3, 0, e_PlayerRole_CF)", "pass"],
  ])("a ball on the centre spot: kick-off %s", (side, left, right) => {
    const lines = `${left}\nbuilder.SetTeam(Team.e_Right)\n${right}`;
    expect(importScenario(fileWith(lines), { id: "one" }).scenario.rules.kickOff).toBe(side);
  });
});
