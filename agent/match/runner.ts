/**
 * @file One match: an env, a policy for each side, and a sink that hears of everything. It goes step by step,
 * so that a live server can set the pace.
 */
import type { EpisodeParent, EpisodeSink, FootballStep, Recorder } from "../../env/episode/index.ts";
import { EPISODE_FORMAT, EPISODE_VERSION, makeRecorder } from "../../env/episode/index.ts";
import { loadHash } from "../../env/hash.ts";
import type {
  Action,
  ActionSet,
  Control,
  FootballEnv,
  FootballInfo,
  RewardWeights,
  Scenario,
} from "../../env/football/index.ts";
import { IDLE_ACTIONS, makeEnv, PHYSICS_BUILD, seenBy } from "../../env/football/index.ts";
import type { Frame, FrameOptions, Painter, Scene } from "../../env/frame/index.ts";
import { makeFrameHash, makePainter } from "../../env/frame/index.ts";
import type {
  Decision,
  DecisionSteps,
  HumanPolicy,
  Policy,
  PolicyInput,
  PrivilegedInput,
  Side,
} from "../policy/index.ts";
import { LET_GO } from "../policy/index.ts";
import { chooseActions } from "./actions.ts";
import { chooseControl } from "./control.ts";
import { type Clock, Pilot, type Turn } from "./pilot.ts";
import { ownFrames, usualFrame } from "./own-frame.ts";
import { Stepper } from "./stepping.ts";

export interface MatchSetup {
  scenario: Scenario;
  /** Without a policy the built-in players have the side to themselves. */
  left?: Policy | undefined;
  right?: Policy | undefined;
  /** Who is under control on the left, and on the right, instead of the scenario's own choice. */
  players?: Control | undefined;
  opponentPlayers?: Control | undefined;
  /** Which set both sides play with; without, the first that the policies can: `default`, mostly. */
  actions?: ActionSet | undefined;
  /** How long decisions last, instead of the policies' own choice. */
  decisionSteps?: DecisionSteps | undefined;
  /** Whether the game waits for answers; it does unless told otherwise. */
  clock?: Clock | undefined;
  /** Hears what a policy says while it says it; `step`: the steps before it was asked. */
  onText?: ((place: number, piece: string, step: number) => void) | undefined;
  /** Weights of reward terms, over the scenario's. */
  rewards?: RewardWeights | undefined;
  /** Start from the scenario's `variation`. */
  vary?: boolean | undefined;
  /** What the policies see, instead of their own choice. */
  frame?: Partial<FrameOptions> | undefined;
  sink?: EpisodeSink | undefined;
  /** The match that this one is the same as, up to a tick. */
  parent?: EpisodeParent | undefined;
  /** Hash every tick and every frame for the sink, not only the state of every step. */
  hashAll?: boolean | undefined;
}

/** One step as it was played. */
export interface Advance {
  step: FootballStep;
  /** Lineup indices of the players under control, and what was decided for each. */
  players: readonly number[];
  actions: readonly Action[];
  /** Those that took effect with this step. */
  decisions: readonly PlacedDecision[];
  /** Somebody thought while it was played. */
  thinks: boolean;
}

export interface PlacedDecision extends Decision {
  /** Place among the players under control. */
  place: number;
  /** Who decides there from now on; only where that changes. */
  by?: Decider;
  /** Steps from the frame that it was made on to this step; 0 when the game waited. */
  ageSteps: number;
}

/** The side's policy, or a person who has taken the player over. */
export type Decider = "policy" | "person";

export class MatchRunner {
  readonly env: FootballEnv;
  readonly policies: { readonly left: Policy | undefined; readonly right: Policy | undefined };
  readonly control: { readonly left: Control; readonly right: Control };
  readonly actions: ActionSet;
  readonly #setup: MatchSetup;
  readonly #painters: Readonly<Record<Side, Painter>>;
  readonly #recorder: Recorder;
  #info: FootballInfo | undefined;
  #over = true;
  /** One for each place under control. */
  #pilots: (Pilot | undefined)[] = [];
  /** Who plays instead of the side's policy, what a place still has to let go of, and who decided there last. */
  readonly #guests: (HumanPolicy | undefined)[] = [];
  readonly #lettingGo: Action[][] = [];
  #deciders: (Decider | undefined)[] = [];
  /** Ends the wait for a policy that thinks when a person takes over, and what a policy has not answered yet. */
  readonly #interrupt: ((() => void) | undefined)[] = [];
  readonly #unanswered: (Promise<unknown> | undefined)[] = [];

  private constructor(
    setup: MatchSetup,
    env: FootballEnv,
    painters: Readonly<Record<Side, Painter>>,
    recorder: Recorder,
  ) {
    this.env = env;
    this.policies = { left: setup.left, right: setup.right };
    this.control = controlOf(setup);
    this.actions = actionsOf(setup);
    this.#setup = setup;
    this.#painters = painters;
    this.#recorder = recorder;
  }

