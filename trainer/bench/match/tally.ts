/**
 * @file What happens in a match, counted from what anybody can see of it: its events, and its scene after every
 * 0.1 s, dead ball time included. Counts only; rates and requirements are made of them elsewhere.
 */
import type { EventKind, FootballEvent } from "../../../env/football/index.ts";
import type { Lineup, Scene } from "../../../env/frame/scene.ts";

/** What one side did. */
export interface SideCounts {
  goals: number;
  shots: number;
  /** Shots that were a goal or that a goalkeeper had to save. */
  shotsOnTarget: number;
  /** Balls played to somebody, by foot, head or hand, from set pieces too; no shots and no clearances. */
  passes: number;
  /** Passes that a teammate played next. */
  passesToTeammate: number;
  corners: number;
  throwIns: number;
  goalKicks: number;
  freeKicks: number;
  penalties: number;
  /** Offences, not positions. */
  offsides: number;
  /** Fouls that play was stopped for, and fouls that were followed by an advantage. */
  fouls: number;
  advantages: number;
  yellowCards: number;
  /** A second yellow card is a yellow and a red one. */
  redCards: number;
  /** Scenes of live play in which the side had the ball, or had it last. */
  possession: number;
}

export interface MatchCounts {
  sides: readonly [SideCounts, SideCounts];
  goalsByHalf: [number, number];
  /** Scenes of live play: no set piece is waited for. */
  live: number;
  /** Scenes of live play at which the ball had been within 0.3 m of one place for 3 s. */
  stuck: number;
  /** The longest that any player was outside of the lines in live play without coming back, in scenes. */
  longestOutside: number;
  /** The longest that the ball was dead, from the whistle to the kick, in scenes. */
  longestSetPiece: number;
}

export interface Tally {
  readonly counts: MatchCounts;
  /** The events of an env step of this half. */
  hear: (events: readonly FootballEvent[], half: 0 | 1) => void;
  /** The scene 0.1 s after the one before. */
  see: (scene: Scene) => void;
}

const STUCK_CENTIMETRES = 30;
const STUCK_SCENES = 30;

const COUNTER: Partial<Record<EventKind["kind"], keyof SideCounts>> = {
  goal: "goals",
  shot: "shots",
  pass: "passes",
  "pass-completed": "passesToTeammate",
  corner: "corners",
  "throw-in": "throwIns",
  "goal-kick": "goalKicks",
  "free-kick": "freeKicks",
  penalty: "penalties",
  offside: "offsides",
  foul: "fouls",
  advantage: "advantages",
  "yellow-card": "yellowCards",
  "red-card": "redCards",
};

/** After these the last shot can no longer become a goal or a save. */
const ENDS_SHOT: ReadonlySet<EventKind["kind"]> = new Set([
  "pass",
  "clearance",
  "interception",
  "tackle",
  "out-of-play",
  "offside",
]);

export function makeTally(lineup: Lineup): Tally {
  const counts: MatchCounts = {
    sides: [noCounts(), noCounts()],
    goalsByHalf: [0, 0],
    live: 0,
    stuck: 0,
    longestOutside: 0,
    longestSetPiece: 0,
  };
  const outside = lineup.players.map(() => 0);
  let shooter: 0 | 1 | undefined;
  let holder: 0 | 1 | undefined;
  let dead = 0;
  let anchor = { x: 0, y: 0, z: 0 };
  let anchored = 0;

  /** A shot is on target when a goal of its side or a save of the other follows before anything else is played. */
  const followShot = ({ kind, team }: FootballEvent): void => {
    if (kind === "shot") shooter = team;
    else if (shooter === undefined) return;
    else if ((kind === "goal" && team === shooter) || (kind === "save" && team !== shooter)) {
      counts.sides[shooter].shotsOnTarget++;
      shooter = undefined;
    } else if (kind === "goal" || ENDS_SHOT.has(kind)) shooter = undefined;
  };

  const followBall = ({ ball }: Scene): void => {
    const far = (ball.x - anchor.x) ** 2 + (ball.y - anchor.y) ** 2 + (ball.z - anchor.z) ** 2;
    if (anchored === 0 || far >= STUCK_CENTIMETRES ** 2) [anchor, anchored] = [{ ...ball }, 0];
    anchored++;
    if (anchored > STUCK_SCENES) counts.stuck++;
  };

  const followPlayers = ({ figures }: Scene): void => {
    figures.forEach(({ x, y, sentOff }, i) => {
      const out = Math.abs(x) > lineup.pitch.halfLength || Math.abs(y) > lineup.pitch.halfWidth;
      const spell = out && !sentOff ? outside[i]! + 1 : 0;
      outside[i] = spell;
      counts.longestOutside = Math.max(counts.longestOutside, spell);
    });
  };

  return {
    counts,
    hear(events, half) {
      for (const event of events) {
        const counter = COUNTER[event.kind];
        if (counter !== undefined) counts.sides[event.team][counter]++;
        if (event.kind === "goal") counts.goalsByHalf[half]++;
        followShot(event);
      }
    },
    see(scene) {
      if (scene.mode !== "normal") {
        dead++;
        anchored = 0;
        counts.longestSetPiece = Math.max(counts.longestSetPiece, dead);
        return;
      }
      dead = 0;
      counts.live++;
      holder = lineup.players[scene.owner]?.team ?? holder;
      if (holder !== undefined) counts.sides[holder].possession++;
      followBall(scene);
      followPlayers(scene);
    },
  };
}

function noCounts(): SideCounts {
  return {
    goals: 0,
    shots: 0,
    shotsOnTarget: 0,
    passes: 0,
    passesToTeammate: 0,
    corners: 0,
    throwIns: 0,
    goalKicks: 0,
    freeKicks: 0,
    penalties: 0,
    offsides: 0,
    fouls: 0,
    advantages: 0,
    yellowCards: 0,
    redCards: 0,
    possession: 0,
  };
}
