/** @file The traps of volatile frames and reliable events, each as it was measured, held against the real server. */
import { createServer } from "node:http";
import { Socket as TcpSocket } from "node:net";
import { Server } from "socket.io";
import { describe, expect, test } from "vitest";
import {
  CREDIT,
  decodeScene,
  decodeScenes,
  encodeScene,
  SCENE_BYTES_MAX,
  WATCH_NAMESPACE,
} from "../../viewer/protocol/index.ts";
import { loadScenario } from "../../scenarios/load.ts";
import { Hub } from "../../viewer/server/hub.ts";
import { planMatches } from "../../viewer/server/index.ts";
import { parser } from "../../viewer/server/parser.ts";
import { Gate } from "../../viewer/server/rights.ts";
import { Room } from "../../viewer/server/room.ts";
import { listen } from "../../viewer/server/serve.ts";
import { makeScene } from "./arbitrary.ts";
import { asHistory, Client, healthOf, until, Venue } from "./serve.ts";

const MATCH = "academy_empty_goal";
/** Nobody is there to end it. */
const CLOSE = "academy_empty_goal_close";
const venue = new Venue();

const wait = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** The TCP connection under a client, to stop reading from it. */
function connectionOf({ socket }: Client): TcpSocket {
  const transport: object = socket.io.engine.transport;
  const { ws }: { ws?: { _socket?: unknown } } = transport;
  if (!(ws?._socket instanceof TcpSocket)) throw new Error("the transport is no websocket over TCP");
  return ws._socket;
}

/** Whether the frames of one episode are there without a gap, but for so many. */
function lostFrames(client: Client, match = 0): number {
  let lost = 0;
  let last: { episode: number; seq: number } | undefined;
  for (const { entries } of client.packets) {
    for (const entry of entries.filter((candidate) => candidate.match === match)) {
      if (last?.episode === entry.episode) lost += entry.seq - last.seq - 1;
      last = entry;
    }
  }
  return lost;
}

describe("a volatile message that follows another in the same turn is lost, so", () => {
  test("frames go out before the events of their beat, and both arrive", async () => {
    const client = await venue.join(await venue.start([MATCH], { rate: 60 }));
    await client.follow(MATCH);
    await until(() => client.ends.length >= 2);
    const told = client.events.filter(({ events }) => events.length > 0);
    expect(told.length).toBeGreaterThan(3);
    for (const { episode, from, events } of told) {
      const frame = client.packets.find(({ entries }) =>
        entries.some((entry) => entry.episode === episode && entry.events === (from + events.length) % 256),
      );
      expect(frame, `a frame of the beat of event ${from}`).toBeDefined();
    }
    // A beat with both is the frame and then the events, never the other way round.
    client.order.forEach((name, i) => {
      if (name === "events") expect(["frames", "episode"]).toContain(client.order[i - 1]);
    });
    expect(lostFrames(client)).toBeLessThan(client.packets.length / 10);
  });

  test("one packet holds all matches that a viewer sees, and none of sixteen is left out", async () => {
    const running = await venue.start(Array<string>(16).fill("academy_corner"), { rate: 30 });
    const client = await venue.join(running);
    await client.follow("academy_corner", true);
    await until(() => client.packets.length >= 40);
    const full = client.packets.filter(({ entries }) => entries.length > 1);
    // The others come at half the rate: small pictures need no more.
    expect(full.length).toBeGreaterThanOrEqual(15);
    expect(full.length).toBeLessThanOrEqual(25);
    for (const { entries } of full) {
      expect(entries.map(({ match }) => match)).toEqual(Array.from({ length: 16 }, (_, match) => match));
    }
    for (const { entries } of client.packets) expect(entries.some(({ match }) => match === 0)).toBe(true);
    const messages = client.packets.length;
    expect(client.order.filter((name) => name === "frames")).toHaveLength(messages);
  });
});

