/** @file A level of a scenario's curriculum: the scenario with that level's changes. */
import type { Check, Scenario } from "../env/football/scenario.ts";

/** Between a scenario's id and the number of a level. */
const MARK = "@";

/** What a level cannot change: which scenario it is. */
export const FIXED_KEYS = ["version", "id", "suite", "levels", "checks"] as const;

/** "drill@2" -> drill, 2. Without a level it is undefined. */
export function splitLevel(id: string): { id: string; level: string | undefined } {
  const at = id.indexOf(MARK);
  return at < 0 ? { id, level: undefined } : { id: id.slice(0, at), level: id.slice(at + 1) };
}

/** The data of level `number`, from 1, still to be checked; its id is `ID@number`. */
export function levelData(scenario: Scenario, number: number): unknown {
  const { levels = [], checks = [], ...base } = scenario;
  const { title, changes } = levels[number - 1]!;
  const own = checks.filter(({ level }) => level === number).map(withoutLevel);
  return {
    ...(mergePatch(base, changes) as object),
    id: base.id,
    title: `${base.title}: ${title}`,
    ...(own.length > 0 && { checks: own }),
  };
}

function withoutLevel({ policy, atLeast, atMost }: Check): Check {
  return { policy, ...(atLeast !== undefined && { atLeast }), ...(atMost !== undefined && { atMost }) };
}

export function levelId(id: string, number: number): string {
  return `${id}${MARK}${number}`;
}

/** RFC 7396: null takes a key away, an object is merged, all else replaces what was there. */
function mergePatch(target: unknown, patch: unknown): unknown {
  if (!isObject(patch)) return patch;
  const merged = new Map(isObject(target) ? Object.entries(target) : []);
  for (const [key, value] of Object.entries(patch)) {
    if (value === null) merged.delete(key);
    else merged.set(key, mergePatch(merged.get(key), value));
  }
  return Object.fromEntries(merged);
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
