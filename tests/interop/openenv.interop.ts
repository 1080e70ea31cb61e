/** @file OpenEnv's own Python clients on a server of ours, and its own validation of a running server. */
import { execFile } from "node:child_process";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { expect, test } from "vitest";
import { PYTHON, runPython } from "./python.ts";
import { servedForFile, wonEpisode } from "./serving.ts";

const url = servedForFile();

interface Played {
  first: [reward: number | null, done: boolean];
  rewards: number[];
  done: boolean[];
  images: string[];
  state: object;
  error: string;
}

test("GenericEnvClient and the typed client play an episode with the rewards that it has in process", async () => {
  const { seed, actions, rewards } = await wonEpisode();
  const { generic, typed } = runPython("play_openenv.py", url(), String(seed), JSON.stringify(actions)) as {
    generic: Played;
    typed: Played;
  };
  expect(generic).toMatchObject({
    first: [null, false],
    rewards,
    done: actions.map((_, step) => step === actions.length - 1),
    state: { episode_id: "ep-1", step_count: actions.length, seed, done: true },
    error: expect.stringMatching(/EXECUTION_ERROR/),
  });
  for (const image of generic.images) expect(image).toMatch(/^iVBORw0KGgo/);
  expect(new Set(generic.images).size).toBeGreaterThan(actions.length / 2);
  expect(typed).toEqual(generic);
});

test("openenv validate passes the running server, and an env of it", async () => {
  for (const target of [url(), `${url()}/env/sokoban`]) {
    const command = join(dirname(PYTHON), "openenv");
    const { stdout } = await promisify(execFile)(command, ["validate", target]);
    expect(stdout).toMatch(/Verdict: PASS/);
    expect(stdout).not.toMatch(/FAIL/);
  }
});
