/** @file Scenes are given back as they came, in the order of their places, and the room for a match is taken once. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { SceneStore } from "./scene-store.ts";

const scene = fc.uint8Array({ minLength: 1, maxLength: 255 });

function filled(scenes: ReadonlyMap<number, Uint8Array>, expected = 0): SceneStore {
  const store = new SceneStore(expected);
  for (const [seq, bytes] of scenes) store.insert(store.indexOf(seq), seq, seq * 5, bytes);
  return store;
}

function told(store: SceneStore) {
  return Array.from({ length: store.length }, (_, i) => ({
    seq: store.seq(i),
    tick: store.tick(i),
    bytes: [...store.bytes(i)!],
  }));
}

test("scenes that came in any order stand in the order of their places", () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.nat(500), scene), { maxLength: 60 }), fc.nat(20), (pairs, expected) => {
      const scenes = new Map(pairs);
      const sorted = [...scenes].sort(([a], [b]) => a - b);
      const store = filled(scenes, expected);
      expect(told(store)).toEqual(
        sorted.map(([seq, bytes]) => ({ seq, tick: seq * 5, bytes: Array.from(bytes) })),
      );
      expect(store.seq(store.length)).toBeUndefined();
      expect(store.bytes(store.length)).toBeUndefined();
      expect(store.bytes(-1)).toBeUndefined();
    }),
  );
});

test("without the oldest the others are as before, and more can come", () => {
  const scenes = new Map(Array.from({ length: 30 }, (_, i) => [i, Uint8Array.of(i, i + 1)]));
  const store = filled(scenes);
  const before = told(store);
  store.dropFirst(10);
  expect(told(store)).toEqual(before.slice(10));
  store.insert(store.length, 30, 150, Uint8Array.of(9));
  expect(told(store).at(-1)).toEqual({ seq: 30, tick: 150, bytes: [9] });
});

test("what is expected fits into the room that the first scene takes", () => {
  const store = new SceneStore(1000);
  const room: unknown[] = [];
  for (let seq = 0; seq < 1000; seq++) {
    store.insert(seq, seq, seq, new Uint8Array(121 + (seq % 5)));
    room.push(store.bytes(seq)!.buffer);
  }
  expect(new Set(room).size).toBe(1);
});
