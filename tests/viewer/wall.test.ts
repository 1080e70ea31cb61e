/** @file The wall: 64 matches at once as small pictures, each with how much it is worth a look. */
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { FootballEvent } from "../../env/football/event.ts";
import type { Scene } from "../../env/frame/index.ts";
import {
  decodeScene,
  decodeTile,
  encodeScene,
  encodeTile,
  SECONDS_MAX,
} from "../../viewer/protocol/index.ts";
import type { Interest, MindNote, Tile } from "../../viewer/protocol/index.ts";
import { Episode } from "../../viewer/server/episode.ts";
import { interestOf } from "../../viewer/server/interest.ts";
import { goal, LINEUP, makeScene, scenes } from "./arbitrary.ts";
import { type Client, healthOf, until, Venue } from "./serve.ts";

const venue = new Venue();
const DULL: Interest = { danger: 0, surprise: 0, stuckSeconds: 0, goalSeconds: undefined, worth: 0 };
const TICKS = 5;

describe("a tile", () => {
  const part = fc.double({ min: 0, max: 1, noNaN: true });
  const interests = fc.record({
    danger: part,
    surprise: part,
    worth: part,
    stuckSeconds: fc.integer({ min: 0, max: SECONDS_MAX }),
    goalSeconds: fc.option(fc.integer({ min: 0, max: SECONDS_MAX }), { nil: undefined }),
  });

  test("is what a small picture shows of a scene, to 32 cm", () => {
    fc.assert(
      fc.property(scenes, interests, fc.boolean(), (scene, interest, ended) => {
        const tile = decodeTile(encodeTile(scene, interest, ended));
        const { score, clockSeconds, mode, owner } = scene;
        expect(tile).toMatchObject({ score, clockSeconds, mode, owner, ended });
        expect(tile).toMatchObject({
          stuckSeconds: interest.stuckSeconds,
          goalSeconds: interest.goalSeconds,
        });
        for (const name of ["danger", "surprise", "worth"] as const) {
          expect(Math.abs(tile[name] - interest[name])).toBeLessThan(0.01);
        }
        const places = [tile.ball, ...tile.figures];
        [scene.ball, ...scene.figures].forEach(({ x, y }, i) => {
          expect(Math.abs(places[i]!.x - x)).toBeLessThanOrEqual(32);
          expect(Math.abs(places[i]!.y - y)).toBeLessThanOrEqual(32);
        });
        expect(tile.figures.map(({ sentOff }) => sentOff)).toEqual(
          scene.figures.map(({ sentOff }) => sentOff),
        );
      }),
    );
  });

  test("takes 64 bytes for 22 players, and what is cut is none", () => {
    const bytes = encodeTile(makeScene({}, 22), DULL, false);
    expect(bytes.length).toBeLessThanOrEqual(64);
    for (let length = 0; length < bytes.length; length++) {
      expect(() => decodeTile(bytes.subarray(0, length))).toThrow(RangeError);
    }
  });
});

/** An episode of these scenes, one every 0.1 s. */
function episodeOf(all: readonly Partial<Scene>[], events: readonly FootballEvent[] = []): Episode {
  const episode = new Episode({ match: "m", episode: 1, seed: 0 });
  all.forEach((scene, i) => episode.add(encodeScene(makeScene({ ...scene, tick: i * TICKS }))));
  episode.events.push(...events);
  return episode;
}

const idle = (length: number): Partial<Scene>[] => Array.from({ length }, () => ({}));

const look = (episode: Episode): Interest => interestOf(episode, decodeScene(episode.newest!), LINEUP, TICKS);

const at = (x: number, y = 0): Partial<Scene> => ({ ball: { x, y, z: 0 } });

/** So many seconds after a goal. */
const after = (seconds: number): Interest => look(episodeOf(idle(seconds * 10 + 2), [goal(TICKS, [1, 0])]));

const note = { kind: "decision", tick: 0, step: 1, place: 0, player: 1, action: "shot" } as const;
const surprise = (one: MindNote, length = 1): number => {
  const episode = episodeOf(idle(length));
  episode.minds.add([one]);
  return look(episode).surprise;
};

