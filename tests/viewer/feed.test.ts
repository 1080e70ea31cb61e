/** @file Matches that are played elsewhere: real processes that feed a real server, and those who mean no good. */
import { once } from "node:events";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { request } from "node:http";
import { createServer, type AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { FeedSink, playEpisode, ReplayRunner } from "../../agent/match/index.ts";
import { parsePolicy } from "../../agent/policy/index.ts";
import { readEpisode, writeLine } from "../../env/episode/index.ts";
import type { Episode, EpisodeHeader, EpisodeRecord } from "../../env/episode/index.ts";
import type { FootballEvent } from "../../env/football/index.ts";
import type { Scene } from "../../env/frame/index.ts";
import { loadScenario } from "../../scenarios/load.ts";
import { decodeScene, decodeScenes } from "../../viewer/protocol/index.ts";
import type { Minds } from "../../viewer/protocol/index.ts";
import { comesFromHere } from "../../viewer/server/access.ts";
import { touchline } from "../cli/run.ts";
import { listSink } from "../episode/played.ts";
import { startServer } from "../answerer/faulty-server.ts";
import { CLOSE, thinks } from "./mind-host.ts";
import { asHistory, type Client, healthOf, until, Venue } from "./serve.ts";

const OWN = "academy_corner";
const venue = new Venue();
const folder = mkdtempSync(join(tmpdir(), "touchline-feed-"));
afterAll(() => rmSync(folder, { recursive: true }));

/** What an episode looks like, played again from its record. */
async function look(episode: Episode): Promise<{ scenes: Scene[]; events: FootballEvent[] }> {
  const runner = await ReplayRunner.make(episode);
  const events = [...(await runner.start()).events];
  const scenes = [runner.env.scene()];
  runner.env.onScene = (scene) => scenes.push(scene);
  for (const _ of episode.steps) events.push(...(await runner.advance()).step.info.events);
  await runner.close();
  return { scenes, events };
}

/** All that the server has of an episode. */
async function whole(client: Client, match: string, episode: number) {
  const history = asHistory(await client.range({ match, episode, from: 0, to: 20_000, events: 0 }));
  return { ...history, scenes: decodeScenes(history.scenes).map(decodeScene) };
}

const endsOf = (client: Client, match: string) => client.ends.filter((end) => end.match === match);

/** Records of a short episode that has an end. */
async function record(id = CLOSE, seed = 3): Promise<EpisodeRecord[]> {
  const sink = listSink();
  await playEpisode({ scenario: loadScenario(id), left: parsePolicy("scripted"), sink }, seed);
  return sink.records;
}

/** Sends bytes as an episode; the status and words of the answer. */
function post(
  url: string,
  body: string | Buffer,
  { path = "/feed/one?by=play", headers = {} }: { path?: string; headers?: Record<string, string> } = {},
): Promise<{ status: number; text: string }> {
  return new Promise((resolve, reject) => {
    const sent = request(
      `${url}${path}`,
      { method: "POST", headers: { "content-type": "application/x-ndjson", ...headers } },
      (response) => {
        let text = "";
        response.setEncoding("utf8").on("data", (piece) => (text += piece));
        response.on("end", () => resolve({ status: response.statusCode ?? 0, text: text.trim() }));
      },
    );
    sent.on("error", reject);
    sent.end(body);
  });
}

const hashOf = (text: string): unknown => JSON.parse(text).hash;

const linesOf = (records: readonly EpisodeRecord[]): string => records.map(writeLine).join("");

describe("touchline play --watch", () => {
  test("adds a match that shows what is played, scene by scene, and goes when it is over", async () => {
    const running = await venue.start([OWN], { rate: 100 });
    const client = await venue.join(running);
    await client.follow(OWN, true);
    const line = `play --scenario academy_3_vs_1_with_keeper --policy scripted:0.4 --vary --seed 11 --episodes 1 --json`;
    const played = touchline([...line.split(" "), "--watch", running.url, "--record", folder]);
    await until(() => client.matches.length === 2);
    expect(client.matches[1]).toMatchObject({
      id: "fed-1",
      scenario: "academy_3_vs_1_with_keeper",
      policies: ["scripted:0.4", "built-in"],
      recorded: true,
      fed: "play",
      thinks: false,
    });
    // The packets count the matches by the list that was told.
    await until(() => client.packets.some(({ entries }) => entries.some(({ match }) => match === 1)));
    await until(() => endsOf(client, "fed-1").length > 0);
    const { episode } = endsOf(client, "fed-1")[0]!;
    const shown = await whole(client, "fed-1", episode);
    const { status, stderr, stdout } = await played;
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });

    const file = readEpisode(readFileSync(join(folder, readdirSync(folder)[0]!)));
    const { scenes, events } = await look(file);
    expect(shown.scenes).toEqual(scenes);
    expect(shown.events).toEqual(events);
    expect(shown.seed).toBe(11);
    expect(shown.ended).toMatchObject({ reason: file.end!.ended, score: file.end!.score });

    await until(() => client.matches.length === 1);
    expect(client.matches[0]!.id).toBe(OWN);
    expect(await client.watch({ match: "fed-1", others: false })).toEqual({
      error: 'There is no match "fed-1".',
    });
    const alone = await touchline(line.split(" "));
    expect(hashOf(alone.stdout)).toBe(hashOf(stdout));
  });

  test(
    "plays on to the same end when the page goes away, and says so in one line",
    { timeout: 120_000 },
    async () => {
      const running = await venue.start([OWN], { rate: 100 });
      const client = await venue.join(running);
      const line = "play --scenario 5_vs_5 --episodes 4 --workers 2 --json".split(" ");
      const played = touchline([...line, "--watch", running.url]);
      await until(() => client.matches.length > 1);
      await running.close();
      const { status, stderr, stdout } = await played;
      expect(stderr).toMatch(
        /^touchline: feed\/lost: The page at \S+ is lost \([^\n]*\); play goes on without it\.\n$/,
      );
      const alone = await touchline(line);
      expect(hashOf(stdout)).toBe(hashOf(alone.stdout));
      expect(status).toBe(0);
    },
  );

  test.each([
    ["ftp://localhost:1", "feed/url", "is not the address of a page"],
    ["nowhere", "feed/url", "is not the address of a page"],
    ["http://127.0.0.1:1", "feed/unreachable", "No page answers at http://127.0.0.1:1"],
  ])("%s is refused before anything is played", async (url, code, sentence) => {
    const line = `play --scenario ${CLOSE} --episodes 1 --watch ${url}`.split(" ");
    const { status, stdout, stderr } = await touchline(line);
    expect(stderr).toContain(`touchline: ${code}: `);
    expect(stderr).toContain(sentence);
    expect({ status, stdout }).toEqual({ status: 1, stdout: "" });
  });

  test("an address where something else answers is refused, too", async () => {
    const other = createServer((socket) => socket.end("HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nhi"));
    venue.keep(other);
    await new Promise<void>((resolve) => other.listen(0, "127.0.0.1", resolve));
    const { port } = other.address() as AddressInfo;
    const line = `play --scenario ${CLOSE} --episodes 1 --watch http://127.0.0.1:${port}`.split(" ");
    const { status, stderr } = await touchline(line);
    expect(stderr).toContain("touchline: feed/refused: ");
    expect(status).toBe(1);
  });
});

