/**
 * @file 108 situations of eleven against eleven: nine regions of the pitch, three kinds, four of each. They are played by
 * MageBench-Football's rules (arXiv 2412.04531) from positions of our own.
 */
import type { Point, Scenario, TeamSetup } from "../../env/football/scenario.ts";
import { validateScenario } from "../parse.ts";
import { drawPlaces, FORMATION, type Kind, KINDS } from "./draw.ts";

export { type Kind, KINDS } from "./draw.ts";

interface Situation {
  /** From 1 in the own corner at the top of the picture, down each third and then on to the right. */
  region: number;
  kind: Kind;
  number: number;
}

const REGIONS = 9;
const NUMBERS = 4;
/** So many are `regions-mini`, evenly from all of them. */
const MINI = 20;

const SITUATIONS: ReadonlyMap<string, Situation> = new Map(
  Array.from({ length: REGIONS }, (_, i) => i + 1).flatMap((region) =>
    KINDS.flatMap((kind) =>
      Array.from({ length: NUMBERS }, (_, i) => i + 1).map(
        (number) => [`region_${region}_${kind}_${number}`, { region, kind, number }] as const,
      ),
    ),
  ),
);

/** By region, kind and number. */
export const REGION_IDS: readonly string[] = [...SITUATIONS.keys()];

export const REGION_MINI_IDS: readonly string[] = Array.from(
  { length: MINI },
  (_, i) => REGION_IDS[Math.floor((i * REGION_IDS.length) / MINI)]!,
);

export function situationOf(id: string): Situation | undefined {
  return SITUATIONS.get(id);
}

/** Undefined for an id that is none of them. */
export function regionScenario(id: string): Scenario | undefined {
  const situation = SITUATIONS.get(id);
  return situation && validateScenario(fileOf(id, situation), id);
}

const SAYS: Readonly<Record<Kind, string>> = {
  free: "with room at the ball",
  pressed: "with an opponent at the ball",
  loose: "with nobody at the ball",
};

/** As a scenario's file would have it. */
function fileOf(id: string, { region, kind, number }: Situation): unknown {
  const { ball, left, right } = drawPlaces(KINDS.indexOf(kind) * NUMBERS + number, region, kind);
  return {
    version: 2,
    id,
    suite: "regions",
    title: `Region ${region}, ${kind}, ${number}`,
    teaches: `To make the most of a moment in region ${region} of the pitch, ${SAYS[kind]}.`,
    goal: "Bring the ball forward and score on the right; the episode ends when the ball is lost or out of play.",
    steps: 400,
    ball,
    left: team("Navy", 1, left),
    right: team("Amber", 0, right),
    rules: { offside: false },
    ends: [{ when: "goal" }, { when: "out-of-play" }, { when: "possession-lost" }],
    rewards: { scoring: 0, magebench: 1, magebench_capped: 0 },
    decisionSteps: "adaptive",
  };
}

function team(name: string, difficulty: number, places: readonly Point[]): TeamSetup {
  const players = FORMATION.map(([role], i) => ({ role, position: places[i]! }));
  return { name, difficulty, players };
}
