/** @file What a user may get wrong in a scenario: one row a mistake, with the sentence that he gets. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { parseScenario, validateScenario } from "../../scenarios/index.ts";
import { listScenarios, loadScenario, readScenarioFile } from "../../scenarios/load.ts";
import { errorOf } from "./refusal.ts";

const TEXT = readFileSync(new URL("../../scenarios/academy/academy_corner.json", import.meta.url), "utf8");

/** The scenario with the value at `path` replaced; undefined takes it out. */
function withValue(path: string, value: unknown): object {
  const keys = path.split(".");
  const last = keys.pop() ?? "";
  const scenario = JSON.parse(TEXT);
  let node = scenario;
  for (const key of keys) node = node[key];
  if (value === undefined) delete node[last];
  else node[last] = value;
  return scenario;
}

const gk = { role: "GK", position: [-1, 0] };

describe("one wrong value", () => {
  test.each([
    ["version", 3, "version is 3; expected 2."],
    ["id", "my scenario", 'id is "my scenario"; expected the file\'s name without .json: letters'],
    ["suite", undefined, "suite is missing; expected a text."],
    ["title", "  ", 'title is "  "; expected a text that is not empty.'],
    ["steps", "400", 'steps is "400"; expected a number of env steps, an integer from 1 to 1000000.'],
    ["steps", 0, "steps is 0; expected a number of env steps"],
    ["steps", 1.5, "steps is 1.5; expected a number of env steps"],
    ["ticksPerStep", 1000, "ticksPerStep is 1000; expected physics ticks in an env step"],
    ["ball", [1.2, 0], "ball[0] is 1.2; expected x on the pitch, a number from -1 (left goal line) to 1."],
    ["ball", [0, -0.5], "ball[1] is -0.5; expected y on the pitch, a number from -0.42"],
    ["ball", [0, Number.NaN], "ball[1] is NaN; expected y on the pitch"],
    ["ball", [Number.POSITIVE_INFINITY, 0], "ball[0] is Infinity; expected x on the pitch"],
    ["ball", [0, 0, 0], "ball is a list of 3; expected a list of 2 numbers."],
    ["ball", null, "ball is null; expected a list of 2 numbers."],
    ["rules.secondHalf", 0, "rules.secondHalf is 0; expected the env step at which the second half begins"],
    [
      "rules.secondHalf",
      400,
      "rules.secondHalf is 400; expected a step before the end of the episode, at 400.",
    ],
    ["rules.fouls", "yes", 'rules.fouls is "yes"; expected true or false.'],
    ["left.difficulty", 1.5, "left.difficulty is 1.5; expected a number from 0 (weakest) to 1."],
    ["left.players", [], "left.players is a list of 0; expected a list of 1 to 11 players."],
    [
      "left.players.3.position",
      [0.5, 0.43],
      "left.players[3].position[1] is 0.43; expected y on the pitch, a number from -0.42",
    ],
    ["left.players.2.role", "GG", 'left.players[2].role is "GG"; expected one of "GK", "CB"'],
    [
      "left.players.2.role",
      "cf",
      'left.players[2].role is "cf"; expected one of "GK", "CB", "LB", "RB", "DM", "CM", "LM", "RM", "AM", "CF"; did you mean "CF"?',
    ],
    ["left.players.2.role", "GK", "left.players has 2 keepers, at 0 and 2; expected exactly one player"],
    [
      "left.players.0.role",
      "CB",
      "left.players has no keeper; expected exactly one player with the role GK.",
    ],
    ["left.players.2.lasy", true, 'left.players[2].lasy is not a known key; did you mean "lazy"?'],
    ["left.players.2.lazy", "yes", 'left.players[2].lazy is "yes"; expected true or false.'],
    ["colour", "red", "colour is not a known key"],
    ["rules.ofside", true, 'rules.ofside is not a known key; did you mean "offside"?'],
    ["rules.kickOff", "home", 'rules.kickOff is "home"; expected one of "left", "right", "by-seed"'],
    ["control.left", "bal", 'control.left is "bal"; expected "none", "ball", "all", a list of places'],
    [
      "control.left",
      [],
      'control.left is a list of 0; expected at least one place; nobody under control is "none".',
    ],
    ["control.left", [11], "control.left[0] is 11; expected a place from 0 to 10 of left."],
    [
      "control.left",
      [1, 2, 1],
      "control.left[2] is 1, which is in the list before; expected each place once.",
    ],
    ["control.left", [0.5], "control.left[0] is 0.5; expected a place in the team's list of players"],
    ["control.left", ["one"], 'control.left[0] is "one"; expected a place in the team\'s list of players'],
    ["variation.reflect", 1, "variation.reflect is 1; expected true or false."],
    [
      "variation.shifts.0.members",
      ["left.12"],
      'variation.shifts[0].members[0] is "left.12", who is not in the scenario; did you mean "left.1"?',
    ],
    [
      "variation.shifts.0.members",
      ["goalkeeper"],
      'variation.shifts[0].members[0] is "goalkeeper"; expected "ball", or a player as "left.0"',
    ],
    [
      "variation.shifts.0.members",
      ["left.2", "left.2"],
      'variation.shifts[0].members[1] is "left.2" a second time; expected each member once.',
    ],
    [
      "variation.shifts.0.members",
      [],
      "variation.shifts[0].members is a list of 0; expected a list of at least 1.",
    ],
    [
      "variation.shifts.0.x",
      [0.1, -0.1],
      "variation.shifts[0].x is [0.1, -0.1]; expected the lower end first.",
    ],
    ["variation.shifts.2.y", [0, 0.75], "variation.shifts[2].y can move left.10 to y = 0.45, off the pitch"],
    [
      "variation.choices",
      [[{ member: "left.99", position: [0, 0] }]],
      'variation.choices[0][0].member is "left.99", who is not in the scenario',
    ],
    ["variation.choices", [], "variation.choices is a list of 0; expected at least one choice"],
    [
      "variation.choices",
      [[{ member: "left.2", position: [0, 7] }]],
      "variation.choices[0][0].position[1] is 7; expected y on the pitch",
    ],
    [
      "variation.choices",
      [[{ member: "left.2", position: [0.95, 0] }]],
      "variation.shifts[0].x can move left.2 to x = 1.07, off the pitch; expected -1 to 1.",
    ],
  ])("%s = %j", (path, value, sentence) => {
    const error = errorOf(() => validateScenario(withValue(path, value), "corner.json"));
    expect(error.code).toBe("scenario/invalid");
    expect(error.message).toContain(`corner.json: ${sentence}`);
    expect(error.message).not.toContain("\n");
  });

  test("a player who may not be controlled cannot be in the control list", () => {
    const scenario = withValue("left.players.0.controllable", false);
    const error = errorOf(() => validateScenario(Object.assign(scenario, { control: { left: [0] } })));
    expect(error.message).toContain('control.left[0] is 0, a player with "controllable": false');
  });

  test("a receiving team's place counts for the variation too", () => {
    const scenario = withValue("left.players.2.receiving", [0.95, 0.15]);
    const error = errorOf(() => validateScenario(scenario));
    expect(error.message).toContain("variation.shifts[0].x can move left.2 to x = 1.07");
  });
});

