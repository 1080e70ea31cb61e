/** @file Episodes of mostly sensible play, with passes and shots among it, for computations that are made twice. */
import {
  type FootballInfo,
  type FootballOptions,
  makeEnv,
  type ObservationByKind,
} from "../../env/football/index.ts";
import { integer, makeRandom } from "../../env/random.ts";
import { loadScenario } from "../../scenarios/load.ts";

export type Seen = Pick<ObservationByKind, "raw" | "simple115v2" | "smm">;

export interface Moment {
  /** Of each controlled player; only the kinds that were asked for are there. */
  seen: readonly Seen[];
  info: FootballInfo;
}

/** Every moment of an episode, the start first, until it ends or `steps` are over. */
export async function* playMoments(
  id: string,
  options: FootballOptions,
  seed: number,
  steps: number,
): AsyncGenerator<Moment> {
  const env = await makeEnv(loadScenario(id), options);
  try {
    const random = makeRandom(seed + 1);
    let { observation, info } = env.reset({ seed });
    yield { seen: observation as readonly Seen[], info };
    for (let step = 0; step < steps; step++) {
      const actions = info.controlled.map((_, place) =>
        integer(random, 8) === 0 ? integer(random, 19) : env.advise(place, 0.9, random),
      );
      const result = env.step(actions);
      ({ observation, info } = result);
      yield { seen: observation as readonly Seen[], info };
      if (result.terminated || result.truncated) return;
    }
  } finally {
    env.close();
  }
}
