/** @file Many pieces of work at once, but not all: taken from their source only when there is room for them. */
import { setTimeout as wait } from "node:timers/promises";

/** Where nobody says otherwise: a server takes a few at a time; a local model writes many texts together. */
export const CONCURRENCY = { server: 8, local: 32 } as const;

/**
 * Works on all that comes, on so many pieces at a time. After an error, or once the signal aborts, nothing new is begun; what
 * is under way is waited for, then the first error is thrown.
 */
export async function inPool<T>(
  source: AsyncIterable<T>,
  size: number,
  work: (piece: T) => Promise<void>,
  signal?: AbortSignal,
): Promise<void> {
  const underWay = new Set<Promise<void>>();
  const failures: unknown[] = [];
  const begin = (piece: T): void => {
    const one = work(piece)
      .catch((error: unknown) => void failures.push(error))
      .finally(() => underWay.delete(one));
    underWay.add(one);
  };
  const isOver = (): boolean => failures.length > 0 || signal?.aborted === true;
  try {
    for await (const piece of source) {
      if (isOver()) break;
      begin(piece);
      if (underWay.size >= size) await Promise.race(underWay);
      if (isOver()) break;
    }
  } catch (error) {
    failures.push(error);
  }
  await Promise.all(underWay);
  if (failures.length > 0) throw failures[0];
}

/** Waits until the next piece may begin, so that no more than so many begin in a minute, evenly; without a limit at once. */
export function makePace(perMinute: number | undefined, signal?: AbortSignal): () => Promise<void> {
  if (perMinute === undefined) return () => Promise.resolve();
  let next = 0;
  return async () => {
    const now = performance.now();
    const start = Math.max(now, next);
    next = start + 60_000 / perMinute;
    await wait(start - now, undefined, signal && { signal }).catch(() => undefined);
  };
}
