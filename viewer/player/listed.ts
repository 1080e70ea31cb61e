/** @file Which part of a long list is shown: that around its current place, for nobody reads all of it, and it is slow. */

/** So many at most. */
export const LISTED_MAX = 60;
/** The part moves by so many, not with every place. */
const STEP = 15;

/** From where up to where, not including it, a list of so many is shown. */
export function listedAround(current: number, count: number): { from: number; to: number } {
  const around = STEP * Math.round((current - LISTED_MAX / 2) / STEP);
  const from = Math.max(0, Math.min(count - LISTED_MAX, around));
  return { from, to: Math.min(count, from + LISTED_MAX) };
}
