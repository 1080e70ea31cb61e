import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { playEpisode, ReplayRunner } from "../../agent/match/index.ts";
import { parsePolicy } from "../../agent/policy/index.ts";
import type { Episode, EpisodeRecord, StepRecord } from "../../env/episode/index.ts";
import { verifyEpisode, writeLine } from "../../env/episode/index.ts";
import { ACTION_SETS, makeEnv } from "../../env/football/index.ts";
import { loadScenario } from "../../scenarios/load.ts";
import { listSink, record, reread } from "./played.ts";

const folder = mkdtempSync(join(tmpdir(), "touchline-verify-"));
afterAll(() => rmSync(folder, { recursive: true }));

describe("an episode that was recorded", () => {
  test.each([
    ["academy_3_vs_1_with_keeper", "random", undefined, true],
    ["academy_corner", "scripted:0.5", "random", false],
    ["academy_empty_goal_close", "scripted", undefined, false],
  ])("of %s, by %s against %s, is the same when it is played again", async (id, left, right, vary) => {
    const setup = {
      scenario: loadScenario(id),
      left: parsePolicy(left),
      right: right === undefined ? undefined : parsePolicy(right),
      vary,
    };
    const records = await record(setup, 17);
    const episode = reread(records);
    expect(episode.damage).toBeUndefined();
    const { steps } = episode;
    const ticks = steps.at(-1)?.tick;
    expect(await verifyEpisode(episode, makeEnv)).toEqual({ ok: true, steps: steps.length, ticks });
  });

  test.each(ACTION_SETS)(
    "with the actions %s is the same when it is verified and replayed",
    async (actions) => {
      const scenario = { ...loadScenario("11_vs_11_stochastic"), steps: 60 };
      const setup = {
        scenario,
        actions,
        left: parsePolicy("random"),
        right: parsePolicy("random"),
        players: { count: 3 },
        opponentPlayers: [9, 0],
      };
      const records = await record(setup, 4);
      const episode = reread(records);
      expect(episode.damage).toBeUndefined();
      expect(episode.header?.actions).toBe(actions);
      expect(episode.steps[0]?.actions).toHaveLength(5);
      expect(await verifyEpisode(episode, makeEnv)).toMatchObject({ ok: true, steps: episode.steps.length });

      const runner = await ReplayRunner.make(episode);
      await runner.start();
      for (const { state } of episode.steps) {
        await runner.advance();
        expect(runner.env.stateHash()).toBe(state);
      }
      await runner.close();

      const file = join(folder, `${actions}.jsonl`);
      writeFileSync(file, records.map(writeLine).join(""));
      const [left, right] = [parsePolicy(`replay:${file}`), parsePolicy(`replay:${file}`)];
      const { actions: _, ...again } = { ...setup, left, right };
      const sink = listSink();
      await playEpisode({ ...again, sink }, 4);
      const states = sink.records.flatMap((one) => (one.kind === "step" ? one.state : []));
      expect(states).toEqual(episode.steps.map(({ state }) => state));
    },
  );

  test("with the caller's rewards keeps their weights, and without them is the file that it was", async () => {
    const scenario = { ...loadScenario("academy_run_to_score"), rewards: { territory: 9 }, steps: 60 };
    const setup = { scenario, left: parsePolicy("scripted"), players: "all" } as const;
    const rewards = { scoring: 0, territory: 100, magebench: 2, possession: 0 };
    const records = await record({ ...setup, rewards }, 2);
    const episode = reread(records);
    expect(episode.header).toMatchObject({ rewards, scenario: { rewards: { territory: 9 } } });
    const terms = Object.keys(episode.steps[0]!.terms).sort();
    expect(terms).toEqual(["checkpoints", "magebench", "possession", "scoring", "territory"]);
    for (const { reward, terms } of episode.steps) {
      expect(reward).toBeCloseTo(100 * terms["territory"]! + 2 * terms["magebench"]!, 9);
    }
    const steps = episode.steps.length;
    expect(await verifyEpisode(episode, makeEnv)).toMatchObject({ ok: true, steps });
    // The weights decide: with others, and with none, the rewards come out otherwise.
    const { rewards: _, ...header } = episode.header!;
    for (const other of [header, { ...header, rewards: { ...rewards, territory: 1 } }]) {
      const verdict = await verifyEpisode({ ...episode, header: other }, makeEnv);
      expect(verdict).toMatchObject({ ok: false, difference: { what: "reward" } });
    }
    const runner = await ReplayRunner.make(episode);
    await runner.start();
    for (const { terms } of episode.steps) expect((await runner.advance()).step.info.terms).toEqual(terms);
    await runner.close();

    const plain = reread(await record(setup, 2));
    expect(plain.header).not.toHaveProperty("rewards");
    expect(await verifyEpisode(plain, makeEnv)).toMatchObject({ ok: true });
  });

  test("with its ticks holds one hash for each of them", async () => {
    const left = parsePolicy("random");
    const { steps } = reread(await record({ scenario: loadScenario("academy_run_to_score"), left }, 3));
    let before = 0;
    for (const { tick, ticks } of steps) {
      expect(ticks.length).toBe((tick - before) * 8);
      before = tick;
    }
  });
});

