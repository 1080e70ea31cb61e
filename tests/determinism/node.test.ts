/** @file The same seed and actions give the same states, ticks and frames wherever Node runs them. */
import { execFile } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { Worker } from "node:worker_threads";
import { beforeAll, describe, expect, test } from "vitest";
import type { SceneFigure } from "../../env/frame/index.ts";
import { listScenarios } from "../../scenarios/load.ts";
import { compared, crowd, eleven, everyCase } from "./cases.ts";
import type { Case, Trace } from "./trace.ts";
import { choose, open, parting, trace } from "./trace.ts";

const scenarios = compared(listScenarios());
const cases = everyCase(scenarios, 60);
const start = new URL("elsewhere.js", import.meta.url);

function inProcess(cases: readonly Case[]): Promise<Trace[]> {
  return new Promise((resolve, reject) => {
    const child = execFile(process.execPath, [fileURLToPath(start)], { maxBuffer: 1e8 }, (error, stdout) =>
      error === null ? resolve(JSON.parse(stdout)) : reject(error),
    );
    child.stdin?.end(JSON.stringify(cases));
  });
}

async function inWorker(cases: readonly Case[]): Promise<Trace[]> {
  const [traces] = await once(new Worker(start, { workerData: cases }), "message");
  return traces;
}

describe("the same seed and actions", () => {
  let here: Trace[];
  beforeAll(async () => {
    here = await Promise.all(cases.map(trace));
  }, 120_000);

  test("give different states at every step, so that equal lists mean something", () => {
    for (const { states } of here) expect(new Set(states).size).toBe(states.length);
    const all = here.flatMap(({ states }) => states);
    expect(new Set(all).size).toBe(all.length);
    expect(all.length).toBeGreaterThan(cases.length * 10);
  });

  test("give the same hashes in two other processes", async () => {
    const [one, two] = await Promise.all([inProcess(cases), inProcess(cases)]);
    expect(parting(here, one)).toBeUndefined();
    expect(parting(here, two)).toBeUndefined();
  });

  test("give the same hashes in a worker thread", async () => {
    expect(parting(here, await inWorker(cases))).toBeUndefined();
  });

  test("give the same hashes twice in a crowd", async () => {
    const what = crowd(eleven(scenarios), 21, 300);
    const first = await trace(what);
    expect(first.states.length).toBeGreaterThan(100);
    expect(parting([first], [await trace(what)])).toBeUndefined();
    expect(parting([first], [await trace({ ...what, seed: 22 })])).toContain("differ");
  });

  test("put the players of a crowd shoulder to shoulder, so that it is one", async () => {
    const what = crowd(eleven(scenarios), 21, 50);
    const { env, random } = await open(what);
    let contacts = 0;
    for (let step = 0; step < what.steps; step++) {
      env.step(choose(what, env, random));
      contacts += touching(env.scene().figures);
    }
    env.close();
    expect(contacts / what.steps).toBeGreaterThan(5);
  });
}, 120_000);

/** Pairs of players whose bodies, 0.8 m wide, have less than 3 cm between them. */
function touching(figures: readonly SceneFigure[]): number {
  return figures.reduce(
    (pairs, a, i) =>
      pairs + figures.slice(i + 1).filter((b) => (a.x - b.x) ** 2 + (a.y - b.y) ** 2 < 83 ** 2).length,
    0,
  );
}
