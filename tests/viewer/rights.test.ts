/** @file Who may do what on a server that others can reach: a token for each right, and none of them opens another. */
import { request } from "node:http";
import { io } from "socket.io-client";
import * as parser from "socket.io-msgpack-parser";
import { describe, expect, test } from "vitest";
import { checkFeed, FeedSink, playEpisode } from "../../agent/match/index.ts";
import { parsePolicy } from "../../agent/policy/index.ts";
import { loadScenario } from "../../scenarios/load.ts";
import { PROTOCOL_VERSION, WATCH_NAMESPACE } from "../../viewer/protocol/index.ts";
import type { RunningViewer, Tokens } from "../../viewer/server/index.ts";
import { watchByCommand } from "./command.ts";
import { Client, healthOf, until, Venue } from "./serve.ts";

const MATCH = "academy_empty_goal_close";
const TOKENS: Tokens = { watch: "to-watch", play: "to-play", feed: "to-feed" };
const venue = new Venue();

const start = (): Promise<RunningViewer> => venue.start([MATCH], { rate: 30, tokens: TOKENS });

const join = async (url: string, token?: string): Promise<Client> =>
  venue.keep(await Client.join(url, PROTOCOL_VERSION, token));

interface Answer {
  status: number;
  location: string | undefined;
  cookie: string | undefined;
}

const get = (url: string, headers: Record<string, string> = {}): Promise<Answer> =>
  new Promise((resolve, reject) => {
    const asked = request(url, { headers }, (response) => {
      response.resume();
      const { location, "set-cookie": [cookie] = [] } = response.headers;
      resolve({ status: response.statusCode ?? 0, location, cookie: cookie?.split(";")[0] });
    });
    asked.on("error", reject);
    asked.end();
  });

const take = ({ socket }: Client): Promise<unknown> =>
  socket.timeout(5000).emitWithAck("take", { match: MATCH, player: null });

