/** @file What agents think, on the page in a real Chromium: from the frame that one saw to what came of it, and back. */
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import { playEpisode } from "../../agent/match/index.ts";
import { parsePolicy } from "../../agent/policy/index.ts";
import { writeLine } from "../../env/episode/index.ts";
import { loadScenario } from "../../scenarios/load.ts";
import { planReplays } from "../../viewer/server/index.ts";
import { sendAnswer, startServer } from "../answerer/faulty-server.ts";
import { lacksChromium, shutsOut } from "../browser/chromium.ts";
import { listSink } from "../episode/played.ts";
import { watchByCommand } from "./command.ts";
import { CLOSE, host, THREE, thinks } from "./mind-host.ts";
import { until, Venue } from "./serve.ts";
import { visits } from "./visit.ts";

const missing = lacksChromium("people see on the page what agents think");
const MODEL = fileURLToPath(new URL("../reference/fixtures/tied/model", import.meta.url));
const COLD = fileURLToPath(new URL("../../agent/weights/cold", import.meta.url));
const venue = new Venue();

/** Pauses, and waits for a decision instead of a thought. */
async function pause(page: Page): Promise<void> {
  await page.keyboard.press("Space");
  await page.getByRole("button", { name: "Play", exact: true }).waitFor();
  await page.locator('.mind[data-thinking="false"]').waitFor();
}

function newestTick(page: Page): Promise<number> {
  return page.evaluate("window.__viewer.shown.lastTick");
}

/** What is waited for until it is opened. */
function gate(): { opened: Promise<void>; open: () => void } {
  let resolve: (() => void) | undefined;
  const opened = new Promise<void>((open) => {
    resolve = open;
  });
  return { opened, open: () => resolve!() };
}

