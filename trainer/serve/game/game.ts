/** @file A game as the server plays it: one episode after the other, a turn at a time, whatever is played. */
import type { RawObservation } from "../../../env/football/index.ts";
import type { Space } from "../../../env/space.ts";

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

/** Of one player, for clients that want to know before they play. */
export interface PlayerSpaces {
  action: Space;
  /** A dictionary of what he sees, by the names that `see` has. */
  observation: Space;
}

export interface Game {
  /** One for each player under control. */
  readonly spaces: readonly PlayerSpaces[];
  /** What the system says before the first turn; may be empty. */
  readonly system: string;
  reset(seed: number): Promise<Turn>;
  /** Throws a TouchlineError for what is no act of this game, and `env/episode-over` after the end. */
  act(act: Act): Promise<Turn>;
  close(): void;
}

/** An RGB picture. */
export function pictureSpace({ width, height }: { width: number; height: number }): Space {
  return { kind: "box", shape: [height, width, 3], low: 0, high: 255, dtype: "uint8" };
}

/** Any words. */
export const WORDS: Space = { kind: "text", minLength: 0, maxLength: 100_000, choices: [] };
