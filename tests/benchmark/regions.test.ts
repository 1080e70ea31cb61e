/** @file The suites of the regions and of real time: what they play, and what they make of it. */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, expect, test } from "vitest";
import { readEpisode } from "../../env/episode/index.ts";
import { FULL_ACTIONS, makeEnv, type RawObservation } from "../../env/football/index.ts";
import {
  footballPlanOf,
  type FootballRecord,
  footballSuite,
  type FootballSuite,
  type FootballSummary,
  type FootballWishes,
  runFootball,
} from "../../trainer/benchmark/football/index.ts";
import { type FaultyServer, sendAnswer, startServer } from "../answerer/faulty-server.ts";
import { touchline } from "../cli/run.ts";
import { NAMES, score, type Seen, sum } from "../football/magebench-second.ts";

const root = mkdtempSync(join(tmpdir(), "touchline-regions-"));
let server: FaultyServer | undefined;
afterAll(() => rmSync(root, { recursive: true }));
afterEach(async () => {
  await server?.close();
  server = undefined;
});

const OFFERED = (
  "left top_left top top_right right bottom_right bottom bottom_left long_pass high_pass short_pass shot " +
  "sprint release_sprint dribble release_dribble"
).split(" ");

function recordsOf(out: string): FootballRecord[] {
  const lines = readFileSync(join(out, "records.jsonl"), "utf8").split("\n").slice(0, -1);
  return lines.map((line) => JSON.parse(line) as FootballRecord);
}

/** A run of a suite on this thread, an episode of each scenario, recorded in `out`. */
async function bench(
  suite: FootballSuite,
  wishes: FootballWishes & { policy: string },
  out: string,
): Promise<FootballSummary> {
  const plan = await footballPlanOf(suite, { episodes: 1, recorded: true, ...wishes });
  return runFootball({ directory: out, plan, suite, workers: 1 });
}

/** The first scenarios of a suite. */
const few = (name: string, count: number): FootballSuite => {
  const suite = footballSuite(name)!;
  return { ...suite, scenarios: () => suite.scenarios().slice(0, count) };
};

/** What a recorded episode shows when it is played again, and its terms as they were recorded. */
async function played(file: string): Promise<(Seen & { terms: Readonly<Record<string, number>> })[]> {
  const { header, steps, damage } = readEpisode(readFileSync(file));
  expect(damage).toBeUndefined();
  const { scenario, control, actions, seed, vary } = header!;
  expect(actions).toBe("full");
  const env = await makeEnv(scenario, { observation: "raw", control, actions });
  env.reset({ seed, vary });
  const moments = steps.map((step) => {
    const { observation } = env.step(step.actions);
    expect(env.stateHash()).toBe(step.state);
    const [pressed] = step.actions;
    const action = typeof pressed === "number" ? FULL_ACTIONS[pressed]! : (pressed as string);
    const [raw] = observation as readonly RawObservation[];
    return { raw: raw!, action, terms: step.terms };
  });
  env.close();
  return moments;
}

test("the score of recorded episodes is that of a second computation, term by term, and every term occurs", async () => {
  const seen = new Set<string>();
  const out = join(root, "scripted");
  const summary = await bench(few("regions-mini", 12), { policy: "scripted" }, out);
  expect(summary).toMatchObject({ planned: 12, missing: 0 });
  const records = recordsOf(out);
  const means = { exact: 0, capped: 0 };
  for (const { file, played: said } of records) {
    const moments = await played(join(out, "episodes", file!));
    const [whole, capped] = [score(moments), score(moments, 2 / 3)];
    moments.forEach(({ terms }, step) => {
      expect(terms["magebench"], `${file}, step ${step}`).toBeCloseTo(sum(whole[step]!), 9);
      expect(terms["magebench_capped"], `${file}, step ${step}`).toBeCloseTo(sum(capped[step]!), 9);
      for (const name of NAMES) if (whole[step]![name] !== 0) seen.add(name);
    });
    const total = (terms: typeof whole): number => terms.reduce((all, one) => all + sum(one), 0);
    expect(said!.return["magebench"]).toBeCloseTo(total(whole), 6);
    expect(said!.also).toBeCloseTo(total(capped), 6);
    means.exact += total(whole) / records.length;
    means.capped += total(capped) / records.length;
  }
  expect(summary.overall.score.mean).toBeCloseTo(means.exact, 6);
  expect(summary.also!.mean).toBeCloseTo(means.capped, 6);
  expect([...seen].sort()).toEqual([...NAMES].sort());
}, 600_000);

