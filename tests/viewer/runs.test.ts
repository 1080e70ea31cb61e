/** @file Training runs over the wire: who looks hears of them as they grow, and nobody reads anything else. */
import { execFileSync } from "node:child_process";
import {
  appendFileSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { request } from "node:http";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { CurveNews, Curves, PointDetail, RunList } from "../../viewer/protocol/index.ts";
import type { RunningViewer } from "../../viewer/server/index.ts";
import {
  growRun,
  metricsLine,
  CLOSE,
  recordEpisodes,
  runsFolder,
  SAMPLE,
  writeRun,
  writeSamples,
} from "./run-folder.ts";
import { type Client, healthOf, until, Venue } from "./serve.ts";

const venue = new Venue();

/** Somebody who keeps all that he hears of runs. */
class Looker {
  readonly lists: RunList[] = [];
  readonly curves: Curves[] = [];
  readonly news: CurveNews[] = [];
  readonly client: Client;

  constructor(client: Client) {
    this.client = client;
    client.socket.on("runs", (list) => this.lists.push(list));
    client.socket.on("curves", (curves) => this.curves.push(curves));
    client.socket.on("points", (news) => this.news.push(news));
  }

  look(run: string | null): Promise<RunList | null> {
    return this.client.socket.timeout(5000).emitWithAck("runs", { look: true, run });
  }

  leave(): Promise<RunList | null> {
    return this.client.socket.timeout(5000).emitWithAck("runs", { look: false, run: null });
  }

  /** The steps of a curve as they came by now, one after the other. */
  steps(name = "charts/reward"): number[] {
    const all = [...(this.curves.at(-1)?.curves ?? []), ...this.news.flatMap(({ points }) => points)];
    return all.filter((curve) => curve.name === name).flatMap(({ steps }) => steps);
  }
}

async function start(folder: string): Promise<{ running: RunningViewer; join: () => Promise<Looker> }> {
  const running = await venue.start(["academy_empty_goal"], { runs: folder });
  return { running, join: async () => new Looker(await venue.join(running)) };
}

const ids = (list: RunList | null | undefined): string[] => list?.runs.map(({ id }) => id) ?? [];

describe("the list of runs", () => {
  test("has every folder with metrics down to the third level, with how far it is", async () => {
    const folder = runsFolder(venue);
    writeRun(folder, "mine", 30, { steps: 30 });
    writeRun(folder, "lmm/1-sft", 4, { steps: 100 });
    writeRun(folder, "lmm/2-fre", 0);
    writeRun(folder, "a/b/c", 1);
    writeRun(folder, "a/b/c/d", 1);
    writeRun(folder, "mine/checkpoints/30", 1);
    mkdirSync(join(folder, "empty"));
    const { join: enter } = await start(folder);
    const list = await (await enter()).look(null);
    expect(list!.runs).toMatchObject([
      { id: "a/b/c", step: 1, steps: null, reward: 0.1, live: true },
      { id: "lmm/1-sft", step: 4, steps: 100, reward: 0.4, live: true },
      { id: "lmm/2-fre", step: 0, steps: null, reward: null, live: true },
      { id: "mine", step: 30, steps: 30, reward: 3, live: false },
    ]);
  });

  test("knows of a run that counts epochs when it is over", async () => {
    const folder = runsFolder(venue);
    const run = writeRun(folder, "mine", 5, { epochs: 2 });
    const looker = await (await start(folder)).join();
    expect((await looker.look(null))!.runs).toMatchObject([{ live: true, steps: null }]);
    appendFileSync(join(run, "metrics.jsonl"), metricsLine(6, { "charts/epoch": 2 }));
    await until(() => looker.lists.at(-1)?.runs[0]?.live === false);
  });

  test("is empty where there is no such folder, and one that begins later appears by itself", async () => {
    const folder = join(runsFolder(venue), "later");
    const looker = await (await start(folder)).join();
    expect((await looker.look(null))!.runs).toEqual([]);
    const run = writeRun(folder, "new", 1);
    await until(() => ids(looker.lists.at(-1)).includes("new"));
    growRun(run, 2);
    await until(() => looker.lists.at(-1)!.runs[0]!.step === 2);
    rmSync(run, { recursive: true });
    await until(() => looker.lists.at(-1)!.runs.length === 0);
  });

  test("follows no links: what lies elsewhere is no run", async () => {
    const folder = runsFolder(venue);
    const elsewhere = runsFolder(venue);
    writeRun(elsewhere, "secret", 3);
    symlinkSync(join(elsewhere, "secret"), join(folder, "link"));
    mkdirSync(join(folder, "half"));
    symlinkSync(join(elsewhere, "secret", "metrics.jsonl"), join(folder, "half", "metrics.jsonl"));
    writeRun(folder, "mine", 1);
    const looker = await (await start(folder)).join();
    expect(ids(await looker.look(null))).toEqual(["mine"]);
  });
});

describe("the curves of a run", () => {
  test("come whole and then as they grow, each point once, only to those who look", async () => {
    const folder = runsFolder(venue);
    const run = writeRun(folder, "mine", 3);
    writeRun(folder, "other", 5);
    const { join: enter } = await start(folder);
    const [one, two, nobody] = [await enter(), await enter(), await enter()];
    await one.look("mine");
    await two.look("other");
    await until(() => one.curves.length > 0 && two.curves.length > 0);
    expect(one.curves[0]).toMatchObject({ run: "mine", episodes: [] });
    for (let step = 4; step <= 9; step++) {
      growRun(run, step);
      await until(() => one.steps().includes(step));
    }
    expect(one.steps()).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9]);
    expect(one.curves).toHaveLength(1);
    expect(two.steps()).toEqual([1, 2, 3, 4, 5]);
    expect(two.news).toEqual([]);
    expect([nobody.lists, nobody.curves, nobody.news]).toEqual([[], [], []]);

    await one.leave();
    const heard = one.client.order.length;
    growRun(run, 10);
    await two.look("mine");
    await until(() => two.steps().includes(10));
    expect(one.client.order.slice(heard).filter((name) => /runs|curves|points/.test(name))).toEqual([]);
  });

  test("come anew when a run goes on from an earlier step", async () => {
    const folder = runsFolder(venue);
    const run = writeRun(folder, "mine", 6);
    const looker = await (await start(folder)).join();
    await looker.look("mine");
    await until(() => looker.curves.length === 1);
    const path = join(run, "metrics.jsonl");
    truncateSync(path, readFileSync(path, "utf8").split("\n").slice(0, 3).join("\n").length + 1);
    growRun(run, 4);
    await until(() => looker.steps().at(-1) === 4);
    expect(looker.steps()).toEqual([1, 2, 3, 4]);
  });

  test("of one that is not there yet come once it is", async () => {
    const folder = runsFolder(venue);
    const looker = await (await start(folder)).join();
    await looker.look("mine");
    writeRun(folder, "mine", 2);
    await until(() => looker.steps().length === 2);
  });

  test("tell which steps have episodes, as they come", async () => {
    const folder = runsFolder(venue);
    const run = writeRun(folder, "mine", 20);
    writeSamples(run, 10, [SAMPLE]);
    const looker = await (await start(folder)).join();
    await looker.look("mine");
    await until(() => looker.curves.length > 0);
    expect(looker.curves[0]!.episodes).toEqual([10]);
    writeSamples(run, 20, [SAMPLE]);
    writeSamples(run, 9, [SAMPLE]);
    await until(() => looker.news.some(({ episodes }) => episodes?.length === 3));
    expect(looker.news.at(-1)).toMatchObject({ episodes: [9, 10, 20], points: [] });
  });
});