describe("what is worth a look", () => {
  test("the nearer the ball is to a goal and the less it is defended, the more", () => {
    const worth = [0, 3000, 4500, 5200].map((x) => look(episodeOf([{ ...at(x), owner: 1 }])).danger);
    expect(worth).toEqual([...worth].sort((a, b) => a - b));
    expect(worth[0]).toBe(0);
    expect(worth[3]).toBeGreaterThan(0.7);
    const mirrored = look(episodeOf([{ ...at(-5200), owner: 3 }]));
    expect(mirrored.danger).toBeCloseTo(worth[3]!);
    const keeper = look(episodeOf([{ ...at(5200), owner: 2 }]));
    expect(keeper.danger).toBeLessThan(0.3);
    expect(look(episodeOf([{ ...at(5200, 3000), owner: 1 }])).danger).toBeLessThan(0.1);
  });

  test("a goal has just been scored: most of all, and less with every second", () => {
    expect(after(0).worth).toBeGreaterThan(0.95);
    expect(after(5)).toMatchObject({ goalSeconds: 5 });
    expect(after(5).worth).toBeLessThan(after(1).worth);
    expect(after(40).goalSeconds).toBeUndefined();
  });

  test("a shot is dangerous from anywhere, for a moment", () => {
    const shot: FootballEvent = { tick: 0, player: 1, team: 0, kind: "shot", header: false };
    expect(look(episodeOf([{}, {}], [shot])).danger).toBeGreaterThan(0.8);
    expect(look(episodeOf(idle(30), [shot])).danger).toBe(0);
  });

  test("a ball that gets nowhere is stuck, unless it waits to be brought into play", () => {
    const still = episodeOf(Array.from({ length: 251 }, (_, i) => at(i % 2)));
    expect(look(still)).toMatchObject({ stuckSeconds: 25 });
    expect(look(still).worth).toBeGreaterThan(0.3);
    const moves = episodeOf(Array.from({ length: 251 }, (_, i) => at(i * 30)));
    expect(look(moves).stuckSeconds).toBe(0);
    expect(
      look(episodeOf(Array.from({ length: 251 }, () => ({ mode: "corner" as const })))).stuckSeconds,
    ).toBe(0);
  });

  test("an unlikely decision, one that was none, and a large reward surprise for three seconds", () => {
    expect(surprise({ ...note, probability: 0.1 })).toBeCloseTo(0.9);
    expect(surprise(note)).toBe(0);
    expect(surprise({ ...note, failed: "no answer" })).toBe(1);
    expect(surprise({ kind: "reward", tick: 0, place: 0, reward: -0.5, terms: {} })).toBe(0.5);
    expect(surprise({ ...note, probability: 0.1 }, 40)).toBe(0);
  });
});

/** The newest tile of each match. */
function wallOf({ packets }: Client): Map<number, Tile> {
  return new Map(
    packets.flatMap(({ tiles }) => tiles.map(({ match, tile }) => [match, decodeTile(tile)] as const)),
  );
}

describe("over the wire", () => {
  test("64 matches come in one packet at the full rate, 64 bytes each", { timeout: 180_000 }, async () => {
    const running = await venue.start(Array<string>(64).fill("11_vs_11_stochastic"));
    const client = await venue.join(running);
    const sizes: number[] = [];
    client.socket.on("frames", (data) => sizes.push(data.byteLength));
    expect(await client.watch({ match: null, others: "wall" })).toBeNull();
    await until(() => wallOf(client).size === 64 && client.packets.length >= 20);
    for (const { figures, clockSeconds } of wallOf(client).values()) {
      expect(figures).toHaveLength(22);
      expect(clockSeconds).toBeLessThan(5400);
    }
    for (const { entries } of client.packets) expect(entries).toEqual([]);
    expect(Math.max(...sizes)).toBeLessThanOrEqual(4 + 64 * 66);
    expect(await healthOf(running)).toMatchObject({ matches: 64, refused: 0 });
  });

  test("the watched match comes in full beside the others, and is the same as its tile would be", async () => {
    const id = "academy_empty_goal_close";
    const running = await venue.start([id, "academy_corner", "academy_corner"], { rate: 30 });
    const client = await venue.join(running);
    await client.watch({ match: "academy_corner", others: "wall" });
    // Whoever only watches gets no tiles.
    const other = await venue.join(running);
    await other.follow(id, true);
    await until(() => client.packets.length > 10 && other.packets.length > 10);
    const told = client.packets.filter(({ entries, tiles }) => entries.length > 0 && tiles.length > 0);
    expect(told.length).toBeGreaterThan(5);
    for (const { entries, tiles } of told) {
      expect(entries.map(({ match }) => match)).toEqual([1]);
      for (const { match } of tiles) expect([0, 2]).toContain(match);
    }
    expect(other.packets.every(({ tiles }) => tiles.length === 0)).toBe(true);
    await until(() => [...wallOf(client).values()].some(({ goalSeconds }) => goalSeconds !== undefined));
    const scored = client.packets.flatMap(({ tiles }) => tiles.map(({ tile }) => decodeTile(tile)));
    expect(scored.find(({ goalSeconds }) => goalSeconds === 0)?.worth).toBeGreaterThan(0.9);
  });
});
