/** @file What agents think, over the wire: live, for those who come late, and of recorded episodes. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { FileSink, playEpisode } from "../../agent/match/index.ts";
import { parsePolicy } from "../../agent/policy/index.ts";
import { frameHash, makePainter } from "../../env/frame/index.ts";
import { loadHash } from "../../env/hash.ts";
import { loadScenario } from "../../scenarios/load.ts";
import type { DecisionNote, MindNote, Minds, Thoughts } from "../../viewer/protocol/index.ts";
import { decodeScene, decodeScenes } from "../../viewer/protocol/index.ts";
import { planReplays } from "../../viewer/server/index.ts";
import { event, sendAnswer, startServer } from "../answerer/faulty-server.ts";
import { CLOSE, host, THREE, thinks } from "./mind-host.ts";
import { type Client, healthOf, until, Venue } from "./serve.ts";

const venue = new Venue();

/** What a client hears of minds. */
function hear({ socket }: Client): { minds: Minds[]; thoughts: Thoughts[]; decisions: () => DecisionNote[] } {
  const minds: Minds[] = [];
  const thoughts: Thoughts[] = [];
  socket.on("minds", (one) => minds.push(one));
  socket.on("thoughts", (one) => thoughts.push(one));
  return { minds, thoughts, decisions: () => minds.flatMap(({ notes }) => decisionsOf(notes)) };
}

function decisionsOf(notes: readonly MindNote[]): DecisionNote[] {
  return notes.filter((note) => note.kind === "decision");
}

describe("over the wire", () => {
  test("a thought comes in pieces, then the decision with its frame, tokens and time, then what it earned", async () => {
    const running = await host(venue, thinks("shot", { pause: 60 }));
    const client = await venue.join(running);
    const heard = hear(client);
    await client.follow(CLOSE);
    await until(() => client.ends.length > 0);
    const [first] = heard.decisions();
    expect(first).toMatchObject({
      tick: 0,
      step: 1,
      place: 0,
      action: "shot",
      think: "I see the ball.",
      answer: "shot",
      ageSteps: 0,
      prompt: expect.stringMatching(/^system: You play football[^]*user: \[picture\] The match begins/),
    });
    expect(first!.tokens).toEqual([
      ["sh", expect.closeTo(0.5)],
      ["ot", expect.closeTo(0.8)],
    ]);
    expect(first!.probability).toBeCloseTo(0.4);
    expect(first!.milliseconds).toBeGreaterThan(200);

    const pieces = heard.thoughts.flatMap(({ thoughts }) => thoughts).filter(({ tick }) => tick === 0);
    expect(pieces.length).toBeGreaterThan(2);
    expect(pieces.map(({ text }) => text).join("")).toMatch(/^<think>I see the ball/);
    pieces.forEach(({ from }, i) =>
      expect(from).toBe(pieces.slice(0, i).reduce((n, p) => n + p.text.length, 0)),
    );

    const { lineup } = client.welcome!.matches[0]!;
    const hashes = await loadHash();
    for (const { seen, frameHash: told } of heard.decisions()) {
      const painted = makePainter(lineup).paint(decodeScene(new Uint8Array(seen as ArrayBuffer)));
      expect(frameHash(painted, hashes)).toBe(told);
    }
    const rewards = heard.minds.flatMap(({ notes }) => notes).filter((note) => note.kind === "reward");
    expect(rewards).toEqual([
      {
        kind: "reward",
        place: 0,
        tick: expect.any(Number),
        reward: 1,
        terms: { scoring: 1, checkpoints: 1 },
      },
    ]);
  });

  test("the game waits for an answer, and the server meanwhile answers", async () => {
    let release: (() => void) | undefined;
    const running = await host(venue, (response) => {
      release = () => sendAnswer(response, ["<think>Now.</think><answer>shot</answer>"]);
    });
    const client = await venue.join(running);
    const heard = hear(client);
    await client.follow(CLOSE);
    await until(() => client.packets.length >= 3);
    expect((await healthOf(running))["viewers"]).toBe(1);
    expect(client.packets.at(-1)!.entries[0]!.seq).toBe(0);
    expect(heard.minds).toEqual([]);
    release?.();
    await until(() => client.packets.some(({ entries }) => entries.some(({ seq }) => seq > 0)));
    await until(() => heard.decisions()[0]?.action === "shot");
  });

  test("who joins late has the decisions so far and the thought that goes on, and old ones can be asked for", async () => {
    let answers = 0;
    const running = await host(
      venue,
      (response, times, asked) => {
        answers = times;
        if (times < 3) return thinks("right")(response, times, asked);
        response.writeHead(200, { "content-type": "text/event-stream" });
        response.write(event({ choices: [{ index: 0, delta: { content: "<think>Still " } }] }));
        return undefined;
      },
      [THREE],
      { decisionSteps: 2 },
    );
    const early = await venue.join(running);
    await early.follow(THREE);
    await until(() => answers === 3);
    await until(async () => (await early.follow(THREE)).thoughts.length > 0);
    const late = await venue.join(running);
    const history = await late.follow(THREE);
    expect(decisionsOf(history.minds).map(({ step, action }) => [step, action])).toEqual([
      [1, "right"],
      [3, "right"],
      [5, "right"],
    ]);
    expect(history.thoughts).toMatchObject([{ place: 0, from: 0, text: "<think>Still " }]);
    const ticks = decodeScenes(history.scenes).map((scene) => decodeScene(scene).tick);
    for (const { tick } of history.minds) expect(ticks).toContain(tick);
    const { episode } = history;
    const part = await late.range({ match: THREE, episode, from: 0, to: 0, events: 0, minds: 2 });
    expect(part).toMatchObject({
      mindsFrom: 2,
      minds: history.minds.slice(2),
      mindsKnown: history.minds.length,
    });
  });

  test("of a failed answer the reason is told, and nothing of the key", async () => {
    process.env["TOUCHLINE_API_KEY"] = "sk-very-secret";
    const running = await host(
      venue,
      (response, _, { headers }) => void response.writeHead(401).end(`no: ${headers.authorization}`),
    );
    delete process.env["TOUCHLINE_API_KEY"];
    const client = await venue.join(running);
    const heard = hear(client);
    const history = await client.follow(CLOSE);
    await until(() => heard.decisions().length > 0);
    expect(heard.decisions()[0]).toMatchObject({
      action: "idle",
      failed: expect.stringContaining("Bearer [key]"),
    });
    expect(JSON.stringify([client.welcome, heard.minds, history.minds])).not.toContain("very-secret");
  });

  test("of a policy without words only what it earns is told", async () => {
    const client = await venue.join(await venue.start([CLOSE], { rate: 60 }));
    const heard = hear(client);
    await client.follow(CLOSE);
    await until(() => client.ends.length > 0);
    expect(client.welcome!.matches[0]!.thinks).toBe(false);
    expect(heard.thoughts).toEqual([]);
    const notes = heard.minds.flatMap((minds) => minds.notes);
    expect(notes.map(({ kind }) => kind)).toEqual(notes.map(() => "reward"));
    expect(notes).toContainEqual(expect.objectContaining({ terms: expect.objectContaining({ scoring: 1 }) }));
  });
});

