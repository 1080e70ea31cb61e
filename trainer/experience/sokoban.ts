/** @file Sokoban for those who learn: a level that is not held out, one move an answer, each after a new frame. */
import type { Action } from "../../env/football/index.ts";
import { makeRandom } from "../../env/random.ts";
import { makeSokoban, type SokobanEnv, type SokobanInfo } from "../../env/sokoban/index.ts";
import { Conversation, type PlayStyle, type Prompt } from "../../agent/protocol/index.ts";
import { drawLevel, readMove, sokobanForm, sokobanPrompt, sokobanTask } from "../sokoban/index.ts";
import type { Decision, Episode, EpisodePlan, Game } from "./episode.ts";
import type { EpisodeExperience } from "./experience.ts";

export interface SokobanOptions {
  style: PlayStyle;
  /** What words cost that are out of form or name no move. */
  formatPenalty: number;
}

/** An answer without a move does nothing and costs no step, as in MageBench. */
const NOTHING = "nothing";

export class SokobanGame implements Game {
  readonly #options: SokobanOptions;

  constructor(options: SokobanOptions) {
    this.#options = options;
  }

  async begin({ scenario, seed, prefix = [] }: EpisodePlan): Promise<Episode> {
    const { size } = sokobanTask(scenario)!;
    const { level } = drawLevel(makeRandom(seed, 31), [size], false);
    const env = await makeSokoban({ level });
    const episode = new SokobanEpisode(env, this.#options);
    for (const action of prefix) {
      if (episode.isOver) break;
      episode.decide(action);
    }
    return episode;
  }

  close(): void {
    // Levels are light: none is kept.
  }
}

class SokobanEpisode implements Episode {
  readonly #env: SokobanEnv;
  readonly #formatPenalty: number;
  readonly #prompt: Prompt;
  readonly #chat: Conversation;
  #info: SokobanInfo;
  #over = false;

  constructor(env: SokobanEnv, { style, formatPenalty }: SokobanOptions) {
    this.#env = env;
    this.#formatPenalty = formatPenalty;
    this.#prompt = sokobanPrompt(sokobanForm(style.prompt), "online");
    this.#chat = new Conversation(this.#prompt, style.memory, {});
    this.#info = env.reset().info;
  }

  get isOver(): boolean {
    return this.#over;
  }

  ask(): ReturnType<Conversation["ask"]> {
    return this.#chat.ask(this.#env.frame());
  }

  answer(text: string): Decision {
    const { move, reason } = readMove(text, this.#prompt.answer);
    this.#chat.answered(text, reason);
    const unparsed = move === undefined;
    const action = move ?? NOTHING;
    const terms = { return: this.decide(action), format: unparsed ? -this.#formatPenalty : 0 };
    return { terms, action, unparsed, places: {} };
  }

  /** The game's own reward. */
  decide(action: Action): number {
    if (action === NOTHING) return 0;
    const { reward, terminated, truncated, info } = this.#env.step(action as string);
    this.#info = info;
    this.#over = terminated || truncated;
    return reward;
  }

  outcome(): Pick<EpisodeExperience, "success" | "score" | "steps"> {
    const { boxesOnTarget, step, ended } = this.#info;
    const boxes = this.#env.level.boxes.length;
    return { success: ended === "solved", score: [boxesOnTarget, boxes - boxesOnTarget], steps: step };
  }

  end(): void {
    this.#env.close();
  }
}
