/** @file Football for those who learn: one of the left side's players decides, by frames and the words of the prompt. */
import { type Action, IDLE_ACTIONS, type RewardWeights, type Scenario } from "../../env/football/index.ts";
import { Drill } from "../../agent/match/index.ts";
import {
  actionList,
  actionOf,
  Conversation,
  loadPrompt,
  type PlayStyle,
  readAnswer,
} from "../../agent/protocol/index.ts";
import { distance, mentionsIn, NEAR_ENOUGH, placesSeen, sightOf } from "../question/index.ts";
import { turnReward } from "../reward/index.ts";
import type { Decision, Episode, EpisodePlan, Game } from "./episode.ts";
import type { EpisodeExperience, TurnExperience } from "./experience.ts";

export interface FootballOptions {
  scenarios: readonly Scenario[];
  style: PlayStyle;
  /** Weights of reward terms. */
  rewards: RewardWeights;
  /** What words cost that are out of form or name no action, and places that are not where the thought says, each at most. */
  formatPenalty: number;
  truthPenalty: number;
}

export class FootballGame implements Game {
  readonly #options: FootballOptions;
  /** Those that nobody plays now, by their scenario. */
  readonly #free = new Map<string, Drill[]>();

  constructor(options: FootballOptions) {
    this.#options = options;
  }

  async begin(plan: EpisodePlan): Promise<Episode> {
    const { scenarios, style, rewards } = this.#options;
    const free = this.#free.get(plan.scenario) ?? [];
    this.#free.set(plan.scenario, free);
    const scenario = scenarios.find(({ id }) => id === plan.scenario)!;
    const { actions, decisionSteps, frame } = style;
    const drill = free.pop() ?? (await Drill.make(scenario, { actions, decisionSteps, frame, rewards }));
    try {
      return new FootballEpisode(plan, drill, this.#options, (ended) => free.push(ended));
    } catch (error) {
      drill.close();
      throw error;
    }
  }

  close(): void {
    for (const drill of [...this.#free.values()].flat()) drill.close();
    this.#free.clear();
  }
}

class FootballEpisode implements Episode {
  readonly #drill: Drill;
  readonly #options: FootballOptions;
  readonly #chat: Conversation;
  readonly #answer: ReturnType<typeof loadPrompt>["answer"];
  readonly #giveBack: (drill: Drill) => void;

  constructor(
    { seed, vary, prefix = [] }: EpisodePlan,
    drill: Drill,
    options: FootballOptions,
    giveBack: (drill: Drill) => void,
  ) {
    this.#drill = drill;
    this.#options = options;
    this.#giveBack = giveBack;
    const { style } = options;
    const prompt = loadPrompt(style.prompt);
    this.#answer = prompt.answer;
    const { goal } = drill.env.scenario;
    drill.start(seed, vary);
    this.#chat = new Conversation(prompt, style.memory, {
      goal,
      actions: actionList(drill.env.placeSpaces[0]!),
    });
    for (const action of prefix) {
      if (drill.over) break;
      drill.decide(action);
    }
  }

  get isOver(): boolean {
    return this.#drill.over;
  }

  ask(): ReturnType<Conversation["ask"]> {
    return this.#chat.ask(this.#drill.frame());
  }

  answer(text: string): Decision {
    const { style, rewards, formatPenalty, truthPenalty } = this.#options;
    const drill = this.#drill;
    const places = judgePlaces(text, drill);
    const said = readAnswer(text, this.#answer);
    const read = said.answer === undefined ? { reason: said.reason! } : actionOf(said.answer, style.actions);
    this.#chat.answered(text, "reason" in read ? read.reason : undefined);
    const unparsed = "reason" in read;
    const action: Action = unparsed ? IDLE_ACTIONS[style.actions] : read.action;
    const { steps } = drill.decide(action);
    const { terms } = turnReward(
      // Words in form that name no action are no better than words out of it.
      { steps, wellFormed: said.wellFormed && !unparsed },
      { terms: rewards, format: formatPenalty },
    );
    if (truthPenalty > 0) terms["truth"] = -truthPenalty * (1 - truthOf(places));
    return { terms, action, unparsed, places };
  }

  outcome(): Pick<EpisodeExperience, "success" | "score" | "steps"> {
    const { score, step, result } = this.#drill.info;
    return { success: result === "success", score, steps: step };
  }

  end({ crashed }: { crashed: boolean }): void {
    if (crashed) this.#drill.close();
    else this.#giveBack(this.#drill);
  }
}

/** A mate is left out: which of them a thought means is a matter of choice. */
function judgePlaces(text: string, drill: Drill): TurnExperience["places"] {
  const seen = placesSeen(sightOf(drill.scene(), drill.env.lineup, drill.player));
  const mentions = mentionsIn(text);
  const names = (Object.keys(seen) as (keyof typeof seen)[]).filter((name) => name !== "mate");
  return Object.fromEntries(
    names.map((name) => {
      const said = mentions[name];
      return [name, said !== undefined && distance(seen[name]!, said.place) <= NEAR_ENOUGH];
    }),
  );
}

/** Share of the places that are right; 1 of none. */
export function truthOf(places: TurnExperience["places"]): number {
  const all = Object.values(places);
  return all.length === 0 ? 1 : all.filter(Boolean).length / all.length;
}
