/** @file `touchline grade` as a user runs it: lines in, lines out. */
import { spawn } from "node:child_process";
import { text } from "node:stream/consumers";
import { expect, test } from "vitest";
import { LAUNCHER, type Outcome } from "./run.ts";

async function grade(input: string, ...args: string[]): Promise<Outcome> {
  const child = spawn(process.execPath, [LAUNCHER, "grade", ...args]);
  const ended = new Promise<number>((resolve) => child.once("close", (status) => resolve(status ?? -1)));
  child.stdin.end(input);
  const [stdout, stderr, status] = await Promise.all([text(child.stdout), text(child.stderr), ended]);
  return { status, stdout, stderr };
}

const line = (id: string | number, gold: unknown, pred: unknown) => JSON.stringify({ id, gold, pred });
const INPUT = [
  line("half", "\\frac12", "0.5"),
  line(2, "x<3", "<think>3 is out</think><answer>$(-\\infty, 3)$</answer>"),
  "",
  line("wrong", "\\{1,2\\}", "\\{1,3\\}"),
  line("number", 7, 7),
  line("no gold", "\\frac{1}{", "\\frac{1}{"),
  line("no answer", "7", "<think>7"),
  line("open", "\\int_0^1 f(x)\\,dx", "5"),
  line("long", "7", "7".repeat(5000)),
].join("\n");
const EXPECTED = [
  { id: "half", score: 1, status: "equal" },
  { id: 2, score: 1, status: "equal" },
  { id: "wrong", score: 0, status: "different" },
  { id: "number", score: 1, status: "equal" },
  { id: "no gold", score: 0, status: "gold_unparsed" },
  { id: "no answer", score: 0, status: "pred_unparsed" },
  { id: "open", score: 0, status: "undecided" },
  { id: "long", score: 0, status: "limit" },
];

test("a verdict for each line, in order", async () => {
  const { status, stdout, stderr } = await grade(INPUT);
  expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
  expect(stdout).toBe(EXPECTED.map((one) => `${JSON.stringify(one)}\n`).join(""));
});

test("--json gives one list, also of nothing", async () => {
  expect(JSON.parse((await grade(INPUT, "--json")).stdout)).toEqual(EXPECTED);
  expect(JSON.parse((await grade("", "--json")).stdout)).toEqual([]);
});

test("--reason tells why, and what was taken for the answer", async () => {
  const { stdout } = await grade(line("a", "2", "So the answer is \\boxed{3}."), "--reason");
  expect(JSON.parse(stdout)).toEqual({
    id: "a",
    score: 0,
    status: "different",
    reason: "Their values differ.",
    answer: "3",
  });
});

test.each([
  ["{", /Line 2 of standard input is no JSON; expected/],
  ["null", /Line 2 of standard input is no object; expected/],
  ['{"id":"b","gold":"x"}', /Line 2 of standard input has no right "pred"; expected/],
  ['{"id":"b","gold":null,"pred":"x"}', /Line 2 of standard input has no right "gold"; expected/],
])("names the line that is wrong: %s", async (wrong, message) => {
  const { status, stdout, stderr } = await grade(`${line("a", "2", "2")}\n${wrong}\n`);
  expect(status).toBe(1);
  expect(stdout.trim().split("\n")).toHaveLength(1);
  expect(stderr).toMatch(message);
});
