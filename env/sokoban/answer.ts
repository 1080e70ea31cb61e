/** @file Moves read out of a model's answer, as MageBench and LMM-R1 read them. */
import { type Move, MOVES } from "./rules.ts";

/** MageBench writes moves so, and takes them no other way. */
const MAGEBENCH = new Map(MOVES.map((move) => [move[0]!.toUpperCase() + move.slice(1), move]));

/**
 * MageBench's `Global` answer: the moves after `### Actions` (or in the whole answer without it), parted by commas.
 * What is no move is passed over.
 */
export function readGlobalAnswer(answer: string): Move[] {
  const list = answer.split("### Actions")[1] ?? answer;
  return list.split(",").flatMap((word) => MAGEBENCH.get(word.trim()) ?? []);
}

/** MageBench's `Online` answer: the one move after `# action`, or undefined, which does nothing and costs nothing. */
export function readOnlineAnswer(answer: string): Move | undefined {
  return MAGEBENCH.get((answer.split("# action")[1] ?? answer).trim());
}

export interface LmmR1Answer {
  thought: string;
  moves: readonly Move[];
}

/**
 * LMM-R1's answer: each of `<think>`, `</think>`, `<answer>` and `</answer>` once, and in the answer nothing but moves,
 * parted by commas, in whatever case. Undefined for any other form.
 */
export function readLmmR1Answer(response: string): LmmR1Answer | undefined {
  for (const tag of ["<think>", "</think>", "<answer>", "</answer>"])
    if (response.split(tag).length !== 2) return undefined;
  const words = inside(response, "answer")
    .split(",")
    .map((word) => word.trim().toLowerCase());
  const moves = words.flatMap((word) => MOVES.find((move) => move === word) ?? []);
  return moves.length === words.length ? { thought: inside(response, "think").trim(), moves } : undefined;
}

function inside(response: string, tag: string): string {
  return response.split(`<${tag}>`)[1]!.split(`</${tag}>`)[0]!;
}
