/** @file Distances as they are told: in whole metres, so that what is told the same counts as the same. */
import { distance, type Place } from "../sight.ts";

export function metresBetween(a: Place, b: Place): number {
  return Math.round(distance(a, b));
}

/** The nearest of the places first; those as far keep their order. */
export function byDistance<T extends Place>(places: readonly T[], from: Place): T[] {
  return places.toSorted((a, b) => metresBetween(a, from) - metresBetween(b, from));
}

/** "18 along, 12 across: 22." Nothing is said of a way that is none. */
export function steps(a: Place, b: Place): string {
  return `${Math.abs(b.x - a.x)} along, ${Math.abs(b.y - a.y)} across: ${metresBetween(a, b)}.`;
}
