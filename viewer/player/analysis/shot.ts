/** @file The shots of an episode up to a tick: from where, how good the chance was, what came of them. */
import type { FootballEvent } from "../../../env/football/event.ts";
import type { Lineup } from "../../../env/frame/scene.ts";
import type { Timeline } from "../timeline.ts";
import { expectedGoal } from "./expected-goal.ts";

export type ShotResult = "goal" | "saved" | "woodwork" | "blocked" | "off";

export interface Shot {
  tick: number;
  player: number;
  team: 0 | 1;
  header: boolean;
  /** Centimetres, with the left team attacking to the right. */
  x: number;
  y: number;
  /** The chance of a goal, 0 to 1. */
  chance: number;
  result: ShotResult;
}

const RESULTS: Partial<Record<FootballEvent["kind"], ShotResult>> = {
  goal: "goal",
  save: "saved",
  post: "woodwork",
  bar: "woodwork",
  block: "blocked",
};
/** What comes of a shot comes within so many seconds. */
const RESULT_SECONDS = 5;

export function shotsOf(timeline: Timeline, lineup: Lineup, tick: number, ticksPerScene: number): Shot[] {
  const { events } = timeline;
  const shots: Shot[] = [];
  events.forEach((event, i) => {
    if (event.kind !== "shot" || event.tick > tick) return;
    const scene = timeline.peek(timeline.indexAt(event.tick));
    const figure = scene?.figures[event.player];
    if (scene === undefined || figure === undefined) return;
    const { team, player, header } = event;
    const { x, y } = figure;
    const chance = expectedGoal(scene, lineup, team, x, y);
    const result = resultOf(events, i, tick, ticksPerScene);
    shots.push({ tick: event.tick, player, team, header, x, y, chance, result });
  });
  return shots;
}

/** The first that tells of it before the next shot; without, it went wide. */
function resultOf(
  events: readonly FootballEvent[],
  at: number,
  tick: number,
  ticksPerScene: number,
): ShotResult {
  const shot = events[at]!;
  const until = Math.min(tick, shot.tick + RESULT_SECONDS * 10 * ticksPerScene);
  for (const event of events.slice(at + 1)) {
    if (event.tick > until || event.kind === "shot") break;
    const result = RESULTS[event.kind];
    // A ball off the post may still go in.
    if (result === "woodwork" && goalFollows(events, events.indexOf(event), until)) return "goal";
    if (result !== undefined) return result;
  }
  return "off";
}

function goalFollows(events: readonly FootballEvent[], at: number, until: number): boolean {
  const next = events
    .slice(at + 1)
    .find(({ kind, tick }) => tick > until || kind === "shot" || kind === "save" || kind === "goal");
  return next?.kind === "goal" && next.tick <= until;
}
