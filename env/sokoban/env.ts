/** @file The Sokoban env: Gymnasium's reset and step over a level for each seed, exact snapshots, what can be seen. */
import type { Reset, ResetOptions, Step } from "../env.ts";
import { TouchlineError, unknownName } from "../error.ts";
import type { Frame } from "../frame/frame.ts";
import { type Hash, loadHash } from "../hash.ts";
import { makeRandom, nextUint32 } from "../random.ts";
import type { Space } from "../space.ts";
import {
  act,
  actionSpace,
  possibleActions,
  type SokobanAction,
  type SokobanActionSet,
  type SokobanPossibility,
} from "./action.ts";
import { generateLevel } from "./generate.ts";
import { boxesOnTarget, checkLevel, isSolved, type Level, type Position } from "./level.ts";
import { makeSokobanPainter, type SokobanPainter } from "./paint/index.ts";
import { MAX_STEPS, rewardTenths } from "./rules.ts";
import { hashState, type SokobanSnapshot, type SokobanState, stateOf, takeSnapshot } from "./snapshot.ts";
import {
  SOKOBAN_OBSERVATION_KINDS,
  type SokobanEnv,
  type SokobanInfo,
  type SokobanObservation,
  type SokobanObservationKind,
  type SokobanOptions,
} from "./types.ts";
import { roomSize } from "./variant.ts";
import { writeXsb } from "./xsb.ts";

/** An env of generated levels, or of one level. Asynchronous for WebAssembly is loaded, which hashes states. */
export async function makeSokoban(options: SokobanOptions = {}): Promise<SokobanEnv> {
  return new Sokoban(options, await loadHash());
}

class Sokoban implements SokobanEnv {
  readonly actionSpace: Space;
  readonly observationSpace: Space;

  readonly #hash: Hash;
  readonly #actions: SokobanActionSet;
  readonly #kind: SokobanObservationKind;
  readonly #maxSteps: number;
  readonly #size: { width: number; height: number };
  readonly #painter: SokobanPainter;
  readonly #levelOf: (seed: number) => Level;
  #state: SokobanState | undefined;
  #closed = false;

  constructor(options: SokobanOptions, hash: Hash) {
    const { level, actions = "push", observation = "none", maxSteps = MAX_STEPS } = options;
    this.#hash = hash;
    this.#actions = actions;
    this.actionSpace = actionSpace(actions);
    if (!SOKOBAN_OBSERVATION_KINDS.includes(observation)) {
      throw new TouchlineError(
        "observation/kind",
        unknownName("observation", observation, SOKOBAN_OBSERVATION_KINDS),
      );
    }
    this.#kind = observation;
    if (!Number.isInteger(maxSteps) || maxSteps < 1) {
      throw new TouchlineError("sokoban/steps", `An episode has 1 step or more, not ${maxSteps}.`);
    }
    this.#maxSteps = maxSteps;
    if (level === undefined) {
      const size = roomSize(options.size ?? "v0");
      this.#size = size;
      this.#levelOf = (seed) => generateLevel(size, seed).level;
    } else {
      this.#size = checkLevel(level);
      if (isSolved(level, level.boxes)) {
        throw new TouchlineError(
          "sokoban/solved",
          "All boxes of the level are on targets before the first step.",
        );
      }
      this.#levelOf = () => level;
    }
    this.#painter = makeSokobanPainter(this.#size, options.frame);
    this.observationSpace = this.#space();
  }

  get level(): Level {
    return this.#started().level;
  }

  get position(): Position {
    return this.#started().position;
  }

  /** `vary` changes nothing: a seed is all the variation there is. */
  reset({ seed: given }: ResetOptions = {}): Reset<SokobanObservation, SokobanInfo> {
    this.#assertOpen();
    const seed = given ?? (this.#state ? nextUint32(this.#state.random) : 0);
    const level = this.#levelOf(seed);
    const { player, boxes } = level;
    // A stream of its own, for the first is what the level was made with.
    const random = makeRandom(seed, 1);
    const position = { player, boxes };
    this.#state = { level, position, seed, random, step: 0, tenths: 0, bestTenths: 0, over: false };
    return { observation: this.#observe(), info: infoOf(this.#state, position) };
  }

  step(action: SokobanAction): Step<SokobanObservation, SokobanInfo> {
    const state = this.#started();
    if (state.over) {
      throw new TouchlineError("env/episode-over", "The episode is over; call reset before the next step.");
    }
    const { level, position: before } = state;
    const after = act(level, before, this.#actions, action);
    const tenths = rewardTenths(level, before, after);
    state.position = after;
    state.step++;
    state.tenths += tenths;
    state.bestTenths = Math.max(state.bestTenths, state.tenths);
    const terminated = isSolved(level, after.boxes);
    const truncated = !terminated && state.step >= this.#maxSteps;
    state.over = terminated || truncated;
    const info = infoOf(state, before);
    return {
      observation: this.#observe(),
      reward: tenths / 10,
      terminated,
      truncated,
      info: state.over ? { ...info, ended: terminated ? "solved" : "time" } : info,
    };
  }

  frame(out?: Uint8Array): Frame {
    const { level, position } = this.#started();
    return this.#painter.paint(level, position, out);
  }

  text(): string {
    const { level, position } = this.#started();
    return writeXsb(level, position);
  }

  stateHash(): string {
    return hashState(this.#started(), this.#hash);
  }

  possibleActions(): readonly SokobanPossibility[] {
    const { level, position } = this.#started();
    return possibleActions(level, position, this.#actions);
  }

  snapshot(): SokobanSnapshot {
    return takeSnapshot(this.#started());
  }

  restore(snapshot: SokobanSnapshot): void {
    this.#assertOpen();
    this.#state = stateOf(snapshot, this.#size);
  }

  close(): void {
    this.#closed = true;
    this.#state = undefined;
  }

  #space(): Space {
    const { width, height } = this.#size;
    if (this.#kind === "none") return { kind: "dict", spaces: {} };
    if (this.#kind === "frame") {
      const shape = [this.#painter.height, this.#painter.width, 3];
      return { kind: "box", shape, low: 0, high: 255, dtype: "uint8" };
    }
    const length = (width + 1) * height - 1;
    return { kind: "text", minLength: length, maxLength: length, choices: [] };
  }

  #observe(): SokobanObservation {
    if (this.#kind === "none") return null;
    return this.#kind === "frame" ? this.frame() : this.text();
  }

  #started(): SokobanState {
    this.#assertOpen();
    if (this.#state) return this.#state;
    throw new TouchlineError("env/not-reset", "The env has no episode yet; call reset first.");
  }

  #assertOpen(): void {
    if (this.#closed) throw new TouchlineError("env/closed", "The env is closed; make a new one.");
  }
}

/** `before` is where the last step began. */
function infoOf(
  { level, position, seed, step, tenths, bestTenths }: SokobanState,
  before: Position,
): SokobanInfo {
  return {
    seed,
    step,
    moved: position !== before,
    pushed: position.boxes !== before.boxes,
    boxesOnTarget: boxesOnTarget(level, position.boxes),
    return: tenths / 10,
    bestReturn: bestTenths / 10,
  };
}
