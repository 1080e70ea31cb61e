/** @file What viewers get of decisions is bounded, whatever a model writes. */
import { describe, expect, test } from "vitest";
import { TEXT_MAX } from "../protocol/index.ts";
import { NoteList } from "./note-list.ts";
import { noteOf } from "./note.ts";

describe("what is sent is bounded", () => {
  const tokens = Array.from({ length: 5000 }, () => ({ text: "x".repeat(20), logProbability: -1 }));

  test("in each text, and in its tokens", () => {
    const text = "💭".repeat(60_000);
    const said = {
      place: 0,
      action: 0,
      text,
      unparsed: true,
      reason: text,
      prompt: [{ role: text }],
      tokens,
    };
    const note = noteOf(said, { tick: 0, step: 1, player: 3 }, undefined);
    for (const one of [note.text, note.reason, note.prompt]) {
      expect(one!.length).toBeLessThanOrEqual(TEXT_MAX);
      expect(one!.endsWith("💭…")).toBe(true);
    }
    expect(note.tokens!.length).toBeLessThan(100);
    expect(note.probability).toBeUndefined();
  });

  test("in a reply and in what is kept: the oldest go, and the numbers stay", () => {
    const list = new NoteList();
    const think = "x".repeat(TEXT_MAX);
    for (let tick = 0; tick < 4000; tick++) {
      list.add([{ kind: "decision", tick, step: tick, place: 0, player: 0, action: "idle", think }]);
    }
    expect(list.length).toBe(4000);
    const { mindsFrom, minds } = list.from(0);
    expect(mindsFrom).toBeGreaterThan(1500);
    expect(minds[0]!.tick).toBe(mindsFrom);
    expect(minds.length).toBeLessThan(80);
    expect(list.from(3999).minds.map(({ tick }) => tick)).toEqual([3999]);
    expect(list.from(9999).minds).toEqual([]);
  });
});
