/** @file The report in a real browser, opened from disk: from a number to the samples behind it. */
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { planOf, respondentOf, runQuestions } from "../../trainer/benchmark/question/index.ts";
import { lacksChromium, launchChromium, shutsOut } from "../browser/chromium.ts";
import { touchline } from "../cli/run.ts";
import { startCalculator } from "./calculator.ts";
import { sums } from "./sums.ts";

const HOSTILE = '</script><img src=x onerror="document.title=1"><script>document.title = 2</script>';

/** Two runs of the same sums, the other of a calculator that knows 3 + 3 and, of 8 + 1, only mischief. */
async function writeRuns(root: string): Promise<string[]> {
  const runs = ["first", "second"].map((name) => join(root, name));
  for (const [i, directory] of runs.entries()) {
    const server = await startCalculator({
      says: ({ body }) => {
        const words = JSON.stringify(body["messages"]);
        if (words.includes(" 8 + 1")) return HOSTILE;
        return i === 1 && words.includes(" 3 + 3") ? "<think>Easy.</think><answer>6</answer>" : undefined;
      },
    });
    const before = [{ id: "row-9", error: 'sums.tsv, row 9: "answer" is missing.' }];
    const suite = sums({ pictured: 4, before, opening: `${HOSTILE} What is` });
    const respondent = await respondentOf(server.policy);
    const plan = await planOf(suite, respondent, { policy: server.policy });
    await runQuestions({ directory, plan, suite, respondent });
    await server.close();
  }
  return runs;
}

const samplesOf = (page: Page): Promise<(string | null)[]> =>
  page.locator(".sample").evaluateAll((all) => all.map((one) => one.getAttribute("data-sample")));

describe.skipIf(lacksChromium("the report opens the samples behind its numbers"))("the report", () => {
  const root = mkdtempSync(join(tmpdir(), "touchline-report-"));
  const file = join(root, "report.html");
  let browser: Browser;

  beforeAll(async () => {
    const runs = await writeRuns(root);
    const written = await touchline(["report", ...runs, "--out", file, "--json"]);
    expect(written).toMatchObject({ status: 0 });
    expect(JSON.parse(written.stdout)).toMatchObject({ out: file, runs: 2, answers: 24, pictures: 1 });
    browser = await launchChromium();
  });
  afterAll(async () => {
    await browser?.close();
    rmSync(root, { recursive: true });
  });

  async function visit(options: BrowserContextOptions = {}): Promise<{ page: Page; mishaps: string[] }> {
    const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, ...options });
    const page = await context.newPage();
    const mishaps: string[] = [];
    page.on("pageerror", (error) => mishaps.push(error.message));
    page.on("console", (message) => mishaps.push(message.text()));
    page.on("request", (request) => {
      if (!/^(?:file|data):/.test(request.url())) mishaps.push(request.url());
    });
    await page.goto(pathToFileURL(file).href);
    return { page, mishaps };
  }

  test("a number opens its samples, and a sample its question, picture, answers and why they count", async () => {
    const { page, mishaps } = await visit();
    const row = page.locator("tbody tr").first();
    expect(await row.textContent()).toContain("58.3");
    await row.getByRole("link", { name: "1", exact: true }).click();
    expect(await samplesOf(page)).toEqual(["sum-3"]);
    await page.locator('a[href*="outcome=unparsed"][href*="run=A"]').click();
    expect(await samplesOf(page)).toEqual(["sum-1", "sum-6", "sum-8", "sum-11"]);
    await page.locator('[data-sample="sum-8"] > summary').click();
    const sample = page.locator('[data-sample="sum-8"]');
    expect(await sample.locator(".asked").textContent()).toContain(`${HOSTILE} What is 8 + 1?`);
    expect(await sample.locator(".output").first().textContent()).toBe(HOSTILE);
    expect(await sample.locator(".verdict").first().textContent()).toContain(
      "No answer stands between answer tags.",
    );
    expect(await sample.locator("img").evaluate((image) => (image as HTMLImageElement).naturalWidth)).toBe(
      60,
    );
    expect(await page.title()).toBe("sums: benchmark report");
    expect(mishaps).toEqual([]);
  });

  test("two runs stand side by side, with their difference and the samples that flipped", async () => {
    const { page } = await visit();
    const text = await page.locator(".comparison").textContent();
    expect(text).toMatch(
      /^B against A: \+8\.3 points \(.*\) on the 12 samples that both have; McNemar's p = 1\.000/,
    );
    expect(text).toContain("So many samples show no difference. 1 better, none worse.");
    await page.getByRole("link", { name: "1 better" }).click();
    expect(await samplesOf(page)).toEqual(["sum-3"]);
    await page.locator(".sample > summary").click();
    const answers = page.locator(".answers");
    expect(await answers.nth(0).locator(".extracted").textContent()).toBe("taken as the answer7");
    expect(await answers.nth(1).locator(".extracted").textContent()).toBe("taken as the answer6");
    expect(await page.locator(".gold").textContent()).toBe("right answer6");
    // A link leads there from elsewhere.
    await page.getByRole("link", { name: "Link to this sample" }).click();
    await page.reload();
    expect(await page.locator(".sample[open] .output").count()).toBe(2);
  });

  test("samples are found by outcome, category and words, and what was not asked is told", async () => {
    const { page } = await visit();
    await page.getByLabel("category", { exact: true }).selectOption("size/small");
    expect(await samplesOf(page)).toEqual(["sum-0", "sum-1", "sum-2", "sum-3", "sum-4"]);
    await page.getByLabel("outcome").selectOption("wrong");
    expect(await samplesOf(page)).toEqual(["sum-3"]);
    await page.getByRole("link", { name: "Show all" }).click();
    expect(await samplesOf(page)).toHaveLength(12);
    await page.getByLabel("words").fill("what is 10 +");
    await page.getByLabel("words").press("Enter");
    await page.locator('[role="status"]', { hasText: "1 of 12" }).waitFor();
    expect(await samplesOf(page)).toEqual(["sum-10"]);
    await page.getByText("1 rows of the data cannot be read").first().click();
    expect(await page.locator(".notes li").first().textContent()).toBe(
      'sums.tsv, row 9: "answer" is missing.',
    );
  });

  test.each([
    ["light", 1440],
    ["dark", 1440],
    ["light", 390],
    ["dark", 390],
  ] as const)("nobody is shut out, in %s and %i wide", async (colorScheme, width) => {
    const { page } = await visit({ colorScheme, viewport: { width, height: 844 }, bypassCSP: true });
    await page.locator(".sample > summary").first().click();
    expect(await shutsOut(page)).toEqual([]);
    expect(await page.evaluate("document.documentElement.scrollWidth")).toBe(width);
  });

  test("the file forbids itself the network", () => {
    expect(readFileSync(file, "utf8")).toContain("default-src 'none'");
  });
});
