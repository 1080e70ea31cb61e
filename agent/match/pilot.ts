/**
 * @file One place under control through an episode: asks its policy when a decision is due, plays the decision for as
 * long as it lasts, and lets thinking cost what it costs.
 */
import type { Action, ActionSet } from "../../env/football/index.ts";
import { IDLE_ACTIONS } from "../../env/football/index.ts";
import type { Scene } from "../../env/frame/index.ts";
import type { Space } from "../../env/space.ts";
import type { Decision } from "../policy/index.ts";
import type { Stepper } from "./stepping.ts";

/**
 * `paused`: the game waits for the answer. `realtime`: it goes on with the last action for as many steps as the
 * answer took, so that the answer comes to a match that has moved on.
 */
export type Clock = "paused" | "realtime";
export const CLOCKS = ["paused", "realtime"] as const;

/** Of match time. */
const STEP_MILLISECONDS = 100;

/** A decision as it takes effect. */
export interface Effect {
  decision: Decision;
  /** Steps from the frame that it was made on to its first step. */
  ageSteps: number;
}

/** What is played in a step, and the decision that begins with it, if one does. */
export interface Turn {
  action: Action;
  effect?: Effect;
}

export class Pilot {
  readonly #clock: Clock;
  readonly #stepper: Stepper;
  readonly #set: ActionSet;
  /** A decision that has been made but is still being waited for, in match time. */
  #pending: { decision: Decision; asked: number; due: number } | undefined;

  constructor(clock: Clock, stepper: Stepper, set: ActionSet) {
    this.#clock = clock;
    this.#stepper = stepper;
    this.#set = set;
  }

  /** The turn for this step, `ask`ing for a decision where one is due. */
  async turn(
    step: number,
    player: number,
    space: Space,
    look: () => Scene,
    ask: () => Promise<Decision>,
  ): Promise<Turn> {
    if (!this.#pending) {
      const action = this.#stepper.next(player, look);
      if (action !== undefined) return { action };
      const decision = await ask();
      const thought =
        this.#clock === "realtime" ? Math.ceil((decision.milliseconds ?? 0) / STEP_MILLISECONDS) : 0;
      this.#pending = { decision, asked: step, due: step + thought };
    }
    const { decision, asked, due } = this.#pending;
    if (step < due) return { action: this.#stepper.meanwhile() ?? IDLE_ACTIONS[this.#set] };
    this.#pending = undefined;
    this.#stepper.begin(decision.action, this.#set, space, look);
    return { action: decision.action, effect: { decision, ageSteps: step - asked } };
  }
}
