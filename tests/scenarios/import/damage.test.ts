/**
 * @file Valid files, damaged at random: a scenario or an error of ours that says where, never another exception, and
 * nothing hangs. Others, made of all that the language has, are played. `DAMAGES=10000 npm test` runs more of them.
 */
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { makeEnv, makeRandom, type RawObservation } from "../../../env/index.ts";
import { importScenario } from "../../../scenarios/index.ts";
import { ACADEMY } from "../academy-table.ts";
import { MATCHES } from "../match-table.ts";
import { refusalOf } from "../refusal.ts";
import { ARRAYS, fileWith, MAGEBENCH_STYLE, PROGRAM } from "./file.ts";
import { academyFile, matchFile } from "./grf-file.ts";

const numRuns = Number(process.env.DAMAGES ?? 1000);

const FILES = [
  academyFile(ACADEMY[6]!),
  matchFile(MATCHES[5]!),
  matchFile(MATCHES[6]!),
  MAGEBENCH_STYLE,
  PROGRAM,
  ARRAYS,
  fileWith("import random\nbuilder.SetBallPosition(random.uniform(-0.5, 0.5), 0)"),
];

/** What could mislead a reader of Python. */
const PIECES = fc.oneof(
  fc.constantFrom(
    ...'( ) [ ] { } : , . ; = == + - * ** / // % \n \t \\ # \' " """ f\' f"{ } @ ~ -> := ... 0 1e999 1e-400 9999999999 0x _ 0.1.2 \u00e9 \u{1f600} \0'.split(
      " ",
    ),
    ..."if else for in while def class lambda return yield await async with try except import from global del not and or is None True pass break".split(
      " ",
    ),
    ..."builder config() AddPlayer SetTeam Team range(10**9) [0]*9**9 'a'*9**9 __import__ eval('x') globals() x while\u2003True:\n while True: pass".split(
      "\u2003",
    ),
    "\n  ",
    "\n\t",
    "\r\n",
    "\uFEFF",
  ),
  fc.string({ maxLength: 8, unit: "binary" }),
);

function check(text: string): void {
  const refusal = refusalOf(() => importScenario(text, { id: "one", source: "file" }));
  if (refusal === undefined) return;
  expect(refusal.code).toMatch(/^scenario\/(not-python|not-imported|invalid)$/);
  if (refusal.code === "scenario/invalid") expect(refusal.message).toMatch(/^file(: | has )/);
  else
    expect(refusal.message).toMatch(
      /^file (is not Python|cannot be imported): [^]+ at line \d+, column \d+\.$/,
    );
}

test(
  "text with characters lost, changed or added is imported or refused with a place",
  { timeout: 600_000 },
  () => {
    const edit = fc.record({ at: fc.nat(), cut: fc.nat({ max: 30 }), put: PIECES });
    fc.assert(
      fc.property(
        fc.constantFrom(...FILES),
        fc.array(edit, { minLength: 1, maxLength: 4 }),
        (text, edits) => {
          let damaged = text;
          for (const { at, cut, put } of edits) {
            const start = at % (damaged.length + 1);
            damaged = damaged.slice(0, start) + put + damaged.slice(start + cut);
          }
          check(damaged);
        },
      ),
      { numRuns },
    );
  },
);

test("lines left out, doubled and changed about", { timeout: 600_000 }, () => {
  const move = fc.tuple(fc.nat(), fc.nat(), fc.constantFrom("cut", "double", "swap", "indent"));
  fc.assert(
    fc.property(fc.constantFrom(...FILES), fc.array(move, { minLength: 1, maxLength: 5 }), (text, moves) => {
      const lines = text.split("\n");
      for (const [a, b, what] of moves) {
        const [i, j] = [a % lines.length, b % lines.length];
        if (what === "cut") lines.splice(i, 1);
        else if (what === "double") lines.splice(j, 0, lines[i]!);
        else if (what === "indent") lines[i] = `  ${lines[i]}`;
        else [lines[i], lines[j]] = [lines[j]!, lines[i]!];
      }
      check(lines.join("\n"));
    }),
    { numRuns: Math.ceil(numRuns / 4) },
  );
});

