/** @file Which decision belongs to a tick, whose it is, what it earned; with holes, and in any order of coming. */
import { describe, expect, test } from "vitest";
import type { DecisionNote, MindNote, RewardNote } from "../protocol/index.ts";
import { encodeScene } from "../protocol/index.ts";
import { sightAt } from "./index.ts";
import { mindAt, MindLog, partsOf, percentText } from "./mind.ts";

const decision = (tick: number, place = 0, action = `at ${tick}`): DecisionNote => ({
  kind: "decision",
  tick,
  step: tick / 5 + 1,
  place,
  player: 10 + place,
  action,
});
const reward = (tick: number, terms: Record<string, number>, place = 0): RewardNote => ({
  kind: "reward",
  tick,
  place,
  reward: Object.values(terms).reduce((sum, value) => sum + value, 0),
  terms,
});

const piece = (from: number, text: string, tick = 10) => ({ place: 0, player: 10, tick, from, text });

function logOf(...notes: MindNote[]): MindLog {
  const log = new MindLog();
  log.add(0, notes);
  return log;
}

describe("the decision of a tick", () => {
  const log = logOf(
    decision(0),
    decision(0, 1),
    reward(5, { checkpoints: 0.1 }),
    reward(10, { checkpoints: 0.1 }),
    reward(10, { scoring: -1 }, 1),
    decision(10),
    reward(15, { scoring: 1, checkpoints: 0.8 }),
    decision(25, 1),
  );

  test.each([
    ["the last that came, whosever it is", 0, undefined, "at 0", 1, {}],
    ["a place's own", 0, 0, "at 0", 0, {}],
    ["with what it earned up to there", 5, 0, "at 0", 0, { checkpoints: 0.1 }],
    ["the next from its own tick on, without what earlier steps earned", 10, 0, "at 10", 0, {}],
    ["with all that it earned", 40, 0, "at 10", 0, { scoring: 1, checkpoints: 0.8 }],
    ["and nothing of what another place earned", 24, 1, "at 0", 1, { scoring: -1 }],
    ["the newest at the end", 99, undefined, "at 25", 1, {}],
  ])("is %s", (_, tick, asked, action, place, terms) => {
    const view = mindAt(log, tick, false, asked)!;
    expect(view.decided!.note.action).toBe(action);
    expect([view.place, view.player]).toEqual([place, 10 + place]);
    expect(view.decided!.terms).toEqual(terms);
    expect(view.decided!.reward).toBeCloseTo(Object.values(terms).reduce((sum, value) => sum + value, 0));
  });

  test("knows its neighbours of the same place", () => {
    expect(mindAt(log, 12, false, 0)).toMatchObject({ previousTick: 0, nextTick: undefined });
    expect(mindAt(log, 12, false, 1)).toMatchObject({ previousTick: undefined, nextTick: 25 });
    expect(mindAt(log, 12, false, 0)!.decided).toMatchObject({ number: 2, count: 2 });
  });

  test("is none before anybody has thought", () => {
    expect(mindAt(new MindLog(), 10, true)).toBeUndefined();
    expect(mindAt(logOf(decision(10)), 5, false)).toBeUndefined();
  });
});

describe("what is lost on the way", () => {
  test("is a hole that is named until it is filled, and what came after it is there", () => {
    const log = new MindLog();
    log.add(0, [decision(0)]);
    log.add(3, [decision(15)]);
    expect(log.missing()).toBe(1);
    expect(mindAt(log, 15, false)!.decided!.note.tick).toBe(15);
    log.add(1, [decision(5), decision(10)]);
    expect(log.missing()).toBeUndefined();
    expect(mindAt(log, 12, false)!.decided!.note.tick).toBe(10);
  });

  test("is not asked for when the server has forgotten it", () => {
    const log = new MindLog();
    log.add(7, [decision(35)]);
    log.availableFrom = 7;
    expect(log.missing()).toBeUndefined();
  });
});

describe("a thought", () => {
  test("grows piece by piece, beside the decision before it, and ends with its own", () => {
    const log = logOf(decision(0));
    log.hear(piece(0, "<think>I s"));
    log.hear(piece(10, "ee"));
    expect(mindAt(log, 10, true)).toMatchObject({
      thought: { text: "<think>I see" },
      decided: { note: { tick: 0 } },
    });
    expect(mindAt(log, 10, false)!.thought).toBeUndefined();
    log.add(1, [decision(10)]);
    expect(mindAt(log, 10, true)).toMatchObject({ thought: undefined, decided: { note: { tick: 10 } } });
  });

  test("may come twice in part, and after a gap stays as it was", () => {
    const log = new MindLog();
    log.hear(piece(0, "one two"));
    log.hear(piece(4, "two three"));
    log.hear(piece(99, "lost"));
    expect(log.thoughts.get(0)!.text).toBe("one two three");
  });

  test("that began later is not ended by an earlier decision", () => {
    const log = new MindLog();
    log.hear(piece(0, "next", 20));
    log.add(0, [decision(10)]);
    expect(log.thoughts.size).toBe(1);
  });
});

describe("a thought of the past, while the match went on", () => {
  const seen = encodeScene({
    tick: 10,
    step: 2,
    ball: { x: 0, y: 0, z: 0 },
    figures: [],
    owner: -1,
    score: [0, 0],
    clockSeconds: 0,
    mode: "normal",
    restartTeam: -1,
    half: 1,
  });
  const log = logOf(decision(0), { ...decision(30), think: "0123456789", seen });

  test.each([
    [10, undefined],
    [14, "01"],
    [20, "01234"],
    [29, "012345678"],
    [30, undefined],
  ])("at tick %i is %s", (tick, text) => {
    expect(mindAt(log, tick, false)?.thought?.text).toBe(text);
  });

  test("that has not ended yet is there from the tick after it began", () => {
    const begun = logOf(decision(0));
    begun.hear(piece(0, "I se", 10));
    expect(mindAt(begun, 10, false)!.thought).toBeUndefined();
    expect(mindAt(begun, 12, false)).toMatchObject({
      thought: { text: "I se" },
      replayed: true,
      previousTick: 0,
    });
  });

  test("is older with every tick, and oldest when its action counts", () => {
    const ages = [10, 20, 29, 30, 34, 35].map((tick) => sightAt(mindAt(log, tick, false)!, tick, 5)?.age);
    expect(ages).toEqual([undefined, 10, 19, 20, 20, undefined]);
  });
});

test.each([
  ["<think>I see", "I see", ""],
  ["<think>I see</think><ans", "I see", ""],
  ["<think>I see</think><answer>ri", "I see", "ri"],
  ["<think>I see</think><answer>right</answer>", "I see", "right"],
  ["no tags at all", "no tags at all", ""],
])("of %j the thought is %j and the answer %j", (text, think, answer) => {
  expect(partsOf(text)).toEqual({ think, answer });
});

test.each([
  [1, "100 %"],
  [0.834, "83 %"],
  [0.004, "0.4 %"],
  [0.00001, "< 0.1 %"],
])("the probability %d is %s", (probability, text) => expect(percentText(probability)).toBe(text));
