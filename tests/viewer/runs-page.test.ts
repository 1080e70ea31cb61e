/** @file Training runs on the page in a real Chromium: one test for each story of those who watch something learn. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import { parsePolicy } from "../../agent/policy/index.ts";
import type { RunningViewer } from "../../viewer/server/index.ts";
import { startServer } from "../answerer/faulty-server.ts";
import { lacksChromium, shutsOut } from "../browser/chromium.ts";
import { watchByCommand } from "./command.ts";
import { thinks } from "./mind-host.ts";
import { CLOSE, growRun, recordEpisodes, runsFolder, SAMPLE, writeRun, writeSamples } from "./run-folder.ts";
import { healthOf, serve, until, Venue } from "./serve.ts";
import { visits } from "./visit.ts";

const missing = lacksChromium("people see on the page how something learns");
const venue = new Venue();

/** Another process that trains, as far as its folder tells: a line of metrics every 100 ms until it is ended. */
function trainElsewhere(folder: string, id: string): void {
  const script = `
    const { appendFileSync, mkdirSync } = require("node:fs");
    const [run] = process.argv.slice(1);
    mkdirSync(run, { recursive: true });
    let step = 0;
    setInterval(() => {
      step++;
      const line = JSON.stringify({ global_step: step, "charts/reward": step / 100, "losses/kl": 0.5 });
      // In two pieces, as a slow disk would have it.
      appendFileSync(run + "/metrics.jsonl", line.slice(0, 9));
      setTimeout(() => appendFileSync(run + "/metrics.jsonl", line.slice(9) + "\\n"), 30);
    }, 100);`;
  const child = spawn(process.execPath, ["-e", script, join(folder, id)], { stdio: "ignore" });
  const exited = once(child, "exit");
  venue.keep({
    close: () => {
      child.kill();
      return exited;
    },
  });
}

/** The step and the value that a chart shows. */
async function shownBy(page: Page, curve: string): Promise<{ step: number; value: number }> {
  const chart = page.locator(`.chart[data-curve="${curve}"]`);
  const at = await chart.locator(".at").textContent();
  return {
    step: Number(/\d+/.exec(at ?? "")?.[0]),
    value: Number(await chart.locator("output").textContent()),
  };
}

/** A run of 100 steps with episodes of two of them, on a page of its own. */
async function startRun(): Promise<{ running: RunningViewer; folder: string }> {
  const folder = runsFolder(venue);
  const run = writeRun(folder, "lmm/3-mgt", 100, { steps: 100 });
  await recordEpisodes(run, 20, [7, 8]);
  writeSamples(run, 20, [
    SAMPLE,
    { ...SAMPLE, prompt: "How many players has a team?", gold: "11", accuracy: 0, reward: 0.5 },
  ]);
  const running = await venue.start(["academy_empty_goal"], { runs: folder, page: true });
  return { running, folder };
}

