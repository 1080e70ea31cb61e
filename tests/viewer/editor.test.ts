/** @file The scenario editor in a real Chromium: a drill is drawn, played, saved and benchmarked. */
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import { loadScenario } from "../../scenarios/load.ts";
import { lacksChromium, shutsOut } from "../browser/chromium.ts";
import { touchline } from "../cli/run.ts";
import { until, Venue } from "./serve.ts";
import { visits } from "./visit.ts";

const missing = lacksChromium("people can draw scenarios on the page");
const venue = new Venue();

function makeFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "touchline-editor-"));
  venue.keep({ close: () => rmSync(folder, { recursive: true }) });
  return folder;
}

/** Where somebody stands, as the page says it. */
async function placeOf(page: Page, thing: string): Promise<[number, number]> {
  const label = await page.locator(`.board .piece[data-thing="${thing}"]`).getAttribute("aria-label");
  const [, x, y] = /at (-?[\d.]+), (-?[\d.]+)$/.exec(label ?? "") ?? [];
  return [Number(x), Number(y)];
}

async function middleOf(page: Page, selector: string): Promise<{ x: number; y: number }> {
  const { x, y, width, height } = (await page.locator(selector).first().boundingBox())!;
  return { x: x + width / 2, y: y + height / 2 };
}

async function drag(page: Page, selector: string, by: { x: number; y: number }): Promise<void> {
  const from = await middleOf(page, selector);
  await page.mouse.move(from.x, from.y);
  await page.mouse.down();
  await page.mouse.move(from.x + by.x / 2, from.y + by.y / 2);
  await page.mouse.move(from.x + by.x, from.y + by.y);
  await page.mouse.up();
}

/** Fingers that go down one after the other, move at once, and are lifted together. */
async function touch(page: Page, ways: readonly { from: Spot; to: Spot }[]): Promise<void> {
  const client = await page.context().newCDPSession(page);
  const send = async (type: "touchStart" | "touchMove" | "touchEnd", touchPoints: Spot[]): Promise<void> => {
    await client.send("Input.dispatchTouchEvent", { type, touchPoints });
  };
  for (let down = 1; down <= ways.length; down++) {
    await send(
      "touchStart",
      ways.slice(0, down).map(({ from }) => from),
    );
  }
  for (const share of [0.25, 0.5, 0.75, 1]) {
    const at = ({ from, to }: { from: Spot; to: Spot }): Spot => ({
      x: from.x + share * (to.x - from.x),
      y: from.y + share * (to.y - from.y),
    });
    await send("touchMove", ways.map(at));
  }
  await send("touchEnd", []);
}

interface Spot {
  x: number;
  y: number;
}

const pressed = (page: Page): Promise<number> => page.locator('.board .piece[aria-pressed="true"]').count();

