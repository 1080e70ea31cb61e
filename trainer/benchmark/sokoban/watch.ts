/** @file Shows levels on a running page while they are played. A page that is gone or slow costs the run nothing. */
import { feedHeaders } from "../../../agent/match/index.ts";
import { type Level, type Move, writeXsb } from "../../../env/sokoban/index.ts";

/** How long a page may take to say that it has it. */
const ANSWER_MS = 3000;

export interface Shown {
  policy: string;
  size: string;
  seed: number;
  level: Level;
  bound: number;
}

export interface Turn {
  moves: readonly Move[];
  said: readonly { readonly at: number; readonly text: string }[];
}

export type Over = { solved: boolean; score: number };

/** Tells the page of one level. While one message is on its way later ones are left out, but for the last. */
export function puzzleFeed(
  url: string,
  shown: Shown,
): { turn: (turn: Turn) => void; end: (turn: Turn, over: Over) => Promise<void> } {
  const id = crypto.randomUUID();
  let busy = false;
  const send = async ({ moves, said }: Turn, over: Over | null): Promise<void> => {
    const { level, ...about } = shown;
    const letters = moves.map(([letter]) => letter).join("");
    const body = JSON.stringify({
      id,
      by: "bench",
      ...about,
      level: writeXsb(level),
      moves: letters,
      said,
      over,
    });
    await fetch(new URL("/puzzles", url), {
      method: "POST",
      headers: { "content-type": "application/json", ...feedHeaders(url) },
      body,
      redirect: "error",
      signal: AbortSignal.timeout(ANSWER_MS),
    }).catch(() => undefined);
  };
  return {
    turn: (turn) => {
      if (busy) return;
      busy = true;
      void send(turn, null).finally(() => void (busy = false));
    },
    end: (turn, over) => send(turn, over),
  };
}
