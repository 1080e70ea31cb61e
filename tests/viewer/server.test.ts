/** @file What a viewer is told, from joining to the end of an episode: held against the match played by itself. */
import { describe, expect, test } from "vitest";
import { MatchRunner } from "../../agent/match/index.ts";
import { parsePolicy } from "../../agent/policy/index.ts";
import type { FootballEvent } from "../../env/football/index.ts";
import type { Scene } from "../../env/frame/index.ts";
import { loadScenario } from "../../scenarios/load.ts";
import { decodeScene, decodeScenes } from "../../viewer/protocol/index.ts";
import { asHistory, Client, healthOf, until, Venue } from "./serve.ts";

/** Some 70 scenes, and a goal. */
const MATCH = "academy_empty_goal";
const venue = new Venue();

/** The same episode, played here. */
async function play(id: string, seed: number): Promise<{ scenes: Scene[]; events: FootballEvent[] }> {
  const runner = await MatchRunner.make({ scenario: loadScenario(id), left: parsePolicy("scripted") });
  const events: FootballEvent[] = [];
  await runner.start(seed);
  const scenes = [runner.env.scene()];
  runner.env.onScene = (scene) => scenes.push(scene);
  while (!runner.over) events.push(...(await runner.advance()).step.info.events);
  await runner.close();
  return { scenes, events };
}

describe("joining", () => {
  test("tells which matches run, who plays, and what the agent is asked to do", async () => {
    const { welcome } = await venue.join(await venue.start(["academy_corner", "academy_corner"]));
    expect(welcome?.matches.map(({ id }) => id)).toEqual(["academy_corner", "academy_corner-2"]);
    expect(welcome?.matches[0]).toMatchObject({
      scenario: "academy_corner",
      policies: ["scripted", "built-in"],
      goal: loadScenario("academy_corner").goal,
      ticksPerScene: 5,
    });
    expect(welcome?.matches[0]?.lineup.players).toHaveLength(22);
    const seeds = welcome?.running.map(({ seed }) => seed);
    expect(new Set(seeds).size).toBe(2);
  });

  test("a page of another version is told to load again", async () => {
    const running = await venue.start();
    await expect(Client.join(running.url, 999)).rejects.toThrow(
      /another version than the server: load it again/,
    );
  });

  test("in the middle of a match brings all scenes and events so far, and the live ones go on from there", async () => {
    const running = await venue.start([MATCH], { rate: 50 });
    const early = await venue.join(running);
    await early.follow(MATCH);
    await until(() => (early.packets.at(-1)?.entries[0]?.seq ?? 0) >= 15);

    const late = await venue.join(running);
    const history = await late.follow(MATCH);
    const before = decodeScenes(history.scenes);
    expect(before.length).toBeGreaterThanOrEqual(15);
    expect(history.scenesFrom).toBe(0);
    await until(() => late.ends.length > 0);

    const { episode, seed } = history;
    const { scenes, events } = await play(MATCH, seed);
    const seen = new Map(before.map((scene, seq) => [seq, decodeScene(scene)]));
    for (const { entries } of late.packets) {
      for (const entry of entries)
        if (entry.episode === episode) seen.set(entry.seq, decodeScene(entry.scene));
    }
    // Frames may be lost where the machine is busy; they are there to be asked for.
    for (const seq of scenes.keys()) {
      if (seen.has(seq)) continue;
      const lost = await late.range({ match: MATCH, episode, from: seq, to: seq + 1, events: 0 });
      for (const scene of decodeScenes(asHistory(lost).scenes)) seen.set(seq, decodeScene(scene));
    }
    expect([...seen.keys()].sort((a, b) => a - b)).toEqual(scenes.map((_, seq) => seq));
    expect(scenes.map((_, seq) => seen.get(seq))).toEqual(scenes);
    expect([...history.events, ...late.events.flatMap((told) => told.events)]).toEqual(events);
    expect(events.some(({ kind }) => kind === "goal")).toBe(true);
    expect(late.ends[0]).toMatchObject({
      episode,
      scenes: scenes.length,
      events: events.length,
      ended: { reason: "goal", score: [1, 0] },
    });
  });
});