/** The answer to a GET of this very path, which fetch would tidy up. */
function get({ port }: RunningViewer, path: string): Promise<{ status: number; text: string }> {
  return new Promise((resolve, reject) => {
    const asked = request({ host: "127.0.0.1", port, path }, (response) => {
      let text = "";
      response.setEncoding("utf8").on("data", (part: string) => (text += part));
      response.on("end", () => resolve({ status: response.statusCode ?? 0, text }));
    });
    asked.on("error", reject);
    asked.end();
  });
}

const query = (values: Record<string, string | number>): string =>
  String(new URLSearchParams(Object.entries(values).map(([name, value]) => [name, String(value)])));

describe("a point", () => {
  test("has the episodes and the questions of its step, or of the nearest before it", async () => {
    const folder = runsFolder(venue);
    const run = writeRun(folder, "lmm/3-mgt", 50);
    await recordEpisodes(run, 20, [7, 11]);
    writeSamples(run, 20, [SAMPLE, "no JSON", { ...SAMPLE, reward: "high", prompt: [{ type: "image" }] }]);
    writeSamples(run, 40, [SAMPLE]);
    const { running } = await start(folder);
    const point = async (step: number): Promise<PointDetail> =>
      JSON.parse((await get(running, `/runs/point?${query({ run: "lmm/3-mgt", step })}`)).text);
    const detail = await point(35);
    expect(detail).toMatchObject({ run: "lmm/3-mgt", step: 20 });
    expect(detail.episodes).toEqual(
      [7, 11].map((seed) => ({
        file: `${CLOSE}-${seed}.jsonl`,
        scenario: CLOSE,
        seed,
        score: [1, 0],
        steps: expect.any(Number),
        return: 1,
      })),
    );
    expect(detail.samples).toEqual([SAMPLE, { ...SAMPLE, reward: null, prompt: '[{"type":"image"}]' }]);
    expect((await point(20)).step).toBe(20);
    expect((await point(40)).episodes).toEqual([]);
    expect(await point(19)).toEqual({ run: "lmm/3-mgt", step: null, episodes: [], samples: [] });
  });

  test("lists no files that are no episodes, and says of a cut one that it has no end", async () => {
    const folder = runsFolder(venue);
    const run = writeRun(folder, "mine", 5);
    await recordEpisodes(run, 5, [1]);
    const step = join(run, "episodes", "5");
    const whole = readFileSync(join(step, `${CLOSE}-1.jsonl`), "utf8");
    writeFileSync(join(step, "cut.jsonl"), whole.slice(0, -200));
    writeFileSync(join(step, "words.jsonl"), "these are words\n");
    writeFileSync(join(step, "empty.jsonl"), "");
    mkdirSync(join(step, "folder.jsonl"));
    execFileSync("mkfifo", [join(step, "pipe.jsonl")]);
    const { running } = await start(folder);
    const { text } = await get(running, `/runs/point?${query({ run: "mine", step: 5 })}`);
    const { episodes }: PointDetail = JSON.parse(text);
    expect(episodes.map(({ file, score }) => [file, score])).toEqual([
      [`${CLOSE}-1.jsonl`, [1, 0]],
      ["cut.jsonl", undefined],
    ]);
  });

  test("gives the file of an episode as it is", async () => {
    const folder = runsFolder(venue);
    const run = writeRun(folder, "mine", 5);
    await recordEpisodes(run, 5, [3]);
    const { running } = await start(folder);
    const file = `${CLOSE}-3.jsonl`;
    const { status, text } = await get(running, `/runs/episode?${query({ run: "mine", step: 5, file })}`);
    expect(status).toBe(200);
    expect(text).toBe(readFileSync(join(run, "episodes", "5", file), "utf8"));
  });
});

