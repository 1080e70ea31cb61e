/** @file Suites of football: which scenarios are played, and what an episode scores. */
import type { EndRecord } from "../../../env/episode/index.ts";
import type { Scenario } from "../../../env/football/index.ts";
import { listScenarios } from "../../../scenarios/load.ts";

export interface FootballSuite {
  name: string;
  about: string;
  /** In the order in which they are played. */
  scenarios(): Scenario[];
  /** What an episode's score is, in a few words. */
  scored: string;
  score(end: EndRecord): number;
}

const MATCHES = ["11_vs_11_easy_stochastic", "11_vs_11_stochastic", "11_vs_11_hard_stochastic"];

export const FOOTBALL_SUITES: readonly FootballSuite[] = [
  {
    name: "academy",
    about: "the eleven drills of GRF's academy: goals in an episode, and whether it succeeds",
    scenarios: () => listScenarios().filter(({ suite }) => suite === "academy"),
    scored: "goals",
    score: ({ score: [goals] }) => goals,
  },
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
];

export function footballSuite(name: string): FootballSuite | undefined {
  return FOOTBALL_SUITES.find((suite) => suite.name === name);
}
