/**
 * @file What pages hear of scenarios, and say to write and to try them. The list comes over the socket whenever it changes;
 * a scenario is larger than a viewer's message may be, so it goes by HTTP: `GET /scenarios/read?id=ID`, and
 * `POST /scenarios/save` and `/scenarios/play`. All of it wants the right to play.
 */

/** The text of a scenario that is saved or played is no longer. */
export const SCENARIO_BYTES_MAX = 262_144;
export const SCENARIO_ID_MAX = 100;
/** So many files of one's own are listed. */
export const SCENARIOS_MAX = 2000;

/** A scenario in the list. */
export interface ScenarioCard {
  id: string;
  suite: string;
  title: string;
  teaches: string;
  players: readonly [left: number, right: number];
  /** It lies in a folder of the user's own. */
  own: boolean;
  /** What is wrong with its file; of the rest then only the id is known. */
  error?: string;
}

export interface ScenarioList {
  scenarios: readonly ScenarioCard[];
  /** Where the editor saves; null where the server was started without a folder for it. */
  folder: string | null;
  /** Who can play a draft. */
  policies: readonly string[];
}

/** Whether a page looks at scenarios from now on. */
export interface ScenariosRequest {
  look: boolean;
}

/** One scenario, complete. */
export interface ScenarioRead {
  scenario: unknown;
  /** Names the text of its file, so that nobody writes over what he has not read; null where it cannot be saved. */
  stamp: string | null;
}

export interface SaveRequest {
  scenario: unknown;
  /** Of what was read, or null for a new file. */
  stamp: string | null;
}

export interface Saved {
  id: string;
  stamp: string;
}

export interface DraftRequest {
  scenario: unknown;
  policy: string;
  /** null leaves the right side to whom the scenario names, "none" to its built-in players. */
  opponent: string | null;
  /** Start from its variation instead of its fixed positions. */
  vary: boolean;
  seed: number;
}
