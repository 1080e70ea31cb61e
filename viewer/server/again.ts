/** @file Who plays on where a person leaves a match at a past moment: those who played it, as far as they can be had. */
import { parsePolicy, type Policy } from "../../agent/policy/index.ts";
import type { ActionSet } from "../../env/football/index.ts";
import type { MatchPlan, Players } from "./plan.ts";

/**
 * Policies that a recording may name. The others read files or ask servers, and a recording may come from anywhere:
 * the built-in player behind the buttons takes their place.
 */
const HARMLESS = /^(scripted(:[\d.]+)?|random|idle|human|nano)$/;

export function playersAgain({ again, recording }: MatchPlan, set: ActionSet): Players {
  if (again !== undefined) return again();
  const { left, right } = recording?.header?.policies ?? { left: null, right: null };
  return { left: policyAgain(left, set), right: policyAgain(right, set) };
}

function policyAgain(name: string | null, set: ActionSet): Policy | undefined {
  if (name === null) return undefined;
  const named = HARMLESS.test(name) ? parsePolicy(name, { people: true }) : undefined;
  const candidates = [named, parsePolicy("scripted"), parsePolicy("idle")];
  return candidates.find((policy) => policy !== undefined && (policy.sets?.includes(set) ?? true));
}
