import { describe, expect, test } from "vitest";
import type { FootballOptions } from "../../env/football/index.ts";
import { integer, makeRandom } from "../../env/random.ts";
import { loadScenario } from "../../scenarios/load.ts";
import {
  AUTORESET_MODES,
  type AutoresetMode,
  makeVectorEnv,
  type VectorEnv,
  type VectorOptions,
} from "../../trainer/vector/index.ts";
import { flat, flatRow, type Row, Singles } from "./single.ts";

const close = loadScenario("academy_empty_goal_close");

/** Cut short, so that episodes end by time as well as by goals. */
function short(id: string, steps: number) {
  return { ...loadScenario(id), steps };
}

async function using(
  options: VectorOptions,
  use: (env: VectorEnv) => void,
  scenarios = [close],
): Promise<void> {
  const env = await makeVectorEnv(scenarios, options);
  try {
    use(env);
  } finally {
    env.close();
  }
}

function caught(run: () => unknown): { code: string; message: string } {
  try {
    run();
  } catch (error) {
    if (error instanceof Error && "code" in error)
      return { code: String(error.code), message: error.message };
    throw error;
  }
  throw new Error("nothing was thrown");
}

describe("the same results as single envs, seed for seed", () => {
  interface Case {
    mode: AutoresetMode;
    options: FootballOptions;
    vary?: boolean;
  }
  const frame = { width: 96, height: 64 };
  const kinds: FootballOptions[] = [
    { observation: "none" },
    { observation: "simple115v2" },
    { observation: "smm", stacked: true },
    { observation: "text" },
    { observation: "frame", frame },
    { observation: ["raw", "text", "frame"], frame, delaySteps: 2 },
    { observation: "raw", control: { left: "all" } },
  ];
  const cases: Case[] = [
    ...AUTORESET_MODES.map((mode): Case => ({ mode, options: { observation: "raw" }, vary: true })),
    ...kinds.map((options): Case => ({ mode: "same-step", options })),
  ];

  test.each(cases)("$mode, $options", async ({ mode, options, vary = false }) => {
    const list = [short("academy_empty_goal_close", 12), short("academy_empty_goal", 25)];
    const numEnvs = 5;
    const own = Array.from({ length: numEnvs }, (_, i) => list[i % 2]!);
    const singles = await Singles.make(own, options, mode, vary);
    const vector = await makeVectorEnv(list, { ...options, numEnvs, workers: 2, autoreset: mode, vary });
    let ended = 0;
    const compare = (rows: readonly Row[], got: ReturnType<VectorEnv["reset"]>): void => {
      rows.forEach((row, i) => {
        // As one text: a list of a hundred thousand numbers takes the matcher seconds.
        expect(flatRow(got.observations, i, numEnvs).join() === flat(row.observation).join()).toBe(true);
        const { final_obs, ...info } = got.infos[i]!;
        const { final_obs: last, ...expected } = row.info;
        expect(info).toEqual(expected);
        expect(flat(final_obs ?? null).join() === flat(last ?? null).join()).toBe(true);
      });
      expect(vector.call("stateHash")).toEqual(rows.map((row) => row.hash));
    };
    const random = makeRandom(4);
    let rows = own.map((_, i) => singles.reset(i, 40 + i));
    compare(rows, vector.reset({ seed: 40 }));
    const players = rows[0]!.info.controlled.length;
    for (let step = 0; step < 40; step++) {
      const actions = own.map(() => {
        const each = Array.from({ length: players }, () => (integer(random, 3) ? 5 : integer(random, 19)));
        return players === 1 ? each[0]! : each;
      });
      rows = actions.map((action, i) => singles.step(i, action));
      const got = vector.step(actions);
      expect([...got.rewards]).toEqual(rows.map((row) => row.reward));
      expect([...got.terminations]).toEqual(rows.map((row) => Number(row.terminated)));
      expect([...got.truncations]).toEqual(rows.map((row) => Number(row.truncated)));
      compare(rows, got);
      const over = rows.map((row) => row.terminated || row.truncated);
      ended += over.filter(Boolean).length;
      if (mode === "disabled" && over.includes(true)) {
        rows = rows.map((row, i) => (over[i] ? singles.reset(i) : row));
        compare(rows, vector.reset({ resetMask: over }));
      }
    }
    // Otherwise no mode has been tried.
    expect(ended).toBeGreaterThan(numEnvs);
    singles.close();
    vector.close();
  });

  test("the number of workers changes nothing", async () => {
    const hashes: string[][] = [];
    for (const workers of [1, 2, 3]) {
      await using({ numEnvs: 3, workers }, (env) => {
        env.reset({ seed: 9 });
        for (let i = 0; i < 40; i++) env.step([5, 12, i % 19]);
        hashes.push(env.call("stateHash"));
      });
    }
    expect(hashes[1]).toEqual(hashes[0]);
    expect(hashes[2]).toEqual(hashes[0]);
  });
});

