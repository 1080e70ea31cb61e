/** @file One `touchline serve` for the tests of a file, and an episode to play on it: actions, and what they give in process. */
import { afterAll, beforeAll } from "vitest";
import { makeEnv } from "../../env/football/index.ts";
import { makeRandom } from "../../env/random.ts";
import { loadScenario } from "../../scenarios/load.ts";
import { startServing } from "../serve/serving.ts";

/** Its address, once the tests run. */
export function servedForFile(): () => string {
  let server: Awaited<ReturnType<typeof startServing>> | undefined;
  beforeAll(async () => {
    server = await startServing();
  });
  afterAll(() => server?.stop());
  return () => server!.url;
}

export interface Episode {
  seed: number;
  actions: number[];
  rewards: number[];
  terminated: boolean;
  truncated: boolean;
}

/** An academy_empty_goal_close that the scripted player wins. */
export async function wonEpisode(seed = 11): Promise<Episode> {
  const scenario = loadScenario("academy_empty_goal_close");
  const env = await makeEnv(scenario, { control: { left: "ball", right: "none" } });
  const random = makeRandom(seed);
  env.reset({ seed });
  const episode: Episode = { seed, actions: [], rewards: [], terminated: false, truncated: false };
  while (!episode.terminated && !episode.truncated) {
    const action = env.advise(0, 1, random);
    const { reward, terminated, truncated } = env.step(action);
    episode.actions.push(action);
    episode.rewards.push(reward);
    Object.assign(episode, { terminated, truncated });
  }
  return episode;
}
