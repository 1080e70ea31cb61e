/** @file People who play on from a past tick of a match, live or recorded, over the wire. */
import { describe, expect, test } from "vitest";
import { playEpisode } from "../../agent/match/index.ts";
import { parsePolicy } from "../../agent/policy/index.ts";
import { type EpisodeRecord, verifyEpisode } from "../../env/episode/index.ts";
import { makeEnv } from "../../env/football/index.ts";
import { loadScenario } from "../../scenarios/load.ts";
import { decodeScene, decodeScenes } from "../../viewer/protocol/index.ts";
import type { Branched, BranchRequest, HandsMessage, Refusal } from "../../viewer/protocol/index.ts";
import { planMatches, type RunningViewer, type ViewerOptions } from "../../viewer/server/index.ts";
import { listSink, reread } from "../episode/played.ts";
import { asHistory, type Client, healthOf, until, Venue } from "./serve.ts";

const CLOSE = "academy_empty_goal_close";
const RIGHT: HandsMessage = { direction: 5, sprint: true, dribble: false };
const STAND: HandsMessage = { direction: 0, sprint: false, dribble: false };
const venue = new Venue();

interface Hosted {
  running: RunningViewer;
  /** The records of each branch. */
  branches: EpisodeRecord[][];
}

async function host(policy = "idle", options: Partial<ViewerOptions> = {}): Promise<Hosted> {
  const branches: EpisodeRecord[][] = [];
  const branchSink = () => {
    const sink = listSink();
    branches.push(sink.records);
    return sink;
  };
  const scenarios = [{ ...loadScenario(CLOSE), steps: 3000 }];
  const matches = planMatches(scenarios, { policy, seed: 0 });
  return { running: await venue.start([], { matches, rate: 50, branchSink, ...options }), branches };
}

const branch = ({ socket }: Client, request: Partial<BranchRequest>): Promise<Branched | Refusal> =>
  socket
    .timeout(30_000)
    .emitWithAck("branch", { match: CLOSE, episode: 1, tick: 40, player: null, ...request });

async function branched(client: Client, request: Partial<BranchRequest> = {}): Promise<Branched> {
  const answer = await branch(client, request);
  if ("error" in answer) throw new Error(answer.error);
  return answer;
}

/** The scenes of an episode that the server has by now, as their bytes. */
async function scenesOf(client: Client, match: string, episode = 1): Promise<string[]> {
  const history = asHistory(await client.range({ match, episode, from: 0, to: 20_000, events: 0 }));
  return decodeScenes(history.scenes).map((scene) => Buffer.from(scene).toString("hex"));
}

const tickOf = (scene: string | undefined): number => decodeScene(Buffer.from(scene ?? "", "hex")).tick;

const newestOf = (client: Client, match: number): number =>
  client.packets.at(-1)?.entries.find((entry) => entry.match === match)?.seq ?? -1;

/** A viewer of the match, so many scenes into it. */
async function watcher(running: RunningViewer, scenes = 20): Promise<Client> {
  const client = await venue.join(running);
  await client.follow(CLOSE, true);
  await until(() => newestOf(client, 0) >= scenes);
  return client;
}

