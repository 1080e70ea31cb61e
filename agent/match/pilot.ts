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
 * answer takes, so that the answer comes to a match that has moved on. It never runs ahead of the one who thinks: while
 * he does, a step takes its time.
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
  /** The game goes on while the next decision is being made. */
  thinks?: true;
}

/** What has been asked, until its answer takes effect. */
interface Question {
  /** The steps before it, and when that was. */
  step: number;
  time: number;
  answer: Promise<Decision>;
}

export class Pilot {
  readonly #clock: Clock;
  readonly #stepper: Stepper;
  readonly #set: ActionSet;
  #question: Question | undefined;

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
    if (!this.#question) {
      const action = this.#stepper.next(player, look);
      if (action !== undefined) return { action };
      this.#question = { step, time: performance.now(), answer: ask() };
      // Whoever does not wait for it hears of a failure when he asks for it again.
      this.#question.answer.catch(() => undefined);
    }
    const { step: asked, answer } = this.#question;
    const decision = await (this.#clock === "paused" ? answer : answerUntil(this.#question, step));
    if (decision === undefined || (this.#clock === "realtime" && step < asked + stepsOf(decision)))
      return { action: this.#stepper.meanwhile() ?? IDLE_ACTIONS[this.#set], thinks: true };
    this.#question = undefined;
    this.#stepper.begin(decision.action, this.#set, space, player, look);
    return { action: decision.action, effect: { decision, ageSteps: step - asked } };
  }
}

/** Steps that pass while it is thought. */
function stepsOf({ milliseconds = 0 }: Decision): number {
  return Math.ceil(milliseconds / STEP_MILLISECONDS);
}

/** The answer, unless it is so late that this step has come by then. */
async function answerUntil(
  { step: asked, time, answer }: Question,
  step: number,
): Promise<Decision | undefined> {
  const come = time + (step - asked) * STEP_MILLISECONDS;
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<undefined>((resolve) => {
    // A millisecond more, for answers are measured in whole ones.
    timer = setTimeout(() => resolve(undefined), Math.max(0, come + 1 - performance.now()));
  });
  try {
    return await Promise.race([answer, late]);
  } finally {
    clearTimeout(timer);
  }
}
