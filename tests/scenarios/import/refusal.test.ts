/** @file What the importer does not take: a sentence each, with line and column. */
import { describe, expect, test } from "vitest";
import { importScenario } from "../../../scenarios/index.ts";
import { errorOf } from "../refusal.ts";
import { fileWith } from "./file.ts";

function refusal(text: string) {
  return errorOf(() => importScenario(text, { id: "one", source: "one.py" }));
}

describe("text that is not Python", () => {
  test.each([
    ["a = (1,\n", '"(" is never closed at line 1, column 5'],
    ["a = [1)\n", '")" does not close "[" of line 1 at line 1, column 7'],
    ["a = 1)\n", '")" closes nothing at line 1, column 6'],
    ["a = 'x\n", "a string is never closed at line 1, column 5"],
    ['a = """x\n\n', "a string is never closed at line 1, column 5"],
    [
      "if 1:\na = 2\n",
      '"a" stands where the text needs something else (expected an indented block) at line 2, column 1',
    ],
    ["if 1:\n    a = 2\n  b = 3\n", "the indent fits no block above it at line 3, column 3"],
    [
      "a = 1\n  b = 2\n",
      "an indent stands where the text needs something else (expected a line without more indent) at line 2, column 3",
    ],
    ["a = 012\n", '"012" begins with 0, which no integer does at line 1, column 5'],
    ["a = 1x\n", '"1x" is no number that is read here at line 1, column 5'],
    [
      "a = 1 +\n",
      "the end of the line stands where the text needs something else (expected a value) at line 1, column 8",
    ],
    ["a $ b\n", '"$" cannot stand at line 1, column 3'],
    ["f(x) = 1\n", "what stands before the = cannot be assigned to at line 1, column 1"],
    ["def f(x:\n", '"(" is never closed at line 1, column 6'],
    [
      "for x y in z: pass\n",
      '"y" stands where the text needs something else (expected "in") at line 1, column 7',
    ],
    [
      "a = f'{1 + }'\n",
      '")" stands where the text needs something else (expected a value) at line 1, column 10',
    ],
    ["a = f'{x'\n", 'a "{" in a formatted string is never closed at line 1, column 5'],
    ["class = 3\n", '"=" stands where the text needs something else (expected a name) at line 1, column 7'],
    [
      "import\n",
      "the end of the line stands where the text needs something else (expected a name) at line 1, column 7",
    ],
  ])("%j", (text, sentence) => {
    const { code, message } = refusal(text);
    expect(message).toBe(`one.py is not Python: ${sentence}.`);
    expect(code).toBe("scenario/not-python");
  });
});

