/** @file People who play: over the wire, and from the page in a real Chromium. */
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import {
  type Episode,
  type EpisodeRecord,
  readEpisode,
  verifyEpisode,
  writeLine,
} from "../../env/episode/index.ts";
import { makeEnv, type Scenario } from "../../env/football/index.ts";
import { loadScenario } from "../../scenarios/load.ts";
import type { HandsMessage, Refusal } from "../../viewer/protocol/index.ts";
import {
  planMatches,
  planReplays,
  type RunningViewer,
  type ViewerOptions,
} from "../../viewer/server/index.ts";
import { mateTowards } from "../../viewer/server/mate.ts";
import { lacksChromium } from "../browser/chromium.ts";
import { watchByCommand } from "./command.ts";
import { asHistory, Client, healthOf, until, Venue } from "./serve.ts";
import { untilShown, visits, type VisitOptions } from "./visit.ts";

const CLOSE = "academy_empty_goal_close";
const PHONE = { width: 390, height: 844 };
const missing = lacksChromium("people can play from the page");
const venue = new Venue();

interface Recorded {
  running: RunningViewer;
  /** The files of the episodes that have begun, as they would be written. */
  episodes: string[][];
}

/** Matches of a scenario each, whose left player waits for a person. */
async function host(scenarios: readonly Scenario[], options: Partial<ViewerOptions> = {}): Promise<Recorded> {
  const episodes: string[][] = [];
  const write = (record: EpisodeRecord): void => void episodes.at(-1)!.push(writeLine(record));
  const [first, ...rest] = planMatches(scenarios, { policy: "human", seed: 0 });
  const sink = {
    begin: (...records: [EpisodeRecord, EpisodeRecord]) => {
      episodes.push([]);
      records.forEach(write);
    },
    decision: write,
    step: write,
    end: write,
  };
  const matches = options.matches ?? [{ ...first!, sink }, ...rest];
  return { running: await venue.start([], { ...options, matches }), episodes };
}

function read(lines: readonly string[]): Episode {
  return readEpisode(new TextEncoder().encode(lines.join("")));
}

function take({ socket }: Client, match: string, player: number | null): Promise<Refusal | null> {
  return socket.timeout(5000).emitWithAck("take", { match, player });
}

const RIGHT: HandsMessage = { direction: 5, sprint: false, dribble: false };

