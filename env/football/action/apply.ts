/** @file From what a caller gives `step` to what the controlled players mean to do. */
import { TouchlineError, unknownName } from "../../error.ts";
import { passAlong } from "../player/aim.ts";
import type { Scenario } from "../scenario.ts";
import { idleIntent, type Intent, type Match, type Player, type Slot } from "../state/match.ts";
import { buttonIntent, mustRestart, press, pullToBall } from "./button.ts";
import { checkContinuous, continuousIntent, wantsKick } from "./free.ts";
import { whyNotButton, whyNotKick, whyNotSentence } from "./mask.ts";
import { type Action, type ActionSet, type ButtonName, BUTTONS, type ContinuousAction } from "./names.ts";
import { sentenceIntent } from "./spoken.ts";
import { parseSentence, type Sentence } from "./sentence.ts";

/** An action that has been read and found to be one of the set. */
export type ReadAction =
  | { set: "default" | "full" | "simple"; name: ButtonName }
  | { set: "continuous"; numbers: ContinuousAction }
  | { set: "semantic"; sentence: Sentence };

/** Reads an action of the set; throws `action/unknown` or `action/continuous` for what is none. */
export function readAction(set: ActionSet, action: Action): ReadAction {
  if (set === "continuous") return { set, numbers: checkContinuous(action) };
  if (set === "semantic") {
    if (typeof action === "string") return { set, sentence: parseSentence(action) };
    throw new TouchlineError(
      "action/unknown",
      'An action of the semantic set is a sentence; write for example "pass_to 7" or "hold".',
    );
  }
  const names = BUTTONS[set];
  return { set, name: names[actionIndex(action, names)]! };
}

/** Throws `action/unknown` or `action/continuous` for what is no action of the set. */
export function checkAction(set: ActionSet, action: Action): void {
  readAction(set, action);
}

/** The index of an action among `names`; throws `action/unknown` for what is none. */
export function actionIndex(action: Action, names: readonly string[] = BUTTONS.default): number {
  if (typeof action === "string") {
    const index = names.indexOf(action);
    if (index >= 0) return index;
    throw new TouchlineError("action/unknown", unknownName("action", action, names));
  }
  if (typeof action === "number" && Number.isInteger(action) && action >= 0 && action < names.length)
    return action;
  throw new TouchlineError(
    "action/unknown",
    `Action ${typeof action === "number" ? action : "of this form"} is not in the set of ${names.length}: expected an integer from 0 to ${names.length - 1} or a name such as "${names[9] ?? names[0]}".`,
  );
}

/** Whether the action asks for a pass or a shot; where it is only a kick, whatever the kick has become. */
export function askedKick(action: ReadAction, { intent }: Player): "pass" | "shot" | undefined {
  if (action.set === "default" || action.set === "full") {
    if (action.name === "shot") return "shot";
    return action.name.endsWith("_pass") ? "pass" : undefined;
  }
  if (action.set === "simple" && action.name !== "kick") return undefined;
  if (!intent.kick || intent.kick.kind === "clear") return undefined;
  return intent.kick.kind === "shot" ? "shot" : "pass";
}

/** One action for each slot: changes the sticky state and sets what the players mean to do. */
export function applyActions(match: Match, scenario: Scenario, actions: readonly ReadAction[]): void {
  match.slots.forEach((slot, place) => {
    const intent = apply(match, scenario, slot, actions[place]!);
    const player = match.players[slot.player]!;
    player.thinkSteps = 0;
    player.intent = player.sentOff ? idleIntent() : intent;
  });
}

function apply(match: Match, scenario: Scenario, slot: Slot, action: ReadAction): Intent {
  const player = (): Player => match.players[slot.player]!;
  switch (action.set) {
    case "continuous": {
      const kicks = wantsKick(action.numbers) && whyNotKick(match, slot) === undefined;
      const intent = continuousIntent(match, player(), action.numbers, kicks);
      pullToBall(match, player(), intent);
      return helped(match, player(), intent);
    }
    case "semantic": {
      const possible = whyNotSentence(match, slot, action.sentence) === undefined;
      const sentence: Sentence = possible ? action.sentence : { verb: "hold", text: "hold" };
      return helped(match, player(), sentenceIntent(match, scenario, player(), sentence));
    }
    default: {
      // In `default` a kick that is pressed early waits for the ball for its step: recorded episodes hold to it.
      const possible = action.set === "default" || whyNotButton(match, slot, action.name) === undefined;
      const name = possible ? action.name : "idle";
      press(match, slot, action.set, name);
      return buttonIntent(match, scenario, slot, player(), name);
    }
  }
}

/** The taker who does not restart play is helped, whatever his set. */
function helped(match: Match, player: Player, intent: Intent): Intent {
  if (!mustRestart(match, player) || intent.kick) return intent;
  return { ...intent, kick: passAlong(match, player, "pass", player.faceX, player.faceY) };
}
