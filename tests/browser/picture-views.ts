/** @file What is taken pictures of: each view of the page, what runs for it, and what must have happened before. */
import type { Page } from "playwright-core";
import { loadScenario } from "../../scenarios/load.ts";
import { DEFAULT_SCENARIOS, type MatchPlan, planMatches } from "../../viewer/server/index.ts";
import { touchline } from "../cli/run.ts";
import { EXAMPLE_RUN, EXAMPLE_STEP } from "./example-run.ts";
import { sendExamplePuzzles } from "./example-puzzles.ts";

const MINDED = "academy_3_vs_1_with_keeper";
const HAUNTED = "academy_counterattack_hard";
const WHOLE = "11_vs_11_stochastic";
const CORNER = "academy_corner";

export interface View {
  /** Of its files. */
  name: string;
  /** `mind` and `longMind` are policies that think aloud. */
  matches: (mind: string, longMind: string) => MatchPlan[];
  /** Of the page. */
  path: string;
  /** What must have happened before it is taken; the page is wide. */
  when: (page: Page, url: string) => Promise<unknown>;
  /** What is done before the server starts. */
  before?: () => Promise<unknown>;
  /** What must be so for each of its pictures. */
  settle?: (page: Page) => Promise<unknown>;
  /** What a telephone is scrolled to, where that is not the top. */
  focus?: string;
  /** How high the desk is, where that is not 900. */
  height?: number;
  /** The folder of runs that has nothing in it. */
  empty?: true;
}

const drills = () =>
  planMatches(
    DEFAULT_SCENARIOS.map((id) => loadScenario(id)),
    { seed: 0 },
  );
const byHand = (...ids: readonly string[]) =>
  planMatches(
    ids.map((id) => loadScenario(id)),
    { policy: "scripted", seed: 0 },
  );
const minded = (policy: string) => planMatches([loadScenario(MINDED)], { policy, seed: 0, decisionSteps: 5 });
const wall = () => [...drills(), ...byHand(...WALL)];

const WALL = [
  CORNER,
  "academy_pass_and_shoot_with_keeper",
  "academy_counterattack_easy",
  "academy_empty_goal",
  "5_vs_5",
  "11_vs_11_easy_stochastic",
  "counter_attack_three_against_two",
  "finishing_cut_back",
  "give_and_go_at_the_box",
  "first_touch_into_space",
  "finishing_rebound",
  "counter_attack_race_to_goal",
];

/** Names as long as can be. */
function longNamed(policy: string): MatchPlan[] {
  const scenario = loadScenario(MINDED);
  const title = "Three attackers against one defender and a keeper who never leaves his line, at dusk";
  const left = { ...scenario.left, name: "Internazionale Milano Wanderers" };
  const right = { ...scenario.right, name: "Borussia Mönchengladbach Süd" };
  return planMatches([{ ...scenario, title, left, right }, loadScenario(CORNER)], {
    policy,
    opponent: "scripted",
    seed: 0,
    decisionSteps: 5,
  });
}

const after = (seconds: number) => (page: Page) => page.waitForTimeout(seconds * 1000);
const tickIs = (tick: number) => async (page: Page) => {
  while (!(await page.evaluate(`window.__viewer?.shown?.tick >= ${tick}`))) await page.waitForTimeout(100);
};

/** While an episode goes on. */
const between = (first: number, last: number) => async (page: Page) => {
  const isSo = () =>
    page.evaluate(
      `(({ tick, ended } = {}) => tick >= ${first} && tick <= ${last} && !ended)(window.__viewer?.shown)`,
    );
  while (!(await isSo())) await page.waitForTimeout(50);
};

/** The cursor held on the decision that began with this step. */
const decided = (step: number) => async (page: Page) => {
  const mind = page.locator(".mind");
  await page.locator(`.mind[data-step="${step}"]`).waitFor({ timeout: 90_000 });
  await page.keyboard.press("Space");
  await page.locator('.mind[data-thinking="false"]').waitFor();
  // What is on its way when it is held still comes.
  await page.waitForTimeout(1000);
  // The cursor is a little behind the newest decision, or the next one was quicker.
  for (;;) {
    const shown = Number(await mind.getAttribute("data-step"));
    if (shown === step) break;
    const button = mind.getByRole("button", { name: shown < step ? "Next decision" : "Previous decision" });
    await button.click();
    await page.locator(`.mind:not([data-step="${shown}"])`).waitFor();
  }
  await mind.locator('[data-match="same"]').waitFor();
};

/** Held while somebody thinks about what he saw a while ago. */
async function haunted(page: Page): Promise<void> {
  const age = page.locator(".sight-age");
  const thinks = page.locator(".whose", { hasText: "thinks of what it saw" });
  for (;;) {
    await age.filter({ hasText: / (0\.[6-9]|1\.\d) s/ }).waitFor({ timeout: 120_000 });
    await page.keyboard.press("Space");
    // Of a thought of the past there is nothing before its decision has come; it may have been the last.
    const seen = await thinks.waitFor({ timeout: 10_000 }).catch(() => "not");
    if (seen !== "not" && (await age.isVisible())) return;
    await page.keyboard.press("l");
  }
}

