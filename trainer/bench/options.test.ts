import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { parseOptions } from "./options.ts";

const NUMBERS = {
  matches: { default: 100, least: 1 },
  seed: { default: 0, least: 0, most: 10 },
  difficulty: { default: 0.6, least: 0, most: 1, fraction: true },
};
const parse = (...given: string[]) => parseOptions(NUMBERS, { out: "page.md" }, given);

describe("options", () => {
  test("are what is given, or else their defaults", () => {
    expect(parse()).toEqual({ matches: 100, seed: 0, difficulty: 0.6, out: "page.md" });
    expect(parse("--matches", "1", "--difficulty=0.25", "--seed", "10", "--out", "")).toEqual({
      matches: 1,
      seed: 10,
      difficulty: 0.25,
      out: "",
    });
  });

  test.each([
    [
      ["--matches", "abc"],
      '--matches is "abc"; expected a whole number of at least 1, for example --matches 100.',
    ],
    [["--matches", "0"], '--matches is "0"; expected a whole number of at least 1'],
    [["--matches", "2.5"], '--matches is "2.5"; expected a whole number of at least 1'],
    [["--matches", ""], '--matches is ""; expected a whole number of at least 1'],
    [["--matches", "1e99"], '--matches is "1e99"; expected a whole number of at least 1'],
    [["--seed", "11"], '--seed is "11"; expected a whole number from 0 to 10, for example --seed 0.'],
    [["--seed=-1"], '--seed is "-1"; expected a whole number from 0 to 10'],
    [
      ["--difficulty", "1.1"],
      '--difficulty is "1.1"; expected a number from 0 to 1, for example --difficulty 0.6.',
    ],
    [["--difficulty", "NaN"], '--difficulty is "NaN"; expected a number from 0 to 1'],
    [
      ["--match", "3"],
      "Unknown option '--match'; expected --matches, --seed, --difficulty, --out, each with a value.",
    ],
    [["--matches"], "expected --matches, --seed, --difficulty, --out, each with a value."],
    [["7"], "Unexpected argument '7'"],
  ])("%j are refused in one sentence", (given, sentence) => {
    expect(() => parse(...given)).toThrow(
      expect.objectContaining({ code: "bench/option", message: expect.stringContaining(sentence) }),
    );
  });
});

describe("a bench that is wrongly used ends at once with status 2 and one sentence", () => {
  test.each([
    ["academy-table", ["--episodes", "abc"], "--episodes is"],
    ["academy-table", ["--only", "cup"], '--only is "cup"; expected a part of one of academy_3_vs_1'],
    ["season", ["--matches", "abc"], "--matches is"],
    ["fairness", ["--difficulty", "half"], "--difficulty is"],
    ["order", ["--decided", "0"], "--decided is"],
    ["order", ["--scenario", "11_vs_11"], 'There is no scenario "11_vs_11".'],
    ["soak", ["--workers", "0"], "--workers is"],
  ])("%s %j", (bench, given, sentence) => {
    const script = fileURLToPath(new URL(`${bench}.ts`, import.meta.url));
    const { status, stdout, stderr } = spawnSync(process.execPath, ["--import", "tsx", script, ...given], {
      encoding: "utf8",
    });
    expect(stderr).toContain(sentence);
    expect(stderr.trim()).not.toContain("\n");
    expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
  });
});