describe.skipIf(missing)("in a browser", () => {
  const visit = visits(venue, (page) => page.locator("main").waitFor());

  test("a run that is started elsewhere appears on a page that is open, and its curves grow", async () => {
    const folder = runsFolder(venue);
    const { url } = await watchByCommand(venue, ["--scenario", "academy_empty_goal", "--runs", folder]);
    const page = await visit(url);
    await page.getByRole("link", { name: "Runs" }).click();
    await page.getByText("There is no run in").waitFor();
    trainElsewhere(folder, "mine/1-sft");
    const card = page.locator(".run", { hasText: "mine/1-sft" });
    await card.filter({ hasText: "live, step" }).waitFor();
    const reward = page.locator('.chart[data-curve="charts/reward"]');
    await reward.waitFor();
    expect(await reward.locator("b").textContent()).toBe("Reward");
    const { step } = await shownBy(page, "charts/reward");
    await until(async () => (await shownBy(page, "charts/reward")).step >= step + 15);
    const now = await shownBy(page, "charts/reward");
    expect(now.value).toBeCloseTo(now.step / 100);
    const path = (await reward.locator("path.line").last().getAttribute("d"))!;
    expect(path.split("L").length).toBeGreaterThanOrEqual(step + 15);
    await until(async () => Number(/step (\d+)/.exec((await card.textContent())!)![1]) > now.step);
    // Another one, while the first is looked at: nobody is taken away from it.
    trainElsewhere(folder, "other");
    await page.locator(".run", { hasText: "other" }).waitFor();
    expect(await card.getAttribute("aria-current")).toBe("true");
    await page.locator(".run", { hasText: "other" }).click();
    await page.locator(".run-head", { hasText: "other" }).waitFor();
    await until(async () => (await shownBy(page, "charts/reward")).step > 2);
    expect(new URL(page.url()).search).toBe("?run=other");
  });

  test("all charts share a cursor, and a click on one opens the episodes of its step, of which one is played", async () => {
    const { running } = await startRun();
    const page = await visit(`${running.url}/runs`);
    const plot = page.locator('.chart[data-curve="charts/reward"] .plot');
    await plot.waitFor();
    const { width, height } = (await plot.boundingBox())!;
    await plot.hover({ position: { x: width * 0.5, y: height / 2 } });
    await until(async () => (await shownBy(page, "losses/kl")).step !== 100);
    const { step, value } = await shownBy(page, "charts/reward");
    expect(Math.abs(step - 50)).toBeLessThan(4);
    expect(value).toBeCloseTo(step / 10);
    expect((await shownBy(page, "losses/kl")).step).toBe(step);

    await plot.click({ position: { x: width * 0.3, y: height / 2 } });
    const point = page.locator(".point");
    await point
      .getByText(/^Nothing was recorded at step \d+; this is of step 20, the nearest before\.$/)
      .waitFor();
    expect(await point.locator(".episode").allTextContents()).toEqual(
      [7, 8].map((seed) =>
        expect.stringMatching(new RegExp(`^${CLOSE}1–0seed ${seed}, return \\+1, \\d+ steps$`)),
      ),
    );
    await point.locator("summary", { hasText: "A striker runs" }).click();
    const sample = point.locator("details[open]");
    expect(await sample.locator("dd").allTextContents()).toEqual([
      SAMPLE.prompt,
      SAMPLE.response,
      SAMPLE.gold,
    ]);
    expect(await sample.locator(".worth").textContent()).toBe("1.5");

    // At the mark of what was recorded, also a little before it.
    const beside = (await plot.boundingBox())!;
    await plot.click({ position: { x: (beside.width * 18.2) / 99, y: height / 2 } });
    await page.locator('.point[data-step="20"] .episode').first().waitFor();
    const address = page.url();
    await point.locator(".episode", { hasText: "seed 8" }).click();
    await page.locator(".score").waitFor();
    await page.locator(".on", { hasText: "run lmm/3-mgt, step 20 · seed 8" }).waitFor();
    await page.locator('.events li[data-weight="goal"]').waitFor();
    // The way back, and the address that others get.
    const played = page.url();
    await page.goBack();
    await page.locator(".point .episode").first().waitFor();
    expect(page.url()).toBe(address);
    const other = await visit(played);
    await other.locator(".on", { hasText: "seed 8" }).waitFor();
    await other.locator(".back-to-run").click();
    await other.locator('.point[data-step="20"] .episode').first().waitFor();
    expect(new URL(other.url()).searchParams.get("run")).toBe("lmm/3-mgt");
  });

  test("who goes to the runs leaves the match, and finds it live when he comes back", async () => {
    const { folder } = await startRun();
    const running = await venue.start(["academy_empty_goal"], { runs: folder, page: true, rate: 100 });
    const page = await visit(`${running.url}/?run=lmm%2F3-mgt&step=20&episode=${CLOSE}-7.jsonl`);
    await page.locator(".on", { hasText: "seed 7" }).waitFor();
    expect(await page.locator(".match").count()).toBe(2);
    expect(await healthOf(running)).toMatchObject({ opened: 1 });
    await page.getByRole("link", { name: "Runs" }).click();
    await page.locator('.point[data-step="20"]').waitFor();
    // Nobody looks at the episode any more.
    await until(async () => (await healthOf(running))["opened"] === 0);
    const { packets } = await healthOf(running);
    await page.getByRole("link", { name: "Matches" }).click();
    await page.locator(".on", { hasText: "Empty goal" }).waitFor();
    await until(async () => Number((await healthOf(running))["packets"]) > Number(packets) + 20);
    expect(await page.evaluate("window.__viewer.cursor.pace")).toBe("following");
    await page.goBack();
    await page.goBack();
    await page.locator(".on", { hasText: "seed 7" }).waitFor();
  });

  test("what a model thought stands beside the episode that it played", async () => {
    const folder = runsFolder(venue);
    const run = writeRun(folder, "mine", 5);
    const chat = venue.keep(await startServer(thinks("shot", { thought: "The goal is empty. " })));
    await recordEpisodes(run, 5, [1], parsePolicy(`openai:some/model@${chat.url.href}`));
    const running = await venue.start(["academy_empty_goal"], { runs: folder, page: true });
    const page = await visit(`${running.url}/runs?run=mine&step=5`);
    await page.locator(".episode").click();
    const thought = page.locator(".mind").getByRole("region", { name: "Its thought" });
    await thought.filter({ hasText: "The goal is empty." }).waitFor();
    await page.locator('.mind [data-match="same"]').waitFor();
  });

  test("a link leads to a run and a step, without a pointer too", async () => {
    const { running } = await startRun();
    const page = await visit(`${running.url}/runs?run=lmm%2F3-mgt&step=20`);
    await page.locator('.point[data-step="20"] .episode').first().waitFor();
    await page.getByRole("button", { name: "Close" }).first().click();
    await until(async () => (await page.locator(".point").count()) === 0);
    expect(new URL(page.url()).search).toBe("?run=lmm%2F3-mgt");
    await page.getByRole("slider", { name: "Step" }).focus();
    await page.keyboard.press("Home");
    await until(async () => (await shownBy(page, "charts/reward")).step === 1);
    expect(await page.locator(".open-point").textContent()).toBe("No episodes");
    for (let i = 0; i < 24; i++) await page.keyboard.press("ArrowRight");
    await until(async () => (await shownBy(page, "charts/reward")).step === 25);
    await page.getByRole("button", { name: "Episodes of step 20" }).press("Enter");
    await page.locator('.point[data-step="20"]').waitFor();
  });

  test("an address of what is not there says so, and shows it once it is", async () => {
    const folder = runsFolder(venue);
    const running = await venue.start(["academy_empty_goal"], { runs: folder, page: true });
    const page = await visit(`${running.url}/runs?run=later`);
    await page.getByText("There is no run “later”").waitFor();
    writeRun(folder, "later", 3);
    await until(async () => (await page.locator(".chart").count()) === 2);
    const lost = await visit(`${running.url}/?run=later&step=3&episode=none.jsonl`);
    await lost.getByText('There is no episode "none.jsonl" of step 3').waitFor();
    await lost.locator(".score").waitFor();
  });

  test("when the server goes away and comes back, the curves go on", async () => {
    const folder = runsFolder(venue);
    const run = writeRun(folder, "mine", 3);
    const first = await serve(["academy_empty_goal"], { runs: folder, page: true });
    const allows = /ERR_CONNECTION_REFUSED|already in CLOSING or CLOSED state/;
    const page = await visit(`${first.url}/runs?run=mine`, { allows });
    await page.locator(".chart").first().waitFor();
    await first.close();
    await page.getByText("Connection lost, trying again").waitFor();
    growRun(run, 4);
    await venue.start(["academy_empty_goal"], { runs: folder, page: true, port: first.port });
    await until(async () => (await shownBy(page, "charts/reward")).step === 4);
    growRun(run, 5);
    await until(async () => (await shownBy(page, "charts/reward")).step === 5);
  });

  describe.each([
    ["dark", 1440, 900],
    ["dark", 390, 844],
    ["light", 1440, 900],
    ["light", 390, 844],
  ] as const)("%s, %i wide and %i high", (colorScheme, width, height) => {
    test("nothing is wider than the screen, and axe finds nothing that shuts anybody out", async () => {
      const { running } = await startRun();
      const options = { viewport: { width, height }, colorScheme, bypassCSP: true };
      const page = await visit(`${running.url}/runs?run=lmm%2F3-mgt&step=20`, options);
      await page.locator(".chart").first().waitFor();
      await page.locator(".samples summary").first().click();
      expect(await page.evaluate("document.documentElement.scrollWidth")).toBe(width);
      expect(await shutsOut(page)).toEqual([]);
    });
  });
});
