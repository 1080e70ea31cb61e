/**
 * @file The one cursor: everything in the page shows the match at its tick. Plain data and pure functions of the
 * time that has passed, so every rule is tested without a browser.
 */

/** Paused, playing at some speed, or following the live edge. */
export type Pace = "paused" | "playing" | "following";

export interface Cursor {
  readonly pace: Pace;
  /** Physics ticks since the start of the episode; between two scenes it is no whole number. */
  readonly tick: number;
  /** Times real time while playing; following is always 1. */
  readonly speed: number;
}

/** What there is to play. */
export interface Extent {
  first: number;
  last: number;
  /** More is coming. */
  live: boolean;
  ticksPerScene: number;
}

export const SPEEDS = [0.1, 0.25, 0.5, 1, 2, 4, 10] as const;

export const START: Cursor = { pace: "following", tick: 0, speed: 1 };

const SCENES_PER_SECOND = 10;
/** Following stays so many scenes behind the newest, so that the next is there when it is needed. */
const DELAY_SCENES = 1.5;
/** A larger lag is jumped, a smaller one caught up with softly. */
const JUMP_SECONDS = 1;

/** The tick that following aims at. */
export function liveTick({ first, last, live, ticksPerScene }: Extent): number {
  return live ? Math.max(first, last - DELAY_SCENES * ticksPerScene) : last;
}

export function secondsBehind(cursor: Cursor, extent: Extent): number {
  return Math.max(0, extent.last - cursor.tick) / (extent.ticksPerScene * SCENES_PER_SECOND);
}

/** The cursor after `seconds` of real time. Playing that reaches the live edge follows it, at 1x. */
export function advance(cursor: Cursor, seconds: number, extent: Extent): Cursor {
  const ticksPerSecond = extent.ticksPerScene * SCENES_PER_SECOND;
  const target = liveTick(extent);
  if (cursor.pace === "paused") return cursor;
  if (cursor.pace === "following") {
    const lag = (target - cursor.tick) / ticksPerSecond;
    if (Math.abs(lag) > JUMP_SECONDS) return { ...cursor, tick: target };
    // The newest scene comes in jumps of 0.1 s; a gain this low does not show them.
    const rate = 1 + clamp(lag * 0.8, -0.25, 0.25);
    const tick = clamp(cursor.tick + seconds * ticksPerSecond * rate, extent.first, extent.last);
    return { ...cursor, tick };
  }
  const tick = Math.max(extent.first, cursor.tick + seconds * ticksPerSecond * cursor.speed);
  if (tick >= target && (cursor.speed >= 1 || !extent.live)) return follow({ ...cursor, tick: target });
  return { ...cursor, tick: Math.min(tick, extent.last) };
}

/** Back to the live edge, at 1x. */
export function follow(cursor: Cursor): Cursor {
  return { ...cursor, pace: "following", speed: 1 };
}

export function toggle(cursor: Cursor, extent: Extent): Cursor {
  if (cursor.pace !== "paused") return { ...cursor, pace: "paused" };
  return cursor.tick >= liveTick(extent) ? follow(cursor) : { ...cursor, pace: "playing" };
}

/** Moves to a tick. That leaves following, except at the live edge itself. */
export function seek(cursor: Cursor, tick: number, extent: Extent): Cursor {
  const moved = { ...cursor, tick: clamp(tick, extent.first, extent.last) };
  if (cursor.pace !== "paused" && extent.live && tick >= liveTick(extent)) return follow(moved);
  return { ...moved, pace: cursor.pace === "following" ? "playing" : cursor.pace };
}

/** Moves to a tick and stays there: for single steps. */
export function hold(cursor: Cursor, tick: number, extent: Extent): Cursor {
  return { ...cursor, pace: "paused", tick: clamp(tick, extent.first, extent.last) };
}

/** Nobody can be ahead of live: a speed above 1 changes nothing while following, one below leaves it. */
export function setSpeed(cursor: Cursor, speed: number): Cursor {
  if (cursor.pace === "following") return speed < 1 ? { ...cursor, pace: "playing", speed } : cursor;
  return { ...cursor, speed };
}

/** The next of `SPEEDS` above (1) or below (-1). */
export function nextSpeed(speed: number, direction: 1 | -1): number {
  const higher = SPEEDS.find((candidate) => candidate > speed);
  const lower = SPEEDS.findLast((candidate) => candidate < speed);
  return (direction === 1 ? higher : lower) ?? speed;
}

function clamp(value: number, low: number, high: number): number {
  return Math.min(Math.max(value, low), Math.max(low, high));
}
