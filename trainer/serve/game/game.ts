/** @file A game as the server plays it: one episode after the other, a turn at a time, whatever is played. */
import type { RawObservation } from "../../../env/football/index.ts";

/** What a client does: words, or an action itself; of several players a list of either, one for each. */
export type Act = { text: string } | { texts: readonly string[] } | { action: unknown };

/** What one player sees and is told. */
export interface View {
  /** The words of the prompt, with the state in words before them where that was asked for. */
  words: string;
  /** A PNG file. */
  image?: Uint8Array<ArrayBuffer>;
  simple115v2?: number[];
  raw?: RawObservation;
}

export interface Turn {
  /** One for each player under control. */
  views: View[];
  /** Of the act that led here; null at the start. Of several players that of the first: `info.rewards` has all. */
  reward: number | null;
  done: boolean;
  /** Plain data; `success` once the episode is over. */
  info: Record<string, unknown>;
}

export interface Game {
  /** What the system says before the first turn; may be empty. */
  readonly system: string;
  reset(seed: number): Promise<Turn>;
  /** Throws a TouchlineError for what is no act of this game, and `env/episode-over` after the end. */
  act(act: Act): Promise<Turn>;
  close(): void;
}
