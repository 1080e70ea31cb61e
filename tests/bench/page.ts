/**
 * @file How smooth the page is, in a real Chromium with the canvas renderer: `npm run bench:page`. The server runs in a
 * process of its own. Prints one JSON document: frames a second with one match and 64 small ones, what a match of 90
 * minutes takes to open and to scrub, and how memory grows over a simulated hour. `--minutes` is the length of the long one.
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
    /** For the process that serves: how many matches, and how many scenes a second. */
    matches: { type: "string" },
    rate: { type: "string", default: "10" },
  },
});
const minutes = Number(values.minutes);
const seconds = Number(values.seconds);

const wait = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

async function hosted(matches: number, rate: number): Promise<{ url: string; close: () => void }> {
  const child = fork(fileURLToPath(import.meta.url), ["--matches", String(matches), "--rate", String(rate)]);
  const [url]: unknown[] = await once(child, "message");
  return { url: String(url), close: () => void child.kill() };
}

/** The page's own rules forbid what `waitForFunction` does. */
async function holds(page: Page, expression: string): Promise<void> {
  while ((await page.evaluate(expression)) !== true) await wait(20);
}

/** Frames that the page draws in so many seconds, and the longest wait for one. */
function frames(page: Page): Promise<{ perSecond: number; longestMs: number }> {
  return page.evaluate(`new Promise((resolve) => {
    let [count, longest, last] = [0, 0, performance.now()];
    const began = last;
    const frame = (now) => {
      count++;
      longest = Math.max(longest, now - last);
      last = now;
      if (now - began < ${seconds * 1000}) requestAnimationFrame(frame);
      else resolve({ perSecond: (1000 * count) / (now - began), longestMs: longest });
    };
    requestAnimationFrame(frame);
  })`);
}

/** Of JavaScript and its buffers, after a collection. */
async function memory(session: CDPSession): Promise<number> {
  await session.send("HeapProfiler.collectGarbage");
  const { usedSize, backingStorageSize = 0 } = (await session.send("Runtime.getHeapUsage")) as {
    usedSize: number;
    backingStorageSize?: number;
  };
  return Math.round((usedSize + backingStorageSize) / 1e5) / 10;
}

async function smooth(page: Page): Promise<object> {
  const server = await hosted(64, 10);
  await page.goto(`${server.url}/?renderer=canvas`);
  await holds(page, "window.__viewer?.ready === true");
  await wait(3000);
  const match = await frames(page);
  await page.goto(`${server.url}/wall`);
  await page.locator(".wall-tile").nth(63).waitFor();
  const wall = await frames(page);
  server.close();
  return { matchAnd64Small: match, wall };
}

async function long(page: Page, session: CDPSession): Promise<object> {
  const server = await hosted(1, 1000);
  const scenes = minutes * SCENES_PER_MINUTE;
  await page.goto(`${server.url}/?renderer=canvas`);
  await holds(page, "window.__viewer?.ready === true");
  const megabytes: Record<string, number> = {};
  // Scenes are of 0.1 s; a first tenth lets everything that is kept for good come to be.
  for (const share of [0.1, 0.4, 0.7, 1]) {
    await holds(page, `window.__viewer.shown.lastTick / 5 >= ${share * scenes * 0.95}`);
    megabytes[`${Math.round(share * minutes)} min`] = await memory(session);
  }
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
    minutes,
    megabytes,
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
  console.log(JSON.stringify({ ...(await smooth(page)), long: await long(page, session) }, null, 2));
  await browser.close();
} else {
  const count = Number(values.matches);
  const steps = minutes * SCENES_PER_MINUTE;
  const scenarios = Array.from({ length: count }, () => ({ ...loadScenario(MATCH), steps }));
  const running = await serve([], {
    matches: planMatches(scenarios, { policy: "scripted", seed: 0 }),
    rate: Number(values.rate),
    page: true,
  });
  await healthOf(running);
  process.send?.(running.url);
}
