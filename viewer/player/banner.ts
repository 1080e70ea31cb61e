/** @file The banner over the pitch, as a function of the cursor: scrubbing shows the same as live. */
import type { FootballEvent } from "../../env/football/event.ts";
import type { Lineup, Scene } from "../../env/frame/scene.ts";
import { nameOf } from "./commentary.ts";
import { lastEventAt } from "./event-at.ts";
import type { Timeline } from "./timeline.ts";

export interface Banner {
  /** Differs for every banner, so that a new one moves in. */
  id: string;
  kind: "goal" | "yellow-card" | "red-card" | "offside" | "foul" | "half-time" | "restart" | "end";
  team: -1 | 0 | 1;
  title: string;
  detail: string;
}

/** How long an event is announced, in scenes of 0.1 s. */
const ANNOUNCED_SCENES: Partial<Record<FootballEvent["kind"], number>> = {
  goal: 35,
  "half-time": 35,
  "red-card": 35,
  "yellow-card": 28,
  offside: 25,
  foul: 20,
  advantage: 14,
};

const ANNOUNCED_MOST = Math.max(...Object.values(ANNOUNCED_SCENES));

const RESTARTS: Partial<Record<Scene["mode"], string>> = {
  "kick-off": "Kick-off",
  "goal-kick": "Goal kick",
  "free-kick": "Free kick",
  corner: "Corner",
  "throw-in": "Throw-in",
  penalty: "Penalty",
};

const ENDS = {
  goal: "Goal",
  "out-of-play": "Out of play",
  "possession-lost": "Possession lost",
  possession: "Kept the ball",
  passes: "Passes completed",
  enters: "In the zone",
  leaves: "Out of the zone",
  time: "Time is up",
  error: "Stopped",
} as const;

/** What to announce at a tick; undefined in ordinary play. */
export function bannerAt(
  timeline: Timeline,
  scene: Scene,
  tick: number,
  lineup: Lineup,
  ticksPerScene: number,
): Banner | undefined {
  // Of a foul and its card the card comes last, so it is the card that is announced.
  const { events } = timeline;
  const isTold = ({ kind }: FootballEvent): boolean => ANNOUNCED_SCENES[kind] !== undefined;
  const told = events[lastEventAt(events, tick, isTold, tick - ANNOUNCED_MOST * ticksPerScene)];
  const announced =
    told !== undefined && tick - told.tick <= ANNOUNCED_SCENES[told.kind]! * ticksPerScene
      ? announce(told, lineup)
      : undefined;
  if (announced?.kind === "goal") return announced;
  const { ended } = timeline;
  if (ended !== undefined && tick >= timeline.lastTick) {
    const detail = ended.message ?? standing(lineup, ended.score);
    return { id: `end ${timeline.episode}`, kind: "end", team: -1, title: ENDS[ended.reason], detail };
  }
  return announced ?? restart(timeline, scene, tick, lineup);
}

function announce(event: FootballEvent, lineup: Lineup): Banner | undefined {
  const { kind, team, tick } = event;
  const id = `${kind} ${tick}`;
  const who = nameOf(event.player, lineup) ?? "";
  switch (kind) {
    case "goal": {
      const scorer = lineup.players[event.player];
      const number = scorer === undefined ? "" : `No. ${scorer.number} · `;
      const detail = `${number}${standing(lineup, event.score)}`;
      return { id, kind, team, title: event.ownGoal ? "Own goal" : "Goal", detail };
    }
    case "half-time":
      return { id, kind, team: -1, title: "Half-time", detail: "the teams change ends" };
    case "red-card":
      return { id, kind, team, title: "Red card", detail: `${who} is sent off` };
    case "yellow-card":
      return { id, kind, team, title: event.second ? "Second yellow" : "Yellow card", detail: who };
    case "offside":
      return { id, kind, team, title: "Offside", detail: who };
    case "foul": {
      const victim = nameOf(event.victim, lineup);
      const detail = victim === undefined ? who : `${who} on ${victim}`;
      return { id, kind, team, title: event.penalty ? "Foul: penalty" : "Foul", detail };
    }
    case "advantage":
      return { id, kind: "foul", team: -1, title: "Advantage", detail: "play on" };
    default:
      return undefined;
  }
}

function restart(timeline: Timeline, scene: Scene, tick: number, lineup: Lineup): Banner | undefined {
  const title = RESTARTS[scene.mode];
  if (title === undefined) return undefined;
  const team = scene.restartTeam;
  return {
    id: `${scene.mode} ${team}`,
    kind: "restart",
    team,
    title: isIndirect(timeline, scene, tick) ? "Indirect free kick" : title,
    detail: team === -1 ? "" : lineup.teams[team].name,
  };
}

/** Of what stops play, offside alone is punished by an indirect free kick. */
function isIndirect(timeline: Timeline, scene: Scene, tick: number): boolean {
  if (scene.mode !== "free-kick") return false;
  const { events } = timeline;
  const cause = lastEventAt(events, tick, ({ kind }) => kind === "foul" || kind === "offside");
  return events[cause]?.kind === "offside";
}

function standing({ teams }: Lineup, score: readonly [number, number]): string {
  return `${teams[0].name} ${score[0]}–${score[1]} ${teams[1].name}`;
}
