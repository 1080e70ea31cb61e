import { expect, test } from "vitest";
import { makeRandom, uniform } from "../../env/random.ts";
import { bradleyTerry, type Meeting } from "./index.ts";

const ELO = 400 / Math.LN10;

/** Every pair meets twice for each seed; draws fall as often as not where both are as strong. */
function league(elos: readonly number[], seeds: number, luck: number): Meeting[] {
  const random = makeRandom(luck, 3);
  const meetings: Meeting[] = [];
  for (let seed = 0; seed < seeds; seed++) {
    for (const [one, mine] of elos.entries()) {
      for (const [other, yours] of elos.entries()) {
        if (one >= other) continue;
        for (let end = 0; end < 2; end++) {
          const score = uniform(random) < 1 / (1 + 10 ** ((yours - mine) / 400)) ? 1 : 0;
          meetings.push({ one, other, score, cluster: `${seed}` });
        }
      }
    }
  }
  return meetings;
}

const few = { resamples: 200 };

test("ratings are those at which everybody is expected to have the points that he has", () => {
  const meetings = league([120, 0, -40, -80], 30, 1);
  meetings.push({ one: 0, other: 3, score: 0.5, cluster: "0" });
  const ratings = bradleyTerry(4, meetings, few).map(({ rating }) => rating);
  expect(ratings.reduce((sum, one) => sum + one)).toBeCloseTo(0);
  // The mean of the others is not where the drawn match of the prior is held, so that is found first.
  const shares = (player: number, shift: number): number => {
    const expected = meetings.reduce((sum, { one, other, score }) => {
      if (one !== player && other !== player) return sum;
      const p = 1 / (1 + Math.exp((ratings[other]! - ratings[one]!) / ELO));
      return sum + (one === player ? score - p : p - score);
    }, 0);
    return expected + 0.5 - 1 / (1 + Math.exp(-(ratings[player]! + shift) / ELO));
  };
  let [low, high] = [-400, 400];
  for (let i = 0; i < 60; i++) {
    const middle = (low + high) / 2;
    if (shares(0, middle) > 0) low = middle;
    else high = middle;
  }
  for (const player of [0, 1, 2, 3]) expect(shares(player, low)).toBeCloseTo(0, 5);
});

test("whoever wins all has a rating, and nobody is sure of it", () => {
  const meetings = Array.from({ length: 40 }, (_, i) => ({ one: 0, other: 1, score: 1, cluster: `${i}` }));
  const [first, second] = bradleyTerry(2, meetings, few);
  expect(first!.rating).toBeGreaterThan(200);
  expect(first!.rating).toBeLessThan(600);
  expect(second!.rating).toBeCloseTo(-first!.rating);
  expect(first!.high - first!.low).toBeGreaterThan(100);
  expect(first!.low).toBeGreaterThan(0);
});

test("draws alone tell nobody apart", () => {
  const meetings = Array.from({ length: 20 }, (_, i) => ({ one: 0, other: 1, score: 0.5, cluster: `${i}` }));
  for (const { rating, low, high } of bradleyTerry(2, meetings, few)) {
    expect(rating).toBeCloseTo(0);
    expect(low).toBeLessThan(-20);
    expect(high).toBeGreaterThan(20);
  }
});

test("who has not met anybody is somewhere in the middle", () => {
  const [one] = bradleyTerry(3, [], few);
  expect(one!.rating).toBe(0);
  expect(one!.low).toBeLessThan(-300);
});

test("the order of meetings plays no part", () => {
  const meetings = league([60, 0, -60], 10, 5);
  expect(bradleyTerry(3, meetings.toReversed(), few)).toEqual(bradleyTerry(3, meetings, few));
});

test("95 % intervals hold the truth about 95 times of 100", () => {
  const elos = [150, 0, -150];
  let [held, all] = [0, 0];
  for (let luck = 0; luck < 200; luck++) {
    for (const [player, { low, high }] of bradleyTerry(3, league(elos, 20, luck), few).entries()) {
      all++;
      if (low <= elos[player]! && elos[player]! <= high) held++;
    }
  }
  expect(held / all).toBeGreaterThan(0.93);
  expect(held / all).toBeLessThan(0.99);
}, 120_000);
