/** @file The football env: Gymnasium's reset and step over a match, exact snapshots, what can be seen. */
import { TouchlineError, unknownName } from "../error.ts";
import type { Reset, ResetOptions, Step } from "../env.ts";
import { frameOptions, type Lineup, type Scene } from "../frame/index.ts";
import { loadHash } from "../hash.ts";
import { nextUint32, type Random } from "../random.ts";
import type { Space } from "../space.ts";
import {
  type Action,
  ACTION_SETS,
  ACTIONS,
  type ActionSet,
  applyActions,
  askedKick,
  BUTTONS,
  joinSpaces,
  placeSpacesOf,
  possibleActions,
  type Possibility,
  readAction,
  type ReadAction,
} from "./action/index.ts";
import { advise, adviseSentence } from "./advise.ts";
import { switchSlots } from "./control.ts";
import {
  checkObservation,
  History,
  makeObserver,
  type Observation,
  type Observer,
} from "./observation/index.ts";
import { loadPhysics, PhysicsWorld } from "./physics/world.ts";
import {
  type Asked,
  beforeStep,
  judgeStep,
  noTerms,
  type RewardTerms,
  rewardWeights,
  weigh,
} from "./reward/index.ts";
import { resultOf } from "./ending.ts";
import type { RewardWeights, Scenario } from "./scenario.ts";
import { playStep, type Simulation } from "./simulate.ts";
import { beginSecondHalf, isFullTime, isHalfTime } from "./laws/half.ts";
import { beginKickOff } from "./laws/kick-off.ts";
import type { Team } from "./state/match.ts";
import { lineupOf, sceneOf } from "./state/scene.ts";
import {
  checkSnapshot,
  copyMatch,
  type FootballSnapshot,
  makeStateHasher,
  takeSnapshot,
} from "./state/snapshot.ts";
import { startMatch } from "./state/start.ts";
import type { FootballEnv, FootballInfo, FootballOptions } from "./types.ts";

/** Dead time is bounded by the restarts themselves; this bound only turns a defect into an error. */
const LONGEST_DEAD_STEPS = 200;

/** An env of this scenario. `scenario` is trusted: `scenarios/` checks files. Asynchronous for WebAssembly is loaded. */
export async function makeEnv(scenario: Scenario, options: FootballOptions = {}): Promise<FootballEnv> {
  const [hash] = await Promise.all([loadHash(), loadPhysics()]);
  return new Football(scenario, options, makeStateHasher(hash));
}

class Football implements FootballEnv {
  readonly scenario: Scenario;
  readonly lineup: Lineup;
  readonly actionSpace: Space;
  readonly placeSpaces: readonly Space[];
  readonly observationSpace: Space;
  onScene: ((scene: Scene) => void) | undefined;

  readonly #options: FootballOptions;
  readonly #actions: ActionSet;
  readonly #control: { left: Scenario["control"]["left"]; right: Scenario["control"]["right"] };
  readonly #hash: (match: Simulation["match"]) => string;
  readonly #weights: RewardWeights;
  /** Of each place under control, in their order. */
  readonly #teams: readonly Team[];
  readonly #observer: Observer;
  readonly #history: History;
  #simulation: Simulation | undefined;
  #seed = 0;
  #over = true;
  #closed = false;
  #tickHashes = "";

