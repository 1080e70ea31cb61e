/** @file The env itself in a real browser: the same states, ticks and frames as in Node. */
import { existsSync } from "node:fs";
import { createServer, type Server } from "node:http";
import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { fileURLToPath } from "node:url";
import { chromium, type Browser, type Page } from "playwright-core";
import { build } from "vite";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { listScenarios } from "../../scenarios/load.ts";
import { crowd, eleven, everyCase } from "./cases.ts";
import type { Case, Trace } from "./trace.ts";
import { parting, trace } from "./trace.ts";

const CHROMIUM = "/usr/bin/chromium";
const missing = !existsSync(CHROMIUM);
if (missing) {
  const lack = `${CHROMIUM} is missing: nothing shows that the env plays the same in a browser.`;
  if (process.env["CI"] === "true") throw new Error(lack);
  console.warn(`SKIPPED: ${lack}`);
}

/** The env and this test's trace as one script. */
async function bundle(): Promise<string> {
  const built = await build({
    configFile: false,
    logLevel: "error",
    build: {
      write: false,
      lib: { entry: fileURLToPath(new URL("page.ts", import.meta.url)), formats: ["iife"], name: "page" },
    },
  });
  const [first] = [built].flat();
  if (first === undefined || !("output" in first)) throw new Error("Vite watched instead of building.");
  return first.output[0].code;
}

/** A page with the script, over HTTP on loopback as a user's browser would get it. */
async function serve(script: string): Promise<Server> {
  const server = createServer((request, response) => {
    const isScript = request.url === "/page.js";
    response.setHeader("content-type", isScript ? "text/javascript" : "text/html");
    response.end(isScript ? script : '<!doctype html><script src="page.js"></script>');
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return server;
}

describe.skipIf(missing)("in Chromium", () => {
  let server: Server;
  let browser: Browser;
  let page: Page;

  beforeAll(async () => {
    server = await serve(await bundle());
    browser = await chromium.launch({
      executablePath: CHROMIUM,
      args: ["--headless=new", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"],
    });
    page = await browser.newPage();
    const { port } = server.address() as AddressInfo;
    await page.goto(`http://127.0.0.1:${port}/`);
  }, 120_000);

  afterAll(async () => {
    await browser?.close();
    server?.close();
  });

  const scenarios = listScenarios();
  const cases: Case[] = [
    ...everyCase(scenarios, 60),
    ...everyCase(scenarios, 30, 1500),
    crowd(eleven(scenarios), 6, 200),
  ];
  const names = cases.map((what) => [what.scenario.id, what.actions, what.seed, what] as const);

  test.each(names)("%s with %s actions of seed %i goes as in Node", async (_id, _actions, _seed, what) => {
    const there: Trace = await page.evaluate(`trace(${JSON.stringify(what)})`);
    expect(parting([await trace(what)], [there])).toBeUndefined();
  });
});
