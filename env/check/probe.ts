/** @file What a check plays with: fresh envs, random actions, and everything that an env gave back, copied. */
import type { Env, ResetOptions, Step } from "../env.ts";
import { makeRandom, type Random } from "../random.ts";
import { sample, type Space } from "../space.ts";

/** An env of whatever actions and observations, with what only some envs have. */
export interface CheckedEnv extends Env<unknown, unknown, unknown, unknown> {
  /** The space of one action for each place under control. */
  readonly placeSpaces?: readonly Space[];
  /** The mask of the player at this place. */
  possibleActions?(place: number): unknown;
  stateHash?(): string;
}

export interface Trial {
  /** A fresh env, which is closed after the check. */
  make(): Promise<CheckedEnv>;
  /** Steps of a short stretch of play. */
  steps: number;
  /** Steps within which an episode must have ended. */
  mostSteps: number;
  seed: number;
}

/** What one call gave back, and the state after it. */
export interface Moment {
  /** `reset`, or `step 7`. */
  call: string;
  result: unknown;
  state: unknown;
}

/** A check that did not hold, as one sentence. */
export class Complaint extends Error {}

export const SEED = 123;
export const OTHER_SEED = 456;

export function randomOf(trial: Trial): Random {
  return makeRandom(trial.seed);
}

/** Actions drawn from the env's space, the same ones at each call. */
export function actionsOf(env: CheckedEnv, trial: Trial, count = trial.steps): unknown[] {
  const random = randomOf(trial);
  return Array.from({ length: count }, () => sample(env.actionSpace, random));
}

/** The state as something that can be compared: the env's own hash of it, or else a snapshot. */
export function stateOf(env: CheckedEnv): unknown {
  return env.stateHash === undefined ? copy(env.snapshot(), "The snapshot") : env.stateHash();
}

/** Resets, and takes one step for each action until the episode ends. */
export function play(
  env: CheckedEnv,
  reset: ResetOptions | undefined,
  actions: readonly unknown[],
): Moment[] {
  return [resetMoment(env, reset), ...go(env, actions)];
}

export function resetMoment(env: CheckedEnv, options: ResetOptions | undefined): Moment {
  const result = copy(env.reset(options), "What reset gave");
  return { call: "reset", result, state: stateOf(env) };
}

/** The same from where the env is. */
export function go(env: CheckedEnv, actions: readonly unknown[]): Moment[] {
  const moments: Moment[] = [];
  for (const action of actions) {
    const step = env.step(action);
    const call = `step ${moments.length + 1}`;
    moments.push({ call, result: copy(step, `What ${call} gave`), state: stateOf(env) });
    if (isOver(step)) break;
  }
  return moments;
}

export function isOver(step: Step<unknown, unknown>): boolean {
  return step.terminated || step.truncated;
}

/** A copy that shares nothing. Observations, infos and snapshots are plain data, or a worker could not send them. */
export function copy<T>(value: T, name: string): T {
  try {
    return structuredClone(value);
  } catch {
    throw new Complaint(
      `${name} is no plain data; expected numbers, texts, lists, typed arrays and plain objects.`,
    );
  }
}
