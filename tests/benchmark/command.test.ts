/** @file `touchline bench` as a user runs it. */
import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { LAUNCHER, type Outcome, touchline } from "../cli/run.ts";
import { newborn } from "../rl/tiny.ts";
import { LAYOUTS } from "../suite/layouts/index.ts";
import { type Calculator, type CalculatorOptions, startCalculator } from "./calculator.ts";

const root = mkdtempSync(join(tmpdir(), "touchline-bench-"));
const data = join(root, "test.jsonl");
let server: Calculator | undefined;

beforeAll(() => {
  const rows = Array.from({ length: 12 }, (_, i) => ({
    question: `What is ${i} + ${i % 7}?`,
    answer: `We add.\n#### ${i + (i % 7)}`,
  }));
  writeFileSync(data, rows.map((row) => `${JSON.stringify(row)}\n`).join(""));
});
afterAll(() => rmSync(root, { recursive: true }));
afterEach(async () => {
  await server?.close();
  server = undefined;
});

async function calculator(options?: CalculatorOptions): Promise<Calculator> {
  return (server = await startCalculator(options));
}

let runs = 0;
const newRun = (): string => join(root, `run-${runs++}`);

function bench(...args: readonly string[]): Promise<Outcome> {
  return touchline(["bench", ...args]);
}

test("a run prints one document, is gone on with by its folder alone, and is scored again without asking", async () => {
  const { policy, asked } = await calculator();
  const out = newRun();
  const first = await bench("gsm8k", "--policy", policy, "--data", data, "--out", out, "--json");
  expect(first).toMatchObject({ status: 0, stderr: "" });
  const { overall, rows, ...rest } = JSON.parse(first.stdout);
  expect(rest).toMatchObject({ suite: "gsm8k", policy, samples: 12, planned: 12, missing: 0 });
  expect(rest.plan).toMatchObject({ data: { path: data }, scoring: "official", repeats: 1, limit: null });
  expect(rows).toEqual([]);
  expect(overall).toMatchObject({ success: { n: 12, k: 7 }, outcomes: { right: 7, unparsed: 3, wrong: 2 } });
  expect(overall.score).toEqual({ mean: 7 / 12, low: overall.success.low, high: overall.success.high });

  const again = await bench("gsm8k", "--out", out, "--resume");
  expect(again).toMatchObject({ status: 0 });
  expect(again.stdout).toMatch(/all +12 +58\.3 +32\.0 to 80\.7/);
  expect(again.stdout).toContain("Outcomes: 7 right, 3 unparsed, 2 wrong");
  const rescored = await bench("gsm8k", "--out", out, "--rescore", "--scoring", "strict");
  expect(rescored.stdout).toContain('scored by the rule "strict"');
  expect(asked).toHaveLength(12);

  const other = await bench("gsm8k", "--out", out, "--resume", "--seed", "4");
  expect(other).toMatchObject({ status: 1, stdout: "" });
  expect(other.stderr).toContain("bench/differs: The run in");
  expect(other.stderr).toContain('"seed" was 0 and is 4');
  const twice = await bench("gsm8k", "--policy", policy, "--data", data, "--out", out);
  expect(twice.stderr).toContain("has a run already; go on with it by --resume");
  appendRow();
  const grown = await bench("gsm8k", "--out", out, "--resume");
  expect(grown.stderr).toContain('"data.sha256" was');
}, 240_000);

function appendRow(): void {
  const row = { question: "What is 1 + 1?", answer: "#### 2" };
  writeFileSync(data, `${readFileSync(data, "utf8")}${JSON.stringify(row)}\n`);
}

test("where nobody answers some, the status says so, until they are asked again", async () => {
  let isBroken = true;
  const { policy } = await calculator({
    refuses: ({ body }) => isBroken && JSON.stringify(body).includes("What is 5 "),
  });
  const out = newRun();
  const broken = await bench("gsm8k", "--policy", policy, "--data", data, "--out", out);
  expect(broken.status).toBe(1);
  expect(broken.stdout).toContain("1 infra error");
  isBroken = false;
  const mended = await bench("gsm8k", "--out", out, "--resume", "--retry", "failed");
  expect(mended.status).toBe(0);
  expect(mended.stdout).not.toContain("infra error");
}, 240_000);