  constructor(scenario: Scenario, options: FootballOptions, hash: (match: Simulation["match"]) => string) {
    this.scenario = scenario;
    this.#options = options;
    this.#control = { ...scenario.control, ...options.control };
    this.#hash = hash;
    const first = startMatch(scenario, this.#control, 0, false);
    this.lineup = lineupOf(scenario, first);
    this.#actions = options.actions ?? "default";
    if (!ACTION_SETS.includes(this.#actions)) {
      throw new TouchlineError("action/set", unknownName("action set", this.#actions, ACTION_SETS));
    }
    this.placeSpaces = placeSpacesOf(first, this.#actions);
    this.actionSpace = joinSpaces(this.placeSpaces, this.#actions);
    this.#weights = rewardWeights(scenario, options.rewards);
    const observer = makeObserver(
      checkObservation({ ...detailOf(scenario), ...options }),
      frameOptions({ ...scenario.observation?.frame, ...options.frame }),
      scenario,
      this.lineup,
      options.frameBuffers,
    );
    this.#observer = observer;
    this.#history = new History(observer.depth);
    this.#teams = first.slots.map(({ team }) => team);
    this.observationSpace = observer.space(this.#teams);
  }

  reset({ seed, vary = false }: ResetOptions = {}): Reset<Observation, FootballInfo> {
    this.#assertOpen();
    this.#seed = seed ?? (this.#simulation ? nextUint32(this.#simulation.match.random) : 0);
    const match = startMatch(this.scenario, this.#control, this.#seed, vary);
    this.#simulation?.world.free();
    this.#simulation = {
      scenario: this.scenario,
      match,
      world: new PhysicsWorld(match),
      onTick: this.#options.hashTicks
        ? () => {
            this.#tickHashes += this.#hash(match).slice(0, 8);
          }
        : undefined,
    };
    if (this.scenario.rules.kickOff !== null) beginKickOff(this.#simulation);
    this.#over = false;
    switchSlots(match);
    this.#history.clear();
    return { observation: this.#observe(), info: this.#info(this.#noTerms(match)) };
  }

  step(action: Action | readonly Action[]): Step<Observation, FootballInfo> {
    const simulation = this.#running();
    const { match, scenario } = simulation;
    const actions = this.#read(action, match.slots.length);
    applyActions(match, scenario, actions);
    const asked = actions.map((one, place): Asked =>
      askedKick(one, match.players[match.slots[place]!.player]!),
    );
    const before = beforeStep(match, this.#weights);
    match.events = [];
    this.#tickHashes = "";
    let end = playStep(simulation);
    match.step++;
    this.onScene?.(sceneOf(match));
    for (let dead = 0; !end && match.restart && !match.restart.ready; dead++) {
      if (dead > LONGEST_DEAD_STEPS) {
        throw new TouchlineError(
          "env/stalled",
          `A ${match.restart.kind} did not restart within ${LONGEST_DEAD_STEPS} steps; report the seed ${this.#seed} as a defect.`,
        );
      }
      end = playStep(simulation);
      this.onScene?.(sceneOf(match));
    }
    if (!end && isHalfTime(match)) {
      beginSecondHalf(match);
      beginKickOff(simulation);
    }
    switchSlots(match);
    const terminated = end !== undefined;
    const truncated = !terminated && isFullTime(match, scenario);
    if (truncated) match.events.push({ tick: match.tick, player: -1, team: 0, kind: "full-time" });
    this.#over = terminated || truncated;
    const result = this.#over ? resultOf(scenario, match.score, end) : undefined;
    const info = this.#info(judgeStep(match, scenario, this.#weights, before, asked, result));
    return {
      observation: this.#observe(),
      reward: info.rewards[0] ?? weigh(info.terms, this.#weights),
      terminated,
      truncated,
      info: result ? { ...info, ended: end?.when ?? "time", result } : info,
    };
  }

  advise(place: number, difficulty: number, random: Random): number {
    const { match, scenario } = this.#running();
    const set = this.#actions;
    if (set === "continuous" || set === "semantic") {
      throw new TouchlineError(
        "action/advice",
        `There is no advice in the ${set} set; make the env with actions "default", "full" or "simple".`,
      );
    }
    const slot = this.#slot(place);
    const name = ACTIONS[advise(match, scenario, slot, difficulty, random)]!;
    const index = BUTTONS[set].indexOf(name);
    if (index >= 0) return index;
    // `simple` has one button for every kick, and stops with `idle`; it has neither sprint nor slide.
    if (name === "shot" || name.endsWith("_pass")) return BUTTONS.simple.indexOf("kick");
    return name === "release_direction" ? 0 : slot.direction;
  }

  adviseSentence(place: number, difficulty: number, random: Random): string {
    const { match, scenario } = this.#running();
    return adviseSentence(match, scenario, this.#slot(place), difficulty, random);
  }

  possibleActions(place: number): Possibility[] {
    return possibleActions(this.#started().match, this.#slot(place), this.#actions);
  }

  #slot(place: number): Simulation["match"]["slots"][number] {
    const { match } = this.#started();
    const slot = match.slots[place];
    if (slot) return slot;
    throw new TouchlineError(
      "env/place",
      `There is no controlled player ${place}: this env has ${match.slots.length}.`,
    );
  }

  scene(): Scene {
    return sceneOf(this.#started().match);
  }

  stateHash(): string {
    return this.#hash(this.#started().match);
  }

  snapshot(): FootballSnapshot {
    const { match, world } = this.#started();
    return takeSnapshot(match, world, this.scenario.id, this.#over, this.#history.past());
  }

  restore(snapshot: FootballSnapshot): void {
    checkSnapshot(snapshot, this.scenario.id, this.#teams);
    if (!this.#simulation) this.reset();
    const simulation = this.#started();
    Object.assign(simulation.match, copyMatch(snapshot.match));
    simulation.world.restore(snapshot.world);
    this.#history.restore(snapshot.past, simulation.match);
    this.#over = snapshot.over;
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#simulation?.world.free();
    this.#simulation = undefined;
  }

  #observe(): Observation {
    this.#history.add(this.#started().match);
    return this.#observer.observe(this.#history.moments);
  }

  #noTerms({ slots }: Simulation["match"]): RewardTerms[] {
    return Array.from({ length: Math.max(1, slots.length) }, () => noTerms(this.#weights));
  }

  /** `terms` of each controlled player, or of the left team when there is none. */
  #info(terms: readonly RewardTerms[]): FootballInfo {
    const { match } = this.#started();
    const info: FootballInfo = {
      step: match.step,
      tick: match.tick,
      score: [...match.score],
      mode: match.restart?.kind ?? "normal",
      controlled: match.slots.map((slot) => slot.player),
      events: match.events,
      terms: terms[0]!,
      playerTerms: terms.slice(0, match.slots.length),
      rewards: match.slots.map((_, place) => weigh(terms[place]!, this.#weights)),
    };
    return this.#options.hashTicks ? { ...info, tickHashes: this.#tickHashes } : info;
  }

  #read(action: Action | readonly Action[], expected: number): ReadAction[] {
    const actions = Array.isArray(action) ? (action as readonly Action[]) : [action as Action];
    if (actions.length !== expected && !(expected === 0 && !Array.isArray(action))) {
      throw new TouchlineError(
        "action/count",
        `The step got ${actions.length} actions; expected ${expected}, one for each controlled player.`,
      );
    }
    const read = actions.map((one) => readAction(this.#actions, one));
    // Where nobody is under control a lone action is nobody's.
    return expected === 0 ? [] : read;
  }

  #running(): Simulation {
    const simulation = this.#started();
    if (this.#over) {
      throw new TouchlineError("env/episode-over", "The episode is over; call reset before the next step.");
    }
    return simulation;
  }

  #started(): Simulation {
    this.#assertOpen();
    if (this.#simulation) return this.#simulation;
    throw new TouchlineError("env/not-reset", "The env has no episode yet; call reset first.");
  }

  #assertOpen(): void {
    if (this.#closed) throw new TouchlineError("env/closed", "The env is closed; make a new one.");
  }
}

function detailOf({ observation }: Scenario): Pick<FootballOptions, "detail"> {
  return observation?.detail === undefined ? {} : { detail: observation.detail };
}
