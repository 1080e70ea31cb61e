/**
 * @file Which matches are worth a look: where a goal is near or has just been scored, where something unlikely was
 * done, and where nothing goes on any more. All of it can be had from what is kept of the episode.
 */
import type { Lineup, Scene } from "../../env/frame/index.ts";
import { decodeScene, type Interest, type MindNote, SECONDS_MAX } from "../protocol/index.ts";
import type { Episode } from "./episode.ts";

/** From this far from a goal on there is no danger. */
const DANGER_CENTIMETRES = 3500;
/** Of the danger, where defenders have the ball. */
const DEFENDED = 0.25;
/** A shot is dangerous, wherever it comes from. */
const SHOT_SECONDS = 1.5;
/** So long a decision or a reward surprises. */
const SURPRISE_SECONDS = 3;
/** A ball that is still nearer than this has not got away. */
const STUCK_CENTIMETRES = 200;
/** Before that it is no wonder that nothing happens. */
const PATIENCE_SECONDS = 8;
/** So long a goal is worth most. */
const GOAL_SECONDS = 10;
const SCENES_PER_SECOND = 10;

export function interestOf(episode: Episode, scene: Scene, lineup: Lineup, ticksPerScene: number): Interest {
  const second = ticksPerScene * SCENES_PER_SECOND;
  const since = (tick: number): number => (scene.tick - tick) / second;
  const goal = episode.events.findLast(({ kind }) => kind === "goal");
  const goalAge = goal === undefined ? Infinity : since(goal.tick);
  const shot = episode.events.findLast(({ kind }) => kind === "shot");
  const shoots = shot !== undefined && since(shot.tick) < SHOT_SECONDS;
  const ended = episode.ended !== undefined;
  const danger = ended ? 0 : Math.max(shoots ? 0.9 : 0, dangerOf(scene, lineup));
  const surprise = surpriseOf(episode.minds.last(8), since);
  const stuckSeconds = ended ? 0 : stuckOf(episode, scene, second);
  const goalSeconds = goalAge > SECONDS_MAX ? undefined : Math.max(0, goalAge);
  const scored = goalSeconds === undefined ? 0 : Math.max(0, 1 - (0.5 * goalSeconds) / GOAL_SECONDS);
  const stuck = Math.max(
    0,
    Math.min(1, (stuckSeconds - PATIENCE_SECONDS) / (SECONDS_MAX - PATIENCE_SECONDS)),
  );
  const worth = Math.max(scored, 0.9 * danger, 0.7 * surprise, 0.6 * stuck);
  return { danger, surprise, stuckSeconds, goalSeconds, worth };
}

/** 1 at the goal line, less with the square of the distance and from the side. */
function dangerOf({ ball, owner }: Scene, { pitch, players }: Lineup): number {
  const attacker = ball.x > 0 ? 0 : 1;
  const ahead = pitch.halfLength - Math.abs(ball.x);
  const near = 1 - Math.hypot(ahead, ball.y) / DANGER_CENTIMETRES;
  if (near <= 0) return 0;
  const defended = owner >= 0 && players[owner]?.team !== attacker;
  return near * near * (defended ? DEFENDED : 1);
}

function surpriseOf(notes: readonly MindNote[], since: (tick: number) => number): number {
  const recent = notes.filter(({ tick }) => since(tick) < SURPRISE_SECONDS);
  return recent.reduce((most, note) => Math.max(most, unlikely(note)), 0);
}

/** A reward of 1 is a goal's; a decision of which no probability is known surprises nobody, unless it was none. */
function unlikely(note: MindNote): number {
  if (note.kind === "reward") return Math.min(1, Math.abs(note.reward));
  if (note.failed !== undefined || note.text !== undefined) return 1;
  return note.probability === undefined ? 0 : 1 - note.probability;
}

/** Dead balls are waited for, and so is a kick-off: only what goes on and leads nowhere is stuck. */
function stuckOf(episode: Episode, { tick, ball, mode }: Scene, second: number): number {
  if (mode !== "normal") return 0;
  for (let seconds = 1; seconds <= SECONDS_MAX; seconds++) {
    const at = tick - seconds * second;
    const bytes = at < 0 ? undefined : episode.sceneAt(at);
    if (bytes === undefined) return seconds - 1;
    const then = decodeScene(bytes);
    const away = Math.hypot(then.ball.x - ball.x, then.ball.y - ball.y);
    if (away > STUCK_CENTIMETRES || then.mode !== "normal") return seconds - 1;
  }
  return SECONDS_MAX;
}
