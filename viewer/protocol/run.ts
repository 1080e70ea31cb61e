/** @file What pages hear of training runs, whose folders the server reads: the list, the curves of one, its episodes. */

/** So many runs are listed, the newest ones. */
export const RUNS_MAX = 200;
export const RUN_ID_MAX = 200;
/** So many curves of a run are sent, and of each at first so many points. */
export const CURVES_MAX = 64;
export const CURVE_NAME_MAX = 80;
export const POINTS_MAX = 1000;
/** So many episodes of a step are listed, and so many of its questions. */
export const EPISODES_MAX = 200;
export const FILE_NAME_MAX = 200;

/** A run in the list. */
export interface RunCard {
  /** Its folder, as the path from the folder of all runs. */
  id: string;
  /** Its metrics have grown lately, and it has steps to go. */
  live: boolean;
  /** The last step that it tells of; 0 before the first. */
  step: number;
  /** How many there will be, where its recipe says so. */
  steps: number | null;
  /** The last value of `charts/reward`. */
  reward: number | null;
  /** When its metrics last grew, in milliseconds since 1970. */
  changedMs: number;
}

export interface RunList {
  /** The folder of all runs, as the server was told. */
  folder: string;
  runs: readonly RunCard[];
}

/** One metric over the steps that have it, which rise. */
export interface Curve {
  name: string;
  steps: readonly number[];
  values: readonly number[];
}

/** All that there is of a run, thinned; it takes the place of what was sent before. */
export interface Curves {
  run: string;
  curves: readonly Curve[];
  /** The steps that have episodes or sampled questions, the last ones. */
  episodes: readonly number[];
}

/** What a run has more. */
export interface CurveNews {
  run: string;
  /** To be put at the ends of those that are known. */
  points: readonly Curve[];
  /** The whole list, where it is another than before. */
  episodes?: readonly number[];
}

/** What a page looks at from now on; it hears of nothing else. */
export interface RunsRequest {
  /** Whether it looks at runs at all. */
  look: boolean;
  /** The run whose curves it wants. */
  run: string | null;
}

/** A step of a run. */
export interface PointRequest {
  run: string;
  step: number;
}

/** One recorded episode of a run. */
export interface EpisodeRequest extends PointRequest {
  /** A file of the step's folder. */
  file: string;
}

/** Where the match of a recorded episode stands that somebody opened. */
export interface Opened {
  match: string;
}

/** A recorded episode in the list of its step. */
export interface EpisodeCard {
  file: string;
  scenario: string;
  seed: number;
  /** Undefined where the record has no end. */
  score?: readonly [number, number] | undefined;
  steps?: number | undefined;
  return?: number | undefined;
}

/** A question that was asked while the run learned, with what was answered. Texts are a model's: shown as text only. */
export interface Sample {
  prompt: string;
  response: string;
  gold: string;
  reward: number | null;
  format: number | null;
  accuracy: number | null;
}

/** What a point of a curve opens. */
export interface PointDetail {
  run: string;
  /** The step that has them: the one that was asked for, or the nearest before it; null where there is none. */
  step: number | null;
  episodes: readonly EpisodeCard[];
  samples: readonly Sample[];
}
