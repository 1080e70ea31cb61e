/** @file Takes the pictures of the docs from the running page: `npm run pictures`, or some of them by their names. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { BrowserContextOptions, Page } from "playwright-core";
import { loadScenario } from "../../scenarios/load.ts";
import { DEFAULT_SCENARIOS, planMatches, startViewer } from "../../viewer/server/index.ts";
import { sendTokens, startServer } from "../answerer/faulty-server.ts";
import { launchChromium } from "./chromium.ts";
import { EXAMPLE_RUN, EXAMPLE_STEP, writeExampleRun } from "./example-run.ts";

const FOLDER = fileURLToPath(new URL("../../docs/pictures/", import.meta.url));
const DESK = { width: 1440, height: 900 };
const PHONE = { width: 390, height: 844 };
const MINDED = "academy_3_vs_1_with_keeper";
const HAUNTED = "academy_counterattack_hard";

interface Picture {
  /** Of its file. */
  name: string;
  match: string;
  /** Where it is, instead of that match. */
  path?: string;
  /** The match goes on while the model thinks. */
  realtime?: boolean;
  /** What must have happened before it is taken. */
  when: (page: Page) => Promise<unknown>;
  options: BrowserContextOptions;
}

const after = (seconds: number) => (page: Page) => page.waitForTimeout(seconds * 1000);

/** The cursor held on the decision that began with this step. */
const decided = (step: number) => async (page: Page) => {
  const mind = page.locator(".mind");
  await page.locator(`.mind[data-step="${step}"]`).waitFor();
  await page.keyboard.press("Space");
  await page.locator('.mind[data-thinking="false"]').waitFor();
  // The cursor is a little behind the newest decision, or the next one was quicker.
  for (;;) {
    const shown = Number(await mind.getAttribute("data-step"));
    if (shown === step) break;
    const button = mind.getByRole("button", { name: shown < step ? "Next decision" : "Previous decision" });
    await button.click();
    await page.locator(`.mind:not([data-step="${shown}"])`).waitFor();
  }
  await mind.locator('[data-match="same"]').waitFor();
  // On a telephone it lies under the pitch.
  await mind.evaluate((panel) => panel.scrollIntoView());
};

/** Held while somebody thinks about what he saw a while ago. */
const haunted = async (page: Page) => {
  const age = page.locator(".sight-age");
  await age.filter({ hasText: / 1\.[0-4] s/ }).waitFor({ timeout: 120_000 });
  await page.keyboard.press("Space");
  // Of a thought of the past there is nothing before its decision has come.
  await page.locator(".whose", { hasText: "thinks of what it saw" }).waitFor();
  await age.waitFor();
};

const analysed = async (page: Page) => {
  await page.waitForTimeout(60_000);
  await page.locator("#tab-analysis").click();
  await page.locator(".field").last().waitFor();
};

/** The curves with a point opened, and its first question. */
const curves = async (page: Page) => {
  await page.locator(".chart").first().waitFor();
  await page.locator(".samples summary").first().click();
};

const RUNS = {
  match: "academy_empty_goal",
  path: `/runs?${new URLSearchParams({ run: EXAMPLE_RUN, step: String(EXAMPLE_STEP) })}`,
  when: curves,
};

