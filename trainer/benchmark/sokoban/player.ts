/** @file Who plays a level: the solver, chance, nobody, or a model by words. */
import { makeRandom, integer } from "../../../env/random.ts";
import {
  type Level,
  makeSokobanPainter,
  MAX_STEPS,
  type Move,
  MOVES,
  moved,
  playPlan,
  type Position,
  readGlobalAnswer,
  solve,
  isSolved,
} from "../../../env/sokoban/index.ts";
import type { Answerer } from "../../../agent/answerer/index.ts";
import { Conversation, type Memory, type Prompt, readAnswer } from "../../../agent/protocol/index.ts";
import type { Turn } from "./watch.ts";
import { readMove, type SokobanForm, type SokobanMode, sokobanPrompt, spelt } from "../../sokoban/index.ts";

export interface Play {
  moves: readonly Move[];
  said: readonly string[];
  /** How many moves had been made when each of `said` came. */
  saidAt: readonly number[];
  unparsed: number;
}

/** What is seen of an episode before it begins. */
export interface Start {
  level: Level;
  /** Of all chance in it. */
  seed: number;
  signal?: AbortSignal | undefined;
  /** Told of each answer, with the moves that were made before it. */
  onTurn?: ((turn: Turn) => void) | undefined;
}

/** @throws TouchlineError when nobody answers. */
export type SokobanPlayer = (start: Start) => Play | Promise<Play>;

/** Those without words play alike in both modes: what they would do next does not depend on it. */
export const PLAIN: Readonly<Record<string, SokobanPlayer>> = {
  idle: () => wordless([]),
  random: ({ level, seed }) => {
    const random = makeRandom(seed);
    const moves = Array.from({ length: MAX_STEPS }, () => MOVES[integer(random, MOVES.length)]!);
    return wordless(moves.slice(0, playPlan(level, moves).steps));
  },
  scripted: ({ level }) => {
    const solution = solve(level);
    return wordless(solution.status === "solved" ? solution.plan : []);
  },
};

function wordless(moves: readonly Move[]): Play {
  return { moves, said: [], saidAt: [], unparsed: 0 };
}

export interface Speaker {
  answerer: Answerer;
  form: SokobanForm;
  memory: Memory;
  temperature: number;
  maxTokens: number;
  stop: readonly string[];
}

export function speaker(mode: SokobanMode, how: Speaker): SokobanPlayer {
  return mode === "global" ? (start) => plan(start, how) : (start) => stepByStep(start, how);
}

async function plan(start: Start, how: Speaker): Promise<Play> {
  const prompt: Prompt = sokobanPrompt(how.form, "global");
  const chat = new Conversation(prompt, how.memory, {});
  const { text } = await answer(chat, start.level, start, how, 0);
  // MageBench's own form names its heading otherwise than its form for one move does.
  const body = prompt.answer === "think-answer" ? readAnswer(text, prompt.answer).answer : text;
  const moves = readGlobalAnswer(spelt(body ?? ""));
  const { steps } = playPlan(start.level, moves);
  start.onTurn?.({ moves: [], said: [{ at: 0, text }] });
  return {
    moves: moves.slice(0, steps),
    said: [text],
    saidAt: [0],
    unparsed: Number(moves.length === 0),
  };
}

/** As many answers as there may be steps: one without a move costs nothing, and would never end. */
async function stepByStep(start: Start, how: Speaker): Promise<Play> {
  const { level } = start;
  const prompt: Prompt = sokobanPrompt(how.form, "online");
  const chat = new Conversation(prompt, how.memory, {});
  const [moves, said, saidAt]: [Move[], string[], number[]] = [[], [], []];
  let position: Position = level;
  let unparsed = 0;
  for (let turn = 0; turn < MAX_STEPS && !isSolved(level, position.boxes); turn++) {
    const { text } = await answer(chat, position, start, how, turn);
    if (start.signal?.aborted) break;
    const { move, reason } = readMove(text, prompt.answer);
    said.push(text);
    saidAt.push(moves.length);
    start.onTurn?.({ moves: [...moves], said: said.map((one, i) => ({ at: saidAt[i]!, text: one })) });
    chat.answered(text, reason);
    if (move === undefined) unparsed++;
    else {
      moves.push(move);
      position = moved(level, position, move);
    }
  }
  return { moves, said, saidAt, unparsed };
}

function answer(
  chat: Conversation,
  position: Position,
  { level, seed, signal }: Start,
  { answerer, temperature, maxTokens, stop }: Speaker,
  turn: number,
): ReturnType<Answerer["answer"]> {
  const frame = makeSokobanPainter(level).paint(level, position);
  const options = { seed: (seed + turn) >>> 0, temperature, topP: 1, maxTokens, stop, signal };
  return answerer.answer(chat.ask(frame), options);
}