describe("Gymnasium's autoreset", () => {
  const corner = short("academy_corner", 3);
  const run = async (autoreset: AutoresetMode, use: (env: VectorEnv) => void): Promise<void> =>
    using({ autoreset, observation: "raw", workers: 1 }, use, [corner]);

  test("next-step: the end shows its own observation, and the step after it takes no action", async () => {
    await run("next-step", (env) => {
      env.reset({ seed: 1 });
      env.step([0]);
      env.step([0]);
      const end = env.step([0]);
      expect([end.truncations[0], end.infos[0]!.step]).toEqual([1, 3]);
      expect(end.infos[0]!).not.toHaveProperty("final_obs");
      // No action of the set: were it taken, it would be refused.
      const next = env.step([99]);
      expect([next.rewards[0], next.terminations[0], next.truncations[0]]).toEqual([0, 0, 0]);
      expect(next.infos[0]!.step).toBe(0);
      expect(env.step([0]).infos[0]!.step).toBe(1);
    });
  });

  test("same-step: the end shows the next start, and the info what was last", async () => {
    await run("same-step", (env) => {
      env.reset({ seed: 1 });
      env.step([0]);
      env.step([0]);
      const end = env.step([0]);
      const info = end.infos[0]!;
      expect([end.truncations[0], info.step, info.final_info?.step]).toEqual([1, 0, 3]);
      expect(flatRow(end.observations, 0, 1)).not.toEqual(flat(info.final_obs));
      expect(env.step([0]).infos[0]!).not.toHaveProperty("final_obs");
    });
  });

  test("disabled: an env that has ended waits for its reset", async () => {
    await using(
      { autoreset: "disabled", numEnvs: 2, workers: 1 },
      (env) => {
        env.reset({ seed: 1 });
        for (let i = 0; i < 3; i++) env.step([0, 0]);
        expect(caught(() => env.step([0, 0]))).toMatchObject({ code: "env/episode-over" });
        const some = env.reset({ resetMask: [false, true] });
        expect(some.infos.map((info) => info.step)).toEqual([3, 0]);
        expect(caught(() => env.step([0, 0])).message).toContain("Env 0");
        env.reset({ resetMask: [1, 0] });
        expect(env.step([0, 0]).infos.map((info) => info.step)).toEqual([1, 1]);
      },
      [corner],
    );
  });

  test("metadata says which mode it is, and next-step is the default", async () => {
    await using({}, (env) => expect(env.metadata.autoreset_mode).toBe("next-step"));
    await using({ autoreset: "disabled" }, (env) => expect(env.metadata.autoreset_mode).toBe("disabled"));
  });
});

test("one seed gives env i the seed plus i, a list each its own, and undefined goes on", async () => {
  await using({ numEnvs: 3, workers: 2, vary: true }, (env) => {
    env.reset({ seed: 5 });
    const first = env.call("stateHash");
    expect(new Set(first).size).toBe(3);
    env.reset({ seed: [5, 6, 7] });
    expect(env.call("stateHash")).toEqual(first);
    env.reset({ seed: [5, undefined, 7] });
    const mixed = env.call("stateHash");
    expect([mixed[0], mixed[2]]).toEqual([first[0], first[2]]);
    expect(mixed[1]).not.toBe(first[1]);
    env.reset();
    expect(env.call("stateHash")[0]).not.toBe(first[0]);
  });
});

