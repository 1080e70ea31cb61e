/**
 * @file What a scenario file says, as types. `scenarios/schema.ts` checks files against them.
 * Coordinates are GRF's: x in [-1, 1] along the pitch, y in [-0.42, 0.42], negative y at the top of the
 * picture; both teams in the one frame of the pitch; the left team attacks to the right.
 */

/** GRF's roles, in the order of its numbers. */
export const ROLES = ["GK", "CB", "LB", "RB", "DM", "CM", "LM", "RM", "AM", "CF"] as const;
export type Role = (typeof ROLES)[number];

export type Point = readonly [x: number, y: number];
export type Range = readonly [low: number, high: number];

export interface Scenario {
  version: 1;
  /** The file's name without `.json`. */
  id: string;
  /** The folder it belongs to: `academy`, `match`, ... */
  suite: string;
  title: string;
  /** What a learner takes from it, one sentence. */
  teaches: string;
  /** What the agent is told to do. */
  goal: string;
  /** Episode length in env steps. */
  steps: number;
  /** Physics ticks in an env step of 0.1 s. */
  ticksPerStep: number;
  ball: Point;
  /** What is under way when the episode starts; without it the ball lies free, at 0-0 and minute 0. */
  start?: Start;
  left: TeamSetup;
  right: TeamSetup;
  control: { left: Control; right: Control };
  rules: Rules;
  /** Weights of the reward terms; without it GRF's `scoring`. */
  rewards?: RewardWeights;
  /** Env steps that a policy's decision lasts, or as long as nothing new comes up; without it the policy's choice. */
  decisionSteps?: number | "adaptive";
  variation?: Variation;
}

/** A moment of play, beside the positions. Velocities are in metres a second, in the frame of the pitch. */
export interface Start {
  score?: readonly [left: number, right: number];
  /** Seconds on the match clock; the episode's length is not touched. */
  clock?: number;
  /** Who has the ball at his feet. */
  owner?: Member;
  /** The third number is upwards. */
  ballVelocity?: readonly [x: number, y: number, z: number];
  /** Metres above the grass. */
  ballHeight?: number;
}

/** docs/REWARDS.md says what each is. */
export const REWARD_TERMS = [
  "scoring",
  "checkpoints",
  "magebench",
  "magebench_capped",
  "possession",
  "territory",
  "expected_goals",
  "approach",
] as const;
export type RewardTerm = (typeof REWARD_TERMS)[number];
export type RewardWeights = Readonly<Partial<Record<RewardTerm, number>>>;

export interface TeamSetup {
  name: string;
  /** Skill of the built-in players, 0 to 1. */
  difficulty: number;
  players: readonly PlayerSetup[];
}

export interface PlayerSetup {
  role: Role;
  position: Point;
  /** Where he starts when the other team kicks off; `position` without it. */
  receiving?: Point;
  /** Metres a second at the start. */
  velocity?: readonly [x: number, y: number];
  /** His own skill, 0 to 1, where it is not the team's difficulty. */
  skill?: number;
  /** GRF's tired factor at the start: 0 fresh (without it), 1 spent. */
  tired?: number;
  /** A lazy player stands still until the ball comes to him (GRF's `lazy`). */
  lazy?: boolean;
  /** Whether a policy may be given this player (GRF's `controllable`, true by default). */
  controllable?: boolean;
}

/**
 * Who is under control: nobody, the player at the ball (GRF's default: it switches), all, a fixed list of
 * places in the team's list of players, from 0, or a number of players: the first at the ball, the others his mates.
 */
export type Control = "none" | "ball" | "all" | readonly number[] | { readonly count: number };

export interface Rules {
  /** Law 11. */
  offside: boolean;
  /** Law 12: fouls, with advantage, free kicks and penalties. */
  fouls: boolean;
  /** Yellow and red cards for fouls. */
  cards: boolean;
  /** Players tire as they run. */
  fatigue: boolean;
  /** The env step at which the second half begins, with a kick-off by the other team (GRF's `second_half`). */
  secondHalf: number | null;
  /** Time lost to goals and cards is added at the end of each half. */
  stoppage: boolean;
  /** Who kicks off at the start; null when play starts from the given positions. */
  kickOff: "left" | "right" | "by-seed" | null;
  endOnScore: boolean;
  endOnPossessionChange: boolean;
  endOnOutOfPlay: boolean;
}

/**
 * How `--vary` changes the start, so that a policy that never looks can be told from one that does.
 * Everything is drawn from the episode's seed: first one of `choices`, then every shift, then the reflection.
 */
export interface Variation {
  /** Half of the episodes are reflected top to bottom. */
  reflect: boolean;
  /** Each moves its members together by one offset drawn from its ranges. */
  shifts: readonly Shift[];
  /** One is drawn; its placements replace the fixed positions (the side of the free space in a drill). */
  choices?: readonly (readonly Placement[])[];
}

/** `ball`, or a player as `left.0`: the side and the place in its list of players. */
export type Member = string;

export interface Shift {
  members: readonly Member[];
  x: Range;
  y: Range;
}

export interface Placement {
  member: Member;
  position: Point;
}
