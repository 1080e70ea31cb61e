/** @file Which set of actions a match is played with: one for all who play. */
import { TouchlineError, unknownName } from "../../env/error.ts";
import { ACTION_SETS, type ActionSet } from "../../env/football/index.ts";
import type { Policy } from "../policy/index.ts";

/**
 * The set that is asked for, or else the first that every policy can play with: `default` where that is one.
 * Throws `action/set` for a set that there is not, `policy/actions` for one that a policy cannot play with.
 */
export function chooseActions(
  asked: string | undefined,
  ...players: readonly (Policy | undefined)[]
): ActionSet {
  const policies = players.filter((policy) => policy !== undefined);
  const set = ACTION_SETS.find((name) =>
    asked === undefined ? policies.every((policy) => plays(policy, name)) : name === asked,
  );
  if (set === undefined && asked !== undefined) {
    throw new TouchlineError("action/set", unknownName("action set", asked, ACTION_SETS));
  }
  const stranger = policies.find((policy) => set === undefined || !plays(policy, set));
  if (set !== undefined && stranger === undefined) return set;
  const said = policies
    .filter((policy) => policy.sets !== undefined)
    .map(({ name, sets }) => `"${name}" plays only with ${sets!.join(", ")}`);
  throw new TouchlineError(
    "policy/actions",
    set === undefined
      ? `There is no action set for both sides: ${said.join(", and ")}; choose policies that have one in common.`
      : `The policy "${stranger!.name}" cannot play with the actions "${set}"; expected one of: ${stranger!.sets!.join(", ")}.`,
  );
}

function plays({ sets }: Policy, set: ActionSet): boolean {
  return sets === undefined || sets.includes(set);
}