async function analysed(page: Page): Promise<void> {
  await page.waitForTimeout(60_000);
  await page.locator("#tab-analysis").click();
  await page.locator(".field").last().waitFor();
}

/** Somebody goes back in a match, plays on from there, and does so again from another moment. */
async function branched(page: Page): Promise<void> {
  await tickIs(400)(page);
  await page.keyboard.press("Space");
  await page.keyboard.press("Home");
  for (let i = 0; i < 30; i++) await page.keyboard.press("ArrowRight");
  await page.getByRole("button", { name: "Play on from here" }).click();
  await page.waitForURL(/match=branch-1/);
  await page.getByRole("button", { name: /Give back/ }).waitFor();
  await page.keyboard.down("ArrowRight");
  await page.waitForTimeout(4000);
  await page.keyboard.up("ArrowRight");
}

/** In the folder of runs. */
const REPORT = "runs/bench/academy";
const RUN = { run: EXAMPLE_RUN, step: String(EXAMPLE_STEP) };

export const VIEWS: readonly View[] = [
  {
    name: "live",
    matches: drills,
    path: `/?match=${DEFAULT_SCENARIOS[0]}`,
    when: tickIs(60),
    settle: between(60, 130),
  },
  { name: "match", matches: drills, path: `/?match=${WHOLE}`, when: after(14) },
  { name: "mind", matches: minded, path: "/", when: decided(6), focus: ".mind" },
  {
    name: "ghosts",
    matches: (policy) =>
      planMatches([loadScenario(HAUNTED)], { policy, seed: 0, decisionSteps: 5, clock: "realtime" }),
    path: "/",
    when: haunted,
  },
  {
    name: "analysis",
    matches: () => byHand(WHOLE),
    path: "/",
    when: analysed,
    focus: ".events",
    height: 1040,
  },
  {
    name: "players",
    matches: () => byHand(WHOLE, CORNER),
    path: "/",
    when: async (page) => {
      await tickIs(300)(page);
      await page.keyboard.press("p");
      await page.keyboard.press("9");
    },
    focus: ".events",
  },
  {
    name: "wall",
    matches: wall,
    path: "/wall",
    when: async (page) => {
      await page.locator(".wall-tile").nth(15).waitFor();
      await page.waitForTimeout(12_000);
    },
  },
  {
    name: "runs",
    matches: () => byHand(CORNER),
    path: `/runs?${new URLSearchParams(RUN)}`,
    when: async (page) => {
      await page.locator(".chart").first().waitFor();
      await page.locator(".samples summary").first().click();
    },
  },
  {
    name: "benchmarks",
    matches: () => byHand(CORNER),
    before: () =>
      touchline(["bench", "academy", "--policy", "nano", "--episodes", "3", "--vary", "--out", REPORT]),
    path: "/reports?report=bench/academy",
    when: async (page) => {
      await page.frameLocator("iframe.report-page").getByText(MINDED).first().waitFor();
    },
  },
  {
    name: "scenarios",
    matches: () => byHand(CORNER),
    path: "/edit",
    when: (page) => page.locator(".editor .shelf").waitFor(),
  },
  {
    name: "editor",
    matches: () => byHand(CORNER),
    path: `/edit?scenario=${MINDED}`,
    when: (page) => page.locator(".editor .workbench").waitFor(),
  },
  {
    name: "sokoban",
    matches: () => byHand(CORNER),
    path: "/sokoban",
    when: async (page, url) => {
      await sendExamplePuzzles(url);
      const button = page.getByRole("button", { name: "One move on" });
      await page.locator(".puzzle-list button", { hasText: "example" }).click();
      await page.getByRole("button", { name: "To the start" }).click();
      for (let i = 0; i < 4; i++) await button.click();
    },
  },
  { name: "branches", matches: () => byHand(HAUNTED), path: "/", when: branched },
  {
    name: "takeover",
    matches: drills,
    path: `/?match=${WHOLE}`,
    when: async (page) => {
      await tickIs(60)(page);
      await page.locator(".take").first().click();
      await page.waitForTimeout(2500);
    },
  },
  {
    name: "share",
    matches: () => byHand(HAUNTED, CORNER),
    path: "/",
    when: async (page) => {
      await tickIs(150)(page);
      await page.keyboard.press("s");
      await page.locator("dialog[open]").waitFor();
    },
  },
  {
    name: "keys",
    matches: () => byHand(HAUNTED, CORNER),
    path: "/",
    when: async (page) => {
      await tickIs(60)(page);
      await page.keyboard.press("?");
      await page.locator("dialog[open]").waitFor();
    },
  },
  {
    name: "eyes",
    matches: () => byHand(CORNER),
    path: "/",
    when: async (page) => {
      await tickIs(60)(page);
      await page.keyboard.press("f");
    },
  },
  {
    name: "long",
    matches: (_mind, longMind) => longNamed(longMind),
    path: "/",
    when: decided(6),
    focus: ".mind",
  },
  { name: "no-runs", matches: () => byHand(CORNER), path: "/runs", when: after(2), empty: true },
  { name: "no-benchmarks", matches: () => byHand(CORNER), path: "/reports", when: after(2), empty: true },
  { name: "no-puzzles", matches: () => byHand(CORNER), path: "/sokoban", when: after(2) },
];
