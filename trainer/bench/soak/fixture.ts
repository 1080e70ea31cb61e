/** @file What the matches of a soak are: every scenario, action set and kind of control in turn, from one seed. */
import {
  type ActionSet,
  ACTION_SETS,
  type Control,
  type FootballOptions,
  type PlayerSetup,
  type Scenario,
} from "../../../env/football/index.ts";
import { integer, makeRandom, nextUint32 } from "../../../env/random.ts";

type Seen = Pick<FootballOptions, "observation" | "fog" | "delaySteps" | "stacked" | "detail">;

/** One match as plain data, by itself enough to play it again. */
export interface SoakMatch {
  /** Its place in the soak, from 0. */
  place: number;
  scenario: string;
  /** Of the match and of the actions. */
  seed: number;
  vary: boolean;
  actions: ActionSet;
  /** Options of what the places observe. */
  seen: Seen;
  control: { left: Control; right: Control };
  /** Whether only actions are drawn that the mask calls possible; otherwise all of the set. */
  possible: boolean;
  /** An action is held for 1 to so many steps. */
  hold: number;
}

/** Who is under control, in which all of a side, several, one and fixed players meet. */
function controlsOf(scenario: Scenario): readonly SoakMatch["control"][] {
  const sides = [scenario.left, scenario.right] as const;
  const free = sides.map(({ players }) => players.flatMap((player, i) => (isFree(player) ? [i] : [])));
  const several = { count: Math.min(3, ...free.map((places) => places.length)) };
  const [left, right] = free.map((places) => places.slice(0, 1)) as [number[], number[]];
  return [
    { left: "all", right: "all" },
    { left: "ball", right: "ball" },
    { left: several, right: several },
    { left: several, right: "all" },
    { left: "all", right: "none" },
    { left: "none", right: several },
    { left, right: "ball" },
    { left: "none", right },
  ];
}

function isFree({ controllable = true }: PlayerSetup): boolean {
  return controllable;
}

/**
 * What the places of a match see. To observe takes longer than to play, so of the matches with many places one in
 * four observes, and without pictures and planes.
 */
const MANY_OBSERVE = 4;
const BLIND: Seen = { observation: "none" };
const SEEN: readonly Seen[] = [
  { observation: "raw" },
  { observation: ["raw", "simple115v2"] },
  { observation: ["raw", "text"], detail: "full" },
  { observation: ["raw", "simple115v2", "text"], fog: { metres: 25, degrees: 200 }, delaySteps: 5 },
];
const SEEN_BY_FEW: readonly Seen[] = [
  ...SEEN,
  { observation: "frame" },
  { observation: ["raw", "smm", "frame"], stacked: true, delaySteps: 2 },
];
const FEW: ReadonlySet<Control> = new Set<Control>(["none", "ball"]);
const HOLDS = [1, 4, 20] as const;

/** The scenarios and, a round of them later, the action sets go in turn; the rest is drawn. */
export function soakMatch(seed: number, place: number, scenarios: readonly Scenario[]): SoakMatch {
  const random = makeRandom(seed, place + 1);
  const round = Math.floor(place / scenarios.length);
  const scenario = scenarios[place % scenarios.length]!;
  const controls = controlsOf(scenario);
  const control = controls[integer(random, controls.length)]!;
  const few = FEW.has(control.left) && FEW.has(control.right);
  const observes = few || integer(random, MANY_OBSERVE) === 0;
  const kinds = few ? SEEN_BY_FEW : SEEN;
  return {
    place,
    scenario: scenario.id,
    seed: nextUint32(random),
    vary: integer(random, 2) === 1,
    actions: ACTION_SETS[round % ACTION_SETS.length]!,
    seen: observes ? kinds[integer(random, kinds.length)]! : BLIND,
    control,
    possible: integer(random, 2) === 1,
    hold: HOLDS[integer(random, HOLDS.length)]!,
  };
}
