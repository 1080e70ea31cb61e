/** @file The words of an action in a model's answer, and the list of actions that a prompt gives. */
import { type Action, type ActionSet, checkAction } from "../../env/football/index.ts";
import { TouchlineError, unknownName } from "../../env/error.ts";
import type { Space } from "../../env/space.ts";

export type ActionReading = { action: Action } | { reason: string };

/** Of a set of buttons the names that may be said, where not all of them may. */
export type Offered = readonly string[] | undefined;

/**
 * The action that the words name, in the set that is played with. Case, spaces, quotes and MageBench's prefix
 * "action_" do not matter; anything more than a name is no action.
 */
export function actionOf(words: string, set: ActionSet, offered?: Offered): ActionReading {
  try {
    const action = set === "continuous" ? (JSON.parse(words) as Action) : nameOf(words, set);
    checkAction(set, action);
    if (offered && typeof action === "string" && set !== "semantic" && !offered.includes(action))
      return { reason: unknownName("action", action, offered) };
    return { action };
  } catch (error) {
    if (error instanceof TouchlineError) return { reason: error.message };
    return { reason: "The action is no JSON." };
  }
}

function nameOf(words: string, set: ActionSet): string {
  const plain = words.trim().replace(/^["'`]+|["'`.]+$/g, "");
  if (set === "semantic") return plain;
  return plain
    .toLowerCase()
    .replace(/^action_/, "")
    .replace(/[\s-]+/g, "_");
}

/** The actions as a prompt lists them: what there is, never what is possible just now, which would tell of the state. */
export function actionList(space: Space, offered?: Offered): string {
  if (space.kind === "discrete") return `Actions: ${(offered ?? space.names)?.join(", ")}.`;
  if (space.kind === "text") return `Actions: ${space.choices.join(", ")}.`;
  return (
    'An action is JSON {"direction": [x, y], "power": p, "loft": l, "kick": k}: x to the right and y to the bottom ' +
    "from -1 to 1, the others from 0 to 1; from 0.5 on a kick is meant."
  );
}
