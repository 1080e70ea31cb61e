/** @file The editor's server: what it lists, and that it writes into its one folder only, whatever a page sends. */
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { Scenario } from "../../env/football/index.ts";
import { loadScenario } from "../../scenarios/load.ts";
import { SCENARIO_BYTES_MAX, type ScenarioList } from "../../viewer/protocol/index.ts";
import type { RunningViewer, ViewerOptions } from "../../viewer/server/index.ts";
import { type Client, healthOf, until, Venue } from "./serve.ts";

const venue = new Venue();
const SHIPPED = "academy_empty_goal_close";

/** A folder with one of the user's own inside it, and what must not be touched beside it. */
function makeFolders(): { folder: string; outside: string; all: () => string[] } {
  const root = mkdtempSync(join(tmpdir(), "touchline-authoring-"));
  venue.keep({ close: () => rmSync(root, { recursive: true }) });
  const [folder, outside] = [join(root, "mine"), join(root, "outside")];
  for (const one of [folder, outside]) mkdirSync(one);
  return { folder, outside, all: () => readdirSync(root, { recursive: true, encoding: "utf8" }).sort() };
}

const start = (folder?: string, options: Partial<ViewerOptions> = {}): Promise<RunningViewer> =>
  venue.start([SHIPPED], { ...(folder !== undefined && { scenarios: [folder] }), ...options });

const mine = (id: string, changes: Partial<Scenario> = {}): Scenario => ({
  ...loadScenario(SHIPPED),
  id,
  suite: "mine",
  ...changes,
});

const as = (token: string) => ({ authorization: `Bearer ${token}` });

interface Answer {
  status: number;
  text: string;
}

async function post(
  url: string,
  path: string,
  body: unknown,
  headers: Record<string, string> = {},
): Promise<Answer> {
  const sent = { method: "POST", headers, body: typeof body === "string" ? body : JSON.stringify(body) };
  const response = await fetch(`${url}${path}`, sent);
  return { status: response.status, text: await response.text() };
}

const save = (url: string, scenario: unknown, stamp: string | null = null): Promise<Answer> =>
  post(url, "/scenarios/save", { scenario, stamp });

/** What a client hears of scenarios from now on. */
async function lookAt(client: Client): Promise<{ list: ScenarioList }> {
  const heard = {} as { list: ScenarioList };
  client.socket.on("scenarios", (list) => (heard.list = list));
  const answer = await client.socket.timeout(5000).emitWithAck("scenarios", { look: true });
  if (answer === null || "error" in answer) throw new Error(`no list but ${JSON.stringify(answer)}`);
  heard.list = answer;
  return heard;
}

