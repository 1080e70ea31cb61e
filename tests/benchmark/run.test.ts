/** @file Runs of questions against a real server: what is kept, what is asked again, and what is refused. */
import { spawn } from "node:child_process";
import { appendFileSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { afterAll, afterEach, expect, test } from "vitest";
import { keyOf, readRecords } from "../../trainer/benchmark/index.ts";
import {
  planOf,
  type QuestionRecord,
  type QuestionRunOptions,
  rescoreRun,
  respondentOf,
  runQuestions,
  serverJudge,
  type Wishes,
} from "../../trainer/benchmark/question/index.ts";
import type { Suite } from "../../trainer/suite/suite.ts";
import { type Calculator, type CalculatorOptions, startCalculator } from "./calculator.ts";
import type { Job } from "./process.ts";
import { sums } from "./sums.ts";

const root = mkdtempSync(join(tmpdir(), "touchline-benchmark-"));
afterAll(() => rmSync(root, { recursive: true }));
const servers: Calculator[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) await server.close();
});

let folders = 0;
const newFolder = (): string => join(root, `run-${folders++}`);

async function calculator(options?: CalculatorOptions): Promise<Calculator> {
  const server = await startCalculator(options);
  servers.push(server);
  return server;
}

async function optionsOf(
  { policy }: Pick<Calculator, "policy">,
  directory: string,
  wishes: Omit<Wishes, "policy"> = {},
  suite = sums(),
): Promise<QuestionRunOptions> {
  const respondent = await respondentOf(policy);
  return { directory, suite, respondent, plan: await planOf(suite, respondent, { ...wishes, policy }) };
}

const recordsOf = (directory: string): QuestionRecord[] => [
  ...readRecords<QuestionRecord>(directory).values(),
];

/** Without what depends on the machine's pace, in the order of the samples. */
function timeless(directory: string): object[] {
  return recordsOf(directory)
    .map(({ milliseconds: _pace, cached: _cached, ...rest }) => rest)
    .sort((a, b) => (keyOf(a.sample, a.repeat) < keyOf(b.sample, b.repeat) ? -1 : 1));
}

test("a run keeps each answer with what was asked, and comes to a table by category", async () => {
  const server = await calculator();
  const directory = newFolder();
  const summary = await runQuestions(await optionsOf(server, directory));
  expect(server.asked).toHaveLength(12);
  // It says nothing to 1, 6 and 11, and errs at 3 and 8.
  expect(summary.overall.outcomes).toEqual({ right: 7, unparsed: 3, wrong: 2 });
  expect(summary.overall.success).toMatchObject({ n: 12, k: 7 });
  expect(summary.rows.map(({ id, success: { k, n } }) => [id, k, n])).toEqual([
    ["parity/even", 4, 6],
    ["parity/odd", 3, 6],
    ["size/large", 4, 7],
    ["size/small", 3, 5],
  ]);
  expect(recordsOf(directory).find(({ sample }) => sample === "sum-3")).toMatchObject({
    repeat: 0,
    gold: "6",
    prompt: { messages: [{ role: "user", content: "What is 3 + 3?" }] },
    output: "<think>Let me add.</think><answer>7</answer>",
    finish: "stop",
    tokens: { prompt: 7, answer: 3 },
    outcome: "wrong",
    extracted: "7",
    reason: '"7" is not "6".',
  });
  expect(JSON.parse(readFileSync(join(directory, "run.json"), "utf8"))).toMatchObject({
    suite: "sums",
    policy: server.policy,
    sampling: { temperature: 0, maxTokens: 2048 },
    scoring: "official",
    data: null,
  });
});

test("how an answer ended is what the server says, and not counted", async () => {
  const cut = await calculator({ finish: "length" });
  const truncated = await runQuestions(await optionsOf(cut, newFolder()));
  // What says nothing to 1, 6 and 11 was cut before it did; a marked answer counts though it was cut.
  expect(truncated.overall.outcomes).toEqual({ right: 7, truncated: 3, wrong: 2 });
  const filter = await calculator({ finish: "content_filter" });
  const refused = await runQuestions(await optionsOf(filter, newFolder(), { maxTokens: 3 }));
  expect(refused.overall.outcomes).toEqual({ refused: 12 });
  expect(refused.overall.success).toMatchObject({ n: 12, k: 0 });
});

test("killed in the middle, a run ends with the same table, and what was written is not asked again", async () => {
  const server = await calculator({ milliseconds: 30 });
  const job = { policy: server.policy, count: 40, repeats: 2, concurrency: 4 };
  const alone = newFolder();
  await runProcess({ ...job, directory: alone }).ended;
  const asked = server.asked.length;
  expect(asked).toBe(80);

  const directory = newFolder();
  const first = runProcess({ ...job, directory });
  const written = (): number =>
    existsSync(join(directory, "records.jsonl"))
      ? readFileSync(join(directory, "records.jsonl"), "utf8").split("\n").length - 1
      : 0;
  while (written() < 20) await wait(5);
  first.kill();
  await first.ended;
  const kept = recordsOf(directory);
  expect(kept.length).toBeGreaterThanOrEqual(20);
  expect(kept.length).toBeLessThan(80);
  const before = server.asked.length;
  await runProcess({ ...job, directory }).ended;
  // The rest, and nothing else: what was under way at the kill is asked again, at most one for each of the four at once.
  expect(server.asked.length - before).toBe(80 - kept.length);
  expect(server.asked.length - asked).toBeLessThanOrEqual(84);
  expect(timeless(directory)).toEqual(timeless(alone));
  expect(tableOf(directory)).toEqual(tableOf(alone));
  expect(readdirSync(join(directory, "images"))).toHaveLength(1);
}, 120_000);