test("several problems are listed one a line, each with its path", () => {
  const scenario = withValue("left.players", [gk, gk, { role: "CB", position: [2, 0] }]);
  const error = errorOf(() => validateScenario(Object.assign(scenario, { steps: -1 }), "mine.json"));
  expect(error.message.split("\n")).toEqual([
    "mine.json has 2 problems:",
    "  steps is -1; expected a number of env steps, an integer from 1 to 1000000.",
    "  left.players[2].position[0] is 2; expected x on the pitch, a number from -1 (left goal line) to 1.",
  ]);
});

describe("text that is not JSON", () => {
  test.each([
    ["", "bad.json is not JSON: the text ends at line 1, column 1."],
    ['{\n  "version": 1,\n  "id": NaN\n}', 'bad.json is not JSON: "NaN" cannot stand at line 3, column 9.'],
    ['{\n  "version": 1,\n}', 'bad.json is not JSON: "}" cannot stand at line 3, column 1.'],
    ['{ "version": 1 // one\n}', 'bad.json is not JSON: "//" cannot stand at line 1, column 16.'],
    ['{\n  "version": 1', "bad.json is not JSON: the text ends at line 2, column 15."],
  ])("%j", (text, sentence) => {
    const error = errorOf(() => parseScenario(text, "bad.json"));
    expect(error.code).toBe("scenario/not-json");
    expect(error.message).toBe(sentence);
  });

  test("text nested without end is no more than not JSON", () => {
    expect(errorOf(() => parseScenario("[".repeat(200_000))).code).toBe("scenario/not-json");
  });

  test("JSON that is no object is invalid", () => {
    expect(errorOf(() => parseScenario("[]", "bad.json")).message).toBe(
      "bad.json: (root) is a list of 0; expected an object.",
    );
  });
});

describe("files and folders", () => {
  const folder = mkdtempSync(join(tmpdir(), "touchline-scenarios-"));
  afterAll(() => rmSync(folder, { recursive: true }));
  const write = (name: string, text: string) => {
    const file = join(folder, name);
    mkdirSync(join(file, ".."), { recursive: true });
    writeFileSync(file, text);
    return file;
  };

  test("an unknown id names the nearest one", () => {
    const error = errorOf(() => loadScenario("academy_emty_goal"));
    expect(error.code).toBe("scenario/unknown");
    expect(error.message).toContain(
      'There is no scenario "academy_emty_goal". Did you mean "academy_empty_goal"?',
    );
  });

  test("a scenario in a folder of one's own is found by its id, below sub-folders too", () => {
    write("deep/mine.json", TEXT.replace('"academy_corner"', '"mine"').replace('"academy"', '"own"'));
    expect(loadScenario("mine", { directories: [folder] }).suite).toBe("own");
    expect(listScenarios({ directories: [folder] }).map((scenario) => scenario.id)).toContain("mine");
  });

  test("a file must be called as its id", () => {
    const error = errorOf(() => readScenarioFile(write("elsewhere/other.json", TEXT)));
    expect(error.code).toBe("scenario/invalid");
    expect(error.message).toContain(
      'id is "academy_corner"; expected "other", the file\'s name without .json.',
    );
  });

  test("two files of one id are refused, both named", () => {
    const file = write("twice/academy_corner.json", TEXT);
    const error = errorOf(() => loadScenario("academy_corner", { directories: [join(folder, "twice")] }));
    expect(error.code).toBe("scenario/duplicate");
    expect(error.message).toContain(file);
  });

  test("the folder of the shipped scenarios may be named without harm", () => {
    const shipped = new URL("../../scenarios/academy", import.meta.url).pathname;
    expect(loadScenario("academy_corner", { directories: [shipped] }).id).toBe("academy_corner");
  });

  test.each([
    ["a missing file", "none.json", "does not exist"],
    ["a folder instead of a file", ".", "it is a folder"],
  ])("%s cannot be read", (_what, name, why) => {
    const error = errorOf(() => readScenarioFile(join(folder, name)));
    expect(error.code).toBe("scenario/unreadable");
    expect(error.message).toContain(why);
  });

  test("a missing folder cannot be read", () => {
    const error = errorOf(() => listScenarios({ directories: [join(folder, "none")] }));
    expect(error.code).toBe("scenario/unreadable");
  });
});
