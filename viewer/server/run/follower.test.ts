/** @file A growing file of metrics is read line by line, whatever is done to it. */
import { appendFileSync, mkdtempSync, renameSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeEach, describe, expect, test } from "vitest";
import { MetricsFollower } from "./follower.ts";

const folder = mkdtempSync(join(tmpdir(), "touchline-follower-"));
afterAll(() => rmSync(folder, { recursive: true }));

const row = (step: number, value: number): string =>
  `${JSON.stringify({ global_step: step, "charts/reward": value })}\n`;

let path: string;
let follower: MetricsFollower;
let count = 0;
beforeEach(() => {
  path = join(folder, `${++count}.jsonl`);
  follower = new MetricsFollower(path);
});

async function read(): Promise<ReturnType<MetricsFollower["store"]["all"]>> {
  await follower.read();
  return follower.store.all();
}

const reward = (steps: readonly number[], values: readonly number[]) => ({
  name: "charts/reward",
  steps,
  values,
});

describe("a file of metrics", () => {
  test("that is not there yet has nothing, and is read once it is", async () => {
    expect(await read()).toEqual([]);
    writeFileSync(path, row(1, 0.5));
    expect(await read()).toEqual([reward([1], [0.5])]);
  });

  test("is read on from where it was read to; the first time all of it is new", async () => {
    writeFileSync(path, row(1, 0.5));
    await read();
    expect(follower.store.takeNews()).toBe("anew");
    expect(follower.store.takeNews()).toBeUndefined();
    appendFileSync(path, row(2, 0.75) + row(3, 1));
    await read();
    expect(follower.store.takeNews()).toEqual([reward([2, 3], [0.75, 1])]);
    expect(await read()).toEqual([reward([1, 2, 3], [0.5, 0.75, 1])]);
    expect(follower.store.takeNews()).toBeUndefined();
  });

  test("whose last line is half written is read up to there, and the line once it is whole", async () => {
    const line = row(2, 0.75);
    writeFileSync(path, row(1, 0.5) + line.slice(0, 20));
    expect(await read()).toEqual([reward([1], [0.5])]);
    appendFileSync(path, line.slice(20));
    expect(await read()).toEqual([reward([1, 2], [0.5, 0.75])]);
  });

  test.each([
    ["no JSON", "{]\n"],
    ["a list", "[1]\n"],
    ["null", "null\n"],
    ["no step", '{"charts/reward":9}\n'],
    ["a step that is none", '{"global_step":1.5,"charts/reward":9}\n'],
    ["an empty line", "\n"],
    ["bytes that are no text", Buffer.from([0xff, 0xfe, 0x00, 0x0a])],
    ["a line of 3 MB", `${"x".repeat(3_000_000)}\n`],
  ])("with %s in it: that is passed over", async (_, junk) => {
    writeFileSync(path, row(1, 0.5));
    appendFileSync(path, junk);
    appendFileSync(path, row(2, 0.75));
    expect(await read()).toEqual([reward([1, 2], [0.5, 0.75])]);
  });

  test("with values that are no numbers has the others", async () => {
    writeFileSync(path, '{"global_step":1,"charts/reward":null,"losses/kl":"0.1","losses/loss":2}\n');
    expect(await read()).toEqual([{ name: "losses/loss", steps: [1], values: [2] }]);
  });

  test("with names of the language's own has them as curves like others", async () => {
    writeFileSync(path, '{"global_step":1,"__proto__":4,"constructor":2}\n');
    expect((await read()).map(({ name }) => name).sort()).toEqual(["__proto__", "constructor"]);
  });

  test("that shrank is read anew", async () => {
    writeFileSync(path, row(1, 0.5) + row(2, 0.75));
    await read();
    follower.store.takeNews();
    truncateSync(path, row(1, 0.5).length);
    expect(await read()).toEqual([reward([1], [0.5])]);
    expect(follower.store.takeNews()).toBe("anew");
  });

  test("that was cut and has grown beyond where it was read to is read anew", async () => {
    writeFileSync(path, row(1, 0.5) + row(2, 0.75));
    await read();
    writeFileSync(path, row(1, 0.5) + row(2, 0.25) + row(3, 0.125));
    expect(await read()).toEqual([reward([1, 2, 3], [0.5, 0.25, 0.125])]);
  });

  test("that another one has taken the place of is read anew", async () => {
    writeFileSync(path, row(1, 0.5));
    await read();
    writeFileSync(`${path}.part`, row(1, 0.75) + row(2, 0.25));
    renameSync(`${path}.part`, path);
    expect(await read()).toEqual([reward([1, 2], [0.75, 0.25])]);
  });

  test("that tells of a step once more means what it said last, and nothing later", async () => {
    writeFileSync(path, row(1, 0.5) + row(2, 0.75) + row(3, 1));
    await read();
    follower.store.takeNews();
    appendFileSync(path, row(2, 0.25));
    expect(await read()).toEqual([reward([1, 2], [0.5, 0.25])]);
    expect(follower.store.takeNews()).toBe("anew");
  });

  test("of 100,000 steps comes as at most 1,000 points a curve, with its spike and its end", async () => {
    const lines = Array.from({ length: 100_000 }, (_, i) => row(i + 1, i === 61_803 ? 99 : i % 7));
    writeFileSync(path, lines.join(""));
    const [curve] = await read();
    expect(curve!.steps.length).toBeLessThanOrEqual(1000);
    expect(curve!.steps.length).toBeGreaterThan(500);
    expect(curve!.steps.at(-1)).toBe(100_000);
    expect(curve!.values[curve!.steps.indexOf(61_804)]).toBe(99);
    expect(curve!.steps).toEqual([...curve!.steps].sort((a, b) => a - b));
  });

  test("with more curves than are shown has as many as are", async () => {
    const values = Object.fromEntries(Array.from({ length: 100 }, (_, i) => [`charts/x${i}`, i]));
    writeFileSync(path, `${JSON.stringify({ global_step: 1, ...values })}\n`);
    expect(await read()).toHaveLength(64);
  });
});
