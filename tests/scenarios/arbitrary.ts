/** @file Scenarios drawn at random from all that the schema allows; what one value says about another is left to the check. */
import * as fc from "fast-check";
import { CONSTRAINTS, REWARD_TERMS, ROLES, ZONE_COLOURS } from "../../env/football/index.ts";

const between = (min: number, max: number) => fc.double({ min, max, noNaN: true });
const pair = (x: number, y: number) => fc.tuple(between(-x, x), between(-y, y));
const point = pair(1, 0.42);
const optional = { requiredKeys: [] };
const side = fc.constantFrom("left", "right");
const result = fc.constantFrom("success", "failure");

const outfield = fc.record(
  {
    role: fc.constantFrom(...ROLES.filter((role) => role !== "GK")),
    position: point,
    velocity: pair(8, 8),
    skill: between(0, 1),
    tired: between(0, 1),
    pace: between(0, 1),
    strength: between(0, 1),
    stamina: between(0, 1),
    height: between(1.5, 2.1),
    lazy: fc.boolean(),
    controllable: fc.boolean(),
  },
  { requiredKeys: ["role", "position"] },
);
const keeper = fc.record({ role: fc.constant("GK"), position: point });
const players = fc
  .tuple(keeper, fc.array(outfield, { maxLength: 10 }))
  .map(([one, others]) => Array.of<object>(one).concat(others));
const team = fc.record({ name: fc.constant("Team"), difficulty: between(0, 1), players });

const zones = fc
  .array(
    fc.record(
      { from: point, to: point, colour: fc.constantFrom(...ZONE_COLOURS) },
      { requiredKeys: ["from", "to"] },
    ),
    { minLength: 1, maxLength: 4 },
  )
  .map((list) => list.map((zone, i) => ({ name: `zone-${i}`, ...zone })));
const obstacle = fc.oneof(
  fc.record({ at: point, radius: between(0.1, 5) }),
  fc.record({ at: point, size: fc.tuple(between(0.1, 40), between(0.1, 40)) }),
);

const member = fc.constantFrom("ball", "left.0", "left.1", "left.3", "right.0", "right.2");
const zone = fc.constantFrom("zone-0", "zone-1");
const end = fc.oneof(
  fc.record({ when: fc.constant("goal"), by: side, result }, { requiredKeys: ["when"] }),
  fc.record({ when: fc.constantFrom("out-of-play", "possession-lost"), result }, { requiredKeys: ["when"] }),
  fc.record({ when: fc.constant("possession"), by: side, steps: fc.integer({ min: 1, max: 60 }), result }),
  fc.record({ when: fc.constant("passes"), by: side, count: fc.integer({ min: 1, max: 4 }), result }),
  fc.record({ when: fc.constantFrom("enters", "leaves"), who: member, zone, result }),
  fc.record({ when: fc.constant("time"), result }),
);

const small = fc.tuple(between(-0.1, 0), between(0, 0.1));
const variation = fc.record(
  {
    reflect: fc.boolean(),
    shifts: fc.array(fc.record({ members: fc.tuple(member), x: small, y: small }), { maxLength: 3 }),
    choices: fc.array(fc.array(fc.record({ member, position: point }), { maxLength: 1 }), {
      minLength: 1,
      maxLength: 3,
    }),
    scatters: fc.array(fc.record({ members: fc.tuple(member), zone }), { maxLength: 2 }),
    constraints: fc.subarray([...CONSTRAINTS]),
  },
  optional,
);

/** Some of them name who is not there, or contradict themselves: `validateScenario` tells. */
export const scenarioData = fc.record(
  {
    version: fc.constant(2),
    id: fc.constant("drawn"),
    suite: fc.constant("drawn"),
    title: fc.constant("Drawn"),
    teaches: fc.constant("Whatever comes."),
    goal: fc.constant("Play."),
    steps: fc.integer({ min: 1, max: 400 }),
    ticksPerStep: fc.integer({ min: 1, max: 10 }),
    pitch: fc.record(
      {
        length: between(20, 120),
        width: between(15, 90),
        goalWidth: between(1, 12),
        goalHeight: between(1, 3),
      },
      optional,
    ),
    zones,
    obstacles: fc.array(obstacle, { maxLength: 4 }),
    ball: point,
    start: fc.record(
      {
        score: fc.tuple(fc.nat({ max: 9 }), fc.nat({ max: 9 })),
        clock: between(0, 5400),
        ballVelocity: fc.tuple(between(-30, 30), between(-30, 30), between(-5, 20)),
        ballHeight: between(0, 6),
      },
      optional,
    ),
    left: team,
    right: team,
    control: fc.record(
      {
        left: fc.constantFrom("none", "ball", "all", [1], { count: 2 }),
        right: fc.constantFrom("none", "ball", "all"),
      },
      optional,
    ),
    rules: fc.record(
      {
        offside: fc.boolean(),
        fouls: fc.boolean(),
        cards: fc.boolean(),
        fatigue: fc.boolean(),
        stoppage: fc.boolean(),
        secondHalf: fc.constantFrom(null, 50),
        kickOff: fc.constantFrom("left", "right", "by-seed", null),
      },
      optional,
    ),
    ends: fc.array(end, { maxLength: 4 }),
    rewards: fc
      .subarray([...REWARD_TERMS])
      .map((terms) => Object.fromEntries(terms.map((term, i) => [term, 1 - i]))),
    variation,
  },
  {
    requiredKeys: [
      "version",
      "id",
      "suite",
      "title",
      "teaches",
      "goal",
      "steps",
      "zones",
      "ball",
      "left",
      "right",
      "rules",
    ],
  },
);
