/** @file The env itself in a real browser: the same states, ticks and frames as in Node. */
import { createServer, type Server } from "node:http";
import { once } from "node:events";
import type { AddressInfo } from "node:net";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { bundleScript, launchChromium, lacksChromium } from "../browser/chromium.ts";
import { listScenarios } from "../../scenarios/load.ts";
import { compared, crowd, eleven, everyCase } from "./cases.ts";
import type { Case, Trace } from "./trace.ts";
import { parting, trace } from "./trace.ts";

const missing = lacksChromium("the env plays the same in a browser");

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
    server = await serve(await bundleScript(new URL("page.ts", import.meta.url)));
    browser = await launchChromium();
    page = await browser.newPage();
    const { port } = server.address() as AddressInfo;
    await page.goto(`http://127.0.0.1:${port}/`);
  }, 120_000);

  afterAll(async () => {
    await browser?.close();
    server?.close();
  });

  const scenarios = compared(listScenarios());
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