function runProcess(job: Job): { kill: () => void; ended: Promise<void> } {
  const script = fileURLToPath(new URL("process.ts", import.meta.url));
  const child = spawn(process.execPath, ["--import", "tsx", script, JSON.stringify(job)], {
    stdio: "inherit",
  });
  const ended = new Promise<void>((resolve) => child.on("close", () => resolve()));
  return { kill: () => child.kill("SIGKILL"), ended };
}

function tableOf(directory: string): object {
  const { rows, overall, samples, missing } = JSON.parse(
    readFileSync(join(directory, "summary.json"), "utf8"),
  ) as Record<string, unknown>;
  return { rows, overall, samples, missing };
}

test("a line that was torn is asked again, and so is one that is no record", async () => {
  const server = await calculator();
  const directory = newFolder();
  const options = await optionsOf(server, directory);
  await runQuestions(options);
  const whole = timeless(directory);
  const path = join(directory, "records.jsonl");
  const lines = readFileSync(path, "utf8").split("\n");
  rmSync(path);
  appendFileSync(path, [lines[0], "\u0000\u0000", ...lines.slice(2, 11), lines[11]!.slice(0, 30)].join("\n"));
  await runQuestions({ ...options, resume: true });
  expect(server.asked).toHaveLength(14);
  expect(timeless(directory)).toEqual(whole);
});

test("a run is gone on with only as it was begun", async () => {
  const server = await calculator();
  const directory = newFolder();
  await runQuestions(await optionsOf(server, directory, { limit: 4 }));
  const other = await optionsOf(server, directory, { limit: 4, temperature: 0.5, seed: 2 });
  await expect(runQuestions(other)).rejects.toThrow("has a run already; go on with it by --resume");
  await expect(runQuestions({ ...other, resume: true })).rejects.toThrow(
    'is another one: "seed" was 0 and is 2; "sampling.temperature" was 0 and is 0.5.',
  );
  const reworded = await optionsOf(server, directory, { limit: 4 }, sums({ opening: "Tell me" }));
  await expect(runQuestions({ ...reworded, resume: true })).rejects.toThrow("in other words than now");
  expect(server.asked).toHaveLength(4);
});

test("answers are scored again without asking", async () => {
  const server = await calculator();
  const directory = newFolder();
  const { plan, suite } = await optionsOf(server, directory);
  await runQuestions(await optionsOf(server, directory));
  const strict = await rescoreRun({ directory, plan, suite, scoring: "strict" });
  expect(server.asked).toHaveLength(12);
  // Those with apples, to 4 and 9.
  expect(strict.changed).toBe(2);
  expect(strict.overall.outcomes).toEqual({ right: 5, unparsed: 3, wrong: 4 });
  expect(recordsOf(directory).every(({ scoring }) => scoring === "strict")).toBe(true);
  await expect(
    rescoreRun({ directory, plan, suite: sums({ opening: "Tell me" }), scoring: "strict" }),
  ).rejects.toThrow("was answered when it was asked in other words");
});

test("runs share answers, each repeat its own, and only of the same question, sampling and seed", async () => {
  const server = await calculator();
  const cache = newFolder();
  const wishes = { limit: 6, repeats: 4 };
  const first = newFolder();
  await runQuestions({ ...(await optionsOf(server, first, wishes)), cache });
  expect(server.asked).toHaveLength(24);
  // No two are asked alike, so that no answer stands for another.
  expect(new Set(server.seeds()).size).toBe(24);
  expect(new Set(recordsOf(first).map(({ output }) => output)).size).toBeGreaterThan(6);
  const second = newFolder();
  await runQuestions({ ...(await optionsOf(server, second, wishes)), cache });
  expect(server.asked).toHaveLength(24);
  expect(timeless(second)).toEqual(timeless(first));
  expect(recordsOf(second).every(({ cached }) => cached)).toBe(true);
  for (const [change, more] of [
    [{ ...wishes, seed: 1 }, 24],
    [{ ...wishes, temperature: 0.5 }, 24],
    [{ ...wishes, maxTokens: 100 }, 24],
    [{ limit: 6, repeats: 5 }, 6],
    [{ limit: 6 }, 6],
    [{ limit: 6, seed: 9 }, 0],
  ] as const) {
    const before = server.asked.length;
    await runQuestions({ ...(await optionsOf(server, newFolder(), change)), cache });
    expect(server.asked.length - before, JSON.stringify(change)).toBe(more);
  }
});