describe("with tokens", () => {
  test("nobody watches without one, and none of them is guessed from another", async () => {
    const { url } = await start();
    for (const token of [undefined, "", "to-watc", "to-watch2", TOKENS.feed, "x".repeat(1000)]) {
      await expect(join(url, token)).rejects.toThrow(/wants a token/);
    }
    expect(await healthOf({ url })).toMatchObject({ viewers: 0, refused: 0 });
  });

  test("who may watch sees the match and cannot take anybody over; who may play can", async () => {
    const running = await start();
    const [watcher, player] = [await venue.join(running, "watch"), await venue.join(running, "play")];
    expect([watcher.welcome?.mayPlay, player.welcome?.mayPlay]).toEqual([false, true]);
    await watcher.follow(MATCH);
    await player.follow(MATCH);
    expect(await take(watcher)).toEqual({ error: expect.stringContaining("You may only watch here") });
    expect(await take(player)).toBeNull();
    await until(() => watcher.taken.length === 1);
    // Hands of somebody who holds nobody move nobody, and cost him nothing.
    watcher.socket.emit("hands", { direction: 5, sprint: false, dribble: false });
    watcher.socket.emit("give");
    await until(() => watcher.packets.length > 5);
    expect(player.taken).toHaveLength(1);
    expect(await healthOf(running)).toMatchObject({ refused: 0 });
  });

  test("a page gets its token as a cookie, and an address without it", async () => {
    const { url, port } = await start();
    const opened = await get(`${url}/?token=${TOKENS.play}&match=${MATCH}&tick=40`);
    expect(opened).toEqual({
      status: 303,
      location: `/?match=${MATCH}&tick=40`,
      cookie: `touchline-${port}=${TOKENS.play}`,
    });
    expect((await get(`${url}//evil.example/?token=${TOKENS.watch}`)).location).not.toMatch(/^\/\//);
    expect((await get(`${url}/?token=wrong`)).cookie).toBeUndefined();
    expect((await get(`${url}/?token=${TOKENS.feed}`)).cookie).toBeUndefined();

    const socket = io(`${url}${WATCH_NAMESPACE}`, {
      parser,
      transports: ["websocket"],
      auth: { version: PROTOCOL_VERSION },
      extraHeaders: { cookie: `other=1; ${opened.cookie}`, origin: url },
      reconnection: false,
      forceNew: true,
    });
    venue.keep(socket);
    const [welcome] = await new Promise<unknown[]>((resolve, reject) => {
      socket.on("welcome", (...said: unknown[]) => resolve(said));
      socket.on("connect_error", reject);
    });
    expect(welcome).toMatchObject({ mayPlay: true });
  });

  test("runs are read by those who may watch", async () => {
    const { url } = await start();
    const path = `${url}/runs/point?run=none&step=1`;
    expect((await get(path)).status).toBe(401);
    expect((await get(path, { authorization: `Bearer ${TOKENS.feed}` })).status).toBe(401);
    expect((await get(path, { authorization: `Bearer ${TOKENS.watch}` })).status).toBe(404);
    expect((await get(`${url}/healthz`)).status).toBe(200);
  });

  test("episodes come in with the token for them, from programs only", async () => {
    const running = await start();
    const { url } = running;
    for (const wrong of [url, `${url}/?token=${TOKENS.play}`]) {
      await expect(checkFeed(wrong)).rejects.toMatchObject({ code: "feed/refused" });
    }
    const address = `${url}/?token=${TOKENS.feed}`;
    await checkFeed(address);
    const bearer = { authorization: `Bearer ${TOKENS.feed}` };
    expect((await get(`${url}/feed`, bearer)).status).toBe(200);
    expect((await get(`${url}/feed`, { ...bearer, origin: url })).status).toBe(403);

    const client = await venue.join(running, "watch");
    const sink = new FeedSink({ url: address, by: "play" });
    await playEpisode({ scenario: loadScenario(MATCH), left: parsePolicy("scripted"), sink }, 3);
    await sink.arrived();
    await until(() => client.matches.some(({ fed }) => fed === "play"));
  });
});

test("beyond loopback there are tokens, new ones with every start; on loopback there are none", async () => {
  const everywhere = [
    await venue.start([MATCH], { host: "0.0.0.0" }),
    await venue.start([MATCH], { host: "0.0.0.0" }),
  ];
  const tokens = everywhere.flatMap((running) => Object.values(running.tokens ?? {}));
  expect(tokens).toHaveLength(6);
  expect(new Set(tokens).size).toBe(6);
  for (const token of tokens) expect(token.length).toBeGreaterThanOrEqual(24);
  await expect(join(everywhere[0]!.url)).rejects.toThrow(/wants a token/);
  expect((await venue.start([MATCH])).tokens).toBeUndefined();
});

test("watch --host 0.0.0.0 prints a link for each right, and they work", { timeout: 180_000 }, async () => {
  const { lines } = await watchByCommand(venue, ["--scenario", MATCH, "--host", "0.0.0.0"]);
  await until(() => lines.some((line) => line.startsWith("Ctrl-C")));
  const links = lines
    .flatMap((line) => /https?:\S+token=[\w-]+/.exec(line) ?? [])
    .map((link) => new URL(link));
  expect(links).toHaveLength(3);
  const [watcher, player] = await Promise.all(
    links.slice(0, 2).map(({ origin, searchParams }) => join(origin, searchParams.get("token") ?? "")),
  );
  expect([watcher?.welcome?.mayPlay, player?.welcome?.mayPlay]).toEqual([false, true]);
  await checkFeed(links[2]!.href);
});

describe("one connection", () => {
  test("that joins again and again is sent the list of matches ten times and no more", async () => {
    const running = await venue.start([MATCH]);
    const client = await venue.join(running);
    const engine: { write(data: unknown): unknown } = client.socket.io.engine;
    const encoder = new parser.Encoder();
    let welcomes = 0;
    client.socket.on("welcome", () => welcomes++);
    for (let i = 0; i < 30; i++) {
      for (const packet of [{ type: 1 }, { type: 0, data: { version: PROTOCOL_VERSION } }]) {
        const [bytes]: unknown[] = Array.of(encoder.encode({ nsp: WATCH_NAMESPACE, ...packet })).flat();
        engine.write(bytes);
      }
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    expect(welcomes).toBeLessThanOrEqual(9);
    expect(await healthOf(running)).toMatchObject({ ok: true, viewers: 0 });
  });

  test("that sends without end is closed", async () => {
    const running = await venue.start([MATCH]);
    const client = await venue.join(running);
    const gone = new Promise<void>((resolve) => client.socket.io.engine.on("close", () => resolve()));
    for (let i = 0; i < 5000; i++) client.socket.emit("drawn", 1);
    await gone;
    await until(async () => (await healthOf(running))["viewers"] === 0);
  });
});