test("ctrl-c keeps what is written and says how to go on", async () => {
  const { policy, asked } = await calculator({ milliseconds: 250 });
  const out = newRun();
  const args = ["bench", "gsm8k", "--policy", policy, "--data", data, "--out", out, "--concurrency", "1"];
  const child = spawn(process.execPath, [LAUNCHER, ...args]);
  let stdout = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => (stdout += text));
  const ended = new Promise<number | null>((resolve) => child.on("close", resolve));
  const records = join(out, "records.jsonl");
  while (!existsSync(records) || readFileSync(records, "utf8").split("\n").length < 4) await wait(10);
  child.kill("SIGINT");
  expect(await ended).toBe(130);
  expect(stdout).toContain(`touchline bench gsm8k --out ${out} --resume`);
  const written = readFileSync(records, "utf8").split("\n").length - 1;
  const before = asked.length;
  const resumed = await bench("gsm8k", "--out", out, "--resume", "--json");
  expect(JSON.parse(resumed.stdout)).toMatchObject({ missing: 0, interrupted: false });
  expect(asked.length - before).toBe(JSON.parse(resumed.stdout).samples - written);
}, 240_000);

test("a model folder answers a suite of our own, whose rows are categories", async () => {
  const model = newborn(join(root, "model"));
  const args = ["reasoning-frames", "--policy", `dir:${model}`, "--limit", "4", "--repeats", "2", "--json"];
  const { status, stdout } = await bench(...args, "--out", newRun());
  expect(status).toBe(0);
  const document = JSON.parse(stdout);
  expect(document.overall.success.n).toBe(8);
  expect(Object.keys(document.overall.repeated.any)).toEqual(["1", "2"]);
  expect(document.rows[0].id).toMatch(/^kind\//);
  expect(document.rows[0]).toMatchObject({
    success: { n: expect.any(Number) },
    score: { mean: expect.any(Number) },
  });
});

test("guesses that a rule makes count for the score, and are no right answers", async () => {
  const { policy } = await calculator({
    says: () => "There is nothing that could be told from what one sees here",
  });
  const files = mkdtempSync(join(root, "mmmu-"));
  const out = newRun();
  const path = Object.values(LAYOUTS["mmmu"]!)[0]!(files);
  const args = ["--policy", policy, "--data", path, "--out", out, "--repeats", "16"];
  const { status, stdout } = await bench("mmmu", ...args);
  expect(status).toBe(0);
  const { overall } = JSON.parse(readFileSync(join(out, "summary.json"), "utf8"));
  expect(overall.success.k).toBe(0);
  expect(overall.headline.mean).toBe(overall.score.mean);
  expect(overall.score.mean).toBeGreaterThan(0.05);
  expect(stdout).toContain(`Right are 0 of ${overall.success.n}, 0.0 %; the score also counts`);
  expect(stdout).not.toMatch(/\d right/);
  const strict = await bench("mmmu", "--out", out, "--rescore", "--scoring", "strict");
  expect(strict.stdout).not.toContain("the score also counts");
}, 120_000);

test("the suites are listed, each with where its data are to be had", async () => {
  const suites = JSON.parse((await bench("list", "--json")).stdout) as {
    id: string;
    source: string | null;
  }[];
  expect(suites.find(({ id }) => id === "math500")!.source).toContain("HuggingFaceH4/MATH-500");
  expect(suites.find(({ id }) => id === "reasoning-text")!.source).toBeNull();
});

test.each([
  [
    ["math500"],
    2,
    /^touchline: cli\/data: The suite math500 needs data, given by --data PATH\. It is HuggingFace/,
  ],
  [["reasoning-text", "--data", "x"], 2, /makes its questions itself; leave --data away/],
  [["mth500"], 2, /There is no suite "mth500"\. Did you mean "math500"\?/],
  [["reasoning-text", "--resume"], 2, /Give the folder of the run by --out DIR/],
  [["reasoning-text", "--retry", "failed"], 2, /Give --retry together with --resume/],
  [
    ["reasoning-text", "--policy", "random"],
    1,
    /The policy "random" plays football but answers no questions/,
  ],
  [
    ["reasoning-text", "--scoring", "lmm-r1", "--policy", "openai:m@http://127.0.0.1:1"],
    2,
    /expected one of: official/,
  ],
  [
    ["reasoning-text", "--judge", "dir:x", "--policy", "openai:m@http://127.0.0.1:1"],
    2,
    /The judge "dir:x" is no server/,
  ],
  [
    ["gsm8k", "--data", "/no/such.jsonl", "--policy", "openai:m@http://127.0.0.1:1"],
    1,
    /There is no "\/no\/such\.jsonl" to read the questions of gsm8k from\. It is openai\/gsm8k/,
  ],
  [["gsm8k", "--rescore", "--out", "/no/such"], 1, /"\/no\/such" holds no run of touchline bench/],
] as const)("%j ends with %i and a sentence", async (args, status, sentence) => {
  const outcome = await bench(...args);
  expect(outcome).toMatchObject({ status, stdout: "" });
  expect(outcome.stderr).toMatch(sentence);
  expect(outcome.stderr.trim().split("\n")).toHaveLength(1);
});