test("a player is taken over at a past tick: the branch is the same up to there, and his from there on", async () => {
  const { running, branches } = await host();
  const client = await watcher(running);
  const answer = await branched(client, { tick: 43, player: 1 });
  // The last step that was over by then.
  expect(answer).toEqual({ match: "branch-1", tick: 40 });
  expect(client.matches.map(({ id }) => id)).toEqual([CLOSE, "branch-1"]);
  expect(client.matches[1]).toMatchObject({
    scenario: CLOSE,
    recorded: false,
    parent: { match: CLOSE, episode: 1, tick: 40, step: 8 },
  });
  await until(() => client.taken.length > 0);
  expect(client.taken).toEqual([{ match: "branch-1", player: 1, person: 1, you: true }]);

  await client.follow("branch-1", true);
  const before = await scenesOf(client, "branch-1");
  expect(before).toEqual((await scenesOf(client, CLOSE)).slice(0, 9));
  // It waits for him to move, while the other match goes on.
  const other = newestOf(client, 0);
  await until(() => newestOf(client, 0) > other + 10);
  expect(await scenesOf(client, "branch-1")).toHaveLength(9);
  client.socket.emit("hands", RIGHT);
  await until(() => client.ends.some(({ match }) => match === "branch-1"));
  expect(client.ends.find(({ match }) => match === "branch-1")!.ended).toMatchObject({ reason: "goal" });

  const episode = reread(branches[0]!);
  expect(episode.header?.parent).toEqual({ match: CLOSE, episode: 1, tick: 40, step: 8 });
  expect(episode.decisions).toEqual([expect.objectContaining({ step: 9, place: 0, by: "person" })]);
  expect(episode.steps.slice(0, 8).every(({ actions }) => actions[0] === 0 || actions[0] === "idle")).toBe(
    true,
  );
  expect(await verifyEpisode(episode, makeEnv)).toMatchObject({ ok: true, steps: episode.steps.length });
  // It stays as it ended, and its parent has not noticed.
  await until(() => newestOf(client, 0) > other + 40);
  expect(client.starts.filter(({ match }) => match === "branch-1")).toHaveLength(1);
  expect(await scenesOf(client, "branch-1")).toHaveLength(episode.steps.length + 1);
  expect(await healthOf(running)).toMatchObject({ branches: 1, refused: 0 });
});

test("it begins by itself after three seconds, and whose holder leaves is free for others", async () => {
  const { running } = await host("scripted", { rate: 100 });
  const [first, second] = [await watcher(running, 5), await watcher(running, 5)];
  const { match } = await branched(first, { tick: 20 });
  await second.follow(match, true);
  await until(() => second.taken.some(({ person }) => person === 1));
  expect(await second.socket.timeout(5000).emitWithAck("take", { match, player: null })).toMatchObject({
    error: expect.stringMatching(/taken over already/),
  });
  await until(() => newestOf(second, 1) > 6);
  first.close();
  await until(() => second.taken.length === 0);
  expect(await second.socket.timeout(5000).emitWithAck("take", { match, player: null })).toBeNull();
  second.socket.emit("give");
  // The one who played the parent goes on: he scores.
  await until(() => second.ends.some((end) => end.match === match));
  expect(second.ends.find((end) => end.match === match)!.ended.reason).toBe("goal");
});

test("of a branch another one is made, and several can be made of one tick", async () => {
  const { running, branches } = await host();
  const client = await watcher(running);
  const [one, two] = [await branched(client), await branched(client)];
  expect([one.match, two.match]).toEqual(["branch-1", "branch-2"]);
  // One player a person: the first is nobody's again.
  await until(() => client.taken[0]?.match === "branch-2");
  await client.follow(two.match, true);
  client.socket.emit("hands", { ...STAND, direction: 1 });
  await until(() => newestOf(client, 2) >= 14);
  const deeper = await branched(client, { match: two.match, tick: 60 });
  await client.follow(deeper.match);
  const own = await scenesOf(client, deeper.match);
  expect(own.slice(0, 13)).toEqual((await scenesOf(client, two.match)).slice(0, 13));
  client.socket.emit("hands", RIGHT);
  await until(() => client.ends.some(({ match }) => match === deeper.match));
  const episode = reread(branches[2]!);
  expect(episode.header?.parent).toMatchObject({ match: "branch-2", tick: 60 });
  expect(episode.steps.slice(8, 12).map(({ actions }) => actions[0])).toContain("left");
  expect(await verifyEpisode(episode, makeEnv)).toMatchObject({ ok: true });
});

