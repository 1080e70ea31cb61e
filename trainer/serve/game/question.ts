/** @file A question as a game of one turn: asked in words or on a frame, answered once, worth what the rule says. */
import { encodePng } from "../../../agent/frame/index.ts";
import { TouchlineError } from "../../../env/error.ts";
import { frameOptions } from "../../../env/frame/index.ts";
import {
  asksOfPlay,
  drawQuestions,
  judge,
  MomentSource,
  type Question,
  viewOf,
} from "../../question/index.ts";
import type { Catalogue } from "./catalogue.ts";
import type { QuestionConfig } from "./config.ts";
import { type Act, type Game, pictureSpace, type PlayerSpaces, type Turn, WORDS } from "./game.ts";

/** As `touchline data` draws them. */
const DECISION_STEPS = 2;
/** Each holds a drill of every scenario that its moments come from. */
const SOURCES_MAX = 4;

/** Draws questions; sources of moments take long to make, so those of one kind share theirs. */
export class Quiz {
  readonly #catalogue: Catalogue;
  readonly #sources = new Map<string, Promise<MomentSource>>();

  constructor(catalogue: Catalogue) {
    this.#catalogue = catalogue;
  }

  async draw(config: QuestionConfig, seed: number): Promise<Question> {
    const { kinds, heldOut, prompt } = config;
    const source = asksOfPlay(kinds) ? await this.#source(config) : undefined;
    return drawQuestions(source, kinds, seed, 1, { heldOut, sokoban: { prompt } })[0]!;
  }

  #source({ of, frame, heldOut }: QuestionConfig): Promise<MomentSource> {
    const scenarios =
      of?.map((name) => this.#catalogue.get(name)) ??
      this.#catalogue.scenarios.filter(({ suite }) => suite === "academy");
    const key = JSON.stringify([scenarios.map(({ id }) => id), of, frame, heldOut]);
    const known = this.#sources.get(key);
    if (known) return known;
    for (const [oldest, source] of this.#sources) {
      if (this.#sources.size < SOURCES_MAX) break;
      this.#sources.delete(oldest);
      void source.then((one) => one.close());
    }
    const source = MomentSource.make(scenarios, { frame, decisionSteps: DECISION_STEPS, heldOut });
    this.#sources.set(key, source);
    return source;
  }
}

export class QuestionGame implements Game {
  readonly spaces: readonly PlayerSpaces[];
  readonly #quiz: Quiz;
  readonly #config: QuestionConfig;
  #question: Question | undefined;
  #answered = false;

  /** Throws for scenarios that are not served before a question is asked. */
  static async make(quiz: Quiz, config: QuestionConfig): Promise<QuestionGame> {
    return new QuestionGame(quiz, config);
  }

  private constructor(quiz: Quiz, config: QuestionConfig) {
    this.#quiz = quiz;
    this.#config = config;
    // A question in words alone has no frame, whatever the others have.
    const frame = config.shown === "frame" && { frame: pictureSpace(frameOptions(config.frame)) };
    this.spaces = [{ action: WORDS, observation: { kind: "dict", spaces: { ...frame } } }];
  }

  get system(): string {
    return this.#question?.system ?? "";
  }

  async reset(seed: number): Promise<Turn> {
    const question = await this.#quiz.draw(this.#config, seed);
    this.#question = question;
    this.#answered = false;
    const view = viewOf(question);
    const info = { kind: question.kind };
    if (view && this.#config.shown === "frame") {
      const image = new Uint8Array(await encodePng(view.frame));
      return { views: [{ words: question.ask, image }], reward: null, done: false, info };
    }
    const words = view ? `${view.words} ${question.ask}` : question.ask;
    return { views: [{ words }], reward: null, done: false, info };
  }

  async act(act: Act): Promise<Turn> {
    if (this.#question === undefined)
      throw new TouchlineError("env/not-reset", "There is no question yet; reset first.");
    if (this.#answered)
      throw new TouchlineError("env/episode-over", "The question is answered; reset for the next one.");
    if (!("text" in act)) throw new TouchlineError("action/count", "A question is answered by one text.");
    this.#answered = true;
    const judged = await judge(this.#question, act.text, { shown: this.#config.shown });
    const { format, accuracy, status, reward } = judged;
    const info = {
      kind: this.#question.kind,
      format,
      accuracy,
      status,
      success: accuracy === 1,
      terminated: true,
      truncated: false,
    };
    return { views: [{ words: "" }], reward: reward ?? 0, done: true, info };
  }

  close(): void {
    this.#question = undefined;
  }
}
