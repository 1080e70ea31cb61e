/**
 * @file MageBench's football score, step by step, for either team (its `env/football_env.py`). Its
 * episode ends when the ball is lost or a goal is scored: what comes after in a longer match pays nothing.
 *
 * One thing is done another way. In GRF a shot leaves the foot some steps after the button, here at once; so the
 * shot is paid to who had the ball when he shot.
 */
import type { MagebenchMemory } from "../state/match.ts";
import { passClear, shotClear, shotNearness } from "./clear.ts";
import type { TeamView } from "./view.ts";

/** All before `MAGEBENCH_SCALE`. */
export interface MagebenchParts {
  advance: number;
  opponentsPassed: number;
  goal: number;
  ballLost: number;
  /** Not yet less for earlier passes. */
  pass: number;
  passScale: number;
  shot: number;
}

export const MAGEBENCH_SCALE = 20;

const ADVANCE = 0.8;
const OPPONENTS = 11;
const GOAL = 2;
/** MageBench's episodes have so many steps. */
const STEPS = 400;
const PASS = 20;
const PASS_DECAY = 0.75;
const SHOT = 100;
const SHOT_MOST = GOAL / 3;

/** What a step was besides what can be seen after it. */
export interface MagebenchStep {
  /** What the team's controlled players asked for. */
  passed: boolean;
  shot: boolean;
  scored: boolean;
  conceded: boolean;
  stepsLeft: number;
}

export function startMagebench(view: TeamView): MagebenchMemory {
  return {
    best: view.ball[0],
    opponentsPassed: countPassed(view),
    passScale: 1,
    passing: false,
    lastOwner: -1,
    hadBall: view.owned === "own",
    shot: false,
    over: false,
  };
}

/** The parts of this step; `memory` is brought up to date. */
export function magebenchParts(memory: MagebenchMemory, view: TeamView, step: MagebenchStep): MagebenchParts {
  const parts = { advance: 0, opponentsPassed: 0, goal: 0, ballLost: 0, pass: 0, passScale: 1, shot: 0 };
  if (memory.over) return parts;
  const { owner, owned } = view;
  if (owned === "own") {
    const [x] = view.ball;
    parts.advance = ADVANCE * Math.max(0, x - memory.best);
    memory.best = Math.max(memory.best, x);
    const passed = countPassed(view);
    parts.opponentsPassed = (passed - memory.opponentsPassed) / OPPONENTS;
    memory.opponentsPassed = passed;
  }
  if (step.scored) parts.goal = GOAL;
  const lost = owned === "other" && !memory.shot;
  if (lost) parts.ballLost = 1 - step.stepsLeft / STEPS;
  if (memory.passing && memory.lastOwner >= 0 && owned === "own" && owner !== memory.lastOwner) {
    parts.pass = PASS * passClear(view);
    parts.passScale = memory.passScale;
    memory.passScale *= PASS_DECAY;
    memory.passing = false;
  }
  if (owner >= 0) memory.lastOwner = owner;
  if (step.passed) memory.passing = true;
  if (step.shot && (memory.hadBall || owned === "own") && !memory.shot) {
    parts.shot = Math.min(SHOT_MOST, SHOT * shotClear(view) * shotNearness(view.ball));
    memory.shot = true;
  }
  // As in MageBench a shot is forgotten once the ball has left the foot: the next one counts anew.
  if (owner !== memory.lastOwner) memory.shot = false;
  memory.hadBall = owned === "own";
  memory.over = lost || step.scored || step.conceded;
  return parts;
}

/** The score of a step. `passMost` caps the pass, which can otherwise outweigh all the rest. */
export function magebenchScore(parts: MagebenchParts, passMost = Infinity): number {
  const { advance, opponentsPassed, goal, ballLost, pass, passScale, shot } = parts;
  const passed = Math.min(passMost, pass) * passScale;
  return MAGEBENCH_SCALE * (advance + opponentsPassed + goal + ballLost + passed + shot);
}

/** A pass then pays at most as much as a shot. */
export const PASS_MOST = SHOT_MOST;

function countPassed({ ball: [x], opponents }: TeamView): number {
  return opponents.filter(([otherX]) => otherX < x).length;
}
