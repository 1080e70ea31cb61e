/** @file Arbitrary episodes, for properties of the codec. */
import * as fc from "fast-check";
import type { DecisionRecord, EpisodeRecord, StepRecord } from "../../env/episode/index.ts";
import { EPISODE_FORMAT, EPISODE_VERSIONS, writeLine } from "../../env/episode/index.ts";
import type { Action, Control, FootballEvent } from "../../env/football/index.ts";
import { ACTION_SETS, PHYSICS_BUILD, REWARD_TERMS } from "../../env/football/index.ts";
import { loadScenario } from "../../scenarios/load.ts";
import { FRAME_DEFAULTS } from "../../env/frame/index.ts";

const scenario = loadScenario("academy_empty_goal_close");

const count = fc.nat(5000);
const number = fc.double({ noNaN: true, noDefaultInfinity: true }).map((x) => x + 0);
const hash = fc.stringMatching(/^[0-9a-f]{16}$/);
const event: fc.Arbitrary<FootballEvent> = fc.record({
  tick: count,
  player: fc.integer({ min: -1, max: 21 }),
  team: fc.constantFrom(0, 1),
  kind: fc.constantFrom("clearance", "slide", "post"),
});
const events = fc.array(event, { maxLength: 2 });
const text = fc.string({ unit: "binary", maxLength: 40 });

const control = fc.constantFrom<Control>("ball", "all", "none", [0, 3], { count: 2 });
const action: fc.Arbitrary<Action> = fc.oneof(
  fc.nat(32),
  text,
  fc.record({ direction: fc.tuple(number, number), power: number, loft: number, kick: number }),
);

const rewards = fc.dictionary(fc.constantFrom(...REWARD_TERMS), number);
const withoutRewards = fc.record({
  kind: fc.constant("header" as const),
  format: fc.constant(EPISODE_FORMAT),
  version: fc.constantFrom(...EPISODE_VERSIONS),
  physics: fc.constant(PHYSICS_BUILD),
  // The codec carries the scenario as it is and does not look inside.
  scenario: text.map((title) => ({ ...scenario, title })),
  seed: count,
  vary: fc.boolean(),
  control: fc.record({ left: control, right: control }),
  actions: fc.constantFrom(...ACTION_SETS),
  frame: fc.constantFrom(FRAME_DEFAULTS, null),
  policies: fc.record({ left: fc.option(text), right: fc.option(text) }),
});
const header: fc.Arbitrary<EpisodeRecord> = fc
  .tuple(withoutRewards, fc.oneof(fc.constant({}), fc.record({ rewards })))
  .map(([whole, given]) => Object.assign({}, whole, given));
const reset: fc.Arbitrary<EpisodeRecord> = fc.record({ kind: fc.constant("reset"), events, state: hash });
const step: fc.Arbitrary<Omit<StepRecord, "step">> = fc.record({
  kind: fc.constant("step"),
  tick: count,
  players: fc.constant([1, 2]),
  actions: fc.tuple(action, action),
  reward: number,
  terms: fc.dictionary(fc.stringMatching(/^[a-z]{1,8}$/), number),
  events,
  state: hash,
  ticks: fc.array(fc.stringMatching(/^[0-9a-f]{8}$/), { maxLength: 12 }).map((hashes) => hashes.join("")),
  frame: hash,
});
const decision = fc.record({ place: fc.nat(3), action, text, unparsed: fc.boolean() });
const end: fc.Arbitrary<EpisodeRecord> = fc.record({
  kind: fc.constant("end"),
  terminated: fc.boolean(),
  truncated: fc.boolean(),
  ended: fc.constantFrom("goal", "time", null),
  score: fc.tuple(fc.nat(9), fc.nat(9)),
  steps: count,
  return: fc.record({ total: number, goal: number }),
});

/** A whole episode as its list of records. */
export const anyEpisode: fc.Arbitrary<EpisodeRecord[]> = fc
  .tuple(header, reset, fc.array(fc.tuple(fc.option(decision), step), { maxLength: 6 }), end)
  .map(([header, reset, played, end]) => [header, reset].concat(played.flatMap(stepRecords), end));

function stepRecords(
  [said, played]: [Omit<DecisionRecord, "kind" | "step"> | null, Omit<StepRecord, "step">],
  i: number,
): EpisodeRecord[] {
  const step: StepRecord = { ...played, step: i + 1 };
  return said === null ? [step] : [{ kind: "decision", step: i + 1, ...said }, step];
}

/** The bytes of a file with these lines, which need not be right. */
export function writeEpisode(records: readonly unknown[]): Uint8Array {
  const lines = records.map((value) => {
    const record: EpisodeRecord = JSON.parse(JSON.stringify(value));
    return writeLine(record);
  });
  return new TextEncoder().encode(lines.join(""));
}
