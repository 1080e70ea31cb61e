/** @file Tables that are asked by names from outside. */

/** A table that knows no names but its own: "constructor" is a word that models write, and every object has one. */
export const table = <Value>(entries: Record<string, Value>): Readonly<Record<string, Value>> =>
  Object.assign(Object.create(null) as Record<string, Value>, entries);