test("random presses MageBench's sixteen, and results are broken down by region and kind", async () => {
  const out = join(root, "random");
  const { rows } = await bench(few("regions", 12), { policy: "random", episodes: 4 }, out);
  const pressed = readdirSync(join(out, "episodes")).flatMap((file) =>
    readEpisode(readFileSync(join(out, "episodes", file))).steps.flatMap(({ actions }) => actions),
  );
  // While a kick is under way the built-in player goes on, and once the ball is no more at the foot nothing is pressed.
  const names = new Set(pressed.filter((action) => action !== "builtin_ai" && action !== 0));
  expect([...names].map(String).toSorted()).toEqual(OFFERED.toSorted());
  const ids = rows.map(({ id }) => id);
  expect(ids).toEqual(expect.arrayContaining(["kind/free", "kind/loose", "region/1", "region_1_pressed_4"]));
  const kinds = rows.filter(({ category }) => category === "kind");
  expect(kinds.reduce((all, { success }) => all + success.n, 0)).toBe(48);
}, 300_000);

test("a model is told of sixteen actions, in MageBench's form and sampling, and no other counts", async () => {
  server = await startServer((response, times) =>
    sendAnswer(response, [`# analyze\nI see.\n# action\n${times % 2 === 0 ? "idle" : "action_shot"}`]),
  );
  const policy = `openai:m@${server.url.href}`;
  const { means, plan } = await bench(few("regions", 2), { policy }, join(root, "model"));
  const { body } = server.asked[0]!;
  expect(body).toMatchObject({ temperature: 0.1, top_p: 0.95, max_tokens: 1000 });
  const text = JSON.stringify(body["messages"]);
  expect(text).toContain(`Actions: ${OFFERED.join(", ")}.`);
  expect(text).toContain("# analyze");
  expect(plan).toMatchObject({ actions: "full", offered: OFFERED, clock: "paused" });
  expect(means.unparsed).toBeGreaterThanOrEqual(1);
  expect(means.unparsed).toBeLessThan(means.decisions);
  expect(means.thinkingSteps).toBe(0);
}, 300_000);

test("in real time thinking takes steps, and the result says how many", async () => {
  const slow = 250;
  server = await startServer(async (response) => {
    await new Promise((resolve) => setTimeout(resolve, slow));
    sendAnswer(response, ["<think>I see.</think><answer>shot</answer>"]);
  });
  const policy = `openai:m@${server.url.href}`;
  const { means, plan } = await bench(few("realtime", 1), { policy }, join(root, "realtime"));
  expect(plan).toMatchObject({ clock: "realtime", actions: null, offered: null });
  expect(means.thinkingMilliseconds).toBeGreaterThanOrEqual(slow * means.decisions);
  expect(means.thinkingSteps).toBeGreaterThanOrEqual(Math.floor(slow / 100) * means.decisions);
  expect(means.thinkingSteps).toBeGreaterThan(0);
  expect(means.thinkingSteps).toBeLessThanOrEqual(means.steps);
}, 300_000);

test("a clock may be asked for where the suite has none, and not where it has", async () => {
  const out = join(root, "clock");
  const { plan, means } = await bench(few("academy", 1), { policy: "idle", clock: "realtime" }, out);
  expect(plan).toMatchObject({ clock: "realtime" });
  expect(means.thinkingSteps).toBe(0);
  const refused = await touchline(["bench", "realtime", "--clock", "paused"]);
  expect(refused).toMatchObject({ status: 2, stdout: "" });
  expect(refused.stderr).toMatch(/The suite realtime has no --clock/);
}, 120_000);