describe("over the wire", () => {
  test("one person a player: others hear of him, and get him when he is free again", async () => {
    const { running } = await host([loadScenario(CLOSE)], { rate: 30 });
    const [first, second] = [await venue.join(running), await venue.join(running)];
    expect(await take(first, CLOSE, 1)).toEqual({ error: expect.stringContaining("Watch the match first") });
    await first.follow(CLOSE);
    await second.follow(CLOSE);
    expect(await take(first, CLOSE, 1)).toBeNull();
    await until(() => second.taken.length === 1 && first.taken.length === 1);
    expect(second.taken).toEqual([{ match: CLOSE, player: 1, person: 1, you: false }]);
    expect(first.taken).toEqual([{ match: CLOSE, player: 1, person: 1, you: true }]);
    expect(await take(second, CLOSE, 1)).toEqual({ error: "Person 1 plays him already." });
    expect(await take(second, CLOSE, null)).toEqual({ error: expect.stringContaining("taken over already") });
    expect(await take(first, CLOSE, 1)).toBeNull();

    // Whoever comes later hears of it as well.
    const late = await venue.join(running);
    await until(() => late.taken.length === 1);

    first.socket.emit("give");
    await until(() => second.taken.length === 0);
    expect(await take(second, CLOSE, null)).toBeNull();
    await until(() => second.taken[0]?.you === true);
    second.close();
    await until(() => first.taken.length === 0);
  });

  test.each([
    ["no such match", "nowhere", 1, /There is no match "nowhere"/],
    ["a player who plays by himself", CLOSE, 0, /only players with a ring/],
    ["a player whom there is not", CLOSE, 17, /only players with a ring/],
  ])("%s: one sentence", async (_, match, player, sentence) => {
    const { running } = await host([loadScenario(CLOSE)]);
    const client = await venue.join(running);
    await client.follow(CLOSE);
    expect(await take(client, match, player)).toEqual({ error: expect.stringMatching(sentence) });
    expect((await healthOf(running))["refused"]).toBe(0);
  });

  test("nobody can be taken over in a recording", async () => {
    const matches = planReplays(["docs/laws/kick-off.jsonl"]);
    const { running } = await host([], { matches });
    const client = await venue.join(running);
    await client.follow("kick-off");
    expect(await take(client, "kick-off", null)).toEqual({ error: expect.stringMatching(/recording/) });
  });

  test("who looks at another match, or is silent, loses his player", async () => {
    const { running } = await host([loadScenario(CLOSE), loadScenario("academy_corner")], {
      rate: 30,
      silenceMs: 400,
    });
    const [person, witness] = [await venue.join(running), await venue.join(running)];
    await person.follow(CLOSE);
    expect(await take(person, CLOSE, null)).toBeNull();
    await until(() => witness.taken.length === 1);
    await person.follow("academy_corner");
    await until(() => witness.taken.length === 0);

    expect(await take(person, "academy_corner", null)).toBeNull();
    await until(() => witness.taken[0]?.match === "academy_corner");
    // What is drawn is heard of, so he stays as long as his page lives.
    await new Promise((resolve) => setTimeout(resolve, 900));
    expect(witness.taken).toHaveLength(1);
    person.acknowledges = false;
    await until(() => witness.taken.length === 0);
    expect(person.socket.connected).toBe(true);
  });

  test("hands that are none are counted and change nothing, and floods are not heard", async () => {
    const { running, episodes } = await host([{ ...loadScenario(CLOSE), steps: 3000 }], { rate: 30 });
    const client = await venue.join(running);
    await client.follow(CLOSE);
    expect(await take(client, CLOSE, null)).toBeNull();
    const { socket }: { socket: { emit(name: string, ...content: unknown[]): unknown } } = client;
    const bad = [
      ["hands"],
      ["hands", { ...RIGHT, direction: 9 }],
      ["hands", { ...RIGHT, direction: 0.5 }],
      ["hands", { ...RIGHT, direction: "5" }],
      ["hands", { ...RIGHT, press: "builtin_ai" }],
      ["hands", { ...RIGHT, press: "shot", player: 3 }],
      ["hands", { direction: 5 }],
      ["hands", null],
      ["hands", RIGHT, RIGHT],
      ["take", { match: CLOSE, player: 1 }],
      ["take", { match: CLOSE, player: -1 }, () => undefined],
      ["take", { match: CLOSE, player: "1" }, () => undefined],
      ["take", { match: CLOSE }, () => undefined],
      ["give", "him"],
    ] as const;
    for (const [name, ...content] of bad) socket.emit(name, ...content);
    await until(async () => (await healthOf(running))["refused"] === bad.length);
    const before = read(episodes[0]!).steps.length;
    await until(() => read(episodes[0]!).steps.length > before + 5);
    expect(new Set(read(episodes[0]!).steps.flatMap(({ actions }) => actions))).not.toContain("right");

    for (let i = 0; i < 800; i++) socket.emit("hands", { ...RIGHT, direction: i % 2 });
    await until(async () => Number((await healthOf(running))["refused"]) > 200);
    expect(client.socket.connected).toBe(true);
    // After a while he is heard again.
    await until(async () => {
      socket.emit("hands", RIGHT);
      await new Promise((resolve) => setTimeout(resolve, 200));
      return read(episodes[0]!).steps.some(({ actions }) => actions[0] === "right");
    });
    expect(asHistory(await client.watch({ match: CLOSE, others: false })).match).toBe(CLOSE);
  });
});

