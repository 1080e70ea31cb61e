/**
 * @file GRF's full games as its sources state them (google-research/football, gfootball/scenarios), written down
 * apart from our files so that a slip in one of them shows. Each team in its own frame: own goal at x = -1.
 */

export interface MatchRow {
  id: string;
  /** "ROLE x y", in GRF's order: the team that kicks off, and the other. */
  first: readonly string[];
  second: readonly string[];
  difficulties: readonly [left: number, right: number];
  steps: number;
  secondHalf?: number;
  notControllable?: readonly number[];
}

/** The usual eleven. */
const KICK_OFF_TEAM = [
  "GK -1 0",
  "RM 0 0.02",
  "CF 0 -0.02",
  "LB -0.422 -0.19576",
  "CB -0.5 -0.06356",
  "CB -0.5 0.063559",
  "RB -0.422 0.19576",
  "CM -0.184212 -0.10568",
  "CM -0.267574 0",
  "CM -0.184212 0.10568",
  "LM -0.01 -0.2161",
];

/** The same when the other team kicks off. */
const OTHER_TEAM = KICK_OFF_TEAM.with(1, "RM -0.05 0").with(2, "CF -0.01 0.216102");

/** Kaggle's roles stand in another order (GRF issue 320). */
const KAGGLE_TEAM = [
  "GK -1 0",
  "LB -0.422 -0.19576",
  "CB -0.5 -0.06356",
  "CB -0.5 0.063559",
  "RB -0.422 0.19576",
  "CM -0.184212 -0.10568",
  "CM -0.267574 0",
  "CM -0.184212 0.10568",
  "LM -0.01 -0.2161",
  "CF 0 0.02",
  "RM 0 -0.02",
];

const FIVE = ["GK -1 0", "RM 0 0.02", "CF 0 -0.02", "LB -0.1 -0.1", "CB -0.1 0.1"];

const elevens = { first: KICK_OFF_TEAM, second: OTHER_TEAM, steps: 3000 };

export const MATCHES: readonly MatchRow[] = [
  { id: "11_vs_11_stochastic", ...elevens, difficulties: [1, 0.6] },
  { id: "11_vs_11_easy_stochastic", ...elevens, difficulties: [1, 0.05] },
  { id: "11_vs_11_hard_stochastic", ...elevens, difficulties: [1, 0.95] },
  { id: "11_vs_11_competition", ...elevens, difficulties: [1, 1] },
  {
    id: "11_vs_11_kaggle",
    first: KAGGLE_TEAM,
    second: KAGGLE_TEAM.with(9, "CF -0.05 0").with(10, "RM -0.01 0.216102"),
    difficulties: [1, 1],
    steps: 3000,
    secondHalf: 1500,
  },
  {
    id: "5_vs_5",
    first: FIVE,
    second: FIVE.with(1, "RM -0.04 0.04").with(2, "CF -0.04 -0.04"),
    difficulties: [0.05, 0.05],
    steps: 3000,
    notControllable: [0],
  },
  { id: "1_vs_1_easy", first: ["GK -1 0"], second: ["GK -1 0"], difficulties: [0, 0], steps: 500 },
];