describe("a viewer who stopped reading", () => {
  test(
    "does not make the server's queue grow, and nobody else waits for him",
    { timeout: 180_000 },
    async () => {
      const id = "11_vs_11_stochastic";
      const running = await venue.start([id], { rate: 300 });
      const [stopped, other] = [await venue.join(running), await venue.join(running)];
      const { episode } = await stopped.follow(id);
      await other.follow(id);
      await until(() => (other.packets.at(-1)?.entries[0]?.seq ?? 0) > 1200);
      const connection = connectionOf(stopped);
      connection.pause();
      // He lies about what he has drawn, and asks for much: for more than the buffers of the system take.
      stopped.acknowledges = false;
      let number = stopped.packets.at(-1)!.number;
      const ask = setInterval(() => {
        stopped.socket.emit("drawn", ++number);
        void stopped.range({ match: id, episode, from: 0, to: 20_000, events: 0 }).catch(() => undefined);
      }, 50);
      const queued = async (): Promise<number> => Number((await healthOf(running))["queued"]);
      await until(async () => (await queued()) > 1);
      const before = other.packets.length;
      const heap = process.memoryUsage().rss;
      await wait(3000);
      clearInterval(ask);
      expect(await queued()).toBeLessThanOrEqual(20);
      expect(process.memoryUsage().rss - heap).toBeLessThan(60_000_000);
      expect(other.packets.length - before).toBeGreaterThan(30);
      connection.resume();
      stopped.acknowledges = true;
      const heard = stopped.packets.length;
      await until(() => stopped.packets.length > heard + CREDIT + 10);
      expect(stopped.socket.connected).toBe(true);
      await until(async () => (await healthOf(running))["queued"] === 0);
    },
  );

  test("gets twelve packets and no more until he says what he has drawn", async () => {
    const running = await venue.start([MATCH], { rate: 60 });
    const client = await venue.join(running);
    client.acknowledges = false;
    await client.follow(MATCH);
    await until(() => client.packets.length >= CREDIT);
    await wait(700);
    expect(client.packets).toHaveLength(CREDIT);
    expect((await healthOf(running))["withheld"]).toBeGreaterThan(10);
    // Events are reliable and few: he still gets those.
    await until(() => client.starts.some(({ episode }) => episode === 2));
    expect(client.ends).toHaveLength(1);
    const last = client.packets.at(-1)!.number;
    client.socket.emit("drawn", last);
    await until(() => client.packets.length > CREDIT);
    // What was left out was not queued: the next is the newest.
    expect(client.packets[CREDIT]?.number).toBe(last + 1);
    expect(client.packets[CREDIT]?.entries[0]?.episode).toBeGreaterThan(1);
  });

  test("is tried again after two seconds, for his answer may have been lost", async () => {
    const client = await venue.join(await venue.start([MATCH], { rate: 60 }));
    client.acknowledges = false;
    await client.follow(MATCH);
    await until(() => client.packets.length > CREDIT);
    expect(client.packets).toHaveLength(CREDIT + 1);
  });
});

describe("the bytes on the wire", () => {
  test("are those of the packet and none of what lies beside them in memory", async () => {
    const client = await venue.join(await venue.start([MATCH], { rate: 60 }));
    const sizes: number[] = [];
    client.socket.on("frames", (data) => {
      expect(data).toBeInstanceOf(Buffer);
      sizes.push(data.byteLength);
    });
    const history = await client.follow(MATCH);
    expect(history.scenes).toBeInstanceOf(Buffer);
    await until(() => sizes.length >= 10);
    for (const size of sizes) expect(size).toBeLessThanOrEqual(12 + SCENE_BYTES_MAX);
  });

  test("hold no deltas: any scene can be read without the one before it", async () => {
    const running = await venue.start([MATCH], { rate: 60 });
    const client = await venue.join(running);
    const { episode } = await client.follow(MATCH);
    await until(() => client.ends.length > 0);
    const whole = await client.range({ match: MATCH, episode, from: 0, to: 1000, events: 0 });
    const one = await client.range({ match: MATCH, episode, from: 20, to: 21, events: 0 });
    if (!("scenes" in whole) || !("scenes" in one)) throw new Error("no history");
    const [scene] = decodeScenes(one.scenes);
    const all = decodeScenes(whole.scenes);
    expect(Buffer.compare(scene!, all[20]!)).toBe(0);
    expect(decodeScene(scene!).step).toBe(20);
  });
});

describe("an event that was lost", () => {
  test("is missed by the next one's number and by the count in the next frame, and can be had again", async () => {
    const client = await venue.join(await venue.start([MATCH], { rate: 60 }));
    const { episode } = await client.follow(MATCH);
    await until(() => client.ends.length > 0);
    const total = client.ends[0]!.events;
    const frame = client.packets.findLast(({ entries }) => entries[0]?.episode === episode)!;
    expect(frame.entries[0]!.events).toBe(total % 256);
    const again = await client.range({ match: MATCH, episode, from: 0, to: 0, events: total - 2 });
    expect(again).toMatchObject({ from: total - 2 });
    expect("events" in again && again.events).toHaveLength(2);
  });
});