const PICTURES: readonly Picture[] = [
  {
    name: "live",
    match: "11_vs_11_stochastic",
    when: after(14),
    options: { viewport: DESK, colorScheme: "dark" },
  },
  {
    name: "live-light",
    match: "academy_corner",
    when: after(3),
    options: { viewport: DESK, colorScheme: "light" },
  },
  { name: "live-mobile", match: "academy_counterattack_hard", when: after(3), options: { viewport: PHONE } },
  { name: "mind", match: MINDED, when: decided(6), options: { viewport: DESK, colorScheme: "dark" } },
  { name: "mind-light", match: MINDED, when: decided(6), options: { viewport: DESK, colorScheme: "light" } },
  { name: "mind-mobile", match: MINDED, when: decided(6), options: { viewport: PHONE } },
  {
    name: "ghosts",
    match: HAUNTED,
    realtime: true,
    when: haunted,
    options: { viewport: DESK, colorScheme: "dark" },
  },
  {
    name: "ghosts-mobile",
    match: HAUNTED,
    realtime: true,
    when: haunted,
    options: { viewport: PHONE, colorScheme: "light" },
  },
  {
    name: "analysis",
    match: "11_vs_11_stochastic",
    when: analysed,
    options: { viewport: { width: 1440, height: 1180 }, colorScheme: "light" },
  },
  { name: "analysis-mobile", match: "11_vs_11_stochastic", when: analysed, options: { viewport: PHONE } },
  { name: "runs", ...RUNS, options: { viewport: DESK, colorScheme: "dark" } },
  { name: "runs-light", ...RUNS, options: { viewport: DESK, colorScheme: "light" } },
  {
    name: "runs-mobile",
    ...RUNS,
    path: `/runs?run=${encodeURIComponent(EXAMPLE_RUN)}`,
    when: (page) => page.locator(".chart").first().waitFor(),
    options: { viewport: PHONE },
  },
];

/** Thought and action of each decision of an episode, the latter in tokens with their probabilities. */
const SAID = [
  [
    "I have the ball in front of the penalty area. There is room before me, so I carry it on. ",
    [["right", 0.93]],
  ],
  [
    "The defender stands between me and the goal, and comes for the ball. My teammate at the bottom has nobody " +
      "near him. I pass before the way to him is closed. ",
    [
      ["short", 0.71],
      ["_pass", 0.98],
    ],
  ],
  ["The ball is on its way to my teammate, who is free. I wait. ", [["idle", 0.64]]],
] as const;

/** No model, but a server that answers as one would; the earlier answers in the chat tell which decision it is. */
const chat = await startServer((response, _times, { body }) => {
  const earlier = body["messages"] as readonly { role: string }[];
  const answers = earlier.filter(({ role }) => role === "assistant").length;
  const [thought, action] = SAID[Math.min(answers, SAID.length - 1)]!;
  const words = thought.split(/(?<= )/).map((word) => [word, 0.9] as const);
  const tokens = [["<think>", 1], ...words, ["</think><answer>", 1], ...action, ["</answer>", 1]] as const;
  return sendTokens(response, tokens, 60);
});
const policy = `openai:example@${chat.url.href}`;
const matches = planMatches(
  DEFAULT_SCENARIOS.map((id) => loadScenario(id)),
  { policy: "scripted", seed: 0 },
);
const minded = planMatches([loadScenario(MINDED)], { policy, seed: 0, decisionSteps: 5 });
const haunting = planMatches([loadScenario(HAUNTED)], {
  policy,
  seed: 0,
  decisionSteps: 5,
  clock: "realtime",
});
// In a folder of its own it has the name that everybody's has.
const place = mkdtempSync(join(tmpdir(), "touchline-pictures-"));
process.chdir(place);
await writeExampleRun("runs");
const wanted = PICTURES.filter(({ name }) => process.argv.length === 2 || process.argv.includes(name));
const browser = await launchChromium();
for (const { name, match, path, realtime, when, options } of wanted) {
  // Each from the start of its match.
  const plans = realtime ? haunting : match === MINDED ? minded : matches;
  const server = await startViewer({ matches: plans, port: 0, host: "127.0.0.1" });
  const context = await browser.newContext({ colorScheme: "dark", ...options });
  const page = await context.newPage();
  await page.goto(server.url + (path ?? `/?match=${match}`));
  await when(page);
  await page.screenshot({ path: `${FOLDER}${name}.png` });
  console.log(`docs/pictures/${name}.png`);
  await context.close();
  await server.close();
}
await browser.close();
rmSync(place, { recursive: true });
await chat.close();
