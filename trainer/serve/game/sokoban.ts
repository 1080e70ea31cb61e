/** @file Sokoban as a game of turns: one move an answer, or all of them in one. Levels that are held out are not played for training. */
import { encodePng } from "../../../agent/frame/index.ts";
import { fillIn, type Prompt, readAnswer } from "../../../agent/protocol/index.ts";
import { TouchlineError } from "../../../env/error.ts";
import { makeRandom } from "../../../env/random.ts";
import {
  type Level,
  makeSokoban,
  makeSokobanPainter,
  type Move,
  MOVES,
  readOnlineAnswer,
  roomSize,
  type SokobanEnv,
  type SokobanInfo,
} from "../../../env/sokoban/index.ts";
import { drawLevel, levelWords, sokobanForm, sokobanPrompt, sokobanReward } from "../../sokoban/index.ts";
import type { SokobanConfig } from "./config.ts";
import { type Act, type Game, pictureSpace, type PlayerSpaces, type Turn, type View, WORDS } from "./game.ts";

export class SokobanGame implements Game {
  readonly system: string;
  readonly spaces: readonly PlayerSpaces[];
  readonly #config: SokobanConfig;
  readonly #prompt: Prompt;
  #env: SokobanEnv | undefined;
  #level: Level | undefined;
  #over = true;

  constructor(config: SokobanConfig) {
    this.#config = config;
    this.#prompt = sokobanPrompt(sokobanForm(config.prompt), config.mode);
    this.system = this.#prompt.system;
    const { see, mode, size } = config;
    const frame = makeSokobanPainter(roomSize(size));
    const spaces = {
      ...(see.includes("frame") && { frame: pictureSpace(frame) }),
      ...(see.includes("text") && { text: WORDS }),
    };
    const action = mode === "global" ? WORDS : ({ kind: "discrete", n: MOVES.length, names: MOVES } as const);
    this.spaces = [{ action, observation: { kind: "dict", spaces } }];
  }

  async reset(seed: number): Promise<Turn> {
    const { size, heldOut, maxSteps } = this.#config;
    const { level } = drawLevel(makeRandom(seed, 31), [size], heldOut);
    this.#env?.close();
    this.#env = await makeSokoban({ level, maxSteps });
    this.#level = level;
    this.#over = false;
    const { info } = this.#env.reset({ seed });
    return { views: [await this.#view(this.#prompt.first)], reward: null, done: false, info: told(info) };
  }

  async act(act: Act): Promise<Turn> {
    if (this.#env === undefined || this.#level === undefined)
      throw new TouchlineError("env/not-reset", "There is no episode yet; reset first.");
    if (this.#over)
      throw new TouchlineError("env/episode-over", "The episode is over; reset before the next step.");
    if (this.#config.mode === "global") return this.#judge(this.#level, act);
    const { move, reason } = this.#read(act);
    if (move === undefined) {
      const words = fillIn(this.#prompt.unparsed, { reason: reason! });
      return { views: [await this.#view(words)], reward: 0, done: false, info: { unparsed: [reason] } };
    }
    const { reward, terminated, truncated, info } = this.#env.step(move);
    this.#over = terminated || truncated;
    const ends = this.#over ? { success: terminated } : {};
    const views = [await this.#view(this.#prompt.next)];
    return { views, reward, done: this.#over, info: { ...told(info), terminated, truncated, ...ends } };
  }

  close(): void {
    this.#env?.close();
  }

  async #judge(level: Level, act: Act): Promise<Turn> {
    if (!("text" in act)) throw new TouchlineError("action/count", "All moves of a level come as one text.");
    const { reward, accuracy, format, status } = sokobanReward(level, act.text);
    this.#over = true;
    const info = { format, status, success: accuracy === 1, terminated: true, truncated: false };
    return { views: [await this.#view(this.#prompt.next)], reward: reward ?? 0, done: true, info };
  }

  #read(act: Act): { move?: Move; reason?: string } {
    if ("action" in act) {
      const { action } = act;
      const move = typeof action === "number" ? MOVES[action] : MOVES.find((name) => name === action);
      if (move !== undefined) return { move };
      throw new TouchlineError(
        "action/unknown",
        `There is no such action; expected 0 to 3 or ${MOVES.join(", ")}.`,
      );
    }
    if ("texts" in act) throw new TouchlineError("action/count", "Sokoban has one player: give one text.");
    if (this.#prompt.answer === "analyze-action") {
      const move = readOnlineAnswer(act.text);
      return move === undefined ? { reason: "there is no move after # action." } : { move };
    }
    const { answer, reason } = readAnswer(act.text, this.#prompt.answer);
    const word = answer?.trim().toLowerCase();
    const move = MOVES.find((name) => name === word);
    return move === undefined ? { reason: reason ?? "that is no move." } : { move };
  }

  async #view(words: string): Promise<View> {
    const { see } = this.#config;
    const env = this.#env!;
    const seen = see.includes("text") ? `${levelWords({ ...env.level, ...env.position })}\n` : "";
    return {
      words: `${seen}${words}`,
      ...(see.includes("frame") && { image: new Uint8Array(await encodePng(env.frame())) }),
    };
  }
}

function told({ step, moved, pushed, boxesOnTarget, bestReturn, ended }: SokobanInfo): Turn["info"] {
  return { step, moved, pushed, boxesOnTarget, bestReturn, ...(ended && { ended }) };
}