  /** Throws what `makeEnv` and `chooseActions` throw, and `frame/...` for wrong frame options. */
  static async make(setup: MatchSetup): Promise<MatchRunner> {
    const { scenario, rewards = {}, left, right, hashAll = false } = setup;
    const env = await makeEnv(scenario, {
      observation: "none",
      control: controlOf(setup),
      actions: actionsOf(setup),
      rewards,
      hashTicks: hashAll,
    });
    const frameOf = (policy: Policy | undefined) => setup.frame ?? usualFrame(scenario, policy) ?? {};
    const painters = {
      left: makePainter(env.lineup, frameOf(left ?? right)),
      right: makePainter(env.lineup, frameOf(right ?? left)),
    };
    const frameHash = hashAll ? await makeFrameHash(env, frameOf(left ?? right)) : undefined;
    return new MatchRunner(setup, env, painters, makeRecorder(env, frameHash));
  }

  /** How the match stands; only after `start`. */
  get info(): FootballInfo {
    if (this.#info === undefined) throw new Error("MatchRunner.start has not been called");
    return this.#info;
  }

  /** Lineup indices of the players under control, by their places; none before `start`. */
  get controlled(): readonly number[] {
    return this.#info?.controlled ?? [];
  }

  /** Whether the episode has ended, so that only `start` can follow. */
  get over(): boolean {
    return this.#over;
  }

  /** Begins an episode; a running one is left as it is. */
  async start(seed: number): Promise<FootballInfo> {
    const { scenario, sink, vary = false } = this.#setup;
    // One question at a time: an episode may have ended while somebody thought. A person does not wait for that.
    for (const [slot, answer] of this.#unanswered.entries()) {
      if (this.#guests[slot] === undefined) await answer;
    }
    for (const side of ["left", "right"] as const) {
      await this.policies[side]?.start({ seed, side, goal: scenario.goal });
    }
    for (const guest of this.#guests) await guest?.start({ seed, side: "left", goal: scenario.goal });
    this.#info = this.env.reset({ seed, vary }).info;
    this.#over = false;
    this.#pilots = [];
    this.#lettingGo.length = 0;
    this.#deciders = [];
    if (sink !== undefined) sink.begin(this.#header(seed, vary), this.#recorder.reset(this.#info));
    return this.#info;
  }

  /** Asks the policies and plays one env step. Throws `env/episode-over` after the end. */
  async advance(): Promise<Advance> {
    const players = this.info.controlled;
    const turns = this.#over ? [] : await Promise.all(this.#turns());
    const actions = turns.map((turn) => turn.action);
    const decisions = turns.flatMap(({ effect, by }, place): PlacedDecision[] => {
      if (effect === undefined) return [];
      const changes = by !== (this.#deciders[place] ?? "policy");
      this.#deciders[place] = by;
      return [{ ...effect.decision, place, ageSteps: effect.ageSteps, ...(changes && { by }) }];
    });
    const step = this.#play(actions, decisions);
    return { step, players, actions, decisions, thinks: turns.some((turn) => turn.thinks) };
  }

  /** Plays one env step with these actions, as it was played before: nobody is asked. */
  follow(actions: readonly Action[]): FootballStep {
    return this.#play(actions, []);
  }

  /**
   * Lets a person decide for a place under control, in this episode and the next ones, until `giveBack`. A step that
   * waits for the policy's answer goes on without it.
   */
  takeOver(place: number, person: HumanPolicy): void {
    this.#guests[place] = person;
    this.#lettingGo[place] = [];
    this.#pilots[place] = undefined;
    this.#interrupt[place]?.();
  }

  /** The side's policy decides again, once what the person may have held down is let go. */
  giveBack(place: number): void {
    if (this.#guests[place] === undefined) return;
    this.#guests[place] = undefined;
    this.#lettingGo[place] = [...LET_GO[this.actions]];
    this.#pilots[place] = undefined;
  }

  /** What the policy of a side sees now, in bytes of its own: each side attacks to the right as it sees it. */
  paint(side: Side): Frame {
    return this.#painters[side].paint(seenBy(this.env.scene(), side === "left" ? 0 : 1));
  }

  /** Gives back the env and what the policies hold. */
  async close(): Promise<void> {
    this.env.close();
    await this.policies.left?.close?.();
    await this.policies.right?.close?.();
  }

  #play(actions: readonly Action[], decisions: readonly PlacedDecision[]): FootballStep {
    const { sink } = this.#setup;
    const players = this.info.controlled;
    const step = this.env.step(actions);
    this.#info = step.info;
    this.#over = step.terminated || step.truncated;
    if (sink === undefined) return step;
    for (const decision of decisions) {
      if (hasWords(decision) || decision.by !== undefined)
        sink.decision({ kind: "decision", step: step.info.step, ...decision });
    }
    sink.step(this.#recorder.step(step, players, actions));
    if (this.#over) sink.end(this.#recorder.end());
    return step;
  }

  #turns(): Promise<PlacedTurn>[] {
    const { controlled, step } = this.info;
    const left = this.#seat("left");
    const right = this.#seat("right");
    let scene: Scene | undefined;
    const look = (): Scene => (scene ??= this.env.scene());
    return controlled.map((player, slot) => {
      const seat = this.env.lineup.players[player]!.team === 0 ? left : right;
      return this.#turn({ step, player, slot, place: seat.next(), seat, look });
    });
  }

  async #turn(asked: Asked): Promise<PlacedTurn> {
    const { step, player, slot, place, seat, look } = asked;
    const guest = this.#guests[slot];
    const by: Decider = guest === undefined ? "policy" : "person";
    const letGo = this.#lettingGo[slot]?.shift();
    if (letGo !== undefined) return { action: letGo, by };
    const policy = guest ?? seat.policy;
    const unheard = guest || this.#pilots[slot] ? undefined : this.#unanswered[slot];
    // A policy is not asked again before it has answered what nobody waited for.
    if (unheard !== undefined && this.#setup.clock === "realtime")
      return { action: IDLE_ACTIONS[this.actions], by, thinks: true };
    const pilot = (this.#pilots[slot] ??= this.#pilot(policy, guest && 1));
    const ask = async (): Promise<Decision> => {
      if (unheard !== undefined) await unheard;
      const answer = this.#ask(slot, place, { ...seat, policy });
      if (guest === undefined) this.#keepUnanswered(slot, answer);
      return answer;
    };
    const turn = pilot.turn(step, player, this.env.placeSpaces[slot]!, look, ask);
    const interrupted = new Promise<undefined>((resolve) => {
      this.#interrupt[slot] = () => resolve(undefined);
    });
    const first = await Promise.race([turn, interrupted]);
    return first === undefined ? this.#turn(asked) : { ...first, by };
  }

  #keepUnanswered(slot: number, answer: Promise<unknown>): void {
    const answered = (): void => {
      this.#unanswered[slot] = undefined;
    };
    this.#unanswered[slot] = answer.then(answered, answered);
  }

  #pilot(policy: Policy, lasting?: DecisionSteps): Pilot {
    const { clock = "paused", scenario } = this.#setup;
    const decisionSteps = this.#setup.decisionSteps ?? scenario.decisionSteps ?? policy.decisionSteps ?? 1;
    return new Pilot(clock, new Stepper(lasting ?? decisionSteps, this.env.lineup), this.actions);
  }

  async #ask(slot: number, place: number, { policy, look }: Seat): Promise<Decision> {
    const { onText } = this.#setup;
    const { step } = this.info;
    const tell = (piece: string): void => {
      if (this.#guests[slot] === undefined) onText?.(slot, piece, step);
    };
    let seen: Frame | undefined;
    const input: PolicyInput = {
      place,
      step,
      set: this.actions,
      space: this.env.placeSpaces[slot]!,
      frame: () => (seen = look()),
      ...(onText && { onText: tell }),
    };
    const advise: PrivilegedInput["advise"] = (...how) =>
      this.actions === "semantic" ? this.env.adviseSentence(slot, ...how) : this.env.advise(slot, ...how);
    const start = performance.now();
    const decision = await (policy.privileged ? policy.decide({ ...input, advise }) : policy.decide(input));
    if (!hasWords(decision)) return decision;
    const milliseconds = Math.round(performance.now() - start);
    return { ...decision, milliseconds, ...(seen && { frameHash: await this.#hash(seen) }) };
  }

  async #hash({ data }: Frame): Promise<string> {
    return (await loadHash()).hash64(data);
  }

  /** A side's policy with what its players share in one step: one picture, and the count of their places. */
  #seat(side: Side): Seat {
    let frame: Frame | undefined;
    let places = 0;
    return { policy: this.policies[side]!, look: () => (frame ??= this.paint(side)), next: () => places++ };
  }

  #header(seed: number, vary: boolean) {
    const { scenario, left, right, rewards, hashAll, parent } = this.#setup;
    return {
      kind: "header",
      format: EPISODE_FORMAT,
      version: EPISODE_VERSION,
      physics: PHYSICS_BUILD,
      scenario,
      seed,
      vary,
      control: this.control,
      actions: this.actions,
      ...(rewards && { rewards }),
      frame: hashAll ? this.#painters.left.options : null,
      ...(this.#setup.frame === undefined && ownFrames(scenario, left, right)),
      policies: { left: left?.name ?? null, right: right?.name ?? null },
      ...(parent && { parent }),
    } as const;
  }
}

function controlOf(setup: MatchSetup): { left: Control; right: Control } {
  const { scenario, left, right, players, opponentPlayers } = setup;
  return chooseControl(scenario, {
    left: left !== undefined,
    right: right !== undefined,
    players,
    opponentPlayers,
  });
}

function actionsOf({ actions, left, right }: MatchSetup): ActionSet {
  return chooseActions(actions, left, right);
}

/** Whose turn it is: `slot` counts all under control, `place` those of his side. */
interface Asked {
  step: number;
  player: number;
  slot: number;
  place: number;
  seat: Seat;
  look: () => Scene;
}

type PlacedTurn = Turn & { by: Decider };

interface Seat {
  policy: Policy;
  look: () => Frame;
  next: () => number;
}

function hasWords({ text, failed, unparsed }: Decision): boolean {
  return text !== undefined || failed !== undefined || unparsed !== undefined;
}