describe("Python that does not build a scenario", () => {
  test.each([
    ["x = 1\n", "the file defines no build_scenario(builder) at line 1, column 1"],
    ["def build_scenario(): pass\n", "build_scenario() gets 1 arguments; expected 0 at line 1, column 1"],
    ["class build_scenario: pass\n", "build_scenario is no function that is followed at line 1, column 1"],
    [
      "import x\n\ndef build_scenario(b):\n  b.config().game_duration = x.y\n",
      '"x" is imported, which is not read here at line 1, column 1',
    ],
  ])("%j", (text, sentence) => {
    const { code, message } = refusal(text);
    expect(message).toBe(`one.py cannot be imported: ${sentence}.`);
    expect(code).toBe("scenario/not-imported");
  });

  test.each([
    ["x = y", 'nothing is called "y" at line 4, column 7'],
    ["x = 1 / 0", "a division by zero at line 4, column 9"],
    ["x = [1][2]", "index 2 is beyond 1 items at line 4, column 10"],
    ["x = {}['a']", "the dict has no key 'a' at line 4, column 9"],
    ["x = 1 + 'a'", '"+" takes no int and str at line 4, column 9'],
    ["x = 'a' < 1", "str and int have no order at line 4, column 7"],
    ["x = 0.0 ** -1", "a division by zero at line 4, column 11"],
    ["x = 10.0 ** 400", "a power grows too large at line 4, column 12"],
    ["a, b = 1, 2, 3", "3 values are unpacked to 2 names at line 4, column 3"],
    [
      "for x in {10, 8, 9}: pass",
      "the order of a set's items is not read here; put them in order with sorted() at line 4, column 12",
    ],
    [
      "roles = list({'CM', 'CB'})",
      "the order of a set's items is not read here; put them in order with sorted() at line 4, column 11",
    ],
    [
      "d = {1: 2}\nfor x in d: d[x + 1] = 0",
      "a dict or set changes its size while it is gone over at line 5, column 12",
    ],
    ["x = len(zip([1], [2]))", "an iterator has no length at line 4, column 7"],
    ["x = 'a b'.split(None, 1)", "split() at spaces with a limit is not read here at line 4, column 7"],
    [
      "x = 'ab'.startswith('b', 1)",
      "startswith() gets 2 arguments; more than 1 is not read here at line 4, column 7",
    ],
    ["x = [1].append(1, 2)", "append() gets 2 arguments; more than 1 is not read here at line 4, column 7"],
    ["x = [1].append()", 'append() is not given "object" at line 4, column 7'],
    ["x = str(b'1', 'utf8')", "str() gets 2 arguments; more than 1 is not read here at line 4, column 7"],
    ["x = 'ab'.replace('', 'c')", "an empty string is looked for at line 4, column 7"],
    ["x = '{0[0]}'.format('ab')", "format() is used in a way that is not read here at line 4, column 7"],
    ["x = eval('y', {'y': 1})", "eval() gets 2 arguments; more than 1 is not read here at line 4, column 7"],
    [
      "import math; x = math.log(8, 2)",
      "log() gets 2 arguments; more than 1 is not read here at line 4, column 20",
    ],
    ["x = map(abs, [1])[0]", "a value of type iterator has no items at line 4, column 20"],
    ["x = next([1])", "next() takes an iterator and a value for its end at line 4, column 7"],
    ["x = next(iter([]))", "next() finds nothing more at line 4, column 7"],
    [
      "x = {1: 2}.keys() == [1]",
      "what a value of type dict_keys is equal to is not read here at line 4, column 7",
    ],
    ["g = (next(g) for _ in [1])\nlist(g)", "an iterator asks itself for its next item at line 4, column 7"],
    [
      "x = iter([1])\nfor i in range(9999): x = map(abs, x)\nlist(x)",
      "more than 600 calls or operators are nested at line 5, column 29",
    ],
    ["raise ValueError('x')", "raise is not followed at line 4, column 3"],
    ["class C: x = 1\nbuilder.SetBallPosition(C.x, 0)", "a class is not followed at line 4, column 3"],
    [
      "match [1]:\n  case [x, *_] | {'a': x} if x: pass\n  case _:\n    pass",
      "match is not followed at line 4, column 3",
    ],
    ["with (open('x') as f, open('y') as g): pass", "a with block is not followed at line 4, column 3"],
    ["x = abs(3 + 4j)", "4j is an imaginary number, which is not followed at line 4, column 15"],
    ["x = f'{1:{2}}'", "the format of a formatted string is itself computed at line 4, column 7"],
    ["x = '\\N{BULLET}'", "\\N is no escape that is read here at line 4, column 7"],
    ["with open('x') as f: pass", "a with block is not followed at line 4, column 3"],
    ["assert 1 == 2", "an assertion does not hold at line 4, column 3"],
    [
      "builder.SetBallPosition(open('x').read(), 0)",
      'what "open" gives is not read here at line 4, column 27',
    ],
    [
      "builder.AddPlyer(1, 2, 3)",
      'GRF\'s builder has no "AddPlyer"; did the file mean "AddPlayer"? at line 4, column 11',
    ],
    ["builder.AddPlayer(1, 2)", 'AddPlayer() is not given "role" at line 4, column 3'],
    [
      "builder.AddPlayer(1, 2, 0)",
      "a player's role is a int; expected one such as e_PlayerRole_GK at line 4, column 3",
    ],
    [
      "builder.AddPlayer('1', 2, e_PlayerRole_GK)",
      "a player's x is of type str; expected a number at line 4, column 3",
    ],
    ["builder.AddPlayer(1, 2, e_PlayerRole_XX)", 'nothing is called "e_PlayerRole_XX" at line 4, column 27'],
    [
      "builder.SetTeam('left')",
      "SetTeam() is given a str; expected Team.e_Left or Team.e_Right at line 4, column 3",
    ],
    ["builder.SetBallPosition(0.1)", 'SetBallPosition() is not given "ball_y" at line 4, column 3'],
    [
      "builder.SetBallPosition(0, 0, z=1)",
      'SetBallPosition() has no argument "z" that is read here at line 4, column 3',
    ],
    [
      "builder.config().game_duration = 400.0",
      "game_duration is of type float; expected an int at line 4, column 20",
    ],
    [
      "builder.config().offsides = 'yes'",
      "offsides is of type str; expected True or False at line 4, column 20",
    ],
    ["x = builder.config().nothing_like_it", 'GRF\'s config has no "nothing_like_it" at line 4, column 24'],
    [
      "if builder._config['x']: pass",
      "builder._config holds what is chosen when GRF starts, which no file says at line 4, column 14",
    ],
    [
      "builder._FakePlayersForEmptyTeam([])",
      "_FakePlayersForEmptyTeam of GRF's builder is its own, and is not read here at line 4, column 11",
    ],
    [
      "x = len(builder.config().left_team)",
      "left_team of GRF's config is not read here at line 4, column 28",
    ],
    [
      "builder.config().left_team = []",
      "left_team of GRF's config is set, which is not followed at line 4, column 20",
    ],
    ["builder.SetBallPosition(ord('a'), 0)", 'what "ord" gives is not read here at line 4, column 27'],
    [
      "builder.SetBallPosition(KeyError().x, 0)",
      'what "KeyError" gives is not read here at line 4, column 27',
    ],
    ["exec('x = 1')", "exec() is not followed at line 4, column 3"],
    [
      "import math; x = getattr(math, 'acos', 3)",
      'getattr() finds no "acos" that is read here at line 4, column 20',
    ],
    ["setattr([], 'x', 3)", "setattr() of a value of type list is not followed at line 4, column 3"],
    [
      "getattr(builder.config(), 'offside')",
      'GRF\'s config has no "offside"; did the file mean "offsides"? at line 4, column 3',
    ],
    [
      "for i in range(12): builder.AddPlayer(0, 0, e_PlayerRole_CM)",
      "the left team gets more than 11 players at line 4, column 23",
    ],
    [
      "import random; x = random.random()",
      "random() draws at random, and nothing has set a seed; give one with --seed at line 4, column 22",
    ],
    ["while True: pass", "the file does not end within 1000000 steps; the last was at line 4, column 9"],
    ["x = 'a'\nwhile True: x += x", "a sequence grows longer than 100000 at line 5, column 15"],
    ["x = 2\nwhile True: x = x * x", "an int grows too large at line 5, column 21"],
    ["x = 10 ** 10 ** 10", "an int grows too large at line 4, column 10"],
    ["x = [0] * 10 ** 8", "a sequence grows longer than 100000 at line 4, column 11"],
    ["def f(): return f()\nf()", "more than 600 calls or operators are nested at line 4, column 19"],
    [
      "x = sum(range(10 ** 8))",
      "the file does not end within 1000000 steps; the last was at line 4, column 7",
    ],
  ])("%s", (lines, sentence) => {
    const { code, message } = refusal(fileWith(lines));
    expect(message).toBe(`one.py cannot be imported: ${sentence}.`);
    expect(code).toBe("scenario/not-imported");
  });

  test("what is no scenario is told as of any other file", () => {
    const two = fileWith("builder.AddPlayer(0, 0, e_PlayerRole_GK)");
    expect(refusal(two)).toMatchObject({
      code: "scenario/invalid",
      message:
        "one.py: left.players has 2 keepers, at 0 and 1; expected exactly one player with the role GK.",
    });
    expect(refusal(fileWith("builder.config().game_duration = 0"))).toMatchObject({
      code: "scenario/invalid",
      message: expect.stringMatching(/^one\.py: steps is 0; expected a number of env steps/),
    });
  });
});

