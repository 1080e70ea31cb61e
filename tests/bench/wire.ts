/**
 * @file What the page's wire costs and how fast it is: `npm run bench:wire`. Bytes for each match and scene;
 * the delay of 200 viewers of one match at 30 Hz; a viewer who stops reading, one who comes back after 30 s, one who
 * opens a match of 90 minutes. The server runs in a process of its own. Prints one JSON document; status 1 when a bound
 * is not kept. `--clients`, `--seconds` and `--away` choose other sizes.
 */
import { fork } from "node:child_process";
import { once } from "node:events";
import { Socket as TcpSocket } from "node:net";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { loadScenario } from "../../scenarios/load.ts";
import { decodeScenes, type WatchRequest } from "../../viewer/protocol/index.ts";
import { planMatches, startViewer } from "../../viewer/server/index.ts";
import { type Beat, Room } from "../../viewer/server/room.ts";
import { asHistory, Client, healthOf, until } from "../viewer/serve.ts";

const MATCH = "11_vs_11_stochastic";
const CROWD = fileURLToPath(new URL("crowd.ts", import.meta.url));
/** 90 minutes of scenes. */
const LONG = 54_000;
/** In front of each scene and tile. */
const ENTRY_HEADER = 8;
const TILE_HEADER = 2;
const MUST = { bytes: 130, delayMs: 50, openMs: 1000 };

const { values } = parseArgs({
  options: {
    clients: { type: "string", default: "200" },
    seconds: { type: "string", default: "20" },
    away: { type: "string", default: "30" },
    /** For the process that serves: how many matches, at which rate, of how many steps, played before anybody looks. */
    serve: { type: "string" },
    rate: { type: "string", default: "10" },
    steps: { type: "string", default: "3000" },
    held: { type: "boolean", default: false },
  },
});
const [clients, seconds, away] = [values.clients, values.seconds, values.away].map(Number) as [
  number,
  number,
  number,
];

const wait = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
const now = (): number => performance.timeOrigin + performance.now();

interface Server {
  url: string;
  /** When each scene was put on the wire, by its place in its episode. */
  built: Map<number, number>;
  /** What the process takes, in bytes. */
  memory(): Promise<number>;
  stop(): void;
}

async function start(matches: number, rate: number, ...more: string[]): Promise<Server> {
  const child = fork(fileURLToPath(import.meta.url), [
    "--serve",
    String(matches),
    "--rate",
    String(rate),
    ...more,
  ]);
  const [url]: unknown[] = await once(child, "message");
  const built = new Map<number, number>();
  let heard: ((bytes: number) => void) | undefined;
  child.on("message", (said: number | [number, number]) => {
    if (typeof said === "number") heard?.(said);
    else built.set(...said);
  });
  const memory = (): Promise<number> =>
    new Promise((resolve) => {
      heard = resolve;
      child.send("memory");
    });
  return { url: String(url), built, memory, stop: () => child.kill() };
}

/**
 * Bytes for each match and scene, of one who looks at so many matches: what is packed of the scene itself, and all that
 * comes over TCP.
 */
async function bytes(matches: number, others: WatchRequest["others"]): Promise<Record<string, number>> {
  const server = await start(matches, 10);
  const client = await Client.join(server.url);
  await client.watch({ match: MATCH, others });
  await until(() => client.packets.length > 5);
  const tcp = tcpOf(client);
  const [from, before] = [client.packets.length, tcp.bytesRead];
  await wait(seconds * 500);
  let [told, packed] = [0, 0];
  for (const { entries, tiles } of client.packets.slice(from)) {
    told += entries.length + tiles.length;
    for (const { scene } of entries) packed += ENTRY_HEADER + scene.length;
    for (const { tile } of tiles) packed += TILE_HEADER + tile.length;
  }
  const overTcp = tcp.bytesRead - before;
  client.close();
  server.stop();
  return { packed: Math.round((packed / told) * 10) / 10, overTcp: Math.round((overTcp / told) * 10) / 10 };
}

/** Percentiles of the time from the server's scene to the viewer's handler; the viewers share a process of their own. */
async function delays(): Promise<Record<string, number>> {
  const server = await start(1, 30);
  const crowd = fork(CROWD, ["--url", server.url, "--match", MATCH, "--clients", String(clients)]);
  await once(crowd, "message");
  const arrived: [seq: number, at: number][] = [];
  crowd.on("message", (came: [number, number][]) => arrived.push(...came));
  // The beginning does not count: all of them join then.
  await wait(1000);
  arrived.length = 0;
  await wait(seconds * 1000);
  const all = arrived.flatMap(([seq, at]) => {
    const built = server.built.get(seq);
    return built === undefined ? [] : [at - built];
  });
  all.sort((a, b) => a - b);
  const quantile = (part: number): number => Math.round(all[Math.floor(part * (all.length - 1))]! * 10) / 10;
  crowd.kill();
  server.stop();
  const expected = clients * seconds * 30;
  return {
    p50: quantile(0.5),
    p99: quantile(0.99),
    most: quantile(1),
    share: Math.round((1000 * all.length) / expected) / 1000,
  };
}

