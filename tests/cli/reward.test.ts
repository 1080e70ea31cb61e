/** @file `touchline reward` as a user runs it: lines in, lines out. */
import { spawn } from "node:child_process";
import { text } from "node:stream/consumers";
import { expect, test } from "vitest";
import { LAUNCHER, type Outcome } from "./run.ts";

async function reward(input: string, ...args: string[]): Promise<Outcome> {
  const child = spawn(process.execPath, [LAUNCHER, "reward", ...args]);
  const ended = new Promise<number>((resolve) => child.once("close", (status) => resolve(status ?? -1)));
  child.stdin.end(input);
  const [stdout, stderr, status] = await Promise.all([text(child.stdout), text(child.stderr), ended]);
  return { status, stdout, stderr };
}

const line = (id: string | number, answer: string, gold: string) =>
  JSON.stringify({
    id,
    response: `<think>The keeper is\u2028far off.</think><answer>${answer}</answer>`,
    gold,
  });
const INPUT = `${line("a", "Shot.", "shot")}\n\n${line(2, "pass", "shot")}\n${line("c", "pass", "")}`;
const EXPECTED = [
  { id: "a", format: 1, accuracy: 1, reward: 1.5, status: "equal" },
  { id: 2, format: 1, accuracy: 0, reward: 0.5, status: "different" },
  { id: "c", format: 1, accuracy: null, reward: null, status: "gold_unparsed" },
];

test("a line for each line, as the design has it", async () => {
  const { status, stdout, stderr } = await reward(INPUT);
  expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
  expect(stdout).toBe(EXPECTED.map((one) => `${JSON.stringify(one)}\n`).join(""));
});

test("--json gives one list, also of nothing", async () => {
  expect(JSON.parse((await reward(INPUT, "--json")).stdout)).toEqual(EXPECTED);
  expect(JSON.parse((await reward("", "--json")).stdout)).toEqual([]);
});

test("--profile lmm-r1 is the paper's rule: an answer has to be marked as mathematics", async () => {
  const { stdout } = await reward(
    `${line("a", "2", "2")}\n${line("b", "$2$", "2")}\n`,
    "--profile",
    "lmm-r1",
  );
  const found = stdout.trim().split("\n");
  expect(found.map((one) => (JSON.parse(one) as { reward: number }).reward)).toEqual([0.5, 1.5]);
});

test("values are held against each other as mathematics", async () => {
  const { stdout } = await reward(
    [line("a", "$\\frac{1}{2}$", "0.5"), line("b", "$x$", "$\\frac{1}{$")].join("\n"),
  );
  const found = stdout.trim().split("\n");
  expect(found.map((one) => (JSON.parse(one) as { reward: number }).reward)).toEqual([1.5, null]);
});

test.each([
  ["{", /Line 2 of standard input is no JSON; expected/],
  ["null", /Line 2 of standard input is no object; expected/],
  ['{"id":"b","response":"x"}', /Line 2 of standard input has no right "gold"; expected/],
])("names the line that is wrong: %s", async (wrong, message) => {
  const { status, stdout, stderr } = await reward(`${line("a", "2", "2")}\n${wrong}\n`);
  expect(status).toBe(1);
  expect(stdout.trim().split("\n")).toHaveLength(1);
  expect(stderr).toMatch(message);
});
