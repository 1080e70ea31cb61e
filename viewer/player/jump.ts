/** @file Where steps and jumps of the cursor lead: to the scene beside it, or to shortly before an event. */
import type { FootballEvent } from "../../env/football/event.ts";
import type { Timeline } from "./timeline.ts";

/** A jump to an event lands so many scenes before it, to see it happen. */
const LEAD_SCENES = 8;

/** The tick from which an event is seen to happen. */
export function leadTick(tick: number, ticksPerScene: number): number {
  return tick - LEAD_SCENES * ticksPerScene;
}

/** The tick of the scene before (-1) or after (1) this tick. */
export function stepFrom(timeline: Timeline, tick: number, direction: 1 | -1): number {
  const index = timeline.indexAt(tick);
  // Between two scenes a step back goes to the one before.
  const onScene = Math.abs(timeline.tickAt(index) - tick) < 1e-6;
  const target = direction === 1 ? index + 1 : onScene ? index - 1 : index;
  return timeline.tickAt(Math.max(0, target));
}

/** The event to jump to from a tick, of those given in the order of their ticks. */
export function eventFrom(
  events: readonly FootballEvent[],
  tick: number,
  direction: 1 | -1,
  ticksPerScene: number,
): FootballEvent | undefined {
  const lead = (event: FootballEvent): number => leadTick(event.tick, ticksPerScene);
  if (direction === 1) return events.find((event) => lead(event) > tick + 1);
  // As much grace as there is lead lets one go further back while the match plays on.
  const latest = leadTick(tick, ticksPerScene);
  return events.findLast((event) => lead(event) < latest);
}