describe("a feed", () => {
  test("of one who thinks is shown while he plays, with his decisions", async () => {
    const running = await venue.start([OWN], { rate: 100 });
    const client = await venue.join(running);
    const minds: Minds[] = [];
    client.socket.on("minds", (one) => minds.push(one));
    const sink = new FeedSink({ url: running.url, by: "bench", thinks: true });
    const going = new AbortController();
    const released = once(going.signal, "abort");
    let answers = 0;
    const chat = await startServer(async (...asked) => {
      if (answers++ > 0) await released;
      return thinks("shot")(...asked);
    });
    venue.keep(chat);
    const left = parsePolicy(`openai:some/model@${chat.url.href}`);
    const played = playEpisode({ scenario: loadScenario(CLOSE), left, sink }, 5);
    await until(() => client.matches.length === 2);
    expect(client.matches[1]).toMatchObject({ fed: "bench", thinks: true });
    await client.follow("fed-1");
    await until(() => minds.length > 0);
    expect(minds[0]!.notes[0]).toMatchObject({
      kind: "decision",
      step: 1,
      think: "I see the ball.",
      action: "shot",
    });
    // It waits for what is still being thought.
    const { scenes } = await whole(client, "fed-1", 1);
    expect(scenes.at(-1)!.step).toBeLessThanOrEqual(1);
    expect(client.ends).toEqual([]);
    going.abort();
    await played;
    await sink.arrived();
    await until(() => endsOf(client, "fed-1").length > 0);
    expect(endsOf(client, "fed-1")[0]!.ended.reason).toBe("goal");
  });

  test("shows its episodes one after the other, and leaves out those for which there is no time", async () => {
    const running = await venue.start([OWN], { rate: 100 });
    const client = await venue.join(running);
    const sink = new FeedSink({ url: running.url, by: "play" });
    const play = async (id: string, seed: number): Promise<void> => {
      await playEpisode({ scenario: loadScenario(id), left: parsePolicy("scripted"), sink }, seed);
      await sink.arrived();
    };
    for (let seed = 1; seed <= 20; seed++) await play(CLOSE, seed);
    await until(() => endsOf(client, "fed-1").length === 2);
    expect(client.starts.filter(({ match }) => match === "fed-1").map(({ seed }) => seed)).toEqual([1, 2]);
    expect(client.matches).toHaveLength(2);
    // Another match takes the place of the first.
    await until(async () => {
      await play("academy_empty_goal", 30);
      return client.matches.some(({ id, scenario }) => id === "fed-2" && scenario === "academy_empty_goal");
    });
    expect(client.matches.map(({ id }) => id)).toEqual([OWN, "fed-2"]);
  });

  test("that stops in the middle ends there, and says why", async () => {
    const running = await venue.start([OWN], { rate: 100 });
    const client = await venue.join(running);
    const records = await record();
    const steps = records.filter(({ kind }) => kind === "step").length;
    expect(await post(running.url, linesOf(records.slice(0, -4)))).toMatchObject({ status: 400 });
    await until(() => endsOf(client, "fed-1").length > 0);
    expect(endsOf(client, "fed-1")[0]!.ended).toMatchObject({
      reason: "error",
      message: `The recording ends at step ${steps - 3}, before the match does.`,
    });
  });

  test("from a page that does not answer or read is given up, and told once", async () => {
    const deaf = createServer((socket) => socket.pause());
    venue.keep(deaf);
    await new Promise<void>((resolve) => deaf.listen(0, "127.0.0.1", resolve));
    const url = `http://127.0.0.1:${(deaf.address() as AddressInfo).port}`;
    const told: string[] = [];
    const sink = new FeedSink({ url, by: "play", tell: (line) => told.push(line) });
    await playEpisode({ scenario: loadScenario(CLOSE), left: parsePolicy("scripted"), sink }, 1);
    await sink.arrived();
    expect(told).toEqual([expect.stringMatching(/feed\/lost: .* is lost \(it does not answer\)/)]);

    const slow: string[] = [];
    const other = new FeedSink({ url, by: "play", tell: (line) => slow.push(line) });
    const records = await record();
    const [header, reset, step] = records;
    if (header?.kind !== "header" || reset?.kind !== "reset" || step?.kind !== "step")
      throw new Error("no episode");
    other.begin(header, reset);
    const long = { ...step, ticks: "0".repeat(80_000) };
    for (let i = 0; i < 400 && slow.length === 0; i++) {
      other.step(long);
      await new Promise((resolve) => setImmediate(resolve));
    }
    expect(slow).toEqual([expect.stringMatching(/is lost \(it reads too slowly\)/)]);
  });
});

