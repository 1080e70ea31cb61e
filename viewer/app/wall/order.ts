/** @file In which order the matches of the wall stand. No DOM. */
import type { Tile } from "../../protocol/index.ts";

export interface Worth {
  id: string;
  tile: Tile | undefined;
}

/** A match leaves its place only for one that is worth so much more: else the wall would never stand still. */
const MARGIN = 0.15;

/** The ids, those that are worth a look first; `before` is how they stand now. */
export function orderOf(matches: readonly Worth[], before: readonly string[]): string[] {
  const place = new Map(before.map((id, i) => [id, i]));
  const worth = ({ tile }: Worth): number => Math.round((tile?.worth ?? 0) / MARGIN);
  const at = ({ id }: Worth): number => place.get(id) ?? matches.length;
  return matches.toSorted((a, b) => worth(b) - worth(a) || at(a) - at(b)).map(({ id }) => id);
}

/** Why it is worth a look, in a word or two. */
export function reasonOf(tile: Tile | undefined): string | undefined {
  if (tile === undefined) return undefined;
  if (tile.goalSeconds !== undefined && tile.goalSeconds < 10) return "just scored";
  if (tile.danger > 0.35) return "danger";
  if (tile.surprise > 0.6) return "surprise";
  if (tile.stuckSeconds > 10) return "stuck";
  return undefined;
}