describe("an episode that was changed", () => {
  let records: EpisodeRecord[];
  let whole: Episode;
  const last = () => whole.steps.length;

  beforeAll(async () => {
    const left = parsePolicy("random");
    // Nothing ends this drill before its time.
    records = await record({ scenario: { ...loadScenario("academy_empty_goal"), steps: 40 }, left }, 5);
    whole = reread(records);
    expect(whole.steps.length).toBeGreaterThan(20);
  });

  /** The episode with one step, numbered from 1, replaced. */
  function changed(step: number, change: (record: StepRecord) => Partial<StepRecord>): Episode {
    return {
      ...whole,
      steps: whole.steps.map((record) =>
        record.step === step ? Object.assign({}, record, change(record)) : record,
      ),
    };
  }

  const otherHash = "0123456789abcdef";

  test.each<[string, string, number, (record: StepRecord) => Partial<StepRecord>]>([
    ["a state", "state", 7, () => ({ state: otherHash })],
    ["a frame", "frame", 7, () => ({ frame: otherHash })],
    ["a reward", "reward", 7, () => ({ reward: 0.5 })],
    ["a term", "terms", 7, ({ terms }) => ({ terms: { ...terms, scoring: 1 } })],
    ["a tick number", "tick", 7, ({ tick }) => ({ tick: tick + 1 })],
    ["an event too many", "events", 7, () => ({ events: [{ tick: 1, player: 0, team: 0, kind: "slide" }] })],
    ["another player under control", "players", 7, () => ({ players: [9] })],
    ["an action that there is not", "error", 7, () => ({ actions: [99] })],
  ])("by %s is found there", async (_, what, step, change) => {
    const verdict = await verifyEpisode(changed(step, change), makeEnv);
    expect(verdict).toMatchObject({ ok: false, difference: { what, step } });
  });

  test("by the hash of one tick is found at exactly that tick", async () => {
    const { ticksPerStep } = loadScenario("academy_empty_goal");
    for (const tick of [1, 2, ticksPerStep, ticksPerStep + 1, 37]) {
      const step = Math.ceil(tick / ticksPerStep);
      const at = (tick - 1 - (step - 1) * ticksPerStep) * 8;
      const damaged = changed(step, ({ ticks }) => ({
        ticks: `${ticks.slice(0, at)}00000000${ticks.slice(at + 8)}`,
      }));
      const verdict = await verifyEpisode(damaged, makeEnv);
      expect(verdict).toMatchObject({
        ok: false,
        difference: { what: "ticks", step, tick, recorded: "00000000" },
      });
    }
  });

  test("by another action goes another way within that very step", async () => {
    const turned = changed(5, ({ actions }) => ({
      actions: actions.map((action) => ((Number(action) + 4) % 8) + 1),
    }));
    const verdict = await verifyEpisode(turned, makeEnv);
    const before = whole.steps[3]!.tick;
    expect(verdict).toMatchObject({ ok: false, difference: { step: 5 } });
    if (!verdict.ok) expect(verdict.difference.tick).toBeGreaterThan(before);
  });

  test("by another seed, start or frame differs at tick 0", async () => {
    const header = whole.header!;
    const reset = whole.reset!;
    const differences = await Promise.all(
      [
        { ...whole, header: { ...header, seed: 6 } },
        { ...whole, reset: { ...reset, state: otherHash } },
        { ...whole, reset: { ...reset, frame: otherHash } },
        { ...whole, header: { ...header, frame: { ...header.frame!, grid: true } } },
      ].map((episode) => verifyEpisode(episode, makeEnv)),
    );
    expect(differences.map((verdict) => !verdict.ok && verdict.difference)).toMatchObject([
      { tick: 0, what: "state" },
      { tick: 0, what: "state" },
      { tick: 0, what: "frame" },
      { tick: 0, what: "frame" },
    ]);
  });

  test("by a step after the end is found there", async () => {
    const { end, ...open } = whole;
    const extra = { ...whole.steps.at(-1)!, step: last() + 1 };
    expect(end).toBeDefined();
    const verdict = await verifyEpisode({ ...open, steps: [...whole.steps, extra] }, makeEnv);
    expect(verdict).toMatchObject({ ok: false, difference: { what: "end", step: last() + 1 } });
  });

  test("by an end that came otherwise is found at the last tick", async () => {
    const end = { ...whole.end!, score: [1, 0] as const };
    const verdict = await verifyEpisode({ ...whole, end }, makeEnv);
    expect(verdict).toMatchObject({ ok: false, difference: { what: "end", step: last() } });
  });

  test("by a cut is verified as far as it goes", async () => {
    const episode = reread(records.slice(0, 12));
    expect(episode.damage?.reason).toBe("cut");
    expect(await verifyEpisode(episode, makeEnv)).toMatchObject({ ok: true, steps: 10 });
  });

  test("on another physics build is refused", async () => {
    const header = { ...whole.header!, physics: "rapier2d 0.19.3" };
    const refused = verifyEpisode({ ...whole, header }, makeEnv);
    await expect(refused).rejects.toMatchObject({
      code: "episode/physics",
      message: expect.stringMatching(/rapier2d 0\.19\.3.*rapier2d-deterministic/),
    });
  });

  test("in its first lines cannot be played again", async () => {
    for (const lines of [0, 1]) {
      const refused = verifyEpisode(reread(records.slice(0, lines)), makeEnv);
      await expect(refused).rejects.toMatchObject({ code: "episode/unreadable" });
    }
  });

  test("only in the order of its keys is the same", async () => {
    const turned: EpisodeRecord[] = records.map((record) =>
      JSON.parse(JSON.stringify(Object.fromEntries(Object.entries(record).toReversed()))),
    );
    expect(turned.map(writeLine)).not.toEqual(records.map(writeLine));
    const episode = reread(turned);
    expect(await verifyEpisode(episode, makeEnv)).toMatchObject({ ok: true });
  });
});
