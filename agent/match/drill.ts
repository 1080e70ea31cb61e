/**
 * @file A match of one player, decision by decision, for those who play many: no policies, no records, the same steps as
 * a match whose clock waits. It forks exactly: what is restored goes on as it did before.
 */
import {
  type Action,
  type ActionSet,
  type FootballEnv,
  type FootballInfo,
  type FootballSnapshot,
  makeEnv,
  type RewardWeights,
  type Scenario,
  seenBy,
} from "../../env/football/index.ts";
import {
  type Frame,
  type FrameOptions,
  makePainter,
  type Painter,
  type Scene,
} from "../../env/frame/index.ts";
import type { Random } from "../../env/random.ts";
import type { DecisionSteps } from "../policy/index.ts";
import { Stepper } from "./stepping.ts";

export interface DrillOptions {
  decisionSteps?: DecisionSteps;
  actions?: ActionSet;
  rewards?: RewardWeights;
  frame?: Partial<FrameOptions>;
}

/** What a decision came to, from its first step until the next one is due. */
export interface DrillTurn {
  /** Unweighed reward terms of each step. */
  steps: FootballInfo["terms"][];
  over: boolean;
}

export interface DrillSnapshot {
  env: FootballSnapshot;
  info: FootballInfo;
  stepper: Stepper;
}

export class Drill {
  readonly env: FootballEnv;
  readonly #set: ActionSet;
  readonly #decisionSteps: DecisionSteps;
  readonly #painter: Painter;
  #stepper: Stepper;
  #info!: FootballInfo;
  #over = true;

  /** The player at the ball is under control, of the left side. Throws what `makeEnv` throws. */
  static async make(scenario: Scenario, options: DrillOptions = {}): Promise<Drill> {
    const { actions = "default", rewards = {} } = options;
    const control = { left: "ball", right: "none" } as const;
    const env = await makeEnv(scenario, { observation: "none", control, actions, rewards });
    return new Drill(env, options);
  }

  private constructor(
    env: FootballEnv,
    { decisionSteps = "adaptive", actions = "default", frame }: DrillOptions,
  ) {
    this.env = env;
    this.#set = actions;
    this.#decisionSteps = decisionSteps;
    this.#painter = painterOf(env, frame);
    this.#stepper = new Stepper(decisionSteps, env.lineup);
  }

  get info(): FootballInfo {
    return this.#info;
  }

  get over(): boolean {
    return this.#over;
  }

  /** Place of the player under control in the lineup. */
  get player(): number {
    return this.#info.controlled[0]!;
  }

  start(seed: number, vary: boolean): void {
    this.#info = this.env.reset({ seed, vary }).info;
    this.#over = false;
    this.#stepper = new Stepper(this.#decisionSteps, this.env.lineup);
  }

  /** What can be seen now. */
  scene(): Scene {
    return seenBy(this.env.scene(), 0);
  }

  frame(): Frame {
    return this.paint(this.scene());
  }

  paint(scene: Scene): Frame {
    return this.#painter.paint(scene);
  }

  /** The action of the built-in player, who knows the whole state. */
  advise(difficulty: number, random: Random): Action {
    if (this.#set === "semantic") return this.env.adviseSentence(0, difficulty, random);
    return this.env.advise(0, difficulty, random);
  }

  /** Plays a decision. Throws `action/...` for none, `env/episode-over`. */
  decide(decided: Action): DrillTurn {
    let scene: Scene | undefined;
    const look = (): Scene => (scene ??= this.env.scene());
    this.#stepper.begin(decided, this.#set, this.env.placeSpaces[0]!, this.player, look);
    const steps: DrillTurn["steps"] = [];
    let action: Action | undefined = decided;
    while (action !== undefined) {
      const { info, terminated, truncated } = this.env.step([action]);
      this.#info = info;
      this.#over = terminated || truncated;
      steps.push(info.terms);
      scene = undefined;
      action = this.#over ? undefined : this.#stepper.next(this.player, look);
    }
    return { steps, over: this.#over };
  }

  snapshot(): DrillSnapshot {
    return { env: this.env.snapshot(), info: this.#info, stepper: this.#stepper.copy() };
  }

  restore({ env, info, stepper }: DrillSnapshot): void {
    this.env.restore(env);
    this.#info = info;
    this.#over = env.over;
    this.#stepper = stepper.copy();
  }

  close(): void {
    this.env.close();
  }
}

/** Painters draw each figure once and keep it, so those who play a scenario many times at once share one. */
const painters = new WeakMap<Scenario, Map<string, Painter>>();

function painterOf({ scenario, lineup }: FootballEnv, frame: Partial<FrameOptions> = {}): Painter {
  const own = painters.get(scenario) ?? new Map<string, Painter>();
  painters.set(scenario, own);
  const options = { ...scenario.observation?.frame, ...frame };
  const key = JSON.stringify(options);
  const painter = own.get(key) ?? makePainter(lineup, options);
  own.set(key, painter);
  return painter;
}
