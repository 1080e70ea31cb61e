/** @file Which events are marked on the line of time: in 90 minutes there are more than it has room for. */
import type { FootballEvent } from "../../env/football/event.ts";
import { weightOf } from "./commentary.ts";

/** Of events that look alike one is drawn in each of so many parts of the line. */
const PARTS = 200;

/** They have a sign of their own, which nothing may hide. */
const SIGNS: ReadonlySet<FootballEvent["kind"]> = new Set([
  "goal",
  "yellow-card",
  "red-card",
  "offside",
  "penalty",
  "half-time",
]);

/** Those that are marked on a line between two ticks. */
export function marksOf(events: readonly FootballEvent[], first: number, last: number): FootballEvent[] {
  const span = Math.max(1, last - first);
  const taken = new Set<number>();
  return events.filter((event) => {
    if (SIGNS.has(event.kind)) return true;
    const part = Math.floor((PARTS * (event.tick - first)) / span);
    if (weightOf(event) === "flow" || taken.has(part)) return false;
    taken.add(part);
    return true;
  });
}