/** An episode whose header is changed. */
function headed(change: Partial<EpisodeHeader>): (records: EpisodeRecord[]) => string {
  return ([header, ...rest]) => linesOf([{ ...header, ...change } as EpisodeRecord, ...rest]);
}

describe("what is no episode", () => {
  const spoiled: readonly [string, (records: EpisodeRecord[]) => string | Buffer, string][] = [
    ["nothing", () => "", "The episode has no end."],
    ["words", () => "give me a match\n", "Line 1: The checksum of the line does not fit its text."],
    ["bytes", () => Buffer.from([0xff, 0, 10, 13, 10]), "Line 1"],
    ["a line without end", () => "x".repeat(3_000_000), "A line is longer than 100000 bytes."],
    [
      "an episode without end",
      ([header, reset, step]) => linesOf([header!, reset!]) + writeLine(step!).repeat(1).slice(0, 50),
      "The episode has no end.",
    ],
    ["a start without a header", ([, reset]) => linesOf([reset!]), "Line 1: The line is a reset"],
    [
      "a step that comes twice",
      ([a, b, c]) => linesOf([a!, b!, c!, c!]),
      "Line 4: The line belongs to step 1",
    ],
    ["a header of another version", headed({ version: 99 as 2 }), "written in version 99"],
    ["another physics", headed({ physics: "mine" }), "moves bodies differently"],
    ["no scenario", headed({ scenario: { id: "x" } as never }), "Its scenario has"],
    ["a frame of a million pixels a side", headed({ frame: { width: 1e6 } as never }), "frame's width"],
    ["a player who is not there", headed({ control: { left: [99], right: "none" } }), "99"],
  ];

  test.each(spoiled)("%s is refused in words", async (_, spoil, words) => {
    const running = await venue.start([OWN], { rate: 50 });
    const answer = await post(running.url, spoil(await record()));
    expect(answer).toEqual({ status: 400, text: expect.stringContaining(words) });
    expect(await healthOf(running)).toMatchObject({ ok: true, matches: 1 });
    // A good one still gets in.
    expect((await post(running.url, linesOf(await record()))).status).toBe(200);
  });

  test("an action that there is not, a wrong state: the match ends there with the reason", async () => {
    const running = await venue.start([OWN], { rate: 200 });
    const client = await venue.join(running);
    const records = await record();
    const third = records.findIndex((one) => one.kind === "step" && one.step === 3);
    const changed = (change: object): string =>
      linesOf(records.with(third, Object.assign({}, records[third]!, change)));
    await post(running.url, changed({ actions: [999] }), { path: "/feed/a?by=play" });
    await post(running.url, changed({ actions: ["__proto__"] }), { path: "/feed/b?by=play" });
    await post(running.url, changed({ state: "0".repeat(16) }), { path: "/feed/c?by=play" });
    const fed = ["fed-1", "fed-2", "fed-3"];
    await until(() => fed.every((id) => endsOf(client, id).length > 0));
    for (const id of fed) expect(endsOf(client, id)[0]!.ended.reason).toBe("error");
  });

  test("too many at once are turned away, and one that is over gives its place", async () => {
    const running = await venue.start([OWN], { rate: 100 });
    const client = await venue.join(running);
    const lines = linesOf(await record());
    const feed = (id: number) => post(running.url, lines, { path: `/feed/${id}?by=play` });
    for (let id = 1; id <= 16; id++) expect(await feed(id)).toEqual({ status: 200, text: "Taken." });
    expect(await feed(17)).toMatchObject({ status: 503 });
    expect(client.matches).toHaveLength(17);
    await until(async () => (await feed(17)).status === 200);
    expect(client.matches.map(({ id }) => id)).toContain("fed-17");
    expect(client.matches.length).toBeLessThanOrEqual(17);
  });

  test("a place that is held without an episode is free again after a while", async () => {
    const running = await venue.start([OWN]);
    const silent = Array.from({ length: 16 }, (_, id) =>
      post(running.url, "", { path: `/feed/${id}?by=play`, headers: { "content-length": "10" } }).catch(
        () => 0,
      ),
    );
    await until(async () => (await post(running.url, "", { path: "/feed/x?by=play" })).status === 503);
    expect(await Promise.all(silent)).toEqual(Array(16).fill(0));
    expect((await post(running.url, linesOf(await record()))).status).toBe(200);
  });
});