test("watch --policy human --record keeps what was played by hand, and it verifies", async () => {
  const folder = mkdtempSync(join(tmpdir(), "touchline-human-"));
  venue.keep({ close: () => rmSync(folder, { recursive: true }) });
  const words = ["--scenario", CLOSE, "--policy", "human", "--record", folder, "--json"];
  const { url } = await watchByCommand(venue, words);
  const client = venue.keep(await Client.join(url));
  await client.follow(CLOSE);
  expect(await take(client, CLOSE, null)).toBeNull();
  // The ball goes with him, into the goal.
  client.socket.emit("hands", RIGHT);
  await until(() => client.ends.length > 0);
  expect(client.ends[0]!.ended).toMatchObject({ reason: "goal", score: [1, 0] });
  const episode = readEpisode(readFileSync(join(folder, `${CLOSE}-0.jsonl`)));
  expect(episode.header?.policies).toEqual({ left: "human", right: null });
  expect(episode.decisions).toEqual([expect.objectContaining({ by: "person" })]);
  expect(await verifyEpisode(episode, makeEnv)).toMatchObject({ ok: true });
});

test("a pass by direction is meant for the nearest mate there", async () => {
  const env = await makeEnv(loadScenario("11_vs_11_stochastic"), { observation: "none" });
  env.reset({ seed: 0 });
  const { lineup } = env;
  const scene = env.scene();
  const place = (id: number, x: number, y: number) => ({ ...scene.figures[id]!, x, y, facing: 0 });
  const figures = scene.figures.map((figure, id) => (id > 3 ? { ...figure, sentOff: true } : figure));
  figures.splice(0, 4, place(0, 0, 0), place(1, 2000, 100), place(2, -1500, -1500), place(3, 3000, 0));
  const number = (id: number) => lineup.players[id]!.number;
  const towards = (direction: number) => mateTowards({ ...scene, figures }, lineup, 0, direction);
  expect([towards(0), towards(5), towards(2), towards(7)]).toEqual([
    number(1),
    number(1),
    number(2),
    undefined,
  ]);
  env.close();
});

/** Asked again and again from here: the page's policy forbids it to evaluate text of its own. */
async function untilText(page: Page, selector: string, wanted: RegExp): Promise<void> {
  await until(async () => wanted.test((await page.locator(selector).allTextContents()).join(" | ")));
}

/** Where the first player with or without a ring is drawn. */
function spotOf(page: Page, ringed: boolean): Promise<{ x: number; y: number }> {
  return page.evaluate(`(() => {
    const id = window.__viewer.shown.scene.figures.findIndex(({ controlled }) => controlled === ${ringed});
    return window.__viewer.spotOf(id);
  })()`);
}

