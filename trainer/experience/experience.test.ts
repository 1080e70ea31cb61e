/** @file What is sampled depends on the model, the chats and the seeds alone: not on how much is done at once, nor by how many. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openChatReader } from "../../agent/model/index.ts";
import { Drill } from "../../agent/match/index.ts";
import { loadScenario } from "../../scenarios/load.ts";
import { answerOf, asked, newborn, taught, TINY_STYLE } from "../../tests/rl/tiny.ts";
import { Learner } from "../learner/index.ts";
import { policyLoss } from "../loss/index.ts";
import { logProbabilitiesOf } from "../stage/rl/score.ts";
import { conclusionOf } from "./conclusion.ts";
import {
  type Acted,
  Actors,
  type ActorPlan,
  type EpisodeExperience,
  type EpisodeOutcome,
  type EpisodePlan,
  Player,
  type PlayOptions,
  Sampler,
  type SamplerOptions,
} from "./index.ts";

const folder = mkdtempSync(join(tmpdir(), "touchline-experience-"));
afterAll(() => rmSync(folder, { recursive: true }));

const SAMPLING: SamplerOptions = {
  threads: 1,
  batchSize: 8,
  maxTokens: 40,
  temperature: 1,
  topP: 1,
  stop: ["</answer>"],
};
const PLAY: PlayOptions = {
  scenarios: [loadScenario("academy_empty_goal_close"), loadScenario("academy_run_to_score")],
  style: TINY_STYLE,
  rewards: { scoring: 1, checkpoints: 0.5 },
  formatPenalty: 0.5,
  truthPenalty: 0.1,
  concurrency: 4,
  maxTurns: 4,
};
const PLANS: EpisodePlan[] = Array.from({ length: 7 }, (_, i) => ({
  scenario: PLAY.scenarios[i % 2]!.id,
  seed: 2_000_000 + i,
  vary: true,
  chance: 77 + i,
}));

let model = "";
beforeAll(async () => {
  const plays = [answerOf("sprint right"), answerOf("run top"), answerOf("shoot"), answerOf("fly")];
  const drill = await Drill.make(PLAY.scenarios[0]!, TINY_STYLE);
  drill.start(1, true);
  const lessons = [
    { chat: asked("Play.", drill.frame()), answers: plays },
    { chat: asked("Say it."), answers: [answerOf("yes"), answerOf("no")] },
  ];
  drill.close();
  model = await taught(join(folder, "taught"), lessons);
});

async function played(
  plans: readonly EpisodePlan[],
  changes: Partial<PlayOptions> = {},
  sampling: Partial<SamplerOptions> = {},
): Promise<EpisodeOutcome[]> {
  const sampler = new Sampler({ ...SAMPLING, ...sampling });
  await sampler.load(model, 3);
  const player = new Player(sampler, { ...PLAY, ...changes });
  const outcomes = await player.play(plans);
  player.close();
  await sampler.close();
  return outcomes;
}

/** What must be alike; the frames are as long as everything else. */
function essence(outcomes: readonly EpisodeOutcome[]): unknown[] {
  return outcomes.map((one) => {
    if ("message" in one) return one;
    const { turns, ...rest } = one;
    const told = turns.map(({ text, tokens, conclusionFrom, terms, action, unparsed, places }) => {
      return { text, tokens, conclusionFrom, terms, action, unparsed, places };
    });
    return { ...rest, turns: told };
  });
}

function frameOf({ turns }: EpisodeExperience, turn: number): Buffer {
  return Buffer.from(turns[turn]!.chat.images![0]!.data);
}

function whole(outcomes: readonly EpisodeOutcome[]): EpisodeExperience[] {
  return outcomes.map((one) => {
    if ("message" in one) throw new Error(one.message);
    return one;
  });
}