describe("what lies outside of the folder, or is no episode", () => {
  test("is neither given nor played", async () => {
    const folder = runsFolder(venue);
    const elsewhere = runsFolder(venue);
    const secret = writeRun(elsewhere, "secret", 5);
    await recordEpisodes(secret, 5, [1]);
    const stolen = join(secret, "episodes", "5", `${CLOSE}-1.jsonl`);
    const run = writeRun(folder, "mine", 5);
    await recordEpisodes(run, 5, [1]);
    writeRun(folder, "linked", 5);
    symlinkSync(join(secret, "episodes"), join(folder, "linked", "episodes"));
    symlinkSync(stolen, join(run, "episodes", "5", "link.jsonl"));
    const { running, join: enter } = await start(folder);
    const { client } = await enter();
    const file = `${CLOSE}-1.jsonl`;
    const asked = [
      { run: "linked", step: 5, file },
      { run: "mine", step: 5, file: "link.jsonl" },
      { run: "mine", step: 5, file: "../../metrics.jsonl" },
      { run: "mine", step: 5, file: "samples.jsonl" },
      { run: "mine", step: 5, file: stolen },
      { run: "mine", step: 5, file: "" },
      { run: "mine", step: 5, file: "." },
      { run: "mine", step: 5, file: `${file}\0` },
      { run: "mine", step: 6, file },
      { run: "../" + secret.split("/").slice(-2).join("/"), step: 5, file },
      { run: secret, step: 5, file },
      { run: "mine/../mine", step: 5, file },
      { run: "", step: 5, file },
      { run: "__proto__", step: 5, file },
    ];
    for (const one of asked) {
      expect(await get(running, `/runs/episode?${query(one)}`), JSON.stringify(one)).toMatchObject({
        status: 404,
      });
      const answer = await client.socket.timeout(5000).emitWithAck("open", one);
      expect(answer, JSON.stringify(one)).toEqual({ error: expect.stringContaining("There is no episode") });
    }
    const point = await get(running, `/runs/point?${query({ run: "linked", step: 5 })}`);
    expect(JSON.parse(point.text)).toMatchObject({ step: null, episodes: [] });
    expect(await healthOf(running)).toMatchObject({ opened: 0, refused: 0 });
    expect(client.matches).toHaveLength(1);
  });

  test.each([
    "/runs/",
    "/runs/point",
    "/runs/point?run=mine",
    "/runs/point?run=mine&step=-1",
    "/runs/point?run=mine&step=1e99",
    "/runs/episode?run=mine&step=5",
    "/runs/metrics.jsonl",
    "/runs/../package.json",
    "/runs/%2e%2e/package.json",
    `/runs/point?step=1&run=${"x".repeat(500)}`,
  ])("%s is refused", async (path) => {
    const { running } = await start(runsFolder(venue));
    expect((await get(running, path)).status).toBe(400);
  });

  test("messages that are none are counted", async () => {
    const { running, join: enter } = await start(runsFolder(venue));
    const { client } = await enter();
    const loose: { emit(name: string, ...content: unknown[]): unknown } = client.socket;
    const bad = [
      ["runs"],
      ["runs", { look: true, run: null }],
      ["runs", { look: 1, run: null }, () => undefined],
      ["runs", { look: true, run: "x".repeat(201) }, () => undefined],
      ["open", { run: "mine", step: 5 }, () => undefined],
      ["open", { run: "mine", step: 0.5, file: "a.jsonl" }, () => undefined],
      ["open", { run: "mine", step: 5, file: "a.jsonl" }],
    ] as const;
    for (const [name, ...content] of bad) loose.emit(name, ...content);
    await until(async () => (await healthOf(running))["refused"] === bad.length);
  });
});