describe.skipIf(missing)("from the page", () => {
  const open = visits(venue, (page) => page.locator(".take").waitFor());
  // Two pages at once are too much for WebGL in software.
  const visit = (url: string, options: VisitOptions = {}): Promise<Page> =>
    open(`${url}/?renderer=canvas`, { reducedMotion: "reduce", ...options });

  test("one takes the attacker over, runs, shoots, scores, and gives him back; the episode verifies", async () => {
    const { running, episodes } = await host([loadScenario(CLOSE)], { page: true });
    const page = await visit(running.url);
    const other = await visit(running.url);
    await page.getByRole("button", { name: "Take over" }).click();
    await untilText(page, ".person", /^You$/);
    await untilText(page, ".takeover", /Space.*pass.*You play.*Navy \d+/s);
    await untilText(other, ".person", /^Person 1$/);
    await untilText(other, ".takeover", /Person 1 plays.*Navy \d+/s);
    expect(await other.locator(".take").isDisabled()).toBe(true);
    // The mark is where he is drawn, on the pitch.
    const [mark, pitch] = [
      await page.locator(".person span").boundingBox(),
      await page.locator(".pitch").boundingBox(),
    ];
    expect(mark!.x).toBeGreaterThan(pitch!.x + 50);
    expect(mark!.x).toBeLessThan(pitch!.x + pitch!.width - 50);

    await page.keyboard.down("ArrowRight");
    await page.keyboard.down("Shift");
    await until(() =>
      episodes.some((lines) => read(lines).steps.some(({ actions }) => actions[0] === "sprint")),
    );
    await page.keyboard.press("l");
    await untilShown(page, { '.banner[data-kind="goal"]': /./, ".score": /1.*–.*0/s });
    await page.keyboard.up("ArrowRight");
    await page.keyboard.up("Shift");
    // He stays the person's in the next episode, and stands.
    await untilText(page, ".on", /episode [2-9]/);
    await untilText(page, ".person", /^You$/);

    await page.keyboard.press("Escape");
    await page.getByRole("button", { name: "Take over" }).waitFor();
    await untilText(other, ".person", /^$/);
    expect(await other.locator(".take").isEnabled()).toBe(true);
    // The keys are the page's again.
    await page.keyboard.press("Space");
    await page.getByRole("button", { name: "Play", exact: true }).waitFor();

    const scored = episodes.map(read).find(({ end }) => end?.ended === "goal");
    expect(scored?.decisions).toEqual([expect.objectContaining({ place: 0, by: "person" })]);
    expect(scored?.steps.map(({ actions }) => actions[0])).toEqual(
      expect.arrayContaining(["right", "sprint", "shot"]),
    );
    expect(await verifyEpisode(scored!, makeEnv)).toMatchObject({ ok: true });
  }, 120_000);

  test("a click on him takes him over, another says why not, and closing the page gives him back", async () => {
    const { running } = await host([{ ...loadScenario(CLOSE), steps: 3000 }], { page: true });
    const page = await visit(running.url, { viewport: PHONE });
    const other = await visit(running.url);
    await other.keyboard.press("c");
    await other.getByRole("button", { name: "Camera: Whole pitch" }).waitFor();
    await until(async () => (await spotOf(other, false)).x > 0);
    await other.locator(".pitch .canvas").click({ position: await spotOf(other, false) });
    await untilText(other, ".takeover", /only players with a ring/);
    await page.locator(".pitch .canvas").click({ position: await spotOf(page, true) });
    await untilText(page, ".person", /^You$/);
    await untilText(other, ".person", /^Person 1$/);
    await page.close();
    await untilText(other, ".person", /^$/);
    // The button is on the screen, and large enough, on a telephone.
    const phone = await visit(running.url, { viewport: PHONE });
    const box = await phone.locator(".take").boundingBox();
    expect(box!.height).toBeGreaterThanOrEqual(24);
    expect(box!.x).toBeGreaterThanOrEqual(0);
    expect(box!.y + box!.height).toBeLessThan(844);
    await phone.locator(".take").click();
    await untilText(phone, ".takeover", /Give back.*You play/s);
    expect(await phone.evaluate("document.documentElement.scrollWidth")).toBe(390);
    await phone.locator(".take").click();
    await phone.getByRole("button", { name: "Take over" }).waitFor();
  }, 120_000);

  test("a gamepad does the same: Start, stick and buttons, Select", async () => {
    const { running, episodes } = await host([loadScenario(CLOSE)], { page: true });
    const page = await visit(running.url, { script: GAMEPAD });
    const hold = (x: number, y: number, ...down: number[]) =>
      page.evaluate(`window.__hold(${x}, ${y}, ${JSON.stringify(down)})`);
    await hold(0, 0, 9);
    await untilText(page, ".person", /^You$/);
    await hold(0.9, 0.1, 7);
    const did = (action: string): boolean =>
      episodes.some((lines) => read(lines).steps.some(({ actions }) => actions[0] === action));
    await until(() => did("right") && did("sprint"));
    await hold(0.9, 0.1, 7, 1);
    await page.locator('.banner[data-kind="goal"]').waitFor();
    expect(did("shot")).toBe(true);
    await hold(0, 0, 8);
    await page.getByRole("button", { name: "Take over" }).waitFor();
  }, 120_000);
});

/** A gamepad is hardware: this one is held by the test. */
const GAMEPAD = `{
  const pad = { connected: true, mapping: "standard", axes: [0, 0], buttons: [] };
  window.__hold = (x, y, down) => {
    pad.axes = [x, y];
    pad.buttons = Array.from({ length: 17 }, (_, i) => ({ pressed: down.includes(i), value: 0 }));
  };
  window.__hold(0, 0, []);
  navigator.getGamepads = () => [null, pad];
}`;
