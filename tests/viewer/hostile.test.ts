/** @file Those who mean no good, or are broken: malformed and oversized messages, foreign pages, taken ports. */
import { randomBytes } from "node:crypto";
import { request } from "node:http";
import { connect, createServer } from "node:net";
import { networkInterfaces } from "node:os";
import { io } from "socket.io-client";
import * as parser from "socket.io-msgpack-parser";
import { describe, expect, test } from "vitest";
import { PROTOCOL_VERSION, WATCH_NAMESPACE } from "../../viewer/protocol/index.ts";
import { isAllowed } from "../../viewer/server/access.ts";
import { asHistory, Client, healthOf, serve, until, Venue } from "./serve.ts";

const MATCH = "academy_empty_goal";
const venue = new Venue();

/** Sends bytes as they are, past the client's own encoder. */
function sendRaw({ socket }: Client, data: Buffer | string): void {
  const engine: { write(data: unknown): unknown } = socket.io.engine;
  engine.write(data);
}

/** Sends a message with any name and content. */
function sendAny({ socket }: Client, name: string, ...content: unknown[]): void {
  const loose: { emit(name: string, ...content: unknown[]): unknown } = socket;
  loose.emit(name, ...content);
}

/** Kinds of bad messages; the number makes each a little different. */
const BAD: readonly ((client: Client, i: number) => void)[] = [
  (client, i) => sendRaw(client, randomBytes(1 + (i % 300))),
  (client, i) => sendRaw(client, `text ${i}`),
  (client) => sendRaw(client, Buffer.alloc(0)),
  // An array of four billion, a text of four billion, a thousand arrays of 65,535.
  (client) => sendRaw(client, Buffer.from([0xdd, 0xff, 0xff, 0xff, 0xff])),
  (client) => sendRaw(client, Buffer.from([0xdb, 0xff, 0xff, 0xff, 0xff, 0x41])),
  (client) => sendRaw(client, Buffer.from(Array.from({ length: 1000 }, () => [0xdc, 0xff, 0xff]).flat())),
  // More than the server takes at once.
  (client) => sendRaw(client, randomBytes(5000)),
  (client) => sendAny(client, "watch", { match: "x".repeat(1_200_000), others: true }, () => undefined),
  (client, i) => sendAny(client, `nothing ${i}`),
  (client) => sendAny(client, "watch"),
  (client) => sendAny(client, "watch", { match: MATCH, others: true }),
  (client) => sendAny(client, "watch", { match: 7, others: "no" }, () => undefined),
  (client) => sendAny(client, "watch", { match: MATCH, others: true, more: 1 }, () => undefined),
  (client) =>
    sendAny(client, "watch", { __proto__: null, match: "__proto__", others: true }, () => undefined),
  (client) =>
    sendAny(client, "range", { match: MATCH, episode: -1, from: 0, to: 1, events: 0 }, () => undefined),
  (client) =>
    sendAny(client, "range", { match: MATCH, episode: 1, from: 0.5, to: 1, events: 0 }, () => undefined),
  (client) =>
    sendAny(client, "range", { match: MATCH, episode: 1, from: 0, to: 2 ** 53, events: 0 }, () => undefined),
  (client) => sendAny(client, "range", null, "no function"),
  (client) => sendAny(client, "drawn", Number.NaN),
  (client) => sendAny(client, "drawn", 4_000_000_000),
  (client) => sendAny(client, "drawn", "1", 2, 3),
  (client, i) => sendAny(client, "take", { match: MATCH, player: 1e9 + i }, () => undefined),
  (client) => sendAny(client, "take", { match: MATCH, player: null }),
  (client, i) => sendAny(client, "hands", { direction: i, sprint: 1, dribble: {} }),
  (client) => sendAny(client, "hands", { direction: 5, sprint: true, dribble: false, press: "__proto__" }),
  (client) => sendAny(client, "give", MATCH),
  (client, i) => sendAny(client, "runs", { look: true, run: "x".repeat(201 + i) }, () => undefined),
  (client) => sendAny(client, "runs", { look: "yes", run: null }, () => undefined),
  (client) => sendAny(client, "open", { run: "../..", step: -1, file: "/etc/passwd" }, () => undefined),
  (client) => sendAny(client, "scenarios", { look: "yes" }, () => undefined),
  (client) => sendAny(client, "scenarios", { look: true }),
  (client, i) => sendAny(client, "scenarios", { look: true, more: "x".repeat(i) }, () => undefined),
  (client) => sendAny(client, "puzzles", { look: 1 }, () => undefined),
  (client) => sendAny(client, "puzzles", { look: true, __proto__: { look: false } }, "no function"),
  (client) => sendAny(client, "puzzles", null, () => undefined),
  (client) => sendAny(client, "taken", []),
  (client) => sendAny(client, "puzzle", { level: [] }),
  (client) => sendAny(client, "welcome", { server: "mine" }),
  (client) => sendAny(client, "frames", Buffer.alloc(100)),
];