describe.skipIf(missing)("in a browser", { timeout: 240_000 }, () => {
  const visit = visits(venue, (page) => page.locator(".shelf .entry").first().waitFor({ timeout: 60_000 }));

  test("a two-against-one is drawn, played by the model that ships, varied, saved, found and benchmarked", async () => {
    const folder = makeFolder();
    const running = await venue.start(["academy_empty_goal"], { page: true, scenarios: [folder], rate: 30 });
    const page = await visit(`${running.url}/edit`);
    await page.getByRole("button", { name: "Blank" }).click();
    await page.locator('.board [data-thing="left.1"]').waitFor();
    expect(new URL(page.url()).search).toBe("?scenario=my_drill");

    // A mate by mouse, an opponent by keys alone.
    await page.getByRole("button", { name: "+ Navy" }).click();
    const [x, y] = await placeOf(page, "left.2");
    await drag(page, '.board [data-thing="left.2"]', { x: 20, y: 80 });
    const dragged = await placeOf(page, "left.2");
    expect(dragged[0]).toBeGreaterThan(x);
    expect(dragged[1]).toBeGreaterThan(y + 0.05);
    await page.getByRole("button", { name: "+ Amber" }).press("Enter");
    await page.locator('.board [data-thing="right.1"]:focus').waitFor();
    const before = await placeOf(page, "right.1");
    await page.keyboard.press("ArrowRight");
    await page.keyboard.press("Shift+ArrowDown");
    expect(await placeOf(page, "right.1")).toEqual([
      expect.closeTo(before[0] + 0.01, 3),
      expect.closeTo(before[1] + 0.05, 3),
    ]);
    await page.keyboard.press("Control+z");
    await page.keyboard.press("Control+z");
    expect(await placeOf(page, "right.1")).toEqual(before);
    await page.keyboard.press("Control+Shift+Z");
    expect(await placeOf(page, "right.1")).toEqual([expect.closeTo(before[0] + 0.01, 3), before[1]]);
    await page.getByText("Nothing is wrong with it.").waitFor();

    // It is played as it stands here, in no file.
    expect(readdirSync(folder)).toEqual([]);
    expect(await page.getByLabel("Policy").inputValue()).toBe("nano");
    await page.getByRole("button", { name: "Play", exact: true }).click();
    await page.locator(".score").waitFor({ timeout: 90_000 });
    await page.locator(".on", { hasText: "My drill" }).waitFor();
    expect(new URL(page.url()).searchParams.get("match")).toMatch(/^draft-/);
    await page.locator(".back-to-editor").click();

    // A range around the opponent, wider by the corner.
    await page.locator('.board .piece[data-thing="right.1"]').click();
    await page.getByRole("button", { name: "Range" }).click();
    const corner = '.board .corner[data-corner="2"]';
    await page.locator(corner).waitFor();
    await drag(page, corner, { x: 12, y: 30 });
    await page.locator('.sheet [aria-label="Y, 2"]').waitFor();
    const wide = Number(await page.locator('.sheet [aria-label="Y, 2"]').inputValue());
    expect(wide).toBeGreaterThan(0.06);
    await page.getByRole("button", { name: "Save", exact: true }).click();
    await page.getByText("Saved as my_drill.").waitFor();
    const saved = loadScenario("my_drill", { directories: [folder] });
    expect(saved.variation?.shifts).toEqual([expect.objectContaining({ members: ["right.1"] })]);
    expect(saved.variation!.shifts[0]!.y[1]).toBe(wide);
    expect([saved.left.players.length, saved.right.players.length]).toEqual([3, 2]);

    await page.getByRole("searchbox").fill("my drill");
    await until(async () => (await page.locator(".entry").count()) === 1);
    expect(await page.locator(".entry").textContent()).toContain("yours · 3 v 2");
    // The address is enough to come back.
    await page.reload();
    await page.locator('.board [data-thing="right.1"]').waitFor();

    const out = join(folder, "run");
    const bench = await touchline(
      ["bench", "scenario", "--scenario", "my_drill", "--scenarios", folder, "--policy", "scripted"].concat([
        "--episodes",
        "4",
        "--vary",
        "--out",
        out,
        "--json",
      ]),
    );
    expect(bench).toMatchObject({ status: 0 });
    expect(JSON.parse(bench.stdout)).toMatchObject({ suite: "scenario:my_drill", overall: { outcomes: {} } });
  });

  test("several are chosen and moved together, a team takes a formation, a problem leads to its field", async () => {
    const running = await venue.start(["academy_empty_goal"], { page: true, scenarios: [makeFolder()] });
    const page = await visit(`${running.url}/edit?scenario=academy_3_vs_1_with_keeper`, {
      // The answer to whoever would write over what ships.
      allows: /status of 422/,
    });
    await page.locator(".board .piece").first().waitFor();
    await page.locator('.board [data-thing="left.2"]').click();
    await page.locator('.board [data-thing="left.3"]').click({ modifiers: ["Shift"] });
    expect(await pressed(page)).toBe(2);
    const [above, below] = [await placeOf(page, "left.3"), await placeOf(page, "left.2")];
    await page.keyboard.press("ArrowLeft");
    expect([await placeOf(page, "left.3"), await placeOf(page, "left.2")]).toEqual([
      [expect.closeTo(above[0] - 0.01, 3), above[1]],
      [expect.closeTo(below[0] - 0.01, 3), below[1]],
    ]);
    // A frame from the halfway line around all of the attack.
    const { x, y, width, height } = (await page.locator(".board .grass .lines rect").first().boundingBox())!;
    await page.mouse.move(x + width * 0.55, y + height * 0.1);
    await page.mouse.down();
    await page.mouse.move(x + width * 0.9, y + height * 0.9);
    await page.mouse.up();
    expect(await pressed(page)).toBe(5);
    await page.keyboard.press("Escape");

    await page.getByLabel("Formation").selectOption("right 4-4-2");
    await until(async () => (await page.locator('.board .piece[data-thing^="right."]').count()) === 11);
    await page.keyboard.press("Control+z");
    await until(async () => (await page.locator('.board .piece[data-thing^="right."]').count()) === 2);

    await page.locator(".sheet > .group > .field", { hasText: "Steps" }).first().locator("input").fill("0");
    await page.getByRole("button", { name: /^steps is 0/ }).click();
    await page.locator("#field-steps:focus").waitFor();
    expect(await page.getByRole("button", { name: "Play", exact: true }).isDisabled()).toBe(true);
    await page.keyboard.press("Control+z");
    // Two keepers: the problem is deep in what is closed.
    await page.locator('.board [data-thing="right.1"]').click();
    await page.locator(".chosen").getByLabel("Role").selectOption("GK");
    await page.getByRole("button", { name: /right\.players has 2 keepers/ }).click();
    await page.locator("#field-right-players:focus").waitFor();
    await page.keyboard.press("Control+z");
    await page.getByText("Nothing is wrong with it.").waitFor();

    // What ships is not written over.
    await page.keyboard.press("Control+s");
    await page.getByText("ships with Touchline").waitFor();
    await page.getByRole("button", { name: "Save as …" }).click();
    await page.getByRole("textbox", { name: "Id", exact: true }).fill("mine_too");
    await page.keyboard.press("Enter");
    await page.getByText("Saved as mine_too.").waitFor();
    expect(new URL(page.url()).search).toBe("?scenario=mine_too");
  });

  test("on a phone two fingers bring the pitch nearer, one then moves it, and whoever is dragged goes where the finger goes", async () => {
    const running = await venue.start(["academy_empty_goal"], { page: true, scenarios: [makeFolder()] });
    const phone = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };
    const page = await visit(`${running.url}/edit?scenario=academy_corner`, phone);
    const player = '.board [data-thing="left.2"]';
    await page.locator(player).waitFor();
    await page.locator(".board").scrollIntoViewIfNeeded();
    const stood = await placeOf(page, "left.2");
    const [before, size] = [await middleOf(page, player), (await page.locator(player).boundingBox())!.width];
    // The first finger is on a player, which the second says was not meant.
    const [left, right] = [before, { x: before.x - 60, y: before.y + 30 }];
    await touch(page, [
      { from: left, to: { x: left.x + 30, y: left.y - 15 } },
      { from: right, to: { x: right.x - 30, y: right.y + 15 } },
    ]);
    await page.locator('.board[data-near="true"]').waitFor();
    expect(await placeOf(page, "left.2")).toEqual(stood);
    const near = await middleOf(page, player);
    expect(Math.abs(near.x - (left.x + 30))).toBeLessThan(6);
    expect((await page.locator(player).boundingBox())!.width).toBeGreaterThan(size);

    // One finger on the grass moves the pitch, on a player the player.
    const board = (await page.locator(".board").boundingBox())!;
    const grass = { x: board.x + 12, y: board.y + board.height - 12 };
    await touch(page, [{ from: grass, to: { x: grass.x + 24, y: grass.y } }]);
    await until(async () => (await middleOf(page, player)).x > near.x + 12);
    expect(await placeOf(page, "left.2")).toEqual(stood);
    const held = await middleOf(page, player);
    const target = { x: held.x - 20, y: held.y + 20 };
    await touch(page, [{ from: held, to: target }]);
    const put = await middleOf(page, player);
    expect(Math.hypot(put.x - target.x, put.y - target.y)).toBeLessThan(3);
    expect(await placeOf(page, "left.2")).not.toEqual(stood);

    // Keys have the same, and what they come to is in sight.
    await page.locator(player).press("0");
    await page.locator('.board[data-near="false"]').waitFor();
    for (let i = 0; i < 4; i++) await page.keyboard.press("+");
    await page.locator('.board [data-thing="right.1"]').focus();
    const there = await middleOf(page, '.board [data-thing="right.1"]');
    expect(there.x).toBeGreaterThan(board.x);
    expect(there.x).toBeLessThan(board.x + board.width);
    expect(await page.getByRole("button", { name: "Further" }).isEnabled()).toBe(true);
  });

  test("files come and go: exported, dropped, changed by another program, wrong", async () => {
    const folder = makeFolder();
    const running = await venue.start(["academy_empty_goal"], { page: true, scenarios: [folder] });
    const page = await visit(`${running.url}/edit?scenario=academy_corner`, { bypassCSP: true });
    await page.locator(".board .piece").first().waitFor();
    const coming = page.waitForEvent("download");
    await page.getByRole("button", { name: "Export" }).click();
    const download = await coming;
    expect(download.suggestedFilename()).toBe("academy_corner.json");
    const text = readFileSync(await download.path(), "utf8");
    expect(JSON.parse(text)).toEqual(loadScenario("academy_corner"));

    const dropped = text.replace('"academy_corner"', '"from_elsewhere"');
    await page.locator("main.editor").evaluate((main, content) => {
      const files = new DataTransfer();
      files.items.add(new File([content], "from_elsewhere.json"));
      main.dispatchEvent(new DragEvent("drop", { dataTransfer: files, bubbles: true, cancelable: true }));
    }, dropped);
    await page.locator(".bar h2", { hasText: "from_elsewhere" }).waitFor();
    // It is in no file, and yet there when the page is loaded again.
    await page.reload();
    await page.locator(".bar h2", { hasText: "from_elsewhere" }).waitFor();

    writeFileSync(join(folder, "broken.json"), "{");
    await page.locator(".wrong", { hasText: "broken" }).waitFor();
    writeFileSync(join(folder, "by_hand.json"), text.replace('"academy_corner"', '"by_hand"'));
    rmSync(join(folder, "broken.json"));
    await page.locator(".entry", { hasText: "yours" }).waitFor();
    await until(async () => (await page.locator(".wrong").count()) === 0);
    expect(await shutsOut(page)).toEqual([]);
  });
});
