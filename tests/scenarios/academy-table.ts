/**
 * @file GRF's scenarios as its sources state them (google-research/football, gfootball/scenarios), written down
 * apart from our files so that a slip in one of them shows. Both teams in the one frame of the pitch.
 */

export interface AcademyRow {
  id: string;
  ball: readonly [number, number];
  /** "ROLE x y", in GRF's order. */
  left: readonly string[];
  right: readonly string[];
  /** Right players who are lazy. */
  lazy?: readonly number[];
  /** End on score, on out of play, on change of possession. */
  ends: readonly [boolean, boolean, boolean];
  steps: number;
}

const chasers = ["LB -0.12 -0.2", "CB -0.12 -0.1", "CM -0.12 0", "CB -0.12 0.1", "RB -0.12 0.2"];

const counterattackLeft = [
  "GK -1 0",
  "LB -0.672 -0.19576",
  "CB -0.75 -0.06356",
  "CB -0.75 0.063559",
  "RB -0.672 0.19576",
  "CM -0.434 -0.10568",
  "CM -0.434 0.10568",
  "CM 0.5 -0.3161",
  "LM 0.25 -0.1",
  "RM 0.25 0.1",
  "CF 0.35 0.316102",
];

const counterattackRight = (firstCentreBack: string) => [
  "GK 1 0",
  "LB -0.128 0.19576",
  firstCentreBack,
  "CB 0.4 -0.063559",
  "RB -0.128 0.19576",
  "CM -0.365 0.10568",
  "CM -0.282 0",
  "CM -0.365 -0.10568",
  "LM -0.54 0.3161",
  "RM -0.51 0",
  "CF -0.54 -0.316102",
];

const all = [true, true, true] as const;

export const ACADEMY: readonly AcademyRow[] = [
  {
    id: "academy_empty_goal_close",
    ball: [0.77, 0],
    left: ["GK -1 0", "CB 0.75 0"],
    right: ["GK -1 0"],
    ends: all,
    steps: 400,
  },
  {
    id: "academy_empty_goal",
    ball: [0.02, 0],
    left: ["GK -1 0", "CB 0 0"],
    right: ["GK -1 0"],
    ends: all,
    steps: 400,
  },
  {
    id: "academy_run_to_score",
    ball: [0.02, 0],
    left: ["GK -1 0", "CB 0 0"],
    right: ["GK -1 0", ...chasers],
    ends: all,
    steps: 400,
  },
  {
    id: "academy_run_to_score_with_keeper",
    ball: [0.02, 0],
    left: ["GK -1 0", "CB 0 0"],
    right: ["GK 1 0", ...chasers],
    ends: all,
    steps: 400,
  },
  {
    id: "academy_pass_and_shoot_with_keeper",
    ball: [0.7, -0.28],
    left: ["GK -1 0", "CB 0.7 0", "CB 0.7 -0.3"],
    right: ["GK 1 0", "CB 0.75 -0.3"],
    ends: all,
    steps: 400,
  },
  {
    id: "academy_run_pass_and_shoot_with_keeper",
    ball: [0.7, -0.28],
    left: ["GK -1 0", "CB 0.7 0", "CB 0.7 -0.3"],
    right: ["GK 1 0", "CB 0.75 -0.1"],
    ends: all,
    steps: 400,
  },
  {
    id: "academy_3_vs_1_with_keeper",
    ball: [0.62, 0],
    left: ["GK -1 0", "CM 0.6 0", "CM 0.7 0.2", "CM 0.7 -0.2"],
    right: ["GK 1 0", "CB 0.75 0"],
    ends: all,
    steps: 400,
  },
  {
    id: "academy_corner",
    ball: [0.99, 0.41],
    left: [
      "GK -1 0",
      "LB 1 0.42",
      "CB 0.7 0.15",
      "CB 0.7 0.05",
      "RB 0.7 -0.05",
      "CM 0 0",
      "CM 0.6 0.35",
      "CM 0.8 0.07",
      "LM 0.8 -0.03",
      "RM 0.8 -0.13",
      "CF 0.7 -0.3",
    ],
    right: [
      "GK 1 0",
      "LB 0.75 0.18",
      "CB 0.75 0.08",
      "CB 0.75 -0.02",
      "RB 1 0.1",
      "CM 0.8 0.25",
      "CM 0.88 0.07",
      "CM 0.88 -0.03",
      "LM 0.88 -0.13",
      "RM 0.75 -0.25",
      "CF 0.2 0",
    ],
    ends: [true, true, false],
    steps: 400,
  },
  {
    id: "academy_counterattack_easy",
    ball: [0.26, -0.11],
    left: counterattackLeft,
    right: counterattackRight("CB -0.4 0.06356"),
    ends: all,
    steps: 400,
  },
  {
    id: "academy_counterattack_hard",
    ball: [0.26, -0.11],
    left: counterattackLeft,
    right: counterattackRight("CB 0.4 0.06356"),
    ends: all,
    steps: 400,
  },
  {
    id: "academy_single_goal_versus_lazy",
    ball: [-0.48, -0.06356],
    left: [
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
    ],
    right: [
      "GK 1 0",
      "RM 0.05 0",
      "CF 0.01 -0.216102",
      "LB 0.422 0.19576",
      "CB 0.5 0.06356",
      "CB 0.5 -0.063559",
      "RB 0.422 -0.19576",
      "CM 0.184212 0.10568",
      "CM 0.267574 0",
      "CM 0.184212 -0.10568",
      "LM 0.01 0.2161",
    ],
    lazy: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10],
    ends: all,
    steps: 3000,
  },
];