describe("1,000 malformed or oversized messages", () => {
  test("leave the server and the other viewers undisturbed", { timeout: 120_000 }, async () => {
    const running = await venue.start([MATCH], { rate: 30 });
    const good = await venue.join(running);
    await good.follow(MATCH);
    const heap = process.memoryUsage().rss;
    const packetsBefore = good.packets.length;

    let bad = await venue.join(running);
    let connections = 1;
    for (let i = 0; i < 1000; i++) {
      if (!bad.socket.connected) {
        bad = await venue.join(running);
        connections++;
      }
      BAD[i % BAD.length]!(bad, i);
      // Now and then all that was sent is let arrive.
      if (i % 5 === 4) await new Promise((resolve) => setTimeout(resolve, 4));
    }
    await until(() => good.packets.length > packetsBefore + 20);

    expect(connections).toBeGreaterThan(10);
    expect(good.socket.connected).toBe(true);
    const numbers = good.packets.map(({ number }) => number);
    expect(numbers).toEqual([...numbers].sort((a, b) => a - b));
    const counted = good.events.map(({ episode, from, events }) => ({
      episode,
      from,
      to: from + events.length,
    }));
    counted.forEach((told, i) => {
      const last = counted[i - 1];
      if (last?.episode === told.episode) expect(told.from).toBe(last.to);
    });
    expect(process.memoryUsage().rss - heap).toBeLessThan(200_000_000);

    const newcomer = await venue.join(running);
    expect((await newcomer.follow(MATCH)).match).toBe(MATCH);
    const { ok, refused, queued } = await healthOf(running);
    expect({ ok, queued }).toEqual({ ok: true, queued: 0 });
    expect(refused).toBeGreaterThan(100);
  });

  test("of one connection close it after the hundredth", async () => {
    const running = await venue.start();
    const client = await venue.join(running);
    const closed = new Promise<string>((resolve) => client.socket.on("disconnect", resolve));
    for (let i = 0; i < 100; i++) sendAny(client, "nonsense", i);
    expect(await closed).toBe("io server disconnect");
    expect((await healthOf(running))["refused"]).toBe(100);
  });
});

test("who asks too often is not answered for a while, then again", async () => {
  const running = await venue.start();
  const client = await venue.join(running);
  let answers = 0;
  for (let i = 0; i < 1000; i++) {
    client.socket.emit("watch", { match: null, others: false }, () => answers++);
  }
  await until(async () => Number((await healthOf(running))["refused"]) >= 500);
  // Some were answered before the allowance was spent.
  expect(answers).toBeGreaterThan(5);
  expect(answers).toBeLessThan(600);
  await until(async () => (await client.watch({ match: null, others: false }).catch(() => "late")) === null);
  expect(client.socket.connected).toBe(true);
});

/** Connects with headers as a browser would send them: "connected", or why not. */
const socketError = (url: string, headers: Record<string, string>): Promise<string> => {
  const socket = io(`${url}${WATCH_NAMESPACE}`, {
    parser,
    transports: ["websocket"],
    auth: { version: PROTOCOL_VERSION },
    extraHeaders: headers,
    reconnection: false,
    forceNew: true,
  });
  venue.keep(socket);
  return new Promise((resolve) => {
    socket.on("connect", () => resolve("connected"));
    socket.on("connect_error", ({ message }) => resolve(message));
  });
};

/** The status of the answer. */
const get = (
  url: string,
  path: string,
  headers: Record<string, string> = {},
  method = "GET",
): Promise<number> =>
  new Promise((resolve, reject) => {
    const asked = request(`${url}${path}`, { headers, method }, (response) => {
      response.resume();
      resolve(response.statusCode ?? 0);
    });
    asked.on("error", reject);
    asked.end();
  });

/** Tries a TCP connection. */
const reach = (address: string, port: number): Promise<string> =>
  new Promise((resolve) => {
    const socket = connect(port, address);
    socket.on("connect", () => {
      socket.destroy();
      resolve("connected");
    });
    socket.on("error", (error) => resolve("code" in error ? String(error.code) : error.message));
  });