describe("an episode", () => {
  test("is followed by the next with the next seed, and the last one can still be asked for", async () => {
    const client = await venue.join(await venue.start([MATCH], { rate: 200 }));
    const first = await client.follow(MATCH);
    await until(() => client.starts.some(({ episode }) => episode === first.episode + 1));
    const next = client.starts.find(({ episode }) => episode === first.episode + 1);
    expect(next?.seed).toBe(first.seed + 1);

    const { scenes, events } = await play(MATCH, first.seed);
    const past = asHistory(
      await client.range({ match: MATCH, episode: first.episode, from: 0, to: 10_000, events: 0 }),
    );
    expect(decodeScenes(past.scenes).map(decodeScene)).toEqual(scenes);
    expect(past.events).toEqual(events);
    expect(past.ended?.reason).toBe("goal");
  });

  test("numbers its events without gaps, each told with the scene in which it shows, never before", async () => {
    const client = await venue.join(await venue.start([MATCH], { rate: 100 }));
    const history = await client.follow(MATCH);
    await until(() => client.ends.length > 0);
    let expected = history.events.length;
    const told = client.events.filter(({ episode }) => episode === history.episode);
    for (const { from, events } of told) {
      expect(from).toBe(expected);
      expected += events.length;
    }
    expect(expected).toBe(client.ends[0]?.events);
    // Every packet says how many events there had been: those of its own beat come right behind it.
    const order = client.order.filter((name) => name === "frames" || name === "events");
    expect(order.indexOf("events")).toBeGreaterThan(0);
    expect(order[order.indexOf("events") - 1]).toBe("frames");
  });
});

describe("asking for a stretch", () => {
  test("brings just those scenes and events", async () => {
    const client = await venue.join(await venue.start([MATCH], { rate: 100 }));
    const { episode, seed } = await client.follow(MATCH);
    await until(() => client.ends.length > 0);
    const { scenes, events } = await play(MATCH, seed);
    const part = asHistory(await client.range({ match: MATCH, episode, from: 3, to: 9, events: 1 }));
    expect(part.scenesFrom).toBe(3);
    expect(decodeScenes(part.scenes).map(decodeScene)).toEqual(scenes.slice(3, 9));
    expect(part.from).toBe(1);
    expect(part.events).toEqual(events.slice(1));
  });

  test("past the end or the wrong way round brings none", async () => {
    const client = await venue.join(await venue.start([MATCH], { rate: 1 }));
    const { episode } = await client.follow(MATCH);
    for (const [from, to] of [
      [5000, 6000],
      [9, 3],
      [0xffffff, 0],
    ] as const) {
      const none = asHistory(await client.range({ match: MATCH, episode, from, to, events: 9999 }));
      expect(decodeScenes(none.scenes)).toEqual([]);
      expect(none.events).toEqual([]);
    }
  });

  test("of an episode or a match that is not there is refused in words", async () => {
    const client = await venue.join(await venue.start());
    expect(await client.range({ match: MATCH, episode: 99, from: 0, to: 1, events: 0 })).toEqual({
      error: `Episode 99 of match "${MATCH}" is not kept.`,
    });
    expect(await client.watch({ match: "nobody", others: false })).toEqual({
      error: 'There is no match "nobody".',
    });
  });

  test("after coming back brings only what was missed", async () => {
    const running = await venue.start([MATCH], { rate: 20 });
    const client = await venue.join(running);
    const { episode } = await client.follow(MATCH);
    await until(() => (client.packets.at(-1)?.entries[0]?.seq ?? 0) >= 10);
    client.close();
    const again = await venue.join(running);
    const rest = asHistory(
      await again.watch({ match: MATCH, others: false, have: { episode, scenes: 8, events: 0 } }),
    );
    expect(rest.episode).toBe(episode);
    expect(rest.scenesFrom).toBe(8);
    expect(decodeScenes(rest.scenes).length).toBeGreaterThanOrEqual(3);
  });
});

describe("the health of the server", () => {
  test("counts matches, viewers and packets", async () => {
    const running = await venue.start([MATCH], { rate: 50 });
    const client = await venue.join(running);
    await client.follow(MATCH);
    await until(() => client.packets.length >= 3);
    const health = await healthOf(running);
    expect(health).toMatchObject({ ok: true, matches: 1, viewers: 1, refused: 0 });
    expect(health.packets).toBeGreaterThanOrEqual(3);
    client.close();
    await until(async () => (await healthOf(running)).viewers === 0);
  });
});
