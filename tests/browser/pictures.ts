/**
 * @file Takes pictures of every view of the page, wide and narrow, dark and light: `npm run pictures`, or of some views
 * by their names. Those that the docs show go to docs/pictures, all others into an ignored folder, to be looked at.
 */
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Browser, Page } from "playwright-core";
import { startViewer } from "../../viewer/server/index.ts";
import { launchChromium } from "./chromium.ts";
import { startExampleMind } from "./example-mind.ts";
import { writeExampleRun } from "./example-run.ts";
import { type View, VIEWS } from "./picture-views.ts";
import { smallPng } from "./small-picture.ts";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));
const DOCS = join(ROOT, "docs", "pictures");
const OTHERS = join(ROOT, "runs", "pictures");

/** What the docs show. */
const SHOWN: ReadonlySet<string> = new Set([
  "live",
  "live-light",
  "live-mobile",
  "mind",
  "mind-mobile",
  "ghosts",
  "analysis-light",
  "wall",
  "runs",
  "runs-mobile",
  "benchmarks",
  "editor",
  "sokoban",
  "branches",
  "share-light",
]);

const VARIANTS = [
  { ending: "", width: 1440, height: 900, colorScheme: "dark" },
  { ending: "-light", width: 1440, height: 900, colorScheme: "light" },
  { ending: "-mobile", width: 390, height: 844, colorScheme: "dark" },
  { ending: "-mobile-light", width: 390, height: 844, colorScheme: "light" },
  { ending: "-narrow", width: 360, height: 740, colorScheme: "light" },
] as const;

/** Without a graphics card WebGL takes a tenth of a second for each picture, and the canvas draws the same. */
const WITHOUT_WEBGL = `
  const { getContext } = HTMLCanvasElement.prototype;
  HTMLCanvasElement.prototype.getContext = function (kind, ...rest) {
    return /webgl/.test(kind) ? null : getContext.call(this, kind, ...rest);
  };
`;

/** One page for all variants: they show the same moment, or nearly. */
async function take(
  browser: Browser,
  view: View,
  minds: readonly [string, string],
  runs: string,
): Promise<void> {
  await view.before?.();
  const matches = view.matches(...minds);
  const server = await startViewer({ matches, port: 0, host: "127.0.0.1", runs });
  const context = await browser.newContext({ viewport: VARIANTS[0], colorScheme: "dark" });
  const page = await context.newPage();
  page.setDefaultTimeout(90_000);
  await page.addInitScript(WITHOUT_WEBGL);
  try {
    await page.goto(server.url + view.path);
    await view.when(page, server.url);
    await takeVariants(page, view);
  } finally {
    await context.close();
    await server.close();
  }
}

async function takeVariants(page: Page, view: View): Promise<void> {
  for (const { ending, width, height, colorScheme } of VARIANTS) {
    const wide = width > 1000;
    await page.emulateMedia({ colorScheme });
    await page.setViewportSize({ width, height: (wide ? view.height : undefined) ?? height });
    await (wide ? page.evaluate(() => scrollTo(0, 0)) : scroll(page, view.focus));
    // The pitch is laid out anew and the camera finds its place.
    await page.waitForTimeout(1500);
    await view.settle?.(page);
    const name = `${view.name}${ending}`;
    const isShown = SHOWN.has(name);
    const png = await page.screenshot();
    await writeFile(join(isShown ? DOCS : OTHERS, `${name}.png`), isShown ? await smallPng(png) : png);
    console.log(`${isShown ? "docs" : "runs"}/pictures/${name}.png`);
    if (ending === "-mobile")
      await page.screenshot({ path: join(OTHERS, `${name}-whole.png`), fullPage: true });
  }
}

async function scroll(page: Page, focus: string | undefined): Promise<void> {
  if (focus === undefined) await page.evaluate(() => scrollTo(0, 0));
  else await page.locator(focus).evaluate((node) => node.scrollIntoView());
}

const wanted = VIEWS.filter(({ name }) => process.argv.length === 2 || process.argv.includes(name));
mkdirSync(OTHERS, { recursive: true });
// In a folder of its own it has the name that everybody's has.
const place = mkdtempSync(join(tmpdir(), "touchline-pictures-"));
process.chdir(place);
await writeExampleRun("runs");
const [mind, longMind] = [await startExampleMind(), await startExampleMind(25)];
const minds = [
  `openai:example@${mind.url.href}`,
  `openai:example/of-a-model-with-a-very-long-name-72B-Instruct-AWQ@${longMind.url.href}`,
] as const;
const browser = await launchChromium();
for (const view of wanted) {
  await take(browser, view, minds, view.empty ? "nothing" : "runs").catch((error: unknown) => {
    process.exitCode = 1;
    console.error(`${view.name}: ${String(error)}`);
  });
}
await browser.close();
await mind.close();
await longMind.close();
rmSync(place, { recursive: true });
