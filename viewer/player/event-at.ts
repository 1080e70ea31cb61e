/** @file The last event of a kind at a tick. Asked for with every picture, so it looks no further back than it must. */
import type { FootballEvent } from "../../env/football/event.ts";

/** The last at or before a tick that `holds`, as its place in the list; -1 when there is none since `since`. */
export function lastEventAt(
  events: readonly FootballEvent[],
  tick: number,
  holds: (event: FootballEvent) => boolean,
  since = -Infinity,
): number {
  let low = 0;
  let high = events.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (events[middle]!.tick <= tick) low = middle + 1;
    else high = middle;
  }
  for (let i = low - 1; i >= 0 && events[i]!.tick >= since; i--) if (holds(events[i]!)) return i;
  return -1;
}