test("a recording is played on as well, by who played it as far as he can be had", async () => {
  const sink = listSink();
  const scenario = loadScenario("academy_3_vs_1_with_keeper");
  await playEpisode({ scenario, left: parsePolicy("random"), players: "all", sink }, 5);
  const recording = reread(sink.records);
  // Who is named there is not asked: the file may come from anywhere.
  recording.header!.policies.left = "openai:model@http://127.0.0.1:9/v1";
  const matches = [{ id: "recorded", scenario, seed: 5, recording, held: true }];
  const { running, branches } = await host("idle", { matches });
  const client = await venue.join(running);
  await client.follow("recorded");
  const tick = recording.steps[9]!.tick;
  const { match } = await branched(client, { match: "recorded", tick, player: 2 });
  await client.follow(match);
  client.socket.emit("hands", RIGHT);
  await until(() => client.ends.some((end) => end.match === match));
  const episode = reread(branches[0]!);
  expect(episode.header?.policies.left).toBe("scripted");
  expect(episode.steps.slice(0, 10)).toEqual(recording.steps.slice(0, 10));
  expect(await verifyEpisode(episode, makeEnv)).toMatchObject({ ok: true });
});

describe("it is refused in a sentence", () => {
  test.each<[string, Partial<BranchRequest>, RegExp]>([
    ["no such match", { match: "nowhere" }, /is not kept/],
    ["no such episode", { episode: 9 }, /Episode 9 of match .* is not kept/],
    ["a player who plays by himself", { player: 0 }, /only players with a ring/],
    ["a player whom there is not", { player: 17 }, /only players with a ring/],
  ])("%s", async (_, request, sentence) => {
    const { running } = await host();
    const client = await watcher(running, 10);
    expect(await branch(client, request)).toEqual({ error: expect.stringMatching(sentence) });
    expect(await healthOf(running)).toMatchObject({ branches: 0, refused: 0 });
  });

  test("after the end, by who may only watch, and in what nobody controls", async () => {
    const tokens = { watch: "w", play: "p", feed: "f" };
    const { running } = await host("scripted", { tokens });
    const watching = await venue.join(running, "watch");
    expect(await branch(watching, {})).toEqual({ error: expect.stringMatching(/may only watch/) });
    const client = await venue.join(running);
    await client.follow(CLOSE);
    await until(() => client.ends.length > 0);
    expect(await branch(client, { tick: 100_000 })).toEqual({
      error: expect.stringMatching(/is over there/),
    });
    expect(await branched(client, { tick: 10 })).toMatchObject({ tick: 10 });

    const built = [{ id: "built-in", scenario: loadScenario(CLOSE), seed: 0 }];
    const other = await venue.join((await host("idle", { matches: built })).running);
    await until(async () => (await scenesOf(other, "built-in")).length > 3);
    expect(await branch(other, { match: "built-in", tick: 5 })).toEqual({
      error: expect.stringMatching(/to themselves/),
    });
  });
});

test("a whole match is played again to any tick, dead balls included", { timeout: 120_000 }, async () => {
  const scenario = loadScenario("11_vs_11_stochastic");
  const matches = planMatches([scenario], { policy: "scripted", opponent: "random", seed: 2 });
  const { running } = await host("idle", { matches, rate: 400 });
  const client = await venue.join(running);
  await client.follow(scenario.id);
  await until(() => (client.packets.at(-1)?.entries[0]?.seq ?? 0) > 400);
  const scenes = await scenesOf(client, scenario.id);
  for (const place of [0, 1, 77, 250, 399]) {
    const tick = tickOf(scenes[place]);
    const answer = await branched(client, { match: scenario.id, tick });
    expect(answer.tick).toBeLessThanOrEqual(tick);
    const own = await scenesOf(client, answer.match);
    const common = own.findIndex((scene) => tickOf(scene) === answer.tick) + 1;
    expect(own.slice(0, common)).toEqual(scenes.slice(0, common));
    expect(own.map(tickOf)).toContain(answer.tick);
  }
});
