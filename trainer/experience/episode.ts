/** @file What there is to play: an episode of some game, decision by decision, asked and answered in words. */
import type { Action } from "../../env/football/index.ts";
import type { ChatInput } from "../../agent/model/index.ts";
import type { EpisodeExperience, TurnExperience } from "./experience.ts";

/** An episode to play. */
export interface EpisodePlan {
  /** A scenario of football, or levels of Sokoban as `sokoban-online:7x7x1`. */
  scenario: string;
  /** Of the env. */
  seed: number;
  vary: boolean;
  /** Of the words: episodes of one seed differ by it. */
  chance: number;
  /** Decisions to be played first, as another episode of the seed did. */
  prefix?: readonly Action[];
}

/** What a decision came to. Its reward is the sum of its terms. */
export type Decision = Pick<TurnExperience, "terms" | "action" | "unparsed" | "places">;

/** An episode that is being played. */
export interface Episode {
  readonly isOver: boolean;
  /** What whoever decides is shown and told now. */
  ask(): ChatInput;
  /** Plays what he said. */
  answer(text: string): Decision;
  outcome(): Pick<EpisodeExperience, "success" | "score" | "steps">;
  /** Gives back what it holds; after a crash the env may be in any state, and is not played again. */
  end(how: { crashed: boolean }): void;
}

export interface Game {
  /** At the beginning, or after the decisions that the plan begins with. */
  begin(plan: EpisodePlan): Promise<Episode>;
  close(): void;
}
