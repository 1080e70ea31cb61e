/**
 * @file Many episodes at once: whoever is to decide is asked together with all others, so that their answers are decoded
 * as one batch. Where an episode ends the next begins.
 */
import { type Action, IDLE_ACTIONS, type RewardWeights, type Scenario } from "../../env/football/index.ts";
import { makeRandom, nextUint32, type Random } from "../../env/random.ts";
import { Drill } from "../../agent/match/index.ts";
import {
  actionList,
  actionOf,
  Conversation,
  loadPrompt,
  type PlayStyle,
  readAnswer,
} from "../../agent/protocol/index.ts";
import { distance, NEAR_ENOUGH, placesIn, placesSeen, sightOf } from "../question/index.ts";
import { turnReward } from "../reward/index.ts";
import type { EpisodeExperience, TurnExperience } from "./experience.ts";
import type { Sampler } from "./sampler.ts";

/** An episode to play. */
export interface EpisodePlan {
  scenario: string;
  /** Of the env. */
  seed: number;
  vary: boolean;
  /** Of the words: episodes of one seed differ by it. */
  chance: number;
  /** Decisions to be played first, as another episode of the seed did. */
  prefix?: readonly Action[];
}

export interface PlayOptions {
  scenarios: readonly Scenario[];
  style: PlayStyle;
  /** Weights of reward terms. */
  rewards: RewardWeights;
  /** What words cost that are out of form or name no action, and places that are not where the thought says, each at most. */
  formatPenalty: number;
  truthPenalty: number;
  /** Episodes that are played at the same time. */
  concurrency: number;
  /** Decisions after which an episode is left. */
  maxTurns: number;
}

export type EpisodeOutcome = EpisodeExperience | { scenario: string; seed: number; message: string };

export class Player {
  readonly #options: PlayOptions;
  readonly #sampler: Sampler;
  /** Those that nobody plays now, by their scenario. */
  readonly #free = new Map<string, Drill[]>();

  constructor(sampler: Sampler, options: PlayOptions) {
    this.#sampler = sampler;
    this.#options = options;
  }

  /** Plays all, in their order as far as there is room; one that crashes costs nothing but itself. */
  async play(plans: readonly EpisodePlan[]): Promise<EpisodeOutcome[]> {
    const outcomes: EpisodeOutcome[] = Array.from({ length: plans.length });
    const running = new Map<number, Running>();
    let next = 0;
    while (next < plans.length || running.size > 0) {
      for (; next < plans.length && running.size < this.#options.concurrency; next++) {
        const plan = plans[next]!;
        const begun = await attempt(plan, () => this.#begin(plan));
        if ("message" in begun) outcomes[next] = begun;
        else running.set(next, begun);
      }
      for (const [place, one] of running) {
        if (!one.isOver) continue;
        running.delete(place);
        outcomes[place] = one.result();
        this.#free.get(one.plan.scenario)!.push(one.drill);
      }
      const asked = [...running];
      if (asked.length === 0) continue;
      const answers = await this.#sampler.sample(
        asked.map(([, one]) => one.ask()),
        asked.map(([, one]) => nextUint32(one.random)),
      );
      for (const [i, [place, one]] of asked.entries()) {
        const crashed = await attempt(one.plan, () => one.answer(answers[i]!));
        if (crashed === undefined) continue;
        // The env may be in any state: it is not played again.
        running.delete(place);
        one.drill.close();
        outcomes[place] = crashed;
      }
    }
    return outcomes;
  }

  close(): void {
    for (const drill of [...this.#free.values()].flat()) drill.close();
    this.#free.clear();
  }

  async #begin(plan: EpisodePlan): Promise<Running> {
    const { scenarios, style, rewards } = this.#options;
    const free = this.#free.get(plan.scenario) ?? [];
    this.#free.set(plan.scenario, free);
    const scenario = scenarios.find(({ id }) => id === plan.scenario)!;
    const { actions, decisionSteps, frame } = style;
    const drill = free.pop() ?? (await Drill.make(scenario, { actions, decisionSteps, frame, rewards }));
    try {
      return new Running(plan, drill, this.#options);
    } catch (error) {
      drill.close();
      throw error;
    }
  }
}

/** An episode that is being played. */
class Running {
  readonly plan: EpisodePlan;
  readonly drill: Drill;
  readonly random: Random;
  readonly #options: PlayOptions;
  readonly #chat: Conversation;
  readonly #answer: ReturnType<typeof loadPrompt>["answer"];
  readonly #turns: TurnExperience[] = [];

  constructor(plan: EpisodePlan, drill: Drill, options: PlayOptions) {
    this.plan = plan;
    this.drill = drill;
    this.random = makeRandom(plan.chance, 21);
    this.#options = options;
    const { style } = options;
    const prompt = loadPrompt(style.prompt);
    this.#answer = prompt.answer;
    const { goal } = drill.env.scenario;
    drill.start(plan.seed, plan.vary);
    this.#chat = new Conversation(prompt, style.memory, {
      goal,
      actions: actionList(drill.env.placeSpaces[0]!),
    });
    for (const action of plan.prefix ?? []) {
      if (drill.over) break;
      drill.decide(action);
    }
  }

  get isOver(): boolean {
    return this.drill.over || this.#turns.length >= this.#options.maxTurns;
  }

  ask(): ReturnType<Conversation["ask"]> {
    return this.#chat.ask(this.drill.frame());
  }

  answer(experience: Awaited<ReturnType<Sampler["sample"]>>[number]): void {
    const { style, rewards, formatPenalty, truthPenalty } = this.#options;
    const { drill } = this;
    const places = judgePlaces(experience.text, drill);
    const said = readAnswer(experience.text, this.#answer);
    const read = said.answer === undefined ? { reason: said.reason! } : actionOf(said.answer, style.actions);
    this.#chat.answered(experience.text, "reason" in read ? read.reason : undefined);
    const unparsed = "reason" in read;
    const action = unparsed ? IDLE_ACTIONS[style.actions] : read.action;
    const { steps } = drill.decide(action);
    const { terms } = turnReward(
      // Words in form that name no action are no better than words out of it.
      { steps, wellFormed: said.wellFormed && !unparsed },
      { terms: rewards, format: formatPenalty },
    );
    if (truthPenalty > 0) terms["truth"] = -truthPenalty * (1 - truthOf(places));
    const reward = Object.values(terms).reduce((sum, term) => sum + term, 0);
    this.#turns.push({ ...experience, terms, reward, action, unparsed, places });
  }

  result(): EpisodeExperience {
    const { score, step, result } = this.drill.info;
    return {
      scenario: this.plan.scenario,
      seed: this.plan.seed,
      prefix: this.plan.prefix?.length ?? 0,
      turns: this.#turns,
      cut: !this.drill.over,
      success: result === "success",
      score,
      steps: step,
    };
  }
}

/** A mate is left out: which of them a thought means is a matter of choice. */
function judgePlaces(text: string, drill: Drill): TurnExperience["places"] {
  const seen = placesSeen(sightOf(drill.scene(), drill.env.lineup, drill.player));
  const named = placesIn(text);
  const names = (Object.keys(seen) as (keyof typeof seen)[]).filter((name) => name !== "mate");
  return Object.fromEntries(
    names.map((name) => {
      const said = named[name];
      return [name, said !== undefined && distance(seen[name]!, said) <= NEAR_ENOUGH];
    }),
  );
}

/** Share of the places that are right; 1 of none. */
export function truthOf(places: TurnExperience["places"]): number {
  const all = Object.values(places);
  return all.length === 0 ? 1 : all.filter(Boolean).length / all.length;
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