describe("a sampler", () => {
  test("says where the thought comes to its point, and counts all of what leaves the form", async () => {
    const reader = openChatReader(model);
    const textOf = (ids: readonly number[]): string => reader.tokenizer.decode(ids, { skipSpecial: true });
    const sampler = new Sampler(SAMPLING);
    await sampler.load(model, 3);
    const chat = asked("Say it.");
    const answers = await sampler.sample(
      Array.from({ length: 8 }, () => chat),
      Array.from({ length: 8 }, (_, i) => i),
    );
    await sampler.close();
    expect(answers.some(({ text }) => text.includes("<answer>yes"))).toBe(true);
    for (const { text, tokens, logProbabilities, conclusionFrom, policyStep } of answers) {
      expect(policyStep).toBe(3);
      expect(logProbabilities).toHaveLength(tokens.length);
      expect(textOf(tokens)).toBe(text);
      if (text.includes("<answer>")) {
        expect(textOf(tokens.slice(0, conclusionFrom + 1))).toContain("<think>Nobody is n");
        expect(textOf(tokens.slice(0, conclusionFrom))).not.toContain("near");
      } else expect(conclusionFrom).toBe(0);
    }
    const random = new Sampler({ ...SAMPLING, maxTokens: 5 });
    await random.load(newborn(join(folder, "random")), 0);
    const [mumbled] = await random.sample([chat], [1]);
    await random.close();
    expect(mumbled!.tokens).toHaveLength(5);
    expect(mumbled!.conclusionFrom).toBe(0);
  });

  test.each([
    [["<think>", "Far. ", "Pa", "ss", "</think>", "<answer>", "hold"], 2],
    [["<think>", "Far.", " Pass", " </", "think><answer>", "hold"], 2],
    [["<think>", "Pass</think>", "<answer>hold"], 1],
    [["<think></think>", "<answer>", "hold"], 2],
    [["<answer>", "hold", "</answer>"], 1],
    [["No", " idea"], 0],
    [["Far", " minus 3</think>", "<answer>", "hold"], 0],
    [["<think>", "Far. Pass", "</think>"], 0],
    [["<think>", "Far. ", "right ", "right "], 0],
    [["<think>", "Far</th", "ink><answer>", ""], 1],
    [["<answer>"], 1],
    [[], 0],
  ] as const)("of %j it is token %d", (pieces, token) => {
    expect(conclusionOf(pieces)).toBe(token);
  });

  test.each([1, 0.6])(
    "keeps the probabilities that the learner gives the same tokens, at temperature %d",
    async (temperature) => {
      const [episode] = whole(await played(PLANS.slice(0, 1), {}, { temperature }));
      const sampler = new Sampler({ ...SAMPLING, temperature });
      await sampler.load(model, 0);
      const answers = await sampler.sample([asked("Say it.")], [5]);
      await sampler.close();
      const all = [...episode!.turns, ...answers];
      const learner = Learner.open(model, { loss: policyLoss(), threads: 1 });
      // Little room, so that there are several batches.
      const found = await logProbabilitiesOf(learner, openChatReader(model), all, 120, temperature);
      await learner.close();
      expect(all.length).toBeGreaterThan(2);
      for (const [i, { logProbabilities }] of all.entries()) {
        expect(found[i]).toHaveLength(logProbabilities.length);
        for (const [t, own] of logProbabilities.entries()) {
          expect(Math.abs(own - found[i]![t]!)).toBeLessThan(1e-4);
        }
      }
    },
  );
});

