/** @file The wall on the page in a real Chromium: all matches at once, sorted, each a way to the match. */
import { describe, expect, test } from "vitest";
import type { Tile } from "../../viewer/protocol/index.ts";
import { orderOf, reasonOf } from "../../viewer/app/wall/order.ts";
import { lacksChromium } from "../browser/chromium.ts";
import { serve, until, Venue } from "./serve.ts";
import { visits } from "./visit.ts";

const venue = new Venue();
const missing = lacksChromium("people see many matches at once");

const DULL: Tile = {
  score: [0, 0],
  clockSeconds: 0,
  mode: "normal",
  owner: -1,
  ended: false,
  ball: { x: 0, y: 0 },
  figures: [],
  danger: 0,
  surprise: 0,
  stuckSeconds: 0,
  goalSeconds: undefined,
  worth: 0,
};

function worth(id: string, value: number): { id: string; tile: Tile } {
  return { id, tile: { ...DULL, worth: value } };
}

describe("the order", () => {
  test("has what is worth a look first, and leaves the others where they stand", () => {
    const order = orderOf([worth("a", 0), worth("b", 0.9), worth("c", 0.02)], ["c", "a", "b"]);
    expect(order).toEqual(["b", "c", "a"]);
    // A little more is no reason to move.
    expect(orderOf([worth("a", 0.06), worth("b", 0)], ["b", "a"])).toEqual(["b", "a"]);
    expect(orderOf([worth("new", 0), worth("old", 0)], ["old"])).toEqual(["old", "new"]);
  });

  test.each([
    [{ goalSeconds: 3, danger: 1 }, "just scored"],
    [{ goalSeconds: 20, danger: 0.8 }, "danger"],
    [{ surprise: 0.9 }, "surprise"],
    [{ stuckSeconds: 20 }, "stuck"],
    [{}, undefined],
  ])("%j is %s", (seen, reason) => expect(reasonOf({ ...DULL, ...seen })).toBe(reason));
});

describe.skipIf(missing)("the page", () => {
  const visit = visits(venue, (page) => page.locator(".wall-tile").first().waitFor());

  test("shows every match, and a click opens one", async () => {
    const server = venue.keep(await serve(Array<string>(14).fill("academy_corner"), { page: true }));
    const page = await visit(`${server.url}/wall`);
    await until(async () => (await page.locator(".wall-tile").count()) === 14);
    // Each is painted: with players on it, it is not of one colour.
    const last = page.locator(".wall-tile canvas").last();
    const isPainted = () =>
      last.evaluate((node) => {
        const canvas = node as HTMLCanvasElement;
        const { data } = canvas.getContext("2d")!.getImageData(0, 0, canvas.width, canvas.height);
        return data.some((value, i) => i % 4 === 2 && value > 140 && data[i - 2]! < 60);
      });
    await until(isPainted);
    await page.locator(".wall-tile").nth(3).click();
    await page.locator(".score").waitFor();
    expect(new URL(page.url()).searchParams.get("match")).toMatch(/^academy_corner/);
    await page.goBack();
    await page.locator(".wall-tile").first().waitFor();
  }, 90_000);
});