describe("a recorded episode", () => {
  const folder = mkdtempSync(join(tmpdir(), "touchline-mind-"));
  afterAll(() => rmSync(folder, { recursive: true }));

  test("shows the decisions that were made in it, with their frames", async () => {
    const chat = venue.keep(await startServer(thinks("shot")));
    const left = parsePolicy(`openai:some/model@${chat.url.href}`);
    const sink = new FileSink(folder);
    await playEpisode({ scenario: loadScenario(CLOSE), left, sink }, 0);
    sink.close();
    const matches = planReplays(sink.files);
    const recorded = matches[0]!.recording!.decisions;
    const client = await venue.join(await venue.start([], { matches, rate: 100 }));
    const heard = hear(client);
    const { minds } = await client.follow(client.welcome!.running[0]!.match);
    await until(() => client.ends.length > 0);
    const notes = [...minds, ...heard.minds.filter(({ episode }) => episode === 1).flatMap((m) => m.notes)];
    expect(decisionsOf(notes).map(({ step, action, frameHash: hash }) => [step, action, hash])).toEqual(
      recorded.map(({ step, action, frameHash: hash }) => [step, action, hash]),
    );
    expect(client.welcome!.matches[0]).toMatchObject({ recorded: true, thinks: true });
    const { lineup } = client.welcome!.matches[0]!;
    const seen = new Uint8Array(decisionsOf(notes)[0]!.seen as ArrayBuffer);
    const painted = makePainter(lineup).paint(decodeScene(seen));
    expect(frameHash(painted, await loadHash())).toBe(recorded[0]!.frameHash);
  });
});
