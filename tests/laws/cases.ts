/**
 * @file One case for each law: a start from which it is likely to happen soon, and how to see in the events that it
 * has. `record.ts` looks for a seed; the recordings lie in docs/laws.
 */
import type { Policy } from "../../agent/policy/index.ts";
import type { FootballEvent, Scenario } from "../../env/football/index.ts";
import { chance, makeRandom } from "../../env/random.ts";
import { loadScenario } from "../../scenarios/load.ts";

export interface LawCase {
  /** The name of the recording. */
  id: string;
  title: string;
  /** Its number in the Laws of the Game. */
  law: string;
  /** What is to be seen, a sentence for docs/LAWS.md. */
  shows: string;
  scenario: Scenario;
  /** Who plays the right team; without one its built-in players do. */
  right?: () => Policy;
  /** The tick at which the case is complete; undefined while it is not. */
  readonly doneAt: (events: readonly FootballEvent[]) => number | undefined;
}

const LAWS = {
  offside: true,
  fouls: true,
  cards: true,
  fatigue: true,
  secondHalf: null,
  stoppage: false,
} as const;

/** A whole match from its kick-off. */
function match(rules: Partial<Scenario["rules"]> = {}): Scenario {
  const scenario = loadScenario("11_vs_11_stochastic");
  return {
    ...scenario,
    left: { ...scenario.left, difficulty: 0.7 },
    right: { ...scenario.right, difficulty: 0.7 },
    control: { left: "none", right: "none" },
    rules: { ...scenario.rules, ...LAWS, ...rules },
  };
}

/** The left team is about to reach the right one's goal. */
function attack(rules: Partial<Scenario["rules"]> = {}): Scenario {
  const scenario = loadScenario("academy_counterattack_hard");
  return {
    ...scenario,
    right: { ...scenario.right, difficulty: 1 },
    control: { left: "none", right: "none" },
    rules: { ...scenario.rules, ...LAWS, ...rules },
    ends: [],
  };
}

/** Plays as built-in players do, but slides far too often: red cards are rare among the others. */
function reckless(): Policy {
  let random = makeRandom(0);
  return {
    name: "reckless",
    privileged: true,
    start: ({ seed }) => void (random = makeRandom(seed)),
    decide: ({ advise }) => ({ action: chance(random, 0.1) ? "sliding" : advise(1, random) }),
  };
}

type Kind = FootballEvent["kind"];
type Of<K extends Kind> = Extract<FootballEvent, { kind: K }>;

/** The tick of the first event of this kind. */
function first<K extends Kind>(
  events: readonly FootballEvent[],
  kind: K,
  holds: (event: Of<K>) => boolean = () => true,
): number | undefined {
  return events.find((event): event is Of<K> => event.kind === kind && holds(event as Of<K>))?.tick;
}

/** The first of `later` after a tick that may not have come. */
function after(
  events: readonly FootballEvent[],
  tick: number | undefined,
  later: (events: readonly FootballEvent[]) => number | undefined,
): number | undefined {
  return tick === undefined ? undefined : later(events.filter((event) => event.tick > tick));
}

export const CASES: readonly LawCase[] = [
  {
    id: "kick-off",
    title: "Kick-off",
    law: "8",
    shows: "The match begins: everybody is in his own half, opponents outside of the circle.",
    scenario: match(),
    doneAt: (events) => first(events, "kick-off"),
  },
  {
    id: "throw-in",
    title: "Throw-in",
    law: "15",
    shows: "The ball crosses a touchline, and the other team throws it in where it did.",
    scenario: match(),
    doneAt: (events) => first(events, "throw-in"),
  },
  {
    id: "goal-kick",
    title: "Goal kick",
    law: "16",
    shows: "The attackers put the ball over the goal line beside the goal.",
    scenario: attack(),
    doneAt: (events) => first(events, "goal-kick"),
  },
  {
    id: "corner",
    title: "Corner",
    law: "17",
    shows: "A defender is the last to touch the ball before it crosses his own goal line.",
    scenario: attack(),
    doneAt: (events) => first(events, "corner"),
  },
  {
    id: "direct-free-kick",
    title: "Direct free kick",
    law: "12 and 13",
    shows: "A foul outside of the penalty area; the opponents keep 9.15 m away.",
    scenario: match(),
    doneAt: (events) => {
      const foul = first(events, "foul", ({ penalty }) => !penalty);
      return after(events, foul, (later) => first(later, "free-kick", ({ indirect }) => !indirect));
    },
  },
  {
    id: "offside",
    title: "Offside and indirect free kick",
    law: "11 and 13",
    shows: "A pass to a player behind the second last defender; an indirect free kick follows.",
    scenario: attack(),
    doneAt: (events) =>
      after(events, first(events, "offside"), (later) =>
        first(later, "free-kick", ({ indirect }) => indirect),
      ),
  },
  {
    id: "penalty",
    title: "Penalty",
    law: "12 and 14",
    shows: "A foul in the offender's own penalty area.",
    scenario: attack(),
    doneAt: (events) => first(events, "penalty"),
  },
  {
    id: "yellow-card",
    title: "Yellow card",
    law: "12",
    shows: "A hard foul: the offender is booked, and has a card at his shirt from then on.",
    scenario: match(),
    doneAt: (events) => first(events, "yellow-card"),
  },
  {
    id: "red-card",
    title: "Red card",
    law: "12",
    shows: "A foul for which the offender is sent off; his team goes on with a player less.",
    scenario: match(),
    right: reckless,
    doneAt: (events) => first(events, "red-card"),
  },
  {
    id: "advantage",
    title: "Advantage",
    law: "5",
    shows: "A foul after which the team that suffered it keeps the ball: play goes on.",
    scenario: match(),
    doneAt: (events) => first(events, "advantage"),
  },
  {
    id: "half-time",
    title: "Half-time",
    law: "7 and 8",
    shows: "The first half ends, the teams change ends, and the other one kicks off.",
    scenario: match({ secondHalf: 40 }),
    doneAt: (events) => after(events, first(events, "half-time"), (later) => first(later, "kick-off")),
  },
  {
    id: "stoppage",
    title: "Stoppage time",
    law: "7",
    shows: "A goal costs time, which is added: the match goes on after its last step.",
    scenario: { ...attack({ stoppage: true }), steps: 60 },
    doneAt: (events) => after(events, first(events, "goal"), (later) => first(later, "full-time")),
  },
  {
    id: "back-pass",
    title: "Back-pass",
    law: "12",
    shows: "A pass to the own keeper, who plays it with his feet, for he may not touch it with his hands.",
    scenario: match(),
    doneAt: (events) =>
      first(events, "pass-completed", ({ player, from }) => (player === 0 || player === 11) && from >= 0),
  },
];