function tcpOf({ socket }: Client): TcpSocket {
  const transport: object = socket.io.engine.transport;
  const { ws }: { ws?: { _socket?: unknown } } = transport;
  if (!(ws?._socket instanceof TcpSocket)) throw new Error("the transport is no websocket over TCP");
  return ws._socket;
}

/** One who stops reading: what waits for him on the server, and how much it grows meanwhile. */
async function stopped(): Promise<Record<string, number>> {
  const server = await start(1, 30);
  const [client, other] = [await Client.join(server.url), await Client.join(server.url)];
  await client.follow(MATCH);
  await other.follow(MATCH);
  await until(() => client.packets.length > 30);
  const before = await server.memory();
  tcpOf(client).pause();
  client.acknowledges = false;
  await wait(seconds * 1000);
  const { queued, withheld } = await healthOf(server);
  const grown = (await server.memory()) - before;
  client.close();
  other.close();
  server.stop();
  return { queued: Number(queued), withheld: Number(withheld), grownMb: Math.round(grown / 1e5) / 10 };
}

/** One who is away for so long: how many scenes he lacks in the end of those that there were. */
async function back(): Promise<Record<string, number>> {
  const server = await start(1, 10);
  const client = await Client.join(server.url);
  const { episode, scenes, scenesFrom } = await client.follow(MATCH);
  const seen = new Set(decodeScenes(scenes).map((_, i) => scenesFrom + i));
  const keep = ({ packets }: Client): void => {
    for (const { entries } of packets) for (const { seq } of entries) seen.add(seq);
  };
  await until(() => client.packets.length > 20);
  client.close();
  keep(client);
  await wait(away * 1000);
  const again = await Client.join(server.url);
  const have = { episode, scenes: Math.max(...seen) + 1, events: 0 };
  const began = now();
  const missed = asHistory(await again.watch({ match: MATCH, others: false, have }));
  const ms = Math.round(now() - began);
  decodeScenes(missed.scenes).forEach((_, i) => seen.add(missed.scenesFrom + i));
  await until(() => again.packets.length > 10);
  keep(again);
  again.close();
  server.stop();
  return { missed: decodeScenes(missed.scenes).length, ms, gap: Math.max(...seen) + 1 - seen.size };
}

/** All scenes of 90 minutes, asked for as they fit into answers. */
async function opened(): Promise<Record<string, number>> {
  const server = await start(1, 10, "--steps", String(LONG), "--held");
  const client = await Client.join(server.url);
  const began = now();
  let history = await client.follow(MATCH);
  const { episode } = history;
  let [scenes, size] = [0, 0];
  for (;;) {
    const more = decodeScenes(history.scenes).length;
    scenes += more;
    size += history.scenes.byteLength;
    if (more === 0 || scenes >= LONG) break;
    const request = { match: MATCH, episode, from: scenes, to: 0xffffff, events: 100_000 };
    history = asHistory(await client.range(request));
  }
  const ms = Math.round(now() - began);
  client.close();
  server.stop();
  return { scenes, bytes: size, ms };
}

async function measure(): Promise<void> {
  const size = {
    one: await bytes(1, false),
    wall16: await bytes(16, "wall"),
    wall64: await bytes(64, "wall"),
  };
  const [delayMs, open] = [await delays(), await opened()];
  const [stop, reconnect] = [await stopped(), await back()];
  const failures = [
    ...(size.one["packed"]! <= MUST.bytes && size.wall16["overTcp"]! <= MUST.bytes
      ? []
      : [`more than ${MUST.bytes} bytes`]),
    ...(delayMs["p99"]! < MUST.delayMs ? [] : [`a delay of ${MUST.delayMs} ms and more`]),
    ...(open["ms"]! < MUST.openMs && open["scenes"]! >= LONG ? [] : ["90 minutes open too slowly"]),
    ...(stop["queued"]! <= 20 ? [] : ["packets wait for who does not read"]),
    ...(reconnect["gap"] === 0 ? [] : ["who comes back lacks scenes"]),
  ];
  const told = {
    clients,
    seconds,
    bytesPerScene: size,
    delayMs,
    open,
    stopped: stop,
    back: reconnect,
    failures,
  };
  console.log(JSON.stringify(told, null, 2));
  process.exitCode = failures.length === 0 ? 0 : 1;
}

async function serve(matches: number): Promise<void> {
  const scenario = { ...loadScenario(MATCH), steps: Number(values.steps) };
  const plans = planMatches(
    Array.from({ length: matches }, () => scenario),
    { policy: "scripted", seed: 0 },
  );
  const all = plans.map((plan) => Object.assign(plan, { held: values.held }));
  // The moment at which a scene is there to be sent; nobody else knows it.
  if (matches === 1 && !values.held) {
    const plain: (this: Room) => Beat = Object(Room.prototype)["beat"];
    Room.prototype.beat = function (this: Room) {
      const told = plain.call(this);
      if (told.scene) process.send?.([this.current.scenes - 1, now()]);
      return told;
    };
  }
  const { url } = await startViewer({
    matches: all,
    port: 0,
    host: "127.0.0.1",
    page: false,
    rate: Number(values.rate),
  });
  process.on("message", () => process.send?.(process.memoryUsage().rss));
  process.on("disconnect", () => process.exit());
  process.send?.(url);
}

if (values.serve === undefined) await measure();
else await serve(Number(values.serve));