describe("access", () => {
  test("a page from elsewhere cannot connect, nor one that points a name of its own here", async () => {
    const { url, port } = await venue.start();
    expect(await socketError(url, { origin: url })).toBe("connected");
    expect(await socketError(url, { origin: "http://evil.example" })).toBe("websocket error");
    expect(await socketError(url, { origin: "null" })).toBe("websocket error");
    expect(await socketError(url, { origin: `http://localhost:${port + 1}` })).toBe("websocket error");
    expect(await socketError(url, { host: "evil.example", origin: "http://evil.example" })).toBe(
      "websocket error",
    );
    expect(await get(url, "/healthz", { host: "evil.example" })).toBe(403);
    expect(await get(url, "/healthz", { host: `localhost:${port}` })).toBe(200);
    expect(await get(url, "/healthz", { host: "127.0.0.1.evil.example" })).toBe(403);
  });

  test("only GET is answered, and long polling is not spoken", async () => {
    const { url } = await venue.start();
    expect(await get(url, "/healthz", {}, "POST")).toBe(405);
    expect(await get(url, "/socket.io/?EIO=4&transport=polling")).toBe(400);
    expect(await get(url, "/socket.io/socket.io.js")).toBe(400);
  });

  test.each([
    ["127.0.0.1:80", "127.0.0.1", true],
    ["LocalHost:8787", "127.0.0.1", true],
    ["[::1]:8787", "::1", true],
    ["192.168.1.4:8787", "127.0.0.1", false],
    ["192.168.1.4:8787", "192.168.1.4", true],
    ["192.168.1.4:8787", "0.0.0.0", true],
    ["[fe80::1]:8787", "::", true],
    ["evil.example:8787", "0.0.0.0", false],
    ["evil.example", "192.168.1.4", false],
    ["", "127.0.0.1", false],
  ])("a request for %j to a server on %s: %s", (host, listens, allowed) => {
    expect(isAllowed({ host }, listens)).toBe(allowed);
    expect(isAllowed({}, listens)).toBe(false);
  });

  test("it listens on loopback and nowhere else, unless it is told to", async () => {
    const others = Object.values(networkInterfaces())
      .flatMap((addresses) => addresses ?? [])
      .filter(({ internal, family }) => !internal && family === "IPv4")
      .map(({ address }) => address);
    const quiet = await venue.start();
    expect(await reach("127.0.0.1", quiet.port)).toBe("connected");
    for (const address of ["127.0.0.2", ...others])
      expect(await reach(address, quiet.port)).toBe("ECONNREFUSED");
    const told = await venue.start([MATCH], { host: "0.0.0.0" });
    for (const address of ["127.0.0.1", "127.0.0.2", ...others]) {
      expect(await reach(address, told.port)).toBe("connected");
      expect(await get(`http://${address}:${told.port}`, "/healthz")).toBe(200);
    }
  });
});

describe("the port", () => {
  test("in use: one sentence that names a free one, which then works", async () => {
    const taken = createServer();
    venue.keep(taken);
    await new Promise<void>((resolve) => taken.listen(0, "127.0.0.1", resolve));
    const address = taken.address();
    const port = typeof address === "object" ? address!.port : 0;
    const failure: Error = await serve([MATCH], { port }).then(
      () => expect.unreachable("the port is taken"),
      (error) => error,
    );
    expect(failure).toMatchObject({ name: "TouchlineError", code: "server/port-in-use" });
    const [, named, free] =
      /^Port (\d+) on 127\.0\.0\.1 is in use; port (\d+) is free: use --port \2\.$/.exec(failure.message)!;
    expect(Number(named)).toBe(port);
    expect((await venue.start([MATCH], { port: Number(free) })).port).toBe(Number(free));
  });

  test("of an address that is not this machine's: a sentence too", async () => {
    await expect(serve([MATCH], { host: "192.0.2.1" })).rejects.toMatchObject({ code: "server/host" });
  });
});

describe("closing", () => {
  test("frees the port and disconnects everybody, without waiting for those who do not answer", async () => {
    const running = await venue.start();
    const [client, asleep] = [await venue.join(running), await venue.join(running)];
    asHistory(await client.watch({ match: MATCH, others: true }));
    const transport: { ws?: { _socket?: { pause(): void } } } = Object(asleep.socket.io.engine.transport);
    transport.ws!._socket!.pause();
    const gone = new Promise((resolve) => client.socket.on("disconnect", resolve));
    await running.close();
    await gone;
    await venue.start([MATCH], { port: running.port });
  }, 10_000);
});
