/** @file Sokoban on the page: a real benchmark shows its levels, somebody looks at one move by move, and nothing else gets in. */
import { describe, expect, test } from "vitest";
import type { Puzzle } from "../../viewer/protocol/index.ts";
import { touchline } from "../cli/run.ts";
import { lacksChromium } from "../browser/chromium.ts";
import { healthOf, serve, until, Venue } from "./serve.ts";
import { visits } from "./visit.ts";

const venue = new Venue();
const missing = lacksChromium("people see Sokoban on the page");

const PUZZLE: Puzzle = {
  id: "one",
  by: "bench",
  policy: "somebody",
  size: "7x7x1",
  seed: 3,
  level: "#####\n#@$.#\n#####",
  bound: 10.9,
  moves: "",
  said: [{ at: 0, text: "<b>I</b> push to the right" }],
  over: null,
};

function post(url: string, body: unknown, headers: Record<string, string> = {}): Promise<Response> {
  const text = typeof body === "string" ? body : JSON.stringify(body);
  return fetch(`${url}/puzzles`, {
    method: "POST",
    headers: { "content-type": "application/json", ...headers },
    body: text,
  });
}

describe("the server", () => {
  test("tells who looks of each level, as it comes and as it goes on, and keeps the last ones", async () => {
    const server = await venue.start();
    await post(server.url, PUZZLE);
    const client = await venue.join(server);
    const heard: Puzzle[] = [];
    client.socket.on("puzzle", (puzzle) => heard.push(puzzle));
    const list = await client.socket.timeout(5000).emitWithAck("puzzles", { look: true });
    expect(list).toEqual({ puzzles: [PUZZLE] });
    const over = { ...PUZZLE, moves: "r", over: { solved: true, score: 100 } };
    expect((await post(server.url, over)).status).toBe(200);
    await until(() => heard.length === 1);
    expect(heard).toEqual([over]);
    for (let i = 0; i < 70; i++) await post(server.url, { ...PUZZLE, id: `more-${i}` });
    expect(await healthOf(server)).toMatchObject({ puzzles: 60 });
    await client.socket.timeout(5000).emitWithAck("puzzles", { look: false });
    const before = heard.length;
    await post(server.url, { ...PUZZLE, id: "late" });
    expect(await client.socket.timeout(5000).emitWithAck("puzzles", { look: true })).toMatchObject({
      puzzles: expect.arrayContaining([expect.objectContaining({ id: "late" })]),
    });
    expect(heard).toHaveLength(before);
  });

  test.each<[string, unknown, Record<string, string>, number]>([
    ["no JSON", "{", {}, 400],
    ["no level", { ...PUZZLE, level: "#####" }, {}, 400],
    ["a level that nobody can play", { ...PUZZLE, level: "@$." }, {}, 400],
    ["moves that are none", { ...PUZZLE, moves: "x" }, {}, 400],
    ["an id that is a path", { ...PUZZLE, id: "../one" }, {}, 400],
    ["a key that nobody knows", { ...PUZZLE, html: "<script>" }, {}, 400],
    ["too much", "x".repeat(200_000), {}, 413],
    ["another type", PUZZLE, { "content-type": "text/plain" }, 415],
    ["a web page", PUZZLE, { origin: "http://evil.example" }, 403],
  ])("takes not %s", async (_what, body, headers, status) => {
    const server = await venue.start();
    const answer = await post(server.url, body, headers).catch((error: unknown) => error);
    // Whoever still writes when he is refused may find the connection gone.
    if (answer instanceof Response) expect(answer.status).toBe(status);
    else expect(status).toBe(413);
    expect(await healthOf(server)).toMatchObject({ puzzles: 0, ok: true });
  });
});

describe.skipIf(missing)("the page", () => {
  const visit = visits(venue, (page) => page.locator(".views").waitFor());

  test("shows the levels of a benchmark that is played in another process, move by move", async () => {
    const server = venue.keep(await serve(undefined, { page: true }));
    const page = await visit(`${server.url}/sokoban`);
    await page.getByText("No level is played yet.").waitFor();
    const args = ["bench", "sokoban", "--policy", "scripted", "--size", "7x7x1", "--episodes", "3"];
    expect(await touchline([...args, "--watch", server.url, "--json"])).toMatchObject({ status: 0 });
    await page.locator(".puzzle-list .run").nth(2).waitFor();
    const place = page.locator(".puzzle-controls output");
    await page.getByRole("button", { name: "To the end" }).click();
    const [at, last] = (await place.textContent())!.split(" of ").map(Number);
    expect(at).toBe(last);
    const picture = () =>
      page.locator(".puzzle-board canvas").evaluate((node) => (node as HTMLCanvasElement).toDataURL());
    const solved = await picture();
    await page.getByRole("button", { name: "To the start" }).click();
    await until(async () => (await place.textContent()) === `0 of ${last}`);
    expect(await picture()).not.toBe(solved);
    await page.getByText("It plays without words.").waitFor();
  }, 120_000);

  test("shows what a player says as text, whatever it is", async () => {
    const server = venue.keep(await serve(undefined, { page: true }));
    await post(server.url, PUZZLE);
    const page = await visit(`${server.url}/sokoban`);
    await page.getByText("<b>I</b> push to the right").waitFor();
  }, 60_000);
});
