/**
 * @file From the moments of a match to what each controlled player observes. Observations that come late or show
 * several steps need moments of the past: `History` keeps them, as plain data that a snapshot takes along.
 */
import type { FrameOptions, Lineup, Painter, Scene } from "../../frame/index.ts";
import { makePainter } from "../../frame/index.ts";
import type { Space } from "../../space.ts";
import type { Scenario } from "../scenario.ts";
import type { Match, Slot } from "../state/match.ts";
import { sceneOf, seenBy } from "../state/scene.ts";
import { copyMatch } from "../state/snapshot.ts";
import type { CheckedObservation, ObservationByKind, ObservationKind } from "./options.ts";
import { type AtBall, observeRaw, playersAtBall, type RawObservation } from "./raw.ts";
import { type Sight, sightOf } from "./sight.ts";
import { simple115 } from "./simple115.ts";
import { smm, SMM_STACK } from "./smm.ts";
import { observationSpace } from "./space.ts";
import { observeText } from "./text.ts";

/** One kind: a list of it, one for each controlled player. Several: a list of objects. `none`: null. */
export type Observation = null | readonly (OneKind | Partial<ObservationByKind>)[];

type OneKind = ObservationByKind[keyof ObservationByKind];

export interface Observer {
  /** Of the controlled players, by their teams; that of `none` has no keys. */
  space(teams: readonly (0 | 1)[]): Space;
  /** How many moments an observation is made of, the present one included. */
  readonly depth: number;
  /** `moments`: the last `depth` of them, oldest first, or fewer soon after the start. */
  observe(moments: readonly Match[]): Observation;
}

export function makeObserver(
  options: CheckedObservation,
  frame: FrameOptions,
  scenario: Scenario,
  lineup: Lineup,
  frameBuffers: readonly Uint8Array[] = [],
): Observer {
  const { kinds, several, fog, delaySteps, stacked, detail } = options;
  const blind = kinds.every((kind) => kind === "none");
  const stack = stacked && kinds.includes("smm") ? SMM_STACK : 1;
  const painter = kinds.includes("frame") ? painterFor(lineup, frame) : undefined;
  const needsRaw = kinds.some((kind) => kind === "raw" || kind === "simple115v2" || kind === "smm");
  const sizes = [scenario.left.players.length, scenario.right.players.length] as const;

  const rawOf = (match: Match, place: number, sight: Sight, main: AtBall): RawObservation =>
    observeRaw(match, scenario, match.slots[place]!, sight, main);

  return {
    space: (teams) =>
      blind
        ? { kind: "dict", spaces: {} }
        : { kind: "tuple", spaces: teams.map((team) => observationSpace(options, frame, sizes, team)) },
    depth: blind ? 1 : delaySteps + stack,
    observe(moments) {
      if (blind) return null;
      const last = Math.max(0, moments.length - 1 - delaySteps);
      const match = moments[last]!;
      // Before there are enough of them the first moment stands for those that are missing.
      const shown = Array.from({ length: stack }, (_, i) => moments[Math.max(0, last - stack + 1 + i)]!);
      const mains = needsRaw ? shown.map(playersAtBall) : [];
      const scene = painter ? sceneOf(match) : undefined;
      return match.slots.map((slot, place) => {
        const sights = shown.map((moment) => sightOf(moment, moment.slots[place]!.player, fog));
        const sight = sights.at(-1)!;
        const raws = needsRaw ? shown.map((moment, i) => rawOf(moment, place, sights[i]!, mains[i]!)) : [];
        const of = (kind: ObservationKind): OneKind | undefined => {
          switch (kind) {
            case "raw":
              return raws.at(-1)!;
            case "simple115v2":
              return simple115(raws.at(-1)!);
            case "smm":
              return smm(raws);
            case "text":
              return observeText(match, scenario, slot, sight, detail);
            case "frame":
              return paint(painter!, scene!, slot, fog && sight, frameBuffers[place]);
            default:
              return undefined;
          }
        };
        if (!several) return of(kinds[0]!)!;
        return Object.fromEntries(kinds.filter((kind) => kind !== "none").map((kind) => [kind, of(kind)]));
      });
    },
  };
}

function paint(
  painter: Painter,
  scene: Scene,
  slot: Slot,
  sight: Sight | undefined,
  buffer: Uint8Array | undefined,
): ObservationByKind["frame"] {
  const seen = seenBy(scene, slot.team);
  return painter.paint(sight ? fogged(seen, slot.player, sight) : seen, buffer);
}

let latest: { of: string; painter: WeakRef<Painter> } | undefined;

/** Envs that look alike share a painter: its pictures of the ground would push one another out of the cache. */
function painterFor(lineup: Lineup, frame: FrameOptions): Painter {
  const of = JSON.stringify([lineup, frame]);
  const known = latest?.of === of ? latest.painter.deref() : undefined;
  const painter = known ?? makePainter(lineup, frame);
  // Nobody's painter stays behind when its envs have gone.
  if (!known) latest = { of, painter: new WeakRef(painter) };
  return painter;
}

/** The scene without what the player does not see. A camera that follows the ball follows him meanwhile. */
function fogged(scene: Scene, observer: number, sight: Sight): Scene {
  const { x, y } = scene.figures[observer]!;
  return {
    ...scene,
    ball: sight.ball ? scene.ball : { x, y, z: 0, hidden: true },
    owner: sight.ball ? scene.owner : -1,
    figures: scene.figures.map((figure, id) => (sight.players[id] ? figure : { ...figure, hidden: true })),
  };
}

/** The moments that observations need, oldest first. */
export class History {
  #moments: Match[] = [];
  readonly #depth: number;

  constructor(depth: number) {
    this.#depth = depth;
  }

  /** Adds the present. The match itself stands for it while nothing older is needed. */
  add(match: Match): void {
    if (this.#depth === 1) this.#moments = [match];
    else this.#moments = [...this.#moments, copyMatch(match)].slice(-this.#depth);
  }

  get moments(): readonly Match[] {
    return this.#moments;
  }

  /** The past, for a snapshot: all moments but the present. */
  past(): Match[] {
    return this.#moments.slice(0, -1).map(copyMatch);
  }

  restore(past: readonly Match[], present: Match): void {
    this.#moments = past.slice(Math.max(0, past.length - this.#depth + 1)).map(copyMatch);
    this.add(present);
  }

  clear(): void {
    this.#moments = [];
  }
}
