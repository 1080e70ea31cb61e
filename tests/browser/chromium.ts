/** @file The real browser of the tests: where it is, how it starts, and what happens where there is none. */
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { chromium, type Browser } from "playwright-core";
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
