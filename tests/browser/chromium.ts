/** @file The real browser of the tests: where it is, how it starts, and what happens where there is none. */
import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import { chromium, type Browser, type Page } from "playwright-core";
import { build } from "vite";

export const CHROMIUM = "/usr/bin/chromium";

/** Whether there is no Chromium. That is said aloud with what goes unproven; in CI it throws. */
export function lacksChromium(unproven: string): boolean {
  if (existsSync(CHROMIUM)) return false;
  const lack = `${CHROMIUM} is missing: nothing shows that ${unproven}.`;
  if (process.env["CI"] === "true") throw new Error(lack);
  console.warn(`SKIPPED: ${lack}`);
  return true;
}

export function launchChromium(): Promise<Browser> {
  return chromium.launch({
    executablePath: CHROMIUM,
    args: [
      "--headless=new",
      "--no-sandbox",
      "--disable-gpu",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
    ],
  });
}

/** A module and all that it imports as one script for a page. */
export async function bundleScript(entry: URL): Promise<string> {
  const built = await build({
    configFile: false,
    logLevel: "error",
    build: { write: false, lib: { entry: fileURLToPath(entry), formats: ["iife"], name: "page" } },
  });
  const [first] = [built].flat();
  if (first === undefined || !("output" in first)) throw new Error("Vite watched instead of building.");
  return first.output[0].code;
}

/** What shuts somebody out of the page as it is now, by axe's rules for WCAG 2.2 AA; the context must bypass CSP. */
export async function shutsOut(page: Page): Promise<unknown> {
  const axe = createRequire(import.meta.url).resolve("axe-core/axe.min.js");
  await page.addScriptTag({ content: readFileSync(axe, "utf8") });
  return page.evaluate(`axe
    .run({ runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"] })
    .then((found) => found.violations.map(({ id, nodes }) => id + ": " + nodes[0].target))`);
}