describe("who may feed", () => {
  test("no web page, nobody under another name, and nothing that is not said to be an episode", async () => {
    const running = await venue.start([OWN]);
    const lines = linesOf(await record());
    const status = async (headers: Record<string, string>, path?: string): Promise<number> =>
      (await post(running.url, lines, { headers, ...(path !== undefined && { path }) })).status;
    expect(await status({ origin: running.url })).toBe(403);
    expect(await status({ origin: "http://evil.example" })).toBe(403);
    expect(await status({ origin: "null" })).toBe(403);
    expect(await status({ host: "evil.example" })).toBe(403);
    expect(await status({ "content-type": "text/plain" })).toBe(415);
    for (const path of ["/feed/..?by=play", "/feed/a/b?by=play", "/feed/a", "/feed/a?by=<b>", "/feed"]) {
      expect(await status({}, path)).toBe(405);
    }
    expect(await healthOf(running)).toMatchObject({ fed: 0 });
  });

  test.each([
    ["127.0.0.1", "127.0.0.1", true],
    ["::ffff:127.0.0.1", "::ffff:127.0.0.1", true],
    ["192.168.1.4", "192.168.1.4", true],
    ["::ffff:192.168.1.4", "::ffff:192.168.1.4", true],
    ["192.168.1.5", "192.168.1.4", false],
    ["fe80::2", "fe80::1", false],
    [undefined, undefined, false],
  ])("from %s to %s: %s", (remoteAddress, localAddress, may) => {
    expect(comesFromHere({ headers: {}, socket: { remoteAddress, localAddress } })).toBe(may);
    expect(comesFromHere({ headers: { origin: "http://x" }, socket: { remoteAddress, localAddress } })).toBe(
      false,
    );
  });
});
