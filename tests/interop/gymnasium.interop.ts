/** @file The Python package in Gymnasium's and PettingZoo's own checks, and a server that it starts by itself. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { expect, test } from "vitest";
import { until } from "../serve/serving.ts";
import { PYTHON, runPython } from "./python.ts";
import { servedForFile, wonEpisode } from "./serving.ts";

const url = servedForFile();

/** What `check_env` says of every env that gymnasium.make did not make. */
const NOT_REGISTERED = /Not able to test alternative render modes due to the environment not having a spec/;

/** The 115 numbers have no bounds. */
const UNBOUNDED = /A Box observation space (minimum|maximum) value is -?infinity/;

test("check_env passes: football in all ways to see and act, Sokoban; the vector env is as many single ones", () => {
  const { checks, vector } = runPython("check_gymnasium.py", url()) as {
    checks: { scenario: string; warnings: string[] }[];
    vector: { rows: number; episodes: number };
  };
  expect(checks).toHaveLength(7);
  for (const { warnings } of checks)
    expect(warnings.filter((said) => !NOT_REGISTERED.test(said) && !UNBOUNDED.test(said))).toEqual([]);
  expect(vector.rows).toBe(360);
  // Else what comes after an end was not compared.
  expect(vector.episodes).toBeGreaterThan(0);
});

test("parallel_api_test passes with several players", () => {
  const cases = runPython("check_pettingzoo.py", url()) as { agents: number; warnings: string[] }[];
  expect(cases.map(({ agents }) => agents)).toEqual([4, 6, 2]);
  for (const { warnings } of cases) expect(warnings).toEqual([]);
});

test("touchline.make starts the server by itself, plays as in process, and ends it", async () => {
  const { seed, actions, rewards, terminated, truncated } = await wonEpisode();
  const made = runPython("play_made.py", String(seed), JSON.stringify(actions));
  const last = actions.length - 1;
  expect(made).toEqual({
    rewards,
    ends: actions.map((_, step) => [step === last && terminated, step === last && truncated]),
    success: true,
    status: 0,
  });
});

test("a server that Python started ends with it when it is killed", async () => {
  const script = join(import.meta.dirname, "python/begin_server.py");
  const python = spawn(PYTHON, ["-B", script], { stdio: ["ignore", "pipe", "inherit"] });
  const [line] = (await once(createInterface({ input: python.stdout }), "line")) as [string];
  const answers = () =>
    fetch(`${line}/health`).then(
      ({ ok }) => ok,
      () => false,
    );
  expect(await answers()).toBe(true);
  python.kill("SIGKILL");
  await until(async () => !(await answers()), "the server is gone");
});
