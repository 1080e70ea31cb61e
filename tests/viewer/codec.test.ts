/** @file Scenes, packets and histories as bytes: what comes out is what went in, and nothing cut is taken for whole. */
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { makeEnv } from "../../env/football/index.ts";
import { POSES } from "../../env/frame/index.ts";
import { loadScenario } from "../../scenarios/load.ts";
import {
  decodePacket,
  decodeScene,
  decodeScenes,
  encodeEntries,
  encodePacket,
  encodeScene,
  encodeScenes,
  encodeTiles,
  type Packet,
  FIGURES_MAX,
  SCENE_BYTES_MAX,
  tickOf,
} from "../../viewer/protocol/index.ts";
import { readBits, writeBits } from "../../viewer/protocol/bits.ts";
import { makeScene, scenes } from "./arbitrary.ts";

/** The same bytes as a window at an odd offset of a larger buffer, as a Node client gets them. */
function windowed(bytes: Uint8Array, offset: number): Uint8Array {
  const large = new Uint8Array(bytes.length + offset + 5).fill(0xa5);
  large.set(bytes, offset);
  return large.subarray(offset, offset + bytes.length);
}

/** Bytes of its own, whatever buffer they came in. */
function plain({ number, entries, tiles }: Packet) {
  return {
    number,
    tiles: tiles.map(({ match, tile }) => ({ match, tile: Uint8Array.from(tile) })),
    entries: entries.map(({ match, episode, seq, events, scene }) => {
      return { match, episode, seq, events, scene: Uint8Array.from(scene) };
    }),
  };
}

describe("bits", () => {
  test("values of any widths come back in their order", () => {
    const value = fc
      .integer({ min: 1, max: 31 })
      .chain((width) =>
        fc.record({ width: fc.constant(width), value: fc.integer({ min: 0, max: 2 ** width - 1 }) }),
      );
    fc.assert(
      fc.property(fc.array(value, { maxLength: 40 }), (values) => {
        const bytes = new Uint8Array(Math.ceil(values.reduce((sum, { width }) => sum + width, 0) / 8));
        const out = { bytes, position: 0 };
        for (const { value, width } of values) writeBits(out, value, width);
        const back = { bytes, position: 0 };
        expect(values.map(({ width }) => readBits(back, width))).toEqual(values.map(({ value }) => value));
      }),
    );
  });
});

describe("a scene", () => {
  test("comes back as it was, from any offset of a larger buffer", () => {
    fc.assert(
      fc.property(scenes, fc.integer({ min: 0, max: 9 }), (scene, offset) => {
        const bytes = encodeScene(scene);
        expect(decodeScene(windowed(bytes, offset))).toEqual(scene);
        expect(tickOf(bytes)).toBe(scene.tick);
      }),
    );
  });

  test("has its length in one byte, even with all figures that it can hold, all lying", () => {
    const figure = {
      x: -8192,
      y: 8191,
      facing: 255,
      pose: "down" as const,
      controlled: true,
      booked: false,
      sentOff: false,
    };
    const scene = makeScene({ figures: Array.from({ length: FIGURES_MAX }, () => figure) });
    expect(encodeScene(scene).length).toBeLessThanOrEqual(SCENE_BYTES_MAX);
    expect(() => encodeScene({ ...scene, figures: [...scene.figures, figure] })).toThrow(RangeError);
  });

  test("of a match between elevens takes at most 140 bytes, whatever happens in it", async () => {
    const env = await makeEnv(loadScenario("11_vs_11_stochastic"), { control: { left: "none" } });
    let longest = 0;
    env.onScene = (scene) => {
      const bytes = encodeScene(scene);
      longest = Math.max(longest, bytes.length);
      expect(decodeScene(bytes)).toEqual(scene);
    };
    env.reset({ seed: 3 });
    for (let i = 0; i < 600; i++) env.step([]);
    env.close();
    expect(longest).toBeGreaterThan(100);
    expect(longest).toBeLessThanOrEqual(140);
    // With all on the ground at once it is still within the bound.
    const figures = Array.from({ length: 22 }, () => ({ ...makeScene().figures[0]!, pose: POSES[1] }));
    expect(encodeScene(makeScene({ figures })).length).toBeLessThanOrEqual(140);
  });

  test("moves values that the wire cannot hold to the nearest that it can", () => {
    const far = makeScene({ ball: { x: 20_000, y: -20_000, z: 99_999 }, score: [99, 0] });
    const back = decodeScene(encodeScene(far));
    expect(back.ball).toEqual({ x: 8191, y: -8192, z: 8191 });
    expect(back.score).toEqual([63, 0]);
  });

  test("that is cut anywhere is refused, and random bytes are a scene or a RangeError", () => {
    fc.assert(
      fc.property(scenes, fc.nat(), (scene, cut) => {
        const bytes = encodeScene(scene);
        expect(() => decodeScene(bytes.subarray(0, cut % bytes.length))).toThrow(RangeError);
      }),
    );
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        try {
          expect(decodeScene(bytes).figures.length).toBeLessThanOrEqual(63);
        } catch (error) {
          expect(error).toBeInstanceOf(RangeError);
        }
      }),
    );
  });
});

describe("a packet", () => {
  const entry = fc.record({
    match: fc.integer({ min: 0, max: 127 }),
    episode: fc.integer({ min: 0, max: 0xffff }),
    seq: fc.integer({ min: 0, max: 0xffffff }),
    events: fc.integer({ min: 0, max: 255 }),
    scene: scenes.map(encodeScene),
  });
  const packets = fc.record({
    number: fc.integer({ min: 1, max: 0xffffffff }),
    entries: fc.array(entry, { maxLength: 20 }),
    tiles: fc.array(fc.record({ match: fc.integer({ min: 0, max: 127 }), tile: fc.uint8Array() }), {
      maxLength: 20,
    }),
  });

  test("comes back as it was, as a Buffer and as an ArrayBuffer", () => {
    fc.assert(
      fc.property(packets, fc.integer({ min: 0, max: 9 }), (packet, offset) => {
        const common = Buffer.concat([encodeEntries(packet.entries), encodeTiles(packet.tiles)]);
        const bytes = encodePacket(packet.number, common);
        expect(plain(decodePacket(windowed(bytes, offset)))).toEqual(packet);
        expect(plain(decodePacket(bytes.slice().buffer))).toEqual(packet);
      }),
    );
  });

  test("says the low bits of counts that are too large for it", () => {
    const scene = encodeScene(makeScene());
    const entries = [{ match: 0, episode: 0x1_0002, seq: 7, events: 0x103, scene }];
    expect(decodePacket(encodePacket(1, encodeEntries(entries))).entries[0]).toMatchObject({
      episode: 2,
      events: 3,
    });
  });

  test("that is cut in an entry is refused", () => {
    const bytes = encodePacket(
      9,
      encodeEntries([{ match: 1, episode: 1, seq: 1, events: 0, scene: encodeScene(makeScene()) }]),
    );
    for (const length of [1, 3, 5, 11, 13, bytes.length - 1]) {
      expect(() => decodePacket(bytes.subarray(0, length))).toThrow(RangeError);
    }
  });
});

test("a history of scenes comes back scene by scene, and a cut one is refused", () => {
  fc.assert(
    fc.property(fc.array(scenes.map(encodeScene), { minLength: 1, maxLength: 20 }), (list) => {
      const bytes = encodeScenes(list);
      expect(decodeScenes(windowed(bytes, 3)).map((scene) => Uint8Array.from(scene))).toEqual(list);
      expect(() => decodeScenes(bytes.subarray(0, bytes.length - 1))).toThrow(RangeError);
    }),
  );
});
