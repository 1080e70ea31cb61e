/** @file Takes the pictures of the docs from the running page: `npm run pictures`. */
import { fileURLToPath } from "node:url";
import type { BrowserContextOptions } from "playwright-core";
import { loadScenario } from "../../scenarios/load.ts";
import { DEFAULT_SCENARIOS, planMatches, startViewer } from "../../viewer/server/index.ts";
import { launchChromium } from "./chromium.ts";

const FOLDER = fileURLToPath(new URL("../../docs/pictures/", import.meta.url));
const DESK = { width: 1440, height: 900 };
/** File, match, seconds of play before it is taken, and the browser. */
const PICTURES: readonly (readonly [string, string, number, BrowserContextOptions])[] = [
  ["live", "11_vs_11_stochastic", 14, { viewport: DESK, colorScheme: "dark" }],
  ["live-light", "academy_corner", 3, { viewport: DESK, colorScheme: "light" }],
  ["live-mobile", "academy_counterattack_hard", 3, { viewport: { width: 390, height: 844 } }],
];

const matches = planMatches(
  DEFAULT_SCENARIOS.map((id) => loadScenario(id)),
  { policy: "scripted", seed: 0 },
);
const server = await startViewer({ matches, port: 0, host: "127.0.0.1" });
const browser = await launchChromium();
for (const [name, match, seconds, options] of PICTURES) {
  const context = await browser.newContext({ colorScheme: "dark", ...options });
  const page = await context.newPage();
  await page.goto(`${server.url}/?match=${match}`);
  await page.waitForTimeout(seconds * 1000);
  await page.screenshot({ path: `${FOLDER}${name}.png` });
  console.log(`docs/pictures/${name}.png`);
  await context.close();
}
await browser.close();
await server.close();
