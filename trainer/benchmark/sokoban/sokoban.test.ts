/** @file Runs of Sokoban: scores against the solver's bound, models by words in both modes, runs that are gone on with. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import type { Answerer } from "../../../agent/answerer/index.ts";
import { readXsb, solve } from "../../../env/sokoban/index.ts";
import { isHeldOutLevel } from "../../sokoban/index.ts";
import { readRecords } from "../index.ts";
import { sokobanCast } from "./plan.ts";
import { speaker } from "./player.ts";
import type { SokobanRecord } from "./record.ts";
import { runSokoban } from "./run.ts";
import { sokobanSuite } from "./suites.ts";

const root = mkdtempSync(join(tmpdir(), "touchline-sokoban-"));
afterAll(() => rmSync(root, { recursive: true }));

const suite = sokobanSuite("sokoban")!;
const SIZES = ["7x7x1", "small-v0"];
const EPISODES = 4;

async function cast(policy: string, seed = 3) {
  return sokobanCast(suite, { policy, sizes: SIZES, episodes: EPISODES, seed });
}

async function played(policy: string) {
  const directory = join(root, policy);
  const summary = await runSokoban({ directory, suite, ...(await cast(policy)) });
  return { summary, records: [...readRecords<SokobanRecord>(directory).values()] };
}

test("doing nothing scores 100 - 5 x bound on every level, the solver 100, chance between", async () => {
  const [idle, random, scripted] = [await played("idle"), await played("random"), await played("scripted")];
  expect(idle.records).toHaveLength(SIZES.length * EPISODES);
  for (const { score, level, bound } of idle.records) {
    const solution = solve(readXsb(level));
    if (solution.status !== "solved") throw new Error("a small level is solved");
    const boxes = readXsb(level).boxes.length;
    expect(bound).toBeCloseTo(10 + boxes - 0.1 * solution.plan.length, 10);
    expect(score).toBeCloseTo(100 - 5 * bound, 10);
  }
  expect(scripted.summary.overall).toMatchObject({ score: { mean: 100 }, success: { mean: 1 } });
  expect(random.summary.overall.score.mean).toBeGreaterThanOrEqual(idle.summary.overall.score.mean);
  expect(random.summary.overall.score.mean).toBeLessThan(100);
  expect(random.records.some(({ moves }) => moves.length === 120)).toBe(true);
  expect(idle.records.every(({ level }) => isHeldOutLevel(readXsb(level)))).toBe(true);
});

test("a run that was stopped goes on to the table of one that was not", async () => {
  const directory = join(root, "stopped");
  const whole = await cast("random");
  const controller = new AbortController();
  let seen = 0;
  const stop = (): void => {
    if (++seen === 3) controller.abort();
  };
  const first = await runSokoban({ directory, suite, ...whole, signal: controller.signal, onRecord: stop });
  expect(first).toMatchObject({ interrupted: true, missing: SIZES.length * EPISODES - 3 });
  const then = await runSokoban({ directory, suite, ...whole, resume: true });
  const { directory: _, ...table } = then;
  const alone = await runSokoban({ directory: join(root, "alone"), suite, ...whole });
  expect(alone).toMatchObject(table);
  const other = await cast("random", 4);
  await expect(runSokoban({ directory, suite, ...other, resume: true })).rejects.toMatchObject({
    code: "bench/differs",
  });
});

test("a policy that does not answer levels, and a size that is none, are told", async () => {
  await expect(cast("human")).rejects.toMatchObject({ code: "bench/policy" });
  const sizes = ["7x7"];
  await expect(sokobanCast(suite, { policy: "idle", sizes })).rejects.toMatchObject({
    code: "sokoban/variant",
  });
});

/** Two pushes to the right, three steps. */
const corridor = readXsb("#######\n#@ $ .#\n#######");

/** Says the next of its lines at each question, and keeps what it was asked. */
function reader(lines: readonly string[]) {
  const asked: string[] = [];
  const answerer: Answerer = {
    name: "reader",
    open: () => Promise.resolve(),
    close: () => Promise.resolve(),
    answer: ({ messages, images = [] }) => {
      asked.push(`${images.length} ${JSON.stringify(messages.at(-1))}`);
      return Promise.resolve({ text: lines[Math.min(asked.length, lines.length) - 1]! });
    },
  };
  return {
    asked,
    how: { answerer, memory: { answers: 5, images: 1 }, temperature: 0, maxTokens: 99, stop: [] },
  };
}

test("a plan in one answer is read by either form, and ends with the level", async () => {
  const said = "<think>it is right of me</think><answer> right, Right, RIGHT, Left </answer>";
  const tags = reader([said]);
  const play = await speaker("global", { ...tags.how, form: "think-answer" })({ level: corridor, seed: 1 });
  expect(play).toEqual({ moves: ["right", "right", "right"], said: [said], saidAt: [0], unparsed: 0 });
  const headings = reader(["### Analyze\nleft, left\n### Actions\nRight, Up"]);
  const other = await speaker("global", { ...headings.how, form: "analyze-action" })({
    level: corridor,
    seed: 1,
  });
  expect(other.moves).toEqual(["right", "up"]);
});

test("a move an answer: each has a frame of its own, and one without a move costs nothing", async () => {
  const right = "# analyze\nfree\n# action\nRight";
  const { asked, how } = reader([right, "I do not know", right]);
  const play = await speaker("online", { ...how, form: "analyze-action" })({ level: corridor, seed: 1 });
  expect(play).toMatchObject({ moves: ["right", "right", "right"], unparsed: 1 });
  expect(asked).toHaveLength(4);
  expect(asked.every((one) => one.startsWith("1 "))).toBe(true);
  expect(asked[2]).toContain("could not be read");
  const silent = reader([""]);
  const nothing = await speaker("online", { ...silent.how, form: "nano" })({ level: corridor, seed: 1 });
  expect(nothing).toMatchObject({ moves: [], unparsed: 120 });
});
