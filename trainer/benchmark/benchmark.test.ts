import { setTimeout as wait } from "node:timers/promises";
import { expect, test } from "vitest";
import { macroScore, measure } from "./measure.ts";
import { inPool, makePace } from "./pool.ts";
import { progressLine } from "./progress.ts";
import type { RunRecord } from "./record.ts";
import { repeatedOf } from "./repeated.ts";

/** `r` is right, `w` wrong, `i` an infra error; each letter a record of a cluster of its own, unless one is named. */
function records(letters: string, cluster?: string): RunRecord[] {
  const outcomes: Record<string, string> = { r: "right", w: "wrong", i: "infra_error" };
  return Array.from(letters, (letter, i) => ({
    sample: `${cluster ?? ""}${i}`,
    repeat: 0,
    cluster: cluster ?? String(i),
    categories: { letter },
    outcome: outcomes[letter]!,
    score: letter === "r" ? 1 : 0,
    reason: "",
    milliseconds: 1,
  }));
}

test("records that stand alone have Wilson's interval, and what nobody answered is in no rate", () => {
  const { success, score, outcomes } = measure(records("rrrrrwwwwwii"), 0);
  expect(success).toMatchObject({ n: 10, k: 5, mean: 0.5 });
  // As in the tests of wilson, worked out in Python.
  expect(success.low).toBeCloseTo(0.2366, 4);
  expect(success.high).toBeCloseTo(0.7634, 4);
  expect(score).toEqual({ mean: 0.5, low: success.low, high: success.high });
  expect(outcomes).toEqual({ infra_error: 2, right: 5, wrong: 5 });
});

test("clusters that agree make the interval as wide as their number has it, and none makes it narrower", () => {
  const many = Array.from({ length: 10 }, (_, i) => records(i < 5 ? "rrrr" : "wwww", `c${i}`)).flat();
  const wide = measure(many, 0).success;
  expect(wide).toMatchObject({ n: 40, k: 20 });
  expect(wide.high - wide.low).toBeGreaterThan(0.5);
  const alone = measure(records("rrrrwwww".repeat(5)), 0).success;
  expect(alone.high - alone.low).toBeLessThan(0.32);
  // All right: the draws agree, and four clusters still prove little.
  const all = measure(
    ["a", "b", "c", "d"].flatMap((one) => records("rrrrr", one)),
    0,
  ).success;
  expect(all.high).toBe(1);
  expect(all.low).toBeCloseTo(0.5101, 4);
  // Two clusters that are alike.
  const alike = measure(
    ["a", "b"].flatMap((one) => records("rw".repeat(10), one)),
    0,
  ).success;
  expect(alike.high - alike.low).toBeGreaterThan(0.29);
});

test("shares of few samples near 1 are no surer than what they vary by allows", () => {
  const matches = records("rrrrrrrrrr");
  matches[0]!.score = 0.5;
  const { mean, low, high } = measure(matches, 0).score;
  expect(mean).toBe(0.95);
  // Wilson's interval of 0.95 of 10 * 0.95 * 0.05 / 0.0225 trials, worked out in Python.
  expect(low).toBeCloseTo(0.7707, 4);
  expect(high).toBeCloseTo(1, 1);
});

test("a macro mean by category counts its values alike", () => {
  expect(macroScore(records("rrrrrrw"), "letter", 0).mean).toBe(0.5);
});

/** An answer a letter: 4 is right, and ? says nothing. */
function tries(sample: string, said: string): (RunRecord & { said: string | null })[] {
  return Array.from(said, (letter, repeat) =>
    Object.assign(records(letter === "4" ? "r" : "w")[0]!, {
      sample,
      repeat,
      cluster: sample,
      said: letter === "?" ? null : letter,
    }),
  );
}

const voteOf = ({ said }: { said: string | null }): string | null => said;

test("several answers to a question come to pass@k, pass^k and the vote of the majority", () => {
  // 4 is right: said by two of four; by all who say anything; by nobody.
  const all = [...tries("a", "4435"), ...tries("b", "4???"), ...tries("c", "5577")];
  const found = repeatedOf(all, voteOf, 0)!;
  expect(found.repeats).toBe(4);
  expect(found.any["1"]!.mean).toBeCloseTo((0.5 + 0.25 + 0) / 3);
  expect(found.any["2"]!.mean).toBeCloseTo((5 / 6 + 1 / 2 + 0) / 3);
  expect(found.any["4"]!.mean).toBeCloseTo(2 / 3);
  expect(found.all["2"]!.mean).toBeCloseTo(1 / 6 / 3);
  expect(found.majority.mean).toBeCloseTo(2 / 3);
  const once = all.filter(({ repeat }) => repeat === 0);
  expect(repeatedOf(once, voteOf, 0)).toBeUndefined();
});

async function* numbers(count: number, taken: number[]): AsyncGenerator<number> {
  for (let i = 0; i < count; i++) {
    taken.push(i);
    yield i;
  }
}

test("so many pieces are worked on at once, and no more are taken", async () => {
  let [now, most, done] = [0, 0, 0];
  const taken: number[] = [];
  await inPool(numbers(20, taken), 3, async () => {
    most = Math.max(most, ++now);
    await wait(2);
    now--;
    done++;
    expect(taken.length - done).toBeLessThanOrEqual(4);
  });
  expect({ most, done }).toEqual({ most: 3, done: 20 });
});

test("after an error nothing new is begun, and what is under way ends", async () => {
  const [taken, ended]: [number[], number[]] = [[], []];
  const work = inPool(numbers(100, taken), 4, async (piece) => {
    await wait(piece === 1 ? 1 : 20);
    if (piece === 1) throw new Error("out of order");
    ended.push(piece);
  });
  await expect(work).rejects.toThrow("out of order");
  expect(taken.length).toBeLessThan(10);
  expect(ended).toEqual(expect.arrayContaining([0, 2, 3]));
});

test("pieces begin no faster than they may, and a signal ends the waiting", async () => {
  const began = performance.now();
  const pace = makePace(1200);
  await Promise.all([pace(), pace(), pace()]);
  expect(performance.now() - began).toBeGreaterThan(95);
  const stop = new AbortController();
  const slow = makePace(0.1, stop.signal);
  await slow();
  setTimeout(() => stop.abort(), 5);
  await slow();
  expect(performance.now() - began).toBeLessThan(30_000);
});

test.each([
  [{ done: 50, total: 200, failures: 0, seconds: 10 }, "50 of 200 answers  5.0 a second  30 s left"],
  [
    { done: 10, total: 200, failures: 2, seconds: 60 },
    "10 of 200 answers  10.0 a minute  19 min 0 s left  2 failed",
  ],
  [{ done: 10, total: 1000, failures: 0, seconds: 100 }, "10 of 1000 answers  6.0 a minute  2 h 45 min left"],
])("%j is told with its pace and the time left", (state, line) => {
  expect(progressLine({ ...state, what: "answers" })).toBe(line);
});
