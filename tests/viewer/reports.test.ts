/** @file Benchmarks on the page: a real one writes its report, the page finds and shows it, and nothing else of the disk. */
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { ReportList } from "../../viewer/protocol/index.ts";
import { touchline } from "../cli/run.ts";
import { lacksChromium } from "../browser/chromium.ts";
import { serve, Venue } from "./serve.ts";
import { visits } from "./visit.ts";

const venue = new Venue();
const missing = lacksChromium("people read reports of benchmarks on the page");
const root = mkdtempSync(join(tmpdir(), "touchline-reports-"));
afterAll(() => rmSync(root, { recursive: true }));

beforeAll(async () => {
  const args = ["bench", "academy", "--policy", "scripted", "--episodes", "1", "--out"];
  expect(await touchline([...args, join(root, "bench", "first")])).toMatchObject({ status: 0, stderr: "" });
}, 120_000);

async function listOf(url: string): Promise<ReportList> {
  return (await (await fetch(`${url}/reports/list`)).json()) as ReportList;
}

test("a benchmark leaves a report beside its records, which the server lists and hands out in a sandbox", async () => {
  const { url } = await venue.start(undefined, { runs: root });
  expect(await listOf(url)).toMatchObject({
    folder: root,
    reports: [{ id: "bench/first", suite: "academy", policy: "scripted" }],
  });
  const page = await fetch(`${url}/reports/page?id=bench/first`);
  expect(page.status).toBe(200);
  const policy = page.headers.get("content-security-policy")!;
  expect(policy).toMatch(/^sandbox allow-scripts allow-popups; default-src 'none'/);
  expect(policy).not.toContain("allow-same-origin");
  expect(await page.text()).toContain("academy");
});

test.each(["../first", "/etc", "bench/first/..", "bench", "", "bench/first\0", "bench/link"])(
  "%j is no report",
  async (id) => {
    const outside = mkdtempSync(join(tmpdir(), "touchline-outside-"));
    writeFileSync(join(outside, "report.html"), "secret");
    rmSync(join(root, "bench", "link"), { force: true });
    symlinkSync(outside, join(root, "bench", "link"));
    mkdirSync(join(root, "bench", "linked"), { recursive: true });
    rmSync(join(root, "bench", "linked", "report.html"), { force: true });
    symlinkSync(join(outside, "report.html"), join(root, "bench", "linked", "report.html"));
    const { url } = await venue.start(undefined, { runs: root });
    for (const one of [id, "bench/linked"]) {
      const answer = await fetch(`${url}/reports/page?id=${encodeURIComponent(one)}`);
      expect(answer.status).toBe(404);
      expect(await answer.text()).not.toContain("secret");
    }
    rmSync(outside, { recursive: true });
  },
);

describe.skipIf(missing)("the page", () => {
  const visit = visits(venue, (page) => page.locator("iframe.report-page").waitFor());

  test("shows the report, whose numbers open what is behind them", async () => {
    const server = venue.keep(await serve(undefined, { page: true, runs: root }));
    const page = await visit(`${server.url}/reports?report=bench/first`);
    const report = page.frameLocator("iframe.report-page");
    await report.getByText("academy_corner").first().waitFor();
    expect(await page.locator(".report-list .run").count()).toBe(1);
    // It has no rights to the page around it.
    const origin = await report.locator("body").evaluate(() => self.origin);
    expect(origin).toBe("null");
  }, 90_000);
});
