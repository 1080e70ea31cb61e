/** @file What is under the cursor, for the panels: a new value only when something of it can be seen. */
import type { Scene } from "../../../env/frame/index.ts";
import { bannerAt, secondsBehind } from "../../player/index.ts";
import type { Banner, Cursor, Extent, Moment, Timeline } from "../../player/index.ts";
import type { Ended, MatchCard } from "../../protocol/index.ts";

export interface Shown {
  card: MatchCard;
  episode: number;
  seed: number | undefined;
  scene: Scene;
  /** The scene's place in its episode. */
  seq: number;
  pace: Cursor["pace"];
  speed: number;
  tick: number;
  firstTick: number;
  lastTick: number;
  /** Whether the episode under the cursor still goes on. */
  live: boolean;
  /** In tenths, so that it does not change all the time. */
  behindSeconds: number;
  banner: Banner | undefined;
  ended: Ended | undefined;
}

/** Whether what is under the cursor is over, so that nobody can play in it but in a match of his own. */
export function isPast(shown: Shown | undefined): boolean {
  return shown !== undefined && (shown.card.recorded || shown.pace !== "following");
}

export function shownAt(
  card: MatchCard,
  timeline: Timeline,
  moment: Moment,
  { pace, speed, tick }: Cursor,
  extent: Extent,
): Shown {
  const behind = pace === "following" ? 0 : secondsBehind({ pace, speed, tick }, extent);
  return {
    card,
    episode: timeline.episode,
    seed: timeline.seed,
    scene: moment.scene,
    seq: moment.seq,
    pace,
    speed,
    tick,
    firstTick: extent.first,
    lastTick: extent.last,
    live: extent.live,
    behindSeconds: Math.round(behind * 10) / 10,
    banner: bannerAt(timeline, moment.scene, tick, card.lineup, card.ticksPerScene),
    ended: timeline.ended,
  };
}

/** Whether the panels have to be told; what is not compared here follows from the rest. */
export function differs(before: Shown | undefined, next: Shown): boolean {
  return before === undefined || VISIBLE.some((key) => before[key] !== next[key]);
}

const VISIBLE = [
  "card",
  "episode",
  "seed",
  "seq",
  "pace",
  "speed",
  "lastTick",
  "live",
  "behindSeconds",
  "ended",
] as const satisfies readonly (keyof Shown)[];