describe("an episode that is opened", () => {
  test("is a match like others, one for all who open it, and goes when nobody looks at it any more", async () => {
    const folder = runsFolder(venue);
    const run = writeRun(folder, "mine", 5);
    await recordEpisodes(run, 5, [3]);
    const running = await venue.start(["academy_empty_goal"], { runs: folder, rate: 200 });
    const [one, two] = [await venue.join(running), await venue.join(running)];
    const wanted = { run: "mine", step: 5, file: `${CLOSE}-3.jsonl` };
    const open = (client: Client) => client.socket.timeout(5000).emitWithAck("open", wanted);
    const answers = await Promise.all([open(one), open(two), open(one)]);
    expect(new Set(answers.map((answer) => JSON.stringify(answer)))).toEqual(new Set(['{"match":"run-1"}']));
    await until(() => one.matches.length === 2 && two.matches.length === 2);
    expect(one.matches[1]).toMatchObject({ id: "run-1", scenario: CLOSE, recorded: true, run: wanted });
    expect((await one.follow("run-1")).seed).toBe(3);
    await until(() => one.ends.some(({ match, ended }) => match === "run-1" && ended.reason === "goal"));
    await one.follow("academy_empty_goal");
    await until(() => one.matches.length === 1);
  });

  test("that cannot be played says why, and can be tried again", async () => {
    const folder = runsFolder(venue);
    const run = writeRun(folder, "mine", 5);
    await recordEpisodes(run, 5, [3]);
    const path = join(run, "episodes", "5", `${CLOSE}-3.jsonl`);
    const whole = readFileSync(path);
    writeFileSync(path, "these are words\n");
    const { join: enter } = await start(folder);
    const { client } = await enter();
    const open = () =>
      client.socket.timeout(5000).emitWithAck("open", { run: "mine", step: 5, file: `${CLOSE}-3.jsonl` });
    expect(await open()).toEqual({
      error: expect.stringContaining("Nothing of the episode can be played again"),
    });
    writeFileSync(`${path}.part`, whole);
    renameSync(`${path}.part`, path);
    expect(await open()).toEqual({ match: expect.stringMatching(/^run-\d$/) });
  });
});
