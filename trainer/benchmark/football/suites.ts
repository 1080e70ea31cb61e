/** @file Suites of football: which scenarios are played, by what rules, and what an episode scores. */
import type { Clock } from "../../../agent/match/index.ts";
import type { EndRecord } from "../../../env/episode/index.ts";
import type { Scenario } from "../../../env/football/index.ts";
import { listScenarios, loadScenario } from "../../../scenarios/load.ts";
import {
  REGION_IDS,
  REGION_MINI_IDS,
  regionScenario,
  situationOf,
} from "../../../scenarios/regions/index.ts";
import { MAGEBENCH, type PlayRules } from "./rules.ts";

export interface FootballSuite {
  name: string;
  about: string;
  /** In the order in which they are played. */
  scenarios(): Scenario[];
  /** Of each scenario, where nobody says otherwise (100). */
  episodes?: number;
  /** What an episode's score is, in a few words. */
  scored: string;
  score(end: EndRecord): number;
  /** Another score that is told beside it. */
  also?: { scored: string; score: (end: EndRecord) => number };
  /** By what results are broken down besides the scenario, and printed instead of it. */
  groupsOf?: (scenario: string) => Readonly<Record<string, string>>;
  /** Without them everybody plays as he does elsewhere. */
  rules?: PlayRules;
  /** What the suite is about, so that nobody may say otherwise. */
  clock?: Clock;
}

const MATCHES = ["11_vs_11_easy_stochastic", "11_vs_11_stochastic", "11_vs_11_hard_stochastic"];

const ACADEMY: FootballSuite = {
  name: "academy",
  about: "the eleven drills of GRF's academy: goals in an episode, and whether it succeeds",
  scenarios: () => listScenarios().filter(({ suite }) => suite === "academy"),
  scored: "goals",
  score: ({ score: [goals] }) => goals,
};

const REGIONS = {
  scored: "exact score",
  score: ({ return: { magebench = 0 } }: EndRecord) => magebench,
  also: { scored: "capped", score: ({ return: { magebench_capped = 0 } }: EndRecord) => magebench_capped },
  groupsOf: (scenario: string) => {
    const { region, kind } = situationOf(scenario)!;
    return { kind, region: `${region}` };
  },
  // MageBench repeats so often.
  episodes: 10,
  rules: MAGEBENCH,
};

export const FOOTBALL_SUITES: readonly FootballSuite[] = [
  ACADEMY,
  {
    name: "matches",
    about: "eleven against eleven of three difficulties: goal difference, and how often it is won",
    scenarios: () => {
      const all = listScenarios();
      return MATCHES.map((id) => all.find((scenario) => scenario.id === id)!);
    },
    scored: "goal difference",
    score: ({ score: [left, right] }) => left - right,
  },
  {
    ...REGIONS,
    name: "regions",
    about: "108 moments of eleven against eleven all over the pitch, by MageBench-Football's rules and score",
    scenarios: () => REGION_IDS.map((id) => regionScenario(id)!),
  },
  {
    ...REGIONS,
    name: "regions-mini",
    about: "20 of the regions' moments",
    scenarios: () => REGION_MINI_IDS.map((id) => regionScenario(id)!),
  },
  {
    ...ACADEMY,
    name: "realtime",
    about: "the academy again, and the game goes on while somebody thinks",
    episodes: 10,
    clock: "realtime",
  },
];

/** What a run of one scenario is called before the scenario's id. */
export const ONE = "scenario:";

/** One of the suites, or `scenario:ID`. @throws TouchlineError what loading the scenario throws. */
export function footballSuite(name: string): FootballSuite | undefined {
  if (name.startsWith(ONE)) return suiteOfOne(loadScenario(name.slice(ONE.length)));
  return FOOTBALL_SUITES.find((suite) => suite.name === name);
}

/** A scenario by itself, such as one of the user's own. */
function suiteOfOne(scenario: Scenario): FootballSuite {
  return {
    name: `${ONE}${scenario.id}`,
    about: scenario.teaches,
    scenarios: () => [scenario],
    scored: "goals",
    score: ({ score: [goals] }) => goals,
  };
}
