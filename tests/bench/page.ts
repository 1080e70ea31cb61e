/**
 * @file How smooth the page is, in a real Chromium with the canvas renderer: `npm run bench:page`. The server runs in a
 * process of its own. Prints one JSON document: frames a second with one match and 64 small ones, and what of a frame is
 * the page's own work; what a match of 90 minutes takes to open and to scrub; how memory grows over a simulated hour.
 * `--minutes` is the length of the long one; `--only smooth`, `streamed` and `scrubbed` measure one of these.
 */
import { fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import type { CDPSession, Page } from "playwright-core";
import { loadScenario } from "../../scenarios/load.ts";
import { launchChromium } from "../browser/chromium.ts";
import { healthOf, serve } from "../viewer/serve.ts";
import { planMatches } from "../../viewer/server/index.ts";

const MATCH = "11_vs_11_stochastic";
const SCENES_PER_MINUTE = 600;

const { values } = parseArgs({
  options: {
    minutes: { type: "string", default: "90" },
    seconds: { type: "string", default: "20" },
    only: { type: "string" },
    /** For the process that serves: how many matches, and how many scenes a second. */
    matches: { type: "string" },
    rate: { type: "string", default: "10" },
    /** Played to their ends before anybody comes, and held there. */
    held: { type: "boolean", default: false },
  },
});
const minutes = Number(values.minutes);
const seconds = Number(values.seconds);

const wait = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

async function hosted(...options: string[]): Promise<{ url: string; close: () => void }> {
  const child = fork(fileURLToPath(import.meta.url), [...options, "--minutes", String(minutes)]);
  const [url]: unknown[] = await once(child, "message");
  return { url: String(url), close: () => void child.kill() };
}

/** The page's own rules forbid what `waitForFunction` does. */
async function holds(page: Page, expression: string): Promise<void> {
  while ((await page.evaluate(expression)) !== true) await wait(20);
}

interface Smoothness {
  perSecond: number;
  longestMs: number;
  /** CPU time for each frame: of the page's process, and of its main thread alone. What others on the machine do is not in it. */
  frameMs: Record<"process" | "thread", number>;
  /** Parts of the main thread's time; the rest is drawing. */
  share: Record<"script" | "style" | "layout", number>;
}

/** What the page has spent since it began, in seconds. */
async function spent(session: CDPSession): Promise<(name: string) => number> {
  const { metrics } = await session.send("Performance.getMetrics");
  return (name) => metrics.find((metric) => metric.name === name)?.value ?? Number.NaN;
}

/** Frames that the page draws in so many seconds, the longest wait for one, and what the page does for each. */
async function frames(page: Page, session: CDPSession): Promise<Smoothness> {
  await session.send("Performance.enable");
  const before = await spent(session);
  const drawn: { count: number; ms: number; longestMs: number } =
    await page.evaluate(`new Promise((resolve) => {
    let [count, longestMs, last] = [0, 0, performance.now()];
    const began = last;
    const frame = (now) => {
      count++;
      longestMs = Math.max(longestMs, now - last);
      last = now;
      if (now - began < ${seconds * 1000}) requestAnimationFrame(frame);
      else resolve({ count, ms: now - began, longestMs });
    };
    requestAnimationFrame(frame);
  })`);
  const after = await spent(session);
  await session.send("Performance.disable");
  const since = (name: string): number => after(name) - before(name);
  const each = (name: string): number => tenths((1000 * since(name)) / drawn.count);
  const part = (name: string): number => Math.round((100 * since(name)) / since("TaskDuration")) / 100;
  return {
    perSecond: tenths((1000 * drawn.count) / drawn.ms),
    longestMs: Math.round(drawn.longestMs),
    frameMs: { process: each("ProcessTime"), thread: each("ThreadTime") },
    share: {
      script: part("ScriptDuration"),
      style: part("RecalcStyleDuration"),
      layout: part("LayoutDuration"),
    },
  };
}

function tenths(value: number): number {
  return Math.round(value * 10) / 10;
}

/**
 * Of JavaScript and its buffers, after a collection: the least of some looks, for that is what the page holds, and the rest is on
 * its way through it.
 */
async function memory(session: CDPSession): Promise<number> {
  let least = Infinity;
  for (let look = 0; look < 5; look++) {
    await session.send("HeapProfiler.collectGarbage");
    const { usedSize, backingStorageSize = 0 } = (await session.send("Runtime.getHeapUsage")) as {
      usedSize: number;
      backingStorageSize?: number;
    };
    least = Math.min(least, usedSize + backingStorageSize);
    await wait(100);
  }
  return Math.round(least / 1e5) / 10;
}

async function smooth(page: Page, session: CDPSession): Promise<object> {
  const server = await hosted("--matches", "64");
  await page.goto(`${server.url}/?renderer=canvas`);
  await holds(page, "window.__viewer?.ready === true");
  await wait(3000);
  const match = await frames(page, session);
  await page.goto(`${server.url}/wall`);
  await page.locator(".wall-tile").nth(63).waitFor();
  const wall = await frames(page, session);
  server.close();
  return { matchAnd64Small: match, wall };
}

/** What the page holds of a match that comes a hundred times as fast as it is played. */
async function streamed(page: Page, session: CDPSession): Promise<object> {
  const server = await hosted("--matches", "1", "--rate", "1000");
  const scenes = minutes * SCENES_PER_MINUTE;
  await page.goto(`${server.url}/?renderer=canvas`);
  await holds(page, "window.__viewer?.ready === true");
  const megabytes: Record<string, number> = {};
  // Scenes are of 0.1 s; a first tenth lets everything that is kept for good come to be.
  for (const share of [0.1, 0.4, 0.7, 1]) {
    await holds(page, `window.__viewer.shown.lastTick / 5 >= ${share * scenes * 0.95}`);
    megabytes[`${Math.round(share * minutes)} min`] = await memory(session);
  }
  server.close();
  return megabytes;
}

/** What it takes to open a match as long as that, and to jump about in it. */
async function scrubbed(page: Page): Promise<object> {
  const server = await hosted("--matches", "1", "--held");
  await page.goto(`${server.url}/?renderer=canvas`);
  await holds(page, `window.__viewer?.shown?.lastTick / 5 >= ${minutes * SCENES_PER_MINUTE}`);
  const began = performance.now();
  await page.goto(`${server.url}/?renderer=canvas`);
  await holds(page, "window.__viewer?.ready === true");
  const openMs = performance.now() - began;
  await holds(page, "window.__viewer.shown.firstTick <= 5");
  const wholeMs = performance.now() - began;
  const scrubMs: number[] = await page.evaluate(`(async () => {
    const line = document.querySelector('input[type="range"]');
    const taken = [];
    for (let i = 0; i < 40; i++) {
      const before = window.__viewer.shown.tick;
      const began = performance.now();
      line.value = String(Number(line.max) * ((i * 0.382) % 1));
      line.dispatchEvent(new Event("input", { bubbles: true }));
      while (window.__viewer.shown.tick === before && performance.now() - began < 2000)
        await new Promise((resolve) => requestAnimationFrame(resolve));
      taken.push(performance.now() - began);
    }
    return taken;
  })()`);
  server.close();
  const sorted = scrubMs.toSorted((a, b) => a - b);
  return {
    openMs: Math.round(openMs),
    wholeMs: Math.round(wholeMs),
    scrubMs: { median: Math.round(sorted[20]!), worst: Math.round(sorted.at(-1)!) },
  };
}

if (values.matches === undefined) {
  const browser = await launchChromium();
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  const page = await context.newPage();
  const session = await context.newCDPSession(page);
  const parts = { smooth, streamed, scrubbed };
  const measured: Record<string, unknown> = { minutes };
  for (const [name, measure] of Object.entries(parts))
    if (values.only === undefined || values.only === name) measured[name] = await measure(page, session);
  console.log(JSON.stringify(measured, null, 2));
  await browser.close();
} else {
  const count = Number(values.matches);
  const steps = minutes * SCENES_PER_MINUTE;
  const scenarios = Array.from({ length: count }, () => ({ ...loadScenario(MATCH), steps }));
  const matches = planMatches(scenarios, { policy: "scripted", seed: 0 });
  for (const plan of matches) plan.held = values.held;
  const running = await serve([], {
    matches,
    rate: Number(values.rate),
    page: true,
  });
  await healthOf(running);
  process.send?.(running.url);
}