describe("saving", () => {
  test("writes a file that is a scenario, and hears of changes that others have made", async () => {
    const { folder } = makeFolders();
    const { url } = await start(folder);
    const first = await save(url, mine("my_drill"));
    expect(first.status).toBe(200);
    const { stamp } = JSON.parse(first.text);
    expect(loadScenario("my_drill", { directories: [folder] })).toEqual(mine("my_drill"));
    // Without a stamp it is another's, with an old one it has changed.
    expect(await save(url, mine("my_drill"))).toMatchObject({
      status: 422,
      text: expect.stringContaining("already"),
    });
    const second = await save(url, mine("my_drill", { title: "Anew" }), stamp);
    expect(second.status).toBe(200);
    expect(await save(url, mine("my_drill"), stamp)).toMatchObject({
      status: 422,
      text: expect.stringContaining("changed"),
    });
    expect(loadScenario("my_drill", { directories: [folder] }).title).toBe("Anew");
    expect(readdirSync(folder)).toEqual(["my_drill.json"]);
  });

  test("two at once: one of them is told", async () => {
    const { folder } = makeFolders();
    const { url } = await start(folder);
    const answers = await Promise.all([1, 2, 3, 4].map((n) => save(url, mine("same", { steps: n }))));
    expect(answers.map(({ status }) => status).sort((a, b) => a - b)).toEqual([200, 422, 422, 422]);
    expect(loadScenario("same", { directories: [folder] }).steps).toBe(
      1 + answers.findIndex(({ status }) => status === 200),
    );
  });

  test("whatever name a page sends, nothing is written but plain files in the folder", async () => {
    const { folder, outside, all } = makeFolders();
    const kept = `${JSON.stringify(mine("kept"))}\n`;
    writeFileSync(join(outside, "secret.json"), kept);
    symlinkSync(join(outside, "secret.json"), join(folder, "secret.json"));
    symlinkSync(outside, join(folder, "linked"));
    symlinkSync(join(outside, "nothing.json"), join(folder, "dangling.json"));
    mkdirSync(join(folder, "taken.json"));
    const before = all();
    const { url } = await start(folder);
    const names = [
      "../outside/evil",
      "..",
      ".",
      "",
      "/etc/passwd",
      join(outside, "evil"),
      "linked/evil",
      "..\\evil",
      "%2e%2e%2fevil",
      "evil\0",
      "evil\n",
      "ev il",
      ".hidden",
      "évil",
      "evil.json",
      "a/../../evil",
      "C:evil",
      "x".repeat(101),
      "x".repeat(5000),
      "secret",
      "dangling",
      "taken",
      // What ships, and the regions, which are in no file.
      SHIPPED,
      "11_vs_11_stochastic",
    ];
    for (const id of names) {
      for (const stamp of [null, "0".repeat(32), ""]) {
        const { status } = await save(url, mine(id), stamp);
        expect([id.slice(0, 40), status]).toEqual([id.slice(0, 40), 422]);
      }
    }
    for (const id of [7, null, ["evil"], { toString: "evil" }, "__proto__/../evil"]) {
      expect((await save(url, { ...mine("x"), id })).status).toBe(422);
    }
    expect(all()).toEqual(before);
    expect(readFileSync(join(outside, "secret.json"), "utf8")).toBe(kept);
    expect(existsSync(join(outside, "nothing.json"))).toBe(false);
    // And after all that it still saves.
    expect((await save(url, mine("fine"))).status).toBe(200);
    expect(all()).toEqual([...before, "mine/fine.json"].sort());
  });

  test("what is wrong, too large or no JSON is refused with a reason", async () => {
    const { folder } = makeFolders();
    const { url, port } = await start(folder);
    expect(await save(url, { ...mine("x"), ball: [3, 0] })).toMatchObject({
      status: 422,
      text: expect.stringContaining("ball[0]"),
    });
    expect((await save(url, mine("x", { title: "x".repeat(SCENARIO_BYTES_MAX + 5000) }))).status).toBe(413);
    for (const body of ["", "{", "[]", "null", '{"scenario":{}}', '{"scenario":{},"stamp":7}']) {
      expect((await post(url, "/scenarios/save", body)).status).toBe(400);
    }
    expect((await post(url, "/scenarios/else", {})).status).toBe(400);
    expect((await fetch(`${url}/scenarios/read?id=../package`)).status).toBe(422);
    // Somebody who says that he sends much and then says nothing keeps nobody from saving.
    const silent = connect(port, "127.0.0.1");
    venue.keep({ close: () => silent.destroy() });
    silent.write(`POST /scenarios/save HTTP/1.1\r\nhost: 127.0.0.1:${port}\r\ncontent-length: 1000\r\n\r\n{`);
    expect((await save(url, mine("fine"))).status).toBe(200);
    expect(readdirSync(folder)).toEqual(["fine.json"]);
  });

  test("without a folder it says how to start the server with one", async () => {
    const { url } = await start();
    expect((await save(url, mine("x"))).text).toContain("touchline watch --scenarios DIR");
  });

  test("wants the right to play, and a page of the server's own", async () => {
    const { folder } = makeFolders();
    const running = await start(folder, { tokens: { watch: "to-watch", play: "to-play", feed: "to-feed" } });
    const { url } = running;
    const body = { scenario: mine("x"), stamp: null };
    expect((await post(url, "/scenarios/save", body)).status).toBe(401);
    expect((await post(url, "/scenarios/save", body, as("to-watch"))).status).toBe(403);
    expect(
      (await post(url, "/scenarios/save", body, { ...as("to-play"), origin: "http://evil.example" })).status,
    ).toBe(403);
    const watcher = await venue.join(running, "watch");
    expect(await watcher.socket.timeout(5000).emitWithAck("scenarios", { look: true })).toEqual({
      error: expect.stringContaining("only watch"),
    });
    expect(readdirSync(folder)).toEqual([]);
    expect((await post(url, "/scenarios/save", body, as("to-play"))).status).toBe(200);
  });
});