describe("what nothing depends on does not stop the import", () => {
  test.each([
    ["a module that is not read", "import os\nfrom x.y import z\nz.start(1)\nlevel = z.level + 1\n"],
    [
      "a class with decorators",
      "import abc\n@abc.x(1)\nclass A(B, metaclass=C):\n  @property\n  async def x(self): return await self.y\n",
    ],
    [
      "a function that is not called",
      "def f():\n  with open('x') as g:\n    yield from g\n  raise ValueError from None\n",
    ],
    ["what would run on its own", "if __name__ == '__main__':\n  import sys\n  sys.exit(main(sys.argv))\n"],
  ])("%s", (_, top) => {
    expect(importScenario(fileWith("pass", top), { id: "one" }).notes).toEqual([]);
  });

  test("a statement of the file that cannot be followed is told, and stops what needs it", () => {
    const top = "import random\nroles = [e_PlayerRole_CF, e_PlayerRole_CB]\nrandom.shuffle(roles)\n";
    expect(importScenario(fileWith("pass", top), { id: "one" }).notes).toEqual([
      "The file does more than is followed, at line 4, column 1: shuffle() draws at random, and nothing has set a seed; give one with --seed.",
    ]);
    expect(refusal(fileWith("builder.AddPlayer(0, 0, roles[0])", top)).message).toBe(
      "one.py cannot be imported: shuffle() draws at random, and nothing has set a seed; give one with --seed at line 4, column 1.",
    );
  });

  test.each([
    ["with", "with open('x') as f:\n  level = float(f.read())\n", "a with block is not followed"],
    ["match", "match 1:\n  case 1: level = 0.5\n", "match is not followed"],
    ["try", "try:\n  raise KeyError\nexcept KeyError:\n  level = 0.5\n", "raise is not followed"],
  ])("what %s would have changed is unknown then", (_, block, sentence) => {
    const text = fileWith("builder.SetBallPosition(level, 0)", `level = 0.1\n${block}`);
    expect(refusal(text)).toMatchObject({
      code: "scenario/not-imported",
      message: expect.stringContaining(sentence),
    });
  });

  test("nobody who is not known may get the builder", () => {
    const text = "from .base import build as base\ndef build_scenario(builder):\n  base(builder)\n";
    expect(refusal(text).message).toBe(
      'one.py cannot be imported: "build" comes from ".base", which is not read here at line 1, column 1.',
    );
  });
});