describe("observations", () => {
  test("lie in shared memory: the same array with every call, and written over", async () => {
    await using({ observation: "frame", workers: 1 }, (env) => {
      const [before] = env.reset({ seed: 1 }).observations as [Uint8Array];
      expect(before.buffer).toBeInstanceOf(SharedArrayBuffer);
      const kept = before.slice();
      const [after] = env.step([5]).observations as [Uint8Array];
      expect(after).toBe(before);
      expect(after).not.toEqual(kept);
    });
  });

  test("are the caller's own with `copy`", async () => {
    await using({ observation: ["raw", "text"], workers: 1, copy: true }, (env) => {
      const start = env.reset({ seed: 1 }).observations;
      const kept = flatRow(start, 0, 1);
      env.step([5]);
      expect(flatRow(start, 0, 1)).toEqual(kept);
    });
  });
});

describe("what goes wrong reaches the caller", () => {
  test("an action that is none names its env; after a reset the vector env goes on", async () => {
    await using({ numEnvs: 3, workers: 2 }, (env) => {
      env.reset({ seed: 1 });
      const error = caught(() => env.step([0, 0, 99]));
      expect(error.code).toBe("action/unknown");
      expect(error.message).toContain("Env 2:");
      expect(caught(() => env.step([0, 0, 0])).code).toBe("env/not-reset");
      env.reset({ seed: 1 });
      expect(env.step([0, 0, 0]).infos.map((info) => info.step)).toEqual([1, 1, 1]);
    });
  });

  test("calls in the wrong order and lists of the wrong length", async () => {
    const env = await makeVectorEnv(close, { numEnvs: 2, workers: 1 });
    expect(caught(() => env.step([0, 0])).code).toBe("env/not-reset");
    expect(caught(() => env.reset({ resetMask: [true, false] })).code).toBe("env/not-reset");
    expect(caught(() => env.reset({ seed: [1] })).code).toBe("vector/seed");
    env.reset();
    expect(caught(() => env.step([0])).code).toBe("vector/actions");
    expect(caught(() => env.reset({ resetMask: [true] })).code).toBe("vector/mask");
    expect(caught(() => env.stepWait()).code).toBe("vector/not-stepping");
    env.stepAsync([0, 0]);
    expect(caught(() => env.step([0, 0])).code).toBe("vector/stepping");
    expect(env.stepWait().infos.map((info) => info.step)).toEqual([1, 1]);
    env.close();
    env.close();
    expect(caught(() => env.step([0, 0])).code).toBe("env/closed");
  });

  test.each([
    [{ numEnvs: 0 }, "vector/num-envs"],
    [{ workers: 1.5 }, "vector/workers"],
    [{ autoreset: "never" as AutoresetMode }, "vector/autoreset"],
    [{ frame: { width: 1 }, observation: "frame" as const }, "frame/size"],
  ])("%o is refused", async (options, code) => {
    await expect(makeVectorEnv(close, options)).rejects.toMatchObject({ code });
  });

  test("scenarios with other spaces are no batch, those with the same are", async () => {
    const list = [close, loadScenario("11_vs_11_stochastic")];
    await expect(makeVectorEnv(list, { observation: "raw" })).rejects.toMatchObject({
      code: "vector/spaces",
    });
    await using({ observation: "simple115v2" }, (env) => expect(env.numEnvs).toBe(2), list);
  });

  test("a worker that answers too late is lost, and says so", async () => {
    const env = await makeVectorEnv(close, { numEnvs: 40, workers: 1, timeoutSeconds: 0.000_01 });
    expect(caught(() => env.reset({ seed: 1 }))).toMatchObject({ code: "vector/worker-lost" });
    env.close();
  });
});

test("call asks every env in order, and a question that fails changes nothing", async () => {
  await using({ numEnvs: 2, workers: 2 }, (env) => {
    env.reset({ seed: 1 });
    const masks = env.call("possibleActions", 0);
    expect(masks).toHaveLength(2);
    expect(masks[0]!.map((one) => one.action)).toContain("shot");
    expect(caught(() => env.call("possibleActions", 9))).toMatchObject({ code: "env/place" });
    expect(env.step([0, 0]).infos.map((info) => info.step)).toEqual([1, 1]);
  });
});
