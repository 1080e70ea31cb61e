/** @file The games that are served: football, Sokoban, and questions with checked answers. */
import { Catalogue } from "./catalogue.ts";
import { isFootball, type SessionConfig, SOKOBAN } from "./config.ts";
import { FootballGame } from "./football.ts";
import type { Game } from "./game.ts";
import { Quiz, QuestionGame } from "./question.ts";
import { SokobanGame } from "./sokoban.ts";

export { Catalogue } from "./catalogue.ts";
export { isConfigKey, isFootball, QUESTIONS, readConfig, type SessionConfig, SOKOBAN } from "./config.ts";
export type { Act, Game, PlayerSpaces, Turn, View } from "./game.ts";

/** The address of a page that shows what is played, and whether this one speaks for all when it is lost. */
export interface Watched {
  url: string;
  quiet: boolean;
}

/** Makes games, and keeps what they share. */
export class GameRoom {
  readonly #catalogue: Catalogue;
  readonly #quiz: Quiz;

  constructor(catalogue: Catalogue) {
    this.#catalogue = catalogue;
    this.#quiz = new Quiz(catalogue);
  }

  /** Throws a TouchlineError for what fits the schema and still cannot be. */
  async open(config: SessionConfig, watched?: Watched): Promise<Game> {
    if (isFootball(config)) return FootballGame.make(this.#catalogue.get(config.scenario), config, watched);
    if (config.scenario === SOKOBAN && "size" in config) return new SokobanGame(config);
    return QuestionGame.make(this.#quiz, config);
  }
}
