/**
 * @file MageBench's football score a second time, term by term, from the raw observations and actions of played
 * episodes (facts: lmm-r1.md 3.1, and the source that it cites, where that says more). It shares nothing with the env.
 */
import type { RawObservation } from "../../env/football/index.ts";

/** A step: what was pressed, and what was seen after it. */
export interface Seen {
  raw: RawObservation;
  action: string;
}

export type Place = readonly [number, number];
export const apart = ([ax, ay]: Place, [bx, by]: Place): number => Math.hypot(ax - bx, ay - by);
export type Places = Pick<RawObservation, "ball" | "right_team">;
const ballOf = ({ ball }: Places): Place => [ball[0], ball[1]];

/** How free the ball is behind a pass: opponents on the way to the goal count eleven times as near. */
export function passClear(raw: Places): number {
  const ball = ballOf(raw);
  const goal = [1 - ball[0], -ball[1]] as const;
  const scores = raw.right_team.map((opponent) => {
    const way = [opponent[0] - ball[0], opponent[1] - ball[1]] as const;
    const distance = apart(opponent, ball);
    const cosine = (way[0] * goal[0] + way[1] * goal[1]) / distance / Math.hypot(...goal);
    return distance / (10 * Math.max(cosine, 0) + 1);
  });
  return Math.min(...scores);
}

/** The best of five places in the goal: how far the nearest opponent is from a hundred points of the way there. */
export function shotClear(raw: Places): number {
  const [x, y] = ballOf(raw);
  const clear = [-0.044, -0.02, 0, 0.022, 0.044].map((goalY) => {
    const points = Array.from({ length: 100 }, (_, i): Place => {
      const t = (i + 1) / 100;
      return [x + t * (1 - x), y + t * (goalY - y)];
    });
    return Math.min(...points.flatMap((point) => raw.right_team.map((opponent) => apart(point, opponent))));
  });
  return Math.max(...clear);
}

const behind = ({ ball, right_team }: RawObservation): number =>
  right_team.filter(([x]) => x < ball[0]).length;

export const NAMES = ["advance", "passed", "goal", "lost", "pass", "shot"] as const;
export type Terms = Record<(typeof NAMES)[number], number>;

/** All terms of all steps, not yet times 20; a pass pays `passMost` before it counts less for earlier ones. */
export function score(moments: readonly Seen[], passMost = Infinity): Terms[] {
  let best = 0;
  let passed = 0;
  let passes = 0;
  let passing = false;
  let shot = false;
  let had = false;
  let holder = -1;
  return moments.map(({ raw, action }, step) => {
    const terms: Terms = { advance: 0, passed: 0, goal: 0, lost: 0, pass: 0, shot: 0 };
    if (step === 0) {
      had = raw.ball_owned_team === 0;
      best = raw.ball[0];
      passed = behind(raw);
      return terms;
    }
    const owner = raw.ball_owned_player;
    const ours = owner !== -1 && raw.ball_owned_team === 0;
    if (ours) {
      terms.advance = 0.8 * Math.max(0, raw.ball[0] - best);
      best = Math.max(best, raw.ball[0]);
      terms.passed = (behind(raw) - passed) / 11;
      passed = behind(raw);
    }
    if (raw.score[0] > 0) terms.goal = 2;
    const lost = raw.ball_owned_team === 1 && !shot;
    if (lost) terms.lost = 1 - raw.steps_left / 400;
    if (passing && holder !== -1 && owner !== -1 && !lost && owner !== holder) {
      terms.pass = Math.min(passMost, 20 * passClear(raw)) * 0.75 ** passes;
      passes++;
      passing = false;
    }
    if (owner !== -1) holder = owner;
    if (action.endsWith("_pass")) passing = true;
    // In GRF the ball is still at the foot a step after the button; here it may have left within the step.
    if (action === "shot" && (ours || had) && !shot) {
      const distance = 1 - raw.ball[0] < 0.3 ? 1 : Math.max(raw.ball[0], 0);
      terms.shot = Math.min(2 / 3, 100 * shotClear(raw) * distance);
      shot = true;
    }
    // In the source a shot counts only while its player has the ball: once the ball is free, another may be made.
    if (holder !== owner) shot = false;
    had = ours;
    return terms;
  });
}

/** Of a step, as it is paid. */
export const sum = (terms: Terms): number => NAMES.reduce((total, name) => total + terms[name], 0) * 20;
