/** @file Every suite, asked of a tiny model folder and of the model that ships: from the files of its data set to a table. */
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { readRecords } from "../../trainer/benchmark/index.ts";
import {
  planOf,
  type QuestionRecord,
  respondentOf,
  runQuestions,
} from "../../trainer/benchmark/question/index.ts";
import { listSuites } from "../../trainer/suite/index.ts";
import { newborn } from "../rl/tiny.ts";
import { LAYOUTS } from "../suite/layouts/index.ts";

const root = mkdtempSync(join(tmpdir(), "touchline-suites-"));
afterAll(() => rmSync(root, { recursive: true }));

const [QUESTIONS, TOKENS] = [3, 12];
const policies: Record<string, string> = { nano: "nano" };
beforeAll(() => void (policies["newborn"] = `dir:${newborn(join(root, "model"))}`));

test.each(
  listSuites().flatMap((suite) => ["newborn", "nano"].map((who) => [suite.name, who, suite] as const)),
)("%s ends with a table, asked of %s", async (name, who, suite) => {
  const policy = policies[who]!;
  const files = join(root, who, name);
  mkdirSync(files, { recursive: true });
  const data = suite.source === undefined ? undefined : Object.values(LAYOUTS[name]!)[0]!(files);
  const respondent = await respondentOf(policy);
  const plan = await planOf(suite, respondent, { policy, data, limit: QUESTIONS, maxTokens: TOKENS });
  const directory = join(root, who, `${name}-run`);
  const summary = await runQuestions({ directory, plan, suite, respondent });
  const records = [...readRecords<QuestionRecord>(directory).values()];

  expect(summary).toMatchObject({ suite: name, missing: 0, unreadable: [], interrupted: false });
  expect(records.length).toBeGreaterThan(0);
  expect(records.length).toBeLessThanOrEqual(QUESTIONS);
  const { outcomes, success, headline } = summary.overall;
  // It knows nothing of these and is mostly cut short, but it has answered every time.
  expect(Object.keys(outcomes).filter((outcome) => /error/.test(outcome))).toEqual([]);
  expect(Object.values(outcomes).reduce((sum, count) => sum + count)).toBe(records.length);
  expect(success.n).toBe(records.length);
  expect(headline.mean).toBeGreaterThanOrEqual(0);
  for (const { output, finish, tokens, images, prompt } of records) {
    expect(output).not.toBe("");
    expect(finish).toBe(tokens.answer === TOKENS ? "length" : "stop");
    const pictures = prompt.messages.flatMap(({ content }) =>
      typeof content === "string" ? [] : content.filter(({ type }) => type === "image"),
    );
    expect(images).toHaveLength(pictures.length);
  }
});