describe("the list", () => {
  test("has what ships and one's own, follows the folder, and shows a wrong file with what is wrong", async () => {
    const { folder, outside } = makeFolders();
    const running = await start(folder);
    const heard = await lookAt(await venue.join(running));
    const shipped = heard.list.scenarios.length;
    expect(heard.list.scenarios.find(({ id }) => id === SHIPPED)).toMatchObject({
      suite: "academy",
      own: false,
    });
    const card = (id: string) => heard.list.scenarios.find((one) => one.id === id);
    writeFileSync(join(folder, "by_hand.json"), JSON.stringify(mine("by_hand")));
    await until(() => card("by_hand") !== undefined);
    expect(card("by_hand")).toMatchObject({ suite: "mine", own: true, players: [2, 1] });
    writeFileSync(join(folder, "by_hand.json"), JSON.stringify(mine("by_hand", { ball: [9, 0] })));
    await until(() => card("by_hand")?.error !== undefined);
    expect(card("by_hand")!.error).toMatch(/ball\[0\] is 9/);
    // In a folder of its own, with another's id, a name that is not its id, no JSON, and a link that leads out.
    mkdirSync(join(folder, "more"));
    writeFileSync(join(folder, "more", "deep.json"), JSON.stringify(mine("deep")));
    writeFileSync(join(folder, `${SHIPPED}.json`), JSON.stringify(mine(SHIPPED)));
    writeFileSync(join(folder, "named.json"), JSON.stringify(mine("other")));
    writeFileSync(join(folder, "broken.json"), '{"version": 2,');
    writeFileSync(join(outside, "far.json"), '"a secret"');
    symlinkSync(join(outside, "far.json"), join(folder, "far.json"));
    await until(() => heard.list.scenarios.length === shipped + 6);
    expect(card("deep")).toMatchObject({ own: true });
    expect(heard.list.scenarios.filter(({ id }) => id === SHIPPED).map(({ error }) => error)).toContain(
      "There is another scenario of this id; give it another name.",
    );
    expect(card("named")!.error).toMatch(/expected "named"/);
    expect(card("broken")!.error).toMatch(/not JSON/);
    expect(card("far")!.error).toBe("The file leads out of its folder.");
    for (const name of ["by_hand", "broken", "far", "named", SHIPPED]) rmSync(join(folder, `${name}.json`));
    await until(() => heard.list.scenarios.length === shipped + 1);
  });
});

const play = (url: string, changes: object): Promise<Answer> =>
  post(url, "/scenarios/play", {
    scenario: mine("unsaved"),
    policy: "scripted",
    opponent: null,
    vary: false,
    seed: 0,
    ...changes,
  });

describe("a draft that is played", () => {
  test("is a match as it was sent, and goes when nobody looks", async () => {
    const running = await start(undefined, { rate: 100 });
    const client = await venue.join(running);
    const answer = await play(running.url, { scenario: mine("unsaved", { title: "Mine" }) });
    const { match } = JSON.parse(answer.text);
    await until(() => client.matches.some(({ id }) => id === match));
    expect(client.matches.find(({ id }) => id === match)).toMatchObject({
      scenario: "unsaved",
      title: "Mine",
      draft: true,
    });
    await client.follow(match);
    await until(() => client.ends.some((end) => end.match === match && end.ended.reason === "goal"));
    await client.watch({ match: null, others: false });
    await until(async () => (await healthOf(running))["drafts"] === 0);
    expect(client.matches.some(({ id }) => id === match)).toBe(false);
  });

  test("names nobody whom the server does not know, and is right", async () => {
    const { url } = await start();
    const evil = ["replay:/etc/passwd", "openai:x@http://127.0.0.1:1/", "dir:/etc", "__proto__", "human"];
    for (const policy of evil) {
      expect((await play(url, { policy })).status).toBe(422);
      expect((await play(url, { opponent: policy })).status).toBe(422);
      expect((await play(url, { scenario: mine("x", { opponent: policy }) })).status).toBe(422);
    }
    expect((await play(url, { scenario: { ...mine("x"), steps: 0 } })).text).toContain("steps is 0");
    expect((await play(url, { seed: -1 })).status).toBe(400);
  });

  test("are few at a time", async () => {
    const { url } = await start();
    const answers = await Promise.all(Array.from({ length: 12 }, () => play(url, {})));
    const begun = answers.filter(({ status }) => status === 200).length;
    expect(begun).toBeGreaterThan(0);
    expect(Number((await healthOf({ url }))["drafts"])).toBeLessThanOrEqual(4);
    expect(answers.every(({ status, text }) => status === 200 || text.includes("Too many drafts"))).toBe(
      true,
    );
  });
});
