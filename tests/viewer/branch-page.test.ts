/** @file Somebody goes back in a match on the page, plays on from there, scores, and sees both ways beside each other. */
import { describe, expect, test } from "vitest";
import { type EpisodeRecord, verifyEpisode } from "../../env/episode/index.ts";
import { makeEnv } from "../../env/football/index.ts";
import { loadScenario } from "../../scenarios/load.ts";
import { planMatches } from "../../viewer/server/index.ts";
import type { Listed } from "../../viewer/app/state/feed.ts";
import { familyOf } from "../../viewer/app/state/family.ts";
import { lacksChromium } from "../browser/chromium.ts";
import { listSink, reread } from "../episode/played.ts";
import { serve, until, Venue } from "./serve.ts";
import { visits } from "./visit.ts";

const CLOSE = "academy_empty_goal_close";
const venue = new Venue();
const missing = lacksChromium("people can play on from the past");

function listed(id: string, parent?: string): Listed {
  return { card: { id, ...(parent !== undefined && { parent: { match: parent } }) } } as Listed;
}

test("a family is a match with those that were played on from it, whichever of them is asked", () => {
  const [first, one, two, below, alone] = [
    listed("first"),
    listed("one", "first"),
    listed("two", "first"),
    listed("below", "one"),
    listed("orphan", "gone"),
  ];
  const all = [first, one, two, below, alone];
  const whole = {
    match: first,
    branches: [
      { match: one, branches: [{ match: below, branches: [] }] },
      { match: two, branches: [] },
    ],
  };
  for (const member of [first, one, two, below]) expect(familyOf(all, member)).toEqual(whole);
  expect(familyOf(all, alone)).toEqual({ match: alone, branches: [] });
});

describe.skipIf(missing)("from the page", () => {
  const open = visits(venue, (page) => page.locator(".take").waitFor());

  test("back to an earlier moment, on from there by hand, to a goal that the first way never saw", async () => {
    const branches: EpisodeRecord[][] = [];
    const branchSink = () => {
      const sink = listSink();
      branches.push(sink.records);
      return sink;
    };
    const matches = planMatches([{ ...loadScenario(CLOSE), steps: 3000 }], { policy: "idle", seed: 0 });
    const running = venue.keep(await serve([], { matches, page: true, branchSink }));
    const page = await open(`${running.url}/?renderer=canvas`, { reducedMotion: "reduce" });
    await until(() => page.evaluate("window.__viewer.shown.tick > 150"));
    await page.keyboard.press("Space");
    await page.keyboard.press("Home");
    await page.getByRole("button", { name: "Play on from here" }).click();
    await until(() => new URL(page.url()).searchParams.get("match") === "branch-1");
    await page.getByRole("button", { name: /Give back/ }).waitFor();
    await page.keyboard.down("ArrowRight");
    await page.keyboard.down("Shift");
    await until(() =>
      branches.some((lines) => reread(lines).steps.some(({ actions }) => actions[0] === "sprint")),
    );
    await page.keyboard.press("l");
    await page.locator('.banner[data-kind="goal"]').waitFor();
    await page.keyboard.up("ArrowRight");
    await page.keyboard.up("Shift");
    const tree = page.locator(".branches button");
    await until(async () => (await tree.count()) === 2);
    expect(await tree.nth(1).textContent()).toMatch(/played on from 0\.0 s/);
    const recorded = reread(branches[0]!);
    expect(recorded.header?.parent).toMatchObject({ match: CLOSE, tick: 0 });
    expect(await verifyEpisode(recorded, makeEnv)).toMatchObject({ ok: true });
    await tree.first().click();
    await until(() => new URL(page.url()).searchParams.get("match") === CLOSE);
    await until(async () => /0.*–.*0/s.test((await page.locator(".score").textContent()) ?? ""));
  }, 90_000);
});
