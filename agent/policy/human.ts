/**
 * @file A person at the page: what his hands hold down and press becomes actions of the match's set. He is never
 * waited for: each step takes the latest of him, and whom nobody plays stands idle.
 */
import type { Action, ActionSet } from "../../env/football/index.ts";
import { IDLE_ACTIONS, SIMPLE_ACTIONS } from "../../env/football/index.ts";
import type { SeeingPolicy } from "./policy.ts";

/** What he holds down. */
export interface Hands {
  /** As the directions of `SIMPLE_ACTIONS`: 1 to 8 clockwise from left, as the player sees it; 0 is none. */
  direction: number;
  sprint: boolean;
  dribble: boolean;
}

export const PRESSES = ["short_pass", "long_pass", "high_pass", "shot", "sliding"] as const;
export type Press = (typeof PRESSES)[number];

export const AT_REST: Hands = { direction: 0, sprint: false, dribble: false };

export interface HumanPolicy extends SeeingPolicy {
  /** The newest of his hands. What is pressed counts once, at the next step that has room for it. */
  use(hands: Hands, press?: Press): void;
}

/**
 * `mate` names the teammate that lies in a direction of `Hands`, by his number: a sentence of a pass needs one. A new
 * policy does not know what is held from before it; after `start` nothing is.
 */
export function humanPolicy(mate: (direction: number) => number | undefined = () => undefined): HumanPolicy {
  let hands = AT_REST;
  let pressed: Press | undefined;
  /** What is held down in the match, as far as it is known. */
  let held: Partial<Hands> = {};
  let before: Action[] | undefined;

  const takePress = (): Press | undefined => {
    const press = pressed;
    pressed = undefined;
    return press;
  };

  /** One button a step: a new direction first, for a pass goes where he looks. */
  const button = (set: ActionSet): Action => {
    before ??= LET_GO[set].slice(STICKY_OF_HANDS);
    if (held.direction !== hands.direction) {
      held.direction = hands.direction;
      return hands.direction === 0 ? "release_direction" : SIMPLE_ACTIONS[hands.direction]!;
    }
    const press = takePress();
    if (press !== undefined) return press;
    for (const sticky of ["sprint", "dribble"] as const) {
      if (held[sticky] === hands[sticky]) continue;
      held[sticky] = hands[sticky];
      return hands[sticky] ? sticky : `release_${sticky}`;
    }
    return before.shift() ?? "idle";
  };

  const act = (set: ActionSet): Action => {
    if (set === "default" || set === "full") return button(set);
    const press = takePress();
    if (set === "continuous") return numbersOf(hands, press);
    if (set === "semantic") return sentenceOf(hands, press, mate);
    return press !== undefined && press !== "sliding" ? "kick" : SIMPLE_ACTIONS[hands.direction]!;
  };

  return {
    name: "human",
    start() {
      held = { ...AT_REST };
      before = [];
    },
    decide: ({ set }) => ({ action: act(set) }),
    use(next, press) {
      hands = next;
      pressed = press ?? pressed;
    },
  };
}

const STICKY_OF_HANDS = 3;
const BUTTONS_LET_GO = ["release_direction", "release_sprint", "release_dribble"] as const;

/** What lets go of all that may be held down in a set, for whoever plays after him. */
export const LET_GO: Readonly<Record<ActionSet, readonly Action[]>> = {
  default: BUTTONS_LET_GO,
  full: [...BUTTONS_LET_GO, "release_pressure", "release_team_pressure", "release_keeper_rush"],
  simple: ["idle"],
  continuous: [],
  semantic: [],
};

/** A run is this part of a sprint. */
const RUN = 0.75;
/** Power and loft of each kick. */
const KICKS: Readonly<Record<Press, readonly [power: number, loft: number] | undefined>> = {
  short_pass: [0.4, 0],
  long_pass: [0.75, 0.2],
  high_pass: [0.6, 0.7],
  shot: [1, 0.15],
  sliding: undefined,
};

function numbersOf({ direction, sprint }: Hands, press: Press | undefined): Action {
  const idle = IDLE_ACTIONS.continuous;
  const name: string = SIMPLE_ACTIONS[direction]!;
  const x = Number(name.includes("right")) - Number(name.includes("left"));
  const y = Number(name.includes("bottom")) - Number(name.includes("top"));
  const kick = press && KICKS[press];
  // A kick needs a direction: without one it goes ahead.
  if (typeof idle !== "object" || (direction === 0 && kick === undefined)) return idle;
  const size = kick === undefined && !sprint ? RUN : 1;
  const length = Math.hypot(x, y) || 1;
  const towards = direction === 0 ? ([1, 0] as const) : ([(x * size) / length, (y * size) / length] as const);
  return kick === undefined
    ? { ...idle, direction: towards }
    : { direction: towards, power: kick[0], loft: kick[1], kick: 1 };
}

const PASSES = { short_pass: "pass_to", long_pass: "through_ball", high_pass: "lob_to" } as const;

function sentenceOf(
  { direction, sprint }: Hands,
  press: Press | undefined,
  mate: (direction: number) => number | undefined,
): Action {
  if (press === "shot") return "shoot";
  if (press === "sliding") return "slide";
  if (press !== undefined) {
    const number = mate(direction);
    return number === undefined ? "clear" : `${PASSES[press]} ${number}`;
  }
  if (direction === 0) return IDLE_ACTIONS.semantic;
  return `${sprint ? "sprint" : "run"} ${SIMPLE_ACTIONS[direction]!.replace("_", " ")}`;
}
