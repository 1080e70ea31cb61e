/**
 * @file Moments of play, seeded and endless: the built-in player and chance play varied episodes, and where a decision is
 * due a moment may be kept. Seeds below `TRAINING_SEEDS_FROM` are for judging, and played only where that is asked for.
 */
import type { Frame, FrameOptions } from "../../env/frame/index.ts";
import type { Scenario } from "../../env/football/index.ts";
import { chance, integer, makeRandom, type Random } from "../../env/random.ts";
import { Drill } from "../../agent/match/index.ts";
import type { Fork } from "./search.ts";
import { type Sight, sightOf } from "./sight.ts";

export const TRAINING_SEEDS_FROM = 1_000_000;

export interface Moment {
  scenario: string;
  /** Of the episode, and env steps since its start. */
  seed: number;
  step: number;
  frame: Frame;
  sight: Sight;
  /** What the built-in player of difficulty 1 would do. */
  advice: string;
  /** To try things out from here, if it was asked for. */
  fork?: Fork;
}

export interface MomentOptions {
  frame?: Partial<FrameOptions>;
  decisionSteps: number;
  /** At most so many of an episode, for those are alike (10). */
  perEpisode?: number;
  /** Moments can be forked, and each action be tried so often in them; without it they cannot. */
  branches?: number;
  /** Play the seeds below `TRAINING_SEEDS_FROM` instead, which nothing is trained on. */
  heldOut?: boolean;
}

/** Decisions after which an episode is left: with much noise most go on for long, and little happens. */
const LONGEST_EPISODE = 60;

/** How often the player does anything at all instead of what is advised, one for each episode. */
const NOISES = [0, 0.15, 0.4, 0.8];

export class MomentSource {
  readonly #drills: readonly Drill[];
  readonly #perEpisode: number;
  readonly #branches: number;
  /** Nobody plays on these: things are tried out on them. */
  readonly #trials = new Map<string, Drill>();
  readonly #heldOut: boolean;

  static async make(scenarios: readonly Scenario[], options: MomentOptions): Promise<MomentSource> {
    const { frame = {}, decisionSteps } = options;
    const make = (scenario: Scenario): Promise<Drill> =>
      Drill.make(scenario, { decisionSteps, frame, actions: "semantic" });
    const source = new MomentSource(await Promise.all(scenarios.map(make)), options);
    if (options.branches !== undefined) {
      for (const scenario of scenarios) {
        const trial = await make(scenario);
        trial.start(0, false);
        source.#trials.set(scenario.id, trial);
      }
    }
    return source;
  }

  private constructor(drills: readonly Drill[], options: MomentOptions) {
    const { perEpisode = 10, branches = 0, heldOut = false } = options;
    this.#drills = drills;
    this.#perEpisode = perEpisode;
    this.#branches = branches;
    this.#heldOut = heldOut;
  }

  /** So many moments, the same for the same seed. */
  take(seed: number, count: number): Moment[] {
    const random = makeRandom(seed, 11);
    const moments: Moment[] = [];
    while (moments.length < count) moments.push(...this.#episode(random));
    return moments.slice(0, count);
  }

  /** The drill of a scenario, to play on from a moment's snapshot. */
  drill(scenario: string): Drill {
    return this.#drills.find(({ env }) => env.scenario.id === scenario)!;
  }

  close(): void {
    for (const drill of [...this.#drills, ...this.#trials.values()]) drill.close();
  }

  #episode(random: Random): Moment[] {
    const drill = this.#drills[integer(random, this.#drills.length)]!;
    const noise = NOISES[integer(random, NOISES.length)]!;
    const seed = this.#heldOut
      ? integer(random, TRAINING_SEEDS_FROM)
      : TRAINING_SEEDS_FROM + integer(random, 2 ** 31);
    const actions = plausible(drill);
    drill.start(seed, true);
    const all: (() => Moment)[] = [];
    while (!drill.over && all.length < LONGEST_EPISODE) {
      const advice = drill.advise(1, random) as string;
      const scene = drill.scene();
      const { player, info } = drill;
      const trial = this.#trials.get(drill.env.scenario.id);
      const fork = trial && { drill: trial, snapshot: drill.snapshot(), branches: this.#branches };
      all.push(() => ({
        scenario: drill.env.scenario.id,
        seed,
        step: info.step,
        frame: drill.paint(scene),
        sight: sightOf(scene, drill.env.lineup, player),
        advice,
        ...(fork && { fork }),
      }));
      drill.decide(chance(random, noise) ? actions[integer(random, actions.length)]! : advice);
    }
    const kept = Math.min(this.#perEpisode, all.length);
    for (let i = 0; i < kept; i++) {
      const other = i + integer(random, all.length - i);
      [all[i], all[other]] = [all[other]!, all[i]!];
    }
    return all.slice(0, kept).map((moment) => moment());
  }
}

const NEVER = /^(?:auto|press|tackle|slide|get|defend|mark|dribble (?:back|left|right)|clear|cross|lob)/;

/** Sentences that a player with the ball, or on the way to it, may try: none that lets the built-in player think. */
export function plausible({ env }: Drill): string[] {
  const space = env.placeSpaces[0]!;
  const choices = space.kind === "text" ? space.choices : [];
  return choices.filter((choice) => !NEVER.test(choice));
}