describe("a viewer who comes back", () => {
  test("goes on without a gap after half a minute of the match", async () => {
    const running = await venue.start([], {
      matches: planMatches([{ ...loadScenario(CLOSE), steps: 3000 }], { policy: "idle", seed: 0 }),
      rate: 100,
    });
    const client = await venue.join(running);
    const { episode, scenes } = await client.follow(CLOSE);
    await until(() => client.packets.length > 20);
    client.close();
    const seen = new Set(decodeScenes(scenes).keys());
    const keep = ({ packets }: Client): void => {
      for (const { entries } of packets) for (const entry of entries) seen.add(entry.seq);
    };
    keep(client);
    const have = { episode, scenes: Math.max(...seen) + 1, events: 0 };
    await wait(3000);
    const again = await venue.join(running);
    const missed = asHistory(await again.watch({ match: CLOSE, others: false, have }));
    expect([missed.episode, missed.scenesFrom]).toEqual([episode, have.scenes]);
    const count = decodeScenes(missed.scenes).length;
    expect(count).toBeGreaterThan(150);
    for (let i = 0; i < count; i++) seen.add(missed.scenesFrom + i);
    await until(() => again.packets.length > 10);
    keep(again);
    // What a busy machine has lost on the way is there to be asked for.
    const last = Math.max(...seen);
    const holes = Array.from({ length: last }, (_, seq) => seq).filter((seq) => !seen.has(seq));
    for (const from of holes) {
      const lost = asHistory(await again.range({ match: CLOSE, episode, from, to: from + 1, events: 0 }));
      expect(decodeScenes(lost.scenes)).toHaveLength(1);
    }
    expect(holes.length).toBeLessThan(seen.size / 4);
  });

  test("is another one for the server, which keeps no messages for those who are away", async () => {
    const client = await venue.join(await venue.start([MATCH], { rate: 60 }));
    await client.follow(MATCH);
    const { id } = client.socket;
    const lost = new Promise((resolve) => client.socket.on("disconnect", resolve));
    client.socket.io.engine.close();
    await lost;
    client.welcome = undefined;
    client.socket.connect();
    await until(() => client.welcome !== undefined);
    expect(client.socket.recovered).not.toBe(true);
    expect(client.socket.id).not.toBe(id);
  });
});

test("90 minutes of a match between elevens are there within a second", async () => {
  const room = await Room.open(planMatches([loadScenario("11_vs_11_stochastic")], { seed: 0 })[0]!);
  venue.keep(room);
  // As many as 90 minutes have, and as large; playing them would take long.
  for (let i = 0; i < 54_000; i++) room.current.add(encodeScene(makeScene({ tick: i * 5 }, 22)));
  const http = createServer();
  const io = new Server(http, { parser, transports: ["websocket"] });
  venue.keep(io);
  const hub = new Hub(io.of(WATCH_NAMESPACE), [room], new Gate(undefined));
  const url = `http://127.0.0.1:${await listen(http, 0, "127.0.0.1")}`;
  const client = venue.keep(await Client.join(url));
  const began = performance.now();
  let history = await client.follow(room.card.id);
  const { episode } = history;
  let [count, bytes] = [0, 0];
  for (let more = decodeScenes(history.scenes).length; more > 0;) {
    count += more;
    bytes += history.scenes.byteLength;
    const request = { match: room.card.id, episode, from: count, to: 0xffffff, events: 0 };
    history = asHistory(await client.range(request));
    more = decodeScenes(history.scenes).length;
  }
  expect(performance.now() - began).toBeLessThan(1000);
  expect(count).toBe(54_000);
  expect(bytes).toBeGreaterThan(54_000 * 120);
  expect(hub.health().refused).toBe(0);
});

test("of two messages that come with the end of a connection nothing is left", async () => {
  const running = await venue.start([CLOSE], { rate: 60 });
  const witness = await venue.join(running);
  for (let i = 0; i < 20; i++) {
    const client = await venue.join(running);
    await client.follow(CLOSE);
    connectionOf(client).cork();
    client.socket.emit("take", { match: CLOSE, player: null }, () => undefined);
    const engine: { write(data: unknown): unknown } = client.socket.io.engine;
    engine.write("no message");
    connectionOf(client).uncork();
    await until(() => !client.socket.connected);
  }
  await wait(300);
  expect(witness.taken).toEqual([]);
});
