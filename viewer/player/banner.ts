/** @file The banner over the pitch, as a function of the cursor: scrubbing shows the same as live. */
import type { Lineup, Scene } from "../../env/frame/scene.ts";
import type { Timeline } from "./timeline.ts";

export interface Banner {
  /** Differs for every banner, so that a new one moves in. */
  id: string;
  kind: "goal" | "restart" | "end";
  team: -1 | 0 | 1;
  title: string;
  detail: string;
}

/** How long a goal is announced, in scenes of 0.1 s. */
const GOAL_SCENES = 35;

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
  const goal = timeline.events.findLast((event) => event.kind === "goal" && event.tick <= tick);
  if (goal?.kind === "goal" && tick - goal.tick <= GOAL_SCENES * ticksPerScene) {
    const sheet = lineup.players[goal.player];
    const scorer = sheet === undefined ? "" : `No. ${sheet.number} · `;
    return {
      id: `goal ${goal.tick}`,
      kind: "goal",
      team: goal.team,
      title: goal.ownGoal ? "Own goal" : "Goal",
      detail: `${scorer}${lineup.teams[0].name} ${goal.score[0]}–${goal.score[1]} ${lineup.teams[1].name}`,
    };
  }
  const { ended } = timeline;
  if (ended !== undefined && tick >= timeline.lastTick) {
    const detail =
      ended.message ?? `${lineup.teams[0].name} ${ended.score[0]}–${ended.score[1]} ${lineup.teams[1].name}`;
    return { id: `end ${timeline.episode}`, kind: "end", team: -1, title: ENDS[ended.reason], detail };
  }
  const restart = RESTARTS[scene.mode];
  if (restart === undefined) return undefined;
  const team = scene.restartTeam;
  return {
    id: `${scene.mode} ${team}`,
    kind: "restart",
    team,
    title: restart,
    detail: team === -1 ? "" : lineup.teams[team].name,
  };
}