describe.skipIf(missing)("in a browser", () => {
  const visit = visits(venue, (page) => page.locator(".mind").waitFor());

  test("one follows a decision from the frame to the thought to the action to the goal, and goes back to an earlier one", async () => {
    const actions = ["right", "right", "shot"];
    // The first thought goes on when it has been seen.
    const [middle, end] = [gate(), gate()];
    const held = (token: string) => ({ "the ": middle.opened, "feet. ": end.opened })[token];
    const { url } = await host(
      venue,
      (response, times, asked) =>
        thinks(actions[times] ?? "shot", { pause: held, thought: "I see the ball at my feet. " })(
          response,
          times,
          asked,
        ),
      [CLOSE],
      { page: true, decisionSteps: 4 },
    );
    const page = await visit(url);
    const mind = page.locator(".mind");
    // The thought grows while the game waits.
    await mind.locator(".going").waitFor();
    const thought = mind.getByRole("region", { name: "Its thought so far" });
    await until(async () => (await thought.textContent()) === "I see the ");
    middle.open();
    await until(async () => (await thought.textContent()) === "I see the ball at my feet. ");
    expect(await newestTick(page)).toBe(0);
    end.open();

    // The goal, and what the decision before it has earned.
    await page.locator('.events li[data-weight="goal"]').waitFor();
    await pause(page);
    await page.locator('.events li[data-weight="goal"] button').click();
    await until(async () => {
      await page.keyboard.press("ArrowRight");
      return /^Reward \+1.*scoring \+1/.test((await mind.locator(".earned").textContent()) ?? "");
    });

    // Back to the first decision: its frame, its thought, its action, how likely it was.
    const stepShown = (): Promise<string | null> => mind.getAttribute("data-step");
    await until(async () => {
      const before = await stepShown();
      if (before === "1") return true;
      await mind.getByRole("button", { name: "Previous decision" }).click();
      await until(async () => (await stepShown()) !== before);
      return false;
    });
    await mind.locator('[data-match="same"]').waitFor();
    expect(await mind.locator(".whose").textContent()).toMatch(/^Number 2decision 1 of \d, from step 1 on/);
    expect(await mind.getByRole("region", { name: "Its thought" }).textContent()).toBe(
      "I see the ball at my feet.",
    );
    expect(await mind.locator(".action > b").textContent()).toBe("right");
    expect(await mind.locator(".sure").textContent()).toBe("40 %");
    expect(await mind.locator(".tokens li").allTextContents()).toEqual(["ri50 %", "ght80 %"]);
    expect(await mind.locator(".earned").textContent()).toBe("Reward 0");
    expect(await mind.locator(".facts").first().textContent()).toMatch(/^Took\d+ msFrame's age0 steps/);
    expect(await mind.locator("details").getAttribute("open")).toBeNull();
    await mind.locator("summary").click();
    expect(await mind.getByRole("region", { name: "The prompt" }).textContent()).toMatch(/^system: You play/);

    // And by the line of time to the next.
    await mind.getByRole("button", { name: "Next decision" }).click();
    await until(async () => (await mind.getAttribute("data-step")) === "5");
    await mind.locator('[data-match="same"]').waitFor();
  });

  test("a model folder plays by the command, and what holds no action is shown as it is, with the reason", async () => {
    // The model has room for 1,024 tokens, pictures included: earlier answers would fill it.
    const words = ["--scenario", CLOSE, "--max-tokens", "24", "--answers", "0", "--policy", `dir:${MODEL}`];
    const { url, stop } = await watchByCommand(venue, words);
    const page = await visit(url);
    const mind = page.locator(".mind");
    await mind.locator('[data-outcome="unparsed"]').waitFor();
    await pause(page);
    await mind.locator('[data-match="same"]').waitFor();
    expect(await mind.locator(".wrong").textContent()).toBe("no action in its answer");
    expect(await mind.locator(".why").textContent()).toContain("<answer>");
    expect((await mind.locator(".tokens li").count()) > 10).toBe(true);
    expect(await mind.locator(".sure").count()).toBe(0);
    await page.close();
    expect(await stop()).toBe(0);
  });

  test("a model that looks at frames of its own way is shown with those, live and recorded", async () => {
    const folder = mkdtempSync(join(tmpdir(), "touchline-mind-"));
    venue.keep({ close: () => rmSync(folder, { recursive: true }) });
    const words = ["--scenario", CLOSE, "--policy", `dir:${COLD}`, "--record", folder];
    const live = await watchByCommand(venue, words);
    const page = await visit(live.url);
    const mind = page.locator(".mind");
    await page.locator('.events li[data-weight="goal"]').waitFor();
    await pause(page);
    await mind.locator('[data-match="same"]').waitFor();
    expect(await mind.locator("canvas").first().getAttribute("width")).toBe("168");
    await until(() => readdirSync(folder).length > 0);
    await page.close();
    await live.stop();
    const file = join(folder, readdirSync(folder)[0]!);
    const again = await visit((await venue.start([], { matches: planReplays([file]), page: true })).url);
    await again.locator('.mind [data-match="same"]').waitFor();
    expect(await again.locator('[data-match="other"]').count()).toBe(0);
  });

  test("a recorded episode shows its decisions, and says so when a frame is not the one that was seen", async () => {
    const chat = venue.keep(await startServer(thinks("right")));
    const left = parsePolicy(`openai:some/model@${chat.url.href}`);
    const sink = listSink();
    await playEpisode({ scenario: loadScenario(CLOSE), left, decisionSteps: 3, sink }, 0);
    const second = sink.records.find((one) => one.kind === "decision" && one.step === 4)!;
    Object.assign(second, { frameHash: "0123456789abcdef" });
    const folder = mkdtempSync(join(tmpdir(), "touchline-mind-"));
    venue.keep({ close: () => rmSync(folder, { recursive: true }) });
    const file = join(folder, "changed.jsonl");
    writeFileSync(file, sink.records.map(writeLine).join(""));
    const page = await visit((await venue.start([], { matches: planReplays([file]), page: true })).url);
    const mind = page.locator(".mind");
    await mind.locator('[data-outcome="played"]').waitFor();
    await page.keyboard.press("Space");
    await page.keyboard.press("Home");
    await until(async () => (await mind.getAttribute("data-step")) === "1");
    await mind.locator('[data-match="same"]').waitFor();
    await mind.getByRole("button", { name: "Next decision" }).click();
    await mind.locator('[data-match="other"]', { hasText: "not as drawn" }).waitFor();
    expect(await mind.locator(".hash").textContent()).toBe("0123456789abcdef");
  });

  test("what a model writes is text: no picture of it is loaded, no script of it runs", async () => {
    const evil = `<img src=x onerror="window.hacked=1"><script>window.hacked=1</script><b>bold</b>`;
    const { url } = await host(
      venue,
      (response, times) =>
        sendAnswer(
          response,
          times % 2 ? [`${evil} no action`] : [`<think>${evil}</think><answer>right</answer>`],
        ),
      [CLOSE],
      { page: true, decisionSteps: 6 },
    );
    const page = await visit(url);
    const mind = page.locator(".mind");
    for (const outcome of ["played", "unparsed"]) {
      await mind.locator(`[data-outcome="${outcome}"]`).waitFor();
      expect(await mind.getByRole("region", { name: "Its thought" }).textContent()).toContain(evil);
    }
    expect(await mind.locator("img, script, .words b").count()).toBe(0);
    expect(await page.evaluate("window.hacked")).toBeUndefined();
  });

  test("when the server gives no answer the page says why", async () => {
    const { url } = await host(venue, (response) => void response.writeHead(401).end("who?"), [CLOSE], {
      page: true,
    });
    const page = await visit(url);
    await page.locator('.mind [data-outcome="failed"]', { hasText: "no answer" }).waitFor();
    expect(await page.locator(".mind .why").textContent()).toContain("answered 401: who?");
  });

  test("of several players one chooses whose mind to read, and it stays his", async () => {
    const { url } = await host(venue, thinks("idle"), [THREE], {
      page: true,
      players: "all",
      decisionSteps: 3,
    });
    const page = await visit(url);
    const mind = page.locator(".mind");
    const choice = mind.getByRole("group", { name: "Whose mind" });
    await choice.waitFor();
    await until(async () => (await choice.getByRole("button").count()) === 5);
    const steps = new Set<string | null>();
    await choice.getByRole("button", { name: "Number 3" }).click();
    while (steps.size < 3) {
      expect(await mind.locator(".whose b").textContent()).toBe("Number 3");
      steps.add(await mind.getAttribute("data-step"));
    }
    await choice.getByRole("button", { name: "Last" }).click();
    await mind.locator(".whose", { hasText: "Number 4" }).waitFor();
  });

  describe.each([
    ["dark", 1440, 900],
    ["light", 390, 844],
  ] as const)("%s, %i wide and %i high", (colorScheme, width, height) => {
    test("nothing is wider than the screen, and axe finds nothing that shuts anybody out", async () => {
      const { url } = await host(
        venue,
        thinks("right", { thought: `${"verylongword".repeat(30)} ` }),
        [THREE],
        {
          page: true,
          players: "all",
          decisionSteps: 4,
        },
      );
      const page = await visit(url, { viewport: { width, height }, colorScheme, bypassCSP: true });
      await page.locator(".mind .tokens").waitFor();
      await pause(page);
      await page.locator(".mind summary").click();
      expect(await page.evaluate("document.documentElement.scrollWidth")).toBe(width);
      expect(await shutsOut(page)).toEqual([]);
    });
  });
});