test("what nobody answered is an outcome of its own, in no rate, and asked again when that is wished", async () => {
  let isBroken = true;
  const server = await calculator({
    refuses: ({ body }) => isBroken && /What is [024] /.test(JSON.stringify(body)),
  });
  const directory = newFolder();
  const options = await optionsOf(server, directory);
  const broken = await runQuestions(options);
  expect(broken.overall.outcomes).toEqual({ infra_error: 3, right: 4, unparsed: 3, wrong: 2 });
  expect(broken.overall.success).toMatchObject({ n: 9, k: 4 });
  isBroken = false;
  await runQuestions({ ...options, resume: true });
  expect(server.asked).toHaveLength(12);
  const mended = await runQuestions({ ...options, resume: true, retry: "failed" });
  expect(server.asked).toHaveLength(15);
  expect(mended.overall.outcomes).toEqual({ right: 7, unparsed: 3, wrong: 2 });
});

test("where nobody answers any more, the run stops and says so", async () => {
  const server = await calculator({ refuses: () => true });
  const directory = newFolder();
  const options = await optionsOf(server, directory, {}, sums({ count: 500 }));
  await expect(runQuestions({ ...options, concurrency: 4 })).rejects.toThrow(
    /^The last 16 questions had no answer, so the run stops: .* answered 400: out of order\. Then go on with/,
  );
  expect(server.asked.length).toBeLessThanOrEqual(24);
});

test("a judge that fails is an outcome; it is asked again alone, and what it said is kept", async () => {
  const server = await calculator();
  const judging = await calculator({ refuses: (_asked, times) => times < 5 });
  const directory = newFolder();
  const judge = serverJudge((await respondentOf(judging.policy)).answerer);
  const options = {
    ...(await optionsOf(server, directory, { judge: judging.policy })),
    judge,
    concurrency: 1,
  };
  const scored = { ...options, suite: { ...sums(), score: judged } };
  const first = await runQuestions(scored);
  expect(first.overall.outcomes).toEqual({ judge_error: 5, right: 7 });
  const again = await runQuestions({ ...scored, resume: true, retry: "judge" as const });
  expect(again.overall.outcomes).toEqual({ right: 12 });
  expect([server.asked.length, judging.asked.length]).toEqual([12, 17]);
  const rescored = await rescoreRun({
    directory,
    plan: options.plan,
    suite: scored.suite,
    scoring: "official",
  });
  expect(rescored.overall.outcomes).toEqual({ right: 12 });
  expect(judging.asked).toHaveLength(17);
});

/** What a judge has a word on is right. It is a calculator, so it is asked for a sum. */
const judged: Suite["score"] = async ({ id }, _answered, { judge, seed }) => {
  const said = await judge!(`Of ${id}: what is 1 + 1?`, { maxTokens: 9, seed });
  return { outcome: "right", score: 1, extracted: said, reason: "The judge spoke." };
};

test("pictures are kept once, one that is none takes only its sample out, and so does a second sample of a name", async () => {
  const server = await calculator();
  const directory = newFolder();
  const broken = {
    id: "broken",
    cluster: "broken",
    categories: {},
    gold: "1",
    messages: [{ role: "user", content: [{ type: "image" as const }] }],
    pictures: [Buffer.from("no picture")],
  };
  const twice = { ...broken, id: "sum-0", pictures: [] };
  const before = [{ error: 'data.tsv, row 3: "answer" is missing.', id: "row-3" }, broken];
  const suite = sums({ pictured: 3, before });
  const doubled = {
    ...suite,
    read: async function* (source: Parameters<typeof suite.read>[0]) {
      yield* suite.read(source);
      yield twice;
    },
  };
  const summary = await runQuestions(await optionsOf(server, directory, {}, doubled));
  expect(summary).toMatchObject({ samples: 12, missing: 0 });
  expect(summary.unreadable.map(({ id }) => id)).toEqual(["row-3", "sum-0", "broken"]);
  expect(summary.unreadable[2]!.error).toMatch(
    /The sample "broken" is not asked: its picture 1 cannot be read/,
  );
  expect(readdirSync(join(directory, "images")).filter((name) => name.endsWith(".png"))).toHaveLength(1);
  expect(JSON.stringify(server.asked.map(({ body }) => body))).toContain("data:image/png;base64,");
});

test("ctrl-c keeps what is written, and tells what is missing", async () => {
  const server = await calculator({ milliseconds: 10 });
  const directory = newFolder();
  const stop = new AbortController();
  const options = await optionsOf(server, directory);
  let written = 0;
  const cut = await runQuestions({
    ...options,
    concurrency: 2,
    signal: stop.signal,
    onRecord: () => {
      if (++written === 5) stop.abort();
    },
  });
  expect(cut).toMatchObject({ interrupted: true, samples: 5, missing: 7 });
  expect(recordsOf(directory)).toHaveLength(5);
  const whole = await runQuestions({ ...options, resume: true });
  expect(whole).toMatchObject({ interrupted: false, samples: 12, missing: 0 });
});

test.each(["random", "idle", "scripted:0.5", "human", "replay:x.jsonl"])(
  "the policy %s answers no questions",
  async (policy) => {
    await expect(respondentOf(policy)).rejects.toThrow("plays football but answers no questions");
  },
);
