/** @file What models, servers and files say reaches the terminal as text that does not command it. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import fc from "fast-check";
import { afterAll, describe, expect, test } from "vitest";
import { printable } from "../../env/printable.ts";
import { TouchlineError } from "../../env/error.ts";
import { loadScenario } from "../../scenarios/load.ts";
import { touchline } from "./run.ts";

const MODEL = fileURLToPath(new URL("../reference/fixtures/tied/model", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "touchline-output-"));
afterAll(() => rmSync(folder, { recursive: true }));

const COMMAND = /(?![\n\t])[\p{Cc}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/u;

describe("text that a terminal may show", () => {
  test.each([
    ["\u001b[2J\u001b]0;owned\u0007", String.raw`\u001b[2J\u001b]0;owned\u0007`],
    ["\u009b2J of 8 bits", String.raw`\u009b2J of 8 bits`],
    ["done\rfailed\b\u007f", String.raw`done\u000dfailed\u0008\u007f`],
    ["turned \u202egpj.exe", String.raw`turned \u202egpj.exe`],
    ["Zwei\tZeilen:\n⚽ né 日本 👍🏽", "Zwei\tZeilen:\n⚽ né 日本 👍🏽"],
  ])("%j", (text, shown) => {
    expect(printable(text)).toBe(shown);
    expect(new TouchlineError("a/b", text).message).toBe(shown);
  });

  test("commands nothing, whatever it was, and JSON reads the same from it", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        const json = printable(JSON.stringify(text));
        expect(json).not.toMatch(COMMAND);
        expect(JSON.parse(json)).toBe(text);
      }),
    );
  });
});

test("model generate shows a model's control characters as text, as it comes and in the end; --json keeps them", async () => {
  const input = join(folder, "question.json");
  writeFileSync(input, JSON.stringify({ messages: [{ role: "user", content: "Who has it?" }] }));
  // A model of random weights that chooses freely writes any byte.
  const words = ["model", "generate", MODEL, "--input", input, "--temperature", "5", "--max-tokens", "200"];
  const json = await touchline([...words, "--json"]);
  const [{ text }] = JSON.parse(json.stdout).samples;
  expect(text).toMatch(COMMAND);
  expect(json.stdout).not.toMatch(COMMAND);
  const streamed = await touchline(words);
  expect(streamed.stdout).toBe(`${printable(text)}\n`);
  const several = await touchline([...words, "--samples", "2", "--logprobs", "1"]);
  expect(several.stdout).toContain(printable(text));
  expect(several.stdout).not.toMatch(COMMAND);
});

test("scenario show and list show a file's control characters as text", async () => {
  const goal = "Look \u001b[31mhere\u001b[0m.";
  const scenario = { ...loadScenario("academy_corner"), id: "mine", goal, teaches: goal };
  const scenarios = join(folder, "scenarios");
  mkdirSync(scenarios);
  writeFileSync(join(scenarios, "mine.json"), JSON.stringify(scenario));
  for (const words of [["show", "mine"], ["list"]]) {
    const { stdout } = await touchline(["scenario", ...words, "--scenarios", scenarios]);
    expect(stdout).toContain(printable(goal));
    expect(stdout).not.toMatch(COMMAND);
  }
});