describe("play", () => {
  test("comes to the same however many episodes are played at the same time", async () => {
    const one = await played(PLANS, { concurrency: 1 });
    expect(essence(await played(PLANS, { concurrency: 7 }))).toEqual(essence(one));
    expect(essence(await played(PLANS, { concurrency: 3 }, { batchSize: 2 }))).toEqual(essence(one));
    const episodes = whole(one);
    expect(episodes.map(({ scenario, seed }) => [scenario, seed])).toEqual(
      PLANS.map(({ scenario, seed }) => [scenario, seed]),
    );
    const turns = episodes.flatMap((episode) => episode.turns);
    expect(new Set(turns.map(({ action }) => action)).size).toBeGreaterThan(1);
    expect(turns.some(({ unparsed }) => unparsed)).toBe(true);
    for (const { reward, terms } of turns) {
      const sum = Object.values(terms).reduce((total, term) => total + term, 0);
      expect(reward).toBeCloseTo(sum, 12);
    }
  });

  test("goes on from decisions of another episode as that went on", async () => {
    const [first] = whole(await played(PLANS.slice(0, 1), { maxTurns: 3 }));
    const prefix = first!.turns.slice(0, 2).map(({ action }) => action);
    const [branch] = whole(await played([{ ...PLANS[0]!, prefix, chance: 1 }], { maxTurns: 1 }));
    expect(branch!.prefix).toBe(2);
    expect(frameOf(branch!, 0).equals(frameOf(first!, 2))).toBe(true);
    expect(frameOf(branch!, 0).equals(frameOf(first!, 0))).toBe(false);
  });

  test("a crash costs the episode that it is in, and no other", async () => {
    // The env refuses this in the midst of an episode, with the others being played.
    const bad: EpisodePlan = { ...PLANS[1]!, prefix: ["fly to the moon"] };
    const unknown: EpisodePlan = { ...PLANS[2]!, scenario: "no_such_scenario" };
    const plans = [PLANS[0]!, bad, unknown, ...PLANS.slice(3)];
    const outcomes = await played(plans, { concurrency: 2 });
    expect(outcomes[1]).toEqual({
      scenario: bad.scenario,
      seed: bad.seed,
      message: expect.stringContaining("fly to the moon") as string,
    });
    expect(outcomes[2]).toMatchObject({ scenario: "no_such_scenario" });
    expect(outcomes[2]).toHaveProperty("message");
    const alone = essence(await played(PLANS));
    expect(essence([outcomes[0]!, ...outcomes.slice(3)])).toEqual([alone[0], ...alone.slice(3)]);
  });
});

const ACTING: ActorPlan = {
  sampler: SAMPLING,
  profile: "guarded",
  play: PLAY,
  questions: {
    mix: { nearest: 1, arithmetic: 1 },
    shown: "words",
    scenarios: PLAY.scenarios,
    branches: 1,
    style: TINY_STYLE,
  },
};

function kept(all: readonly Acted[]): unknown {
  return all.map(({ episodes, groups }) => ({
    episodes: essence(episodes),
    groups: groups.map((group) =>
      group.map(({ tokens, text, kind, gold, reward }) => ({ tokens, text, kind, gold, reward })),
    ),
  }));
}

describe("actors", () => {
  const jobs = [
    { kind: "play", plans: PLANS.slice(0, 3) },
    { kind: "ask", seed: 4, count: 3, samples: 2 },
    { kind: "play", plans: PLANS.slice(3) },
    { kind: "ask", seed: 5, count: 2, samples: 3 },
  ] as const;
  const acted = async (count: number): Promise<Acted[]> => {
    const actors = new Actors(ACTING, count);
    try {
      return await actors.act({ directory: model, step: 3 }, jobs);
    } finally {
      await actors.close();
    }
  };
  test("give the same whether they are one or three, in the order of the jobs", async () => {
    const one = await acted(1);
    expect(kept(await acted(3))).toEqual(kept(one));
    expect(one.map(({ episodes }) => episodes.length)).toEqual([3, 0, 4, 0]);
    expect(one.map(({ groups }) => groups.map((group) => group.length))).toEqual([[], [2, 2, 2], [], [3, 3]]);
    for (const { seconds, runSeconds } of one) expect(runSeconds).toBeLessThanOrEqual(seconds);
  }, 300_000);

  test("say what is wrong, and only once all of them are at rest", async () => {
    const actors = new Actors(ACTING, 2);
    const policy = { directory: join(folder, "nowhere"), step: 0 };
    await expect(actors.act(policy, jobs)).rejects.toThrow(/nowhere/);
    await actors.close();
  }, 300_000);
});
