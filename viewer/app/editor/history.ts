/** @file What was done and can be taken back: whole states, for they share what is the same in them. */

export interface History<T> {
  present: T;
  past: readonly T[];
  future: readonly T[];
  /** What goes on, such as a drag: its changes are one, and all of them start from the same state. */
  gesture?: { name: string; from: T } | undefined;
}

const STATES_MAX = 300;

export function beginning<T>(present: T): History<T> {
  return { present, past: [], future: [] };
}

/** Where a change of this gesture starts from. */
export function baseOf<T>(history: History<T>, gesture: string | undefined): T {
  const { gesture: on, present } = history;
  return on !== undefined && on.name === gesture ? on.from : present;
}

/** One step more; changes of one gesture are one step, and what changes nothing is none. */
export function commit<T>(history: History<T>, next: T, gesture?: string): History<T> {
  const { present, past } = history;
  const goesOn = gesture !== undefined && history.gesture?.name === gesture;
  if (next === present) return history;
  if (goesOn) return { ...history, present: next };
  return {
    present: next,
    past: [...past, present].slice(-STATES_MAX),
    future: [],
    gesture: gesture === undefined ? undefined : { name: gesture, from: present },
  };
}

export function undo<T>({ present, past, future }: History<T>): History<T> {
  const before = past.at(-1);
  if (before === undefined) return { present, past, future };
  return { present: before, past: past.slice(0, -1), future: [present, ...future] };
}

export function redo<T>({ present, past, future }: History<T>): History<T> {
  const [next, ...rest] = future;
  if (next === undefined) return { present, past, future };
  return { present: next, past: [...past, present], future: rest };
}