describe("what numpy does and is not followed", () => {
  test.each([
    ["float(np.float32(0.1))", '"numpy.float32" is not read here'],
    ["np.array([0.1], dtype=np.float32)", '"numpy.float32" is not read here'],
    ["np.zeros(2, dtype='float32')", 'the dtype "float32" is not read here'],
    ["np.array([0.1]).astype(np.int32)", '"numpy.int32" is not read here'],
    ["np.array([1, 'a'])", "an array holds numbers here, and no str"],
    ["np.array([[1, 2], [3]])", "the rows of an array differ in length"],
    ["np.array([1, 2])[[0, 1]]", "an array is indexed with a value of type list, which is not read here"],
    ["np.array([1, 2])[True]", "an array is indexed with a value of type bool, which is not read here"],
    ["np.array([1, 2])[0, 0]", "an array of 1 dimensions gets 2 indices"],
    ["np.array([True]) + np.array([True])", '"+" of such arrays is not read here'],
    ["np.array([2]) ** -1", '"**" of such arrays is not read here'],
    ["np.array([1, 2]) @ np.array([1, 2])", '"@" of such arrays is not read here'],
    ["np.array([1, 2]) + np.array([1, 2, 3])", "arrays of 3 and 2 items do not go together"],
    ["np.array([2 ** 62]) * 2", "an int of an array grows beyond 64 bits"],
    ["np.array([2 ** 62, 2 ** 62]).sum()", "an int of an array grows beyond 64 bits"],
    ["1 in np.array([[1, 2]])", "what a value of type array is equal to is not read here"],
    ["np.array([[0.1, 0.2], [0.3, 0.4]])[:, 1:].sum()", "sum() of such a part of an array is not read here"],
    ["np.zeros((2, 2, 2)).sum(0)", "sum() of 3 dimensions along an axis is not read here"],
    ["np.array([1, 2]).sum(1)", "sum() along axis 1 is not read here"],
    ["round(0.015, 2)", "numpy rounds 0.015 to another number, and whether it is numpy's is not followed"],
  ])("%s", (expression, sentence) => {
    const { code, message } = refusal(fileWith(`x = ${expression}`, "import numpy as np\n"));
    expect(message).toMatch(/^one\.py cannot be imported: .* at line 5, column \d+\.$/);
    expect(message).toContain(sentence);
    expect(code).toBe("scenario/not-imported");
  });

  test.each([
    ["a += 0.5", "an array of type int cannot become one of type float in place"],
    ["a /= 2", "an array of type int cannot become one of type float in place"],
    ["a[0] = [1, 2]", "an array is written into one of fewer dimensions"],
    ["a[:] = [1, 2, 3]", "arrays of 3 and 2 items do not go together"],
  ])("%s", (line, sentence) => {
    const lines = `a = np.array([1, 2])\n${line}`;
    expect(refusal(fileWith(lines, "import numpy as np\n")).message).toContain(sentence);
  });
});

test("a seed of the caller makes a file that draws one scenario, the same every time", () => {
  const text = fileWith("import random\nbuilder.SetBallPosition(random.uniform(-0.5, 0.5), 0)");
  const one = importScenario(text, { id: "one", seed: 7 });
  expect(importScenario(text, { id: "one", seed: 7 }).scenario).toEqual(one.scenario);
  expect(importScenario(text, { id: "one", seed: 8 }).scenario).not.toEqual(one.scenario);
  // random.Random(7).uniform(-0.5, 0.5)
  expect(one.scenario.ball).toEqual([-0.17616723516683763, 0]);
  expect(one.notes).toEqual([
    "The file draws at random: this is one draw, where GRF draws anew for every episode.",
  ]);
});
