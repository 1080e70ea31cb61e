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
  version: 2;
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
  pitch?: PitchSetup;
  /** Parts of the pitch with a name: for what ends an episode, where somebody starts, and to be seen. */
  zones?: readonly Zone[];
  /** What stands in the way of players and of a low ball. */
  obstacles?: readonly Obstacle[];
  ball: Point;
  /** What is under way when the episode starts; without it the ball lies free, at 0-0 and minute 0. */
  start?: Start;
  left: TeamSetup;
  right: TeamSetup;
  control: { left: Control; right: Control };
  rules: Rules;
  /** What ends an episode before its steps are over; where several happen in one step, the first of the list. */
  ends: readonly End[];
  /** Who plays the right side where it is under control and nobody is named: a policy as on the command line. */
  opponent?: string;
  /** Weights of the reward terms; without it GRF's `scoring`. */
  rewards?: RewardWeights;
  /** Env steps that a policy's decision lasts, or as long as nothing new comes up; without it the policy's choice. */
  decisionSteps?: number | "adaptive";
  /** How it is seen where nobody says otherwise. */
  observation?: ObservationSetup;
  variation?: Variation;
  /** A curriculum, from easy to hard: scenario ID at level N is played as `ID@N`, from 1. */
  levels?: readonly Level[];
  /** What `touchline scenario validate` holds it against. */
  checks?: readonly Check[];
}

/** In metres; GRF's measures where left out. Markings shrink with it. */
export interface PitchSetup {
  length?: number;
  width?: number;
  goalWidth?: number;
  goalHeight?: number;
}

export const ZONE_COLOURS = ["blue", "orange", "pink", "white"] as const;
export type ZoneColour = (typeof ZONE_COLOURS)[number];

export interface Zone {
  name: string;
  /** Two opposite corners. */
  from: Point;
  to: Point;
  /** Drawn on the grass in this colour; not at all without it. */
  colour?: ZoneColour;
}

/** A round one (a mannequin, a post) or a box (a wall) along the touchlines, 1.8 m high: a higher ball passes over. */
export interface Obstacle {
  at: Point;
  /** Metres. */
  radius?: number;
  /** Metres along and across the pitch. */
  size?: readonly [length: number, width: number];
}

export type Side = "left" | "right";
export type Result = "success" | "failure";

export const ENDED = [
  "goal",
  "out-of-play",
  "possession-lost",
  "possession",
  "passes",
  "enters",
  "leaves",
  "time",
] as const satisfies readonly End["when"][];

/**
 * When an episode ends. With a `result` anywhere in the list, an episode is won by the `success` that ended it; else the
 * left side wins by goals.
 */
export type End = {
  result?: Result;
} & (
  | { when: "goal"; by?: Side }
  /** The ball is out, or there is another restart (GRF's rule). */
  | { when: "out-of-play" }
  /** The other side than that which had it gets the ball (GRF's rule). */
  | { when: "possession-lost" }
  /** So many steps one side has had the ball. */
  | { when: "possession"; by: Side; steps: number }
  | { when: "passes"; by: Side; count: number }
  /** Who is in the zone at the end of a step; with `by` only while a player of that side has the ball. */
  | { when: "enters"; who: Member; zone: string; by?: Side }
  /** Who was in the zone and is no more. */
  | { when: "leaves"; who: Member; zone: string }
  /** The steps are over. */
  | { when: "time" }
);

/** As the options of an env have it; those of the caller, and a policy's own frame, come first. */
export interface ObservationSetup {
  frame?: FrameSetup;
  /** How much the observation in words tells. */
  detail?: "short" | "full";
}

export interface FrameSetup {
  camera?: "pitch" | "ball";
  windowMetres?: number;
  hud?: boolean;
  numbers?: boolean;
  facing?: boolean;
  grid?: boolean;
  marks?: boolean;
}

export interface Level {
  title: string;
  /** A merge patch (RFC 7396) of the scenario. */
  changes: Readonly<Record<string, unknown>>;
}

export interface Check {
  policy: string;
  /** At this level, from 1; of the scenario itself without it. */
  level?: number;
  /** Shares of episodes that are won. */
  atLeast?: number;
  atMost?: number;
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
  "result",
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
  /** Each from 0 to 1 in the place of his skill: how fast he runs, and how well he holds his own in a challenge. */
  pace?: number;
  strength?: number;
  /** 0 tires twice as fast as usual, 1 never; 0.5 is usual. */
  stamina?: number;
  /** Metres, 1.5 to 2.1: how high he heads the ball. 1.8 is usual. */
  height?: number;
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
}

export const CONSTRAINTS = [
  "keepers-on-line",
  "nobody-offside",
  "ball-free",
  "left-nearer",
  "right-nearer",
] as const;
/**
 * `keepers-on-line` puts them there; the others are held by drawing again: nobody in an offside position, nobody within
 * a metre of the ball, or a player of this side the nearest to it.
 */
export type Constraint = (typeof CONSTRAINTS)[number];

/**
 * How `--vary` changes the start, so that a policy that never looks can be told from one that does.
 * Everything is drawn from the episode's seed: first one of `choices`, then every shift, then the scatters, then the
 * reflection. A start that breaks a constraint, or in which somebody stands in an obstacle, is drawn again; after 200 draws
 * the fixed positions are played.
 */
export interface Variation {
  /** Half of the episodes are reflected top to bottom. */
  reflect: boolean;
  /** Each moves its members together by one offset drawn from its ranges. */
  shifts: readonly Shift[];
  /** One is drawn; its placements replace the fixed positions (the side of the free space in a drill). */
  choices?: readonly (readonly Placement[])[];
  /** Each puts its members somewhere in a zone, each for himself. */
  scatters?: readonly Scatter[];
  constraints?: readonly Constraint[];
}

/** `ball`, or a player as `left.0`: the side and the place in its list of players. */
export type Member = string;

export interface Shift {
  members: readonly Member[];
  x: Range;
  y: Range;
}

export interface Scatter {
  members: readonly Member[];
  zone: string;
}

export interface Placement {
  member: Member;
  position: Point;
}