test("every prefix of a file", () => {
  for (let length = 0; length < PROGRAM.length; length += 3) check(PROGRAM.slice(0, length));
});

describe("what is built to break a reader", () => {
  test.each([
    ["brackets", "(".repeat(100_000)],
    ["brackets that close", `x = ${"(".repeat(5000)}${")".repeat(5000)}`],
    ["lists", `x = ${"[".repeat(80)}${"]".repeat(80)}\n`.repeat(100)],
    ["signs", `x = ${"-".repeat(100_000)}1`],
    ["nots", `x = ${"not ".repeat(100_000)}1`],
    ["a long sum", `x = 1${" + 1".repeat(100_000)}`],
    ["a long power", `x = 1${" ** 1".repeat(100_000)}`],
    ["a long chain", `x = a${".b".repeat(100_000)}`],
    ["calls of calls", `x = f${"()".repeat(100_000)}`],
    ["choices", `x = ${"1 if 1 else ".repeat(50_000)}1`],
    ["lambdas", `x = ${"lambda: ".repeat(50_000)}1`],
    ["blocks", Array.from({ length: 500 }, (_, i) => `${" ".repeat(i)}if 1:\n`).join("")],
    ["asyncs", `${"async ".repeat(100_000)}def f(): pass`],
    ["elifs", `if 0: pass\n${"elif 0: pass\n".repeat(20_000)}`],
    ["targets", `${"x = ".repeat(50_000)}1`],
    ["loops in a comprehension", `x = [1 ${"for i in [1] ".repeat(10_000)}]`],
    ["digits", "9".repeat(100_000)],
    ["a list of itself", "x = []\nx.append(x)\nx.append(x)\ny = str(x)\nz = x == x[0]\nw = x < x[0]\n"],
    ["lists of lists", "x = [0] * 99999\ny = [x] * 99999\nz = str(y)\n"],
    ["a long text", "# comment\n".repeat(60_000)],
    ["strings that double", "x = 'a'\nfor i in range(99): x = x.replace('a', 'aa')\n"],
    ["joins that grow", "x = 'a'\nfor i in range(99): x = x.join([x, x, x])\n"],
    ["formats that grow", "x = f'{1:>999999999}'\ny = f'{1:.999999999f}'\n"],
    ["a large array", "import numpy as np\nx = np.zeros((999, 999, 999))\n"],
    ["arrays that grow", "import numpy as np\nx = np.zeros(2)\nfor i in range(99): x = np.array([x, x])\n"],
    ["iterators of iterators", "x = iter('a')\nfor i in range(10 ** 5): x = zip(x)\ny = list(x)\n"],
    ["a list that grows as it is gone over", "x = [1]\nfor i in x: x.append(i)\n"],
    ["many powers", "for i in range(10 ** 6): x = 1.5 ** 0.3\n"],
    ["many roundings", "for i in range(10 ** 6): x = round(1.555, 2)\n"],
    ["many sines", "import math\nfor i in range(10 ** 6): x = math.sin(i)\n"],
  ])("%s", { timeout: 60_000 }, (_, top) => {
    const start = performance.now();
    check(`${top}\n${fileWith("pass")}`);
    expect(performance.now() - start).toBeLessThan(30_000);
  });
});

test("whatever is imported plays 200 steps, varied and not", { timeout: 300_000 }, async () => {
  const files = [...ACADEMY.map(academyFile), ...MATCHES.map(matchFile), MAGEBENCH_STYLE, PROGRAM, ARRAYS];
  for (const [i, text] of files.entries()) {
    const { scenario } = importScenario(text, { id: `file_${i}` });
    const env = await makeEnv(scenario, { observation: "raw" });
    const random = makeRandom(i);
    env.reset({ seed: i, vary: i % 2 === 1 });
    for (let step = 0; step < 200; step++) {
      const { terminated, truncated, observation } = env.step(env.advise(0, 1, random));
      const [{ ball, left_team, right_team }] = observation as readonly [RawObservation];
      expect([...ball, ...left_team.flat(), ...right_team.flat()].every(Number.isFinite)).toBe(true);
      if (terminated || truncated) break;
    }
    env.close();
  }
});
