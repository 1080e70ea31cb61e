/** @file Which matches belong together: one, and those that were played on from it. No DOM. */
import type { Listed } from "./feed.ts";

export interface Family {
  match: Listed;
  branches: readonly Family[];
}

/** The whole family of a match, from the first one on. A parent that has gone is not waited for. */
export function familyOf(matches: readonly Listed[], member: Listed): Family {
  const parentOf = ({ card }: Listed): Listed | undefined =>
    matches.find((other) => other.card.id === card.parent?.match);
  let first = member;
  for (let parent = parentOf(first); parent !== undefined; parent = parentOf(first)) first = parent;
  const below = (match: Listed): Family => ({
    match,
    branches: matches.filter(({ card }) => card.parent?.match === match.card.id).map(below),
  });
  return below(first);
}
