/** @file Sokoban move by move as what is learned from: what an episode says of itself is what the game says of its moves. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { answerOf, asked, taught, TINY_STYLE } from "../../tests/rl/tiny.ts";
import { makeRandom } from "../../env/random.ts";
import { makeSokoban, MOVES, readXsb, makeSokobanPainter } from "../../env/sokoban/index.ts";
import { drawLevel, isHeldOutLevel } from "../sokoban/index.ts";
import { type EpisodeExperience, type EpisodePlan, Player, type PlayOptions, Sampler } from "./index.ts";

const folder = mkdtempSync(join(tmpdir(), "touchline-sokoban-play-"));
afterAll(() => rmSync(folder, { recursive: true }));

const SCENARIO = "sokoban-online:7x7x1";
const PLAY: PlayOptions = {
  scenarios: [],
  style: TINY_STYLE,
  rewards: {},
  formatPenalty: 0.5,
  truthPenalty: 0,
  concurrency: 3,
  maxTurns: 6,
};
const PLANS = Array.from({ length: 5 }, (_, i): EpisodePlan => ({
  scenario: SCENARIO,
  seed: 3_000_000 + i,
  vary: true,
  chance: 5 + i,
}));

let sampler: Sampler;
beforeAll(async () => {
  const level = readXsb("#######\n#     #\n#     #\n#@ $ .#\n#     #\n#     #\n#######");
  const chat = asked("Step.", makeSokobanPainter(level).paint(level));
  const answers = ["Right", "UP", "left", "Down", "Jump"].map(answerOf);
  const model = await taught(join(folder, "model"), [{ chat, answers }], { style: TINY_STYLE });
  sampler = new Sampler({
    threads: 1,
    batchSize: 8,
    maxTokens: 40,
    temperature: 1,
    topP: 1,
    stop: ["</answer>"],
  });
  await sampler.load(model, 0);
}, 120_000);
afterAll(() => sampler.close());

async function play(plans: readonly EpisodePlan[]): Promise<EpisodeExperience[]> {
  const player = new Player(sampler, PLAY);
  const outcomes = await player.play(plans);
  player.close();
  return outcomes.map((one) => {
    if ("message" in one) throw new Error(one.message);
    return one;
  });
}

function saidIn({ turns }: EpisodeExperience): string[] {
  return turns.map(({ text }) => text);
}

test("an episode's rewards, end and boxes are the game's for its moves, on levels that are not held out", async () => {
  const episodes = await play(PLANS);
  const unparsed = episodes.flatMap(({ turns }) => turns).filter((turn) => turn.unparsed);
  expect(unparsed.length).toBeGreaterThan(0);
  for (const { seed, turns, cut, success, steps, score } of episodes) {
    const { level } = drawLevel(makeRandom(seed, 31), ["7x7x1"], false);
    expect(isHeldOutLevel(level)).toBe(false);
    const env = await makeSokoban({ level });
    let { info } = env.reset();
    let over = false;
    for (const { action, terms, reward, unparsed: none } of turns) {
      expect(over).toBe(false);
      const moves = (MOVES as readonly unknown[]).includes(action);
      expect(moves).toBe(!none);
      const step = moves ? env.step(action as string) : undefined;
      expect(terms).toEqual({ return: step?.reward ?? 0, format: none ? -0.5 : 0 });
      expect(reward).toBe(terms["return"]! + terms["format"]!);
      over = step?.terminated ?? false;
      info = step?.info ?? info;
    }
    expect({ cut, success, steps }).toEqual({ cut: !over, success: over, steps: info.step });
    expect(score).toEqual([info.boxesOnTarget, 1 - info.boxesOnTarget]);
    env.close();
  }
}, 120_000);

test("the same chance plays the same, and a branch goes on from where its prefix ends", async () => {
  const [first, ...others] = await play(PLANS);
  const [again] = await play(PLANS.slice(0, 1));
  expect(saidIn(again!)).toEqual(saidIn(first!));
  const prefix = first!.turns.slice(0, 2).map(({ action }) => action);
  const [branch] = await play([{ ...PLANS[0]!, prefix }]);
  // It is shown what the first saw after two decisions, picture for picture.
  expect(branch!.prefix).toBe(2);
  expect(branch!.turns[0]!.chat.images).toEqual(first!.turns[2]!.chat.images);
  expect(branch!.turns[0]!.chat.images).not.toEqual(others[0]!.turns[0]!.chat.images);
}, 120_000);
