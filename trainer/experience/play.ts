/**
 * @file Many episodes at once: whoever is to decide is asked together with all others, so that their answers are decoded
 * as one batch. Where an episode ends the next begins.
 */
import { makeRandom, nextUint32, type Random } from "../../env/random.ts";
import { sokobanTask } from "../sokoban/index.ts";
import type { Episode, EpisodePlan, Game } from "./episode.ts";
import type { EpisodeExperience, TurnExperience } from "./experience.ts";
import { FootballGame, type FootballOptions } from "./football.ts";
import type { Sampler } from "./sampler.ts";
import { SokobanGame } from "./sokoban.ts";

export interface PlayOptions extends FootballOptions {
  /** Episodes that are played at the same time. */
  concurrency: number;
  /** Decisions after which an episode is left. */
  maxTurns: number;
}

export type EpisodeOutcome = EpisodeExperience | { scenario: string; seed: number; message: string };

export class Player {
  readonly #options: PlayOptions;
  readonly #sampler: Sampler;
  readonly #football: Game;
  readonly #sokoban: Game;

  constructor(sampler: Sampler, options: PlayOptions) {
    this.#sampler = sampler;
    this.#options = options;
    this.#football = new FootballGame(options);
    this.#sokoban = new SokobanGame(options);
  }

  /** Plays all, in their order as far as there is room; one that crashes costs nothing but itself. */
  async play(plans: readonly EpisodePlan[]): Promise<EpisodeOutcome[]> {
    const { concurrency, maxTurns } = this.#options;
    const outcomes: EpisodeOutcome[] = Array.from({ length: plans.length });
    const running = new Map<number, Running>();
    let next = 0;
    while (next < plans.length || running.size > 0) {
      for (; next < plans.length && running.size < concurrency; next++) {
        const plan = plans[next]!;
        const begun = await attempt(plan, () => this.#begin(plan));
        if ("message" in begun) outcomes[next] = begun;
        else running.set(next, begun);
      }
      for (const [place, { plan, episode, turns }] of running) {
        if (!episode.isOver && turns.length < maxTurns) continue;
        running.delete(place);
        outcomes[place] = resultOf({ plan, episode, turns });
        episode.end({ crashed: false });
      }
      const asked = [...running];
      if (asked.length === 0) continue;
      const answers = await this.#sampler.sample(
        asked.map(([, { episode }]) => episode.ask()),
        asked.map(([, { random }]) => nextUint32(random)),
      );
      for (const [i, [place, { plan, episode, turns }]] of asked.entries()) {
        const experience = answers[i]!;
        const decision = await attempt(plan, () => episode.answer(experience.text));
        if ("message" in decision) {
          running.delete(place);
          episode.end({ crashed: true });
          outcomes[place] = decision;
          continue;
        }
        const reward = Object.values(decision.terms).reduce((sum, term) => sum + term, 0);
        turns.push({ ...experience, ...decision, reward });
      }
    }
    return outcomes;
  }

  close(): void {
    this.#football.close();
    this.#sokoban.close();
  }

  async #begin(plan: EpisodePlan): Promise<Running> {
    const game = sokobanTask(plan.scenario) ? this.#sokoban : this.#football;
    return { plan, episode: await game.begin(plan), random: makeRandom(plan.chance, 21), turns: [] };
  }
}

interface Running {
  plan: EpisodePlan;
  episode: Episode;
  random: Random;
  turns: TurnExperience[];
}

function resultOf({ plan, episode, turns }: Omit<Running, "random">): EpisodeExperience {
  return {
    scenario: plan.scenario,
    seed: plan.seed,
    prefix: plan.prefix?.length ?? 0,
    turns,
    cut: !episode.isOver,
    ...episode.outcome(),
  };
}

async function attempt<T>(
  { scenario, seed }: EpisodePlan,
  action: () => T | Promise<T>,
): Promise<T | { scenario: string; seed: number; message: string }> {
  try {
    return await action();
  } catch (error) {
    return { scenario, seed, message: error instanceof Error ? error.message : String(error) };
  }
}
