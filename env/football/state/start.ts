/** @file From a scenario and a seed to the match at its first tick: kick-off side, variation, bodies in place. */
import { length } from "../../math.ts";
import { between, chance, integer, makeRandom, type Random } from "../../random.ts";
import { attackSign, HALF_WIDTH, toMetres } from "../pitch.ts";
import type { Control, Member, Role, Scenario, TeamSetup } from "../scenario.ts";
import { idleIntent, type Match, type Player, type Team, UPRIGHT } from "./match.ts";
import { makeSlots } from "./slots.ts";

/** Where each role plays across the pitch, its team attacking to the right; -1 is the left touchline. */
const LANES: Record<Role, number> = {
  GK: 0,
  CB: 0,
  LB: -0.62,
  RB: 0.62,
  DM: 0,
  CM: 0,
  LM: -0.66,
  RM: 0.66,
  AM: 0,
  CF: 0,
};
/** Several players of one role share the middle between these. */
const SPREAD = 0.34;

/** An env step, as in GRF. */
export const STEP_SECONDS = 0.1;

type Places = Map<string, [number, number]>;

/** The start of an episode. `vary` draws from the scenario's variation, `seed` alone decides what is drawn. */
export function startMatch(
  scenario: Scenario,
  control: { left: Control; right: Control },
  seed: number,
  vary: boolean,
): Match {
  const random = makeRandom(seed);
  const kickOffTeam = kickOffSide(scenario, seed);
  const places = fixedPlaces(scenario, kickOffTeam);
  const mirror = vary ? applyVariation(scenario, places, makeRandom(seed, 1)) : 1;
  const players = [
    ...makeTeam(scenario.left, 0, 0, places, mirror),
    ...makeTeam(scenario.right, 1, scenario.left.players.length, places, mirror),
  ];
  const slots = [...makeSlots(control.left, 0, players), ...makeSlots(control.right, 1, players)];
  const [ballX, ballY] = toMetres(places.get("ball")!);
  const {
    score = [0, 0],
    clock,
    owner,
    ballVelocity: [vx, vy, vz] = STILL,
    ballHeight = 0,
  } = scenario.start ?? {};
  const ownerId = owner === undefined ? -1 : idOf(owner, scenario);
  return {
    tickSeconds: STEP_SECONDS / scenario.ticksPerStep,
    rules: scenario.rules,
    tick: 0,
    step: 0,
    random,
    ...(clock === undefined ? {} : { clockStart: clock }),
    score: [...score],
    ball: {
      x: ballX,
      y: ballY,
      z: ballHeight,
      vx,
      // Adding 0 makes the -0 of a reflected rest a plain 0, which hashes otherwise.
      vy: vy * mirror + 0,
      vz,
      owner: ownerId,
      held: false,
      heldSteps: 0,
      lastTouch: ownerId,
      possession: players[ownerId]?.team ?? -1,
      barred: -1,
      barredTicks: 0,
      passFrom: -1,
      passTo: -1,
      shot: false,
      headed: false,
      from: null,
    },
    players,
    slots,
    restart: null,
    rewards: { checkpoints: slots.map(() => 0), magebench: [null, null] },
    kickOffTeam,
    half: 1,
    addedSteps: 0,
    foul: null,
    whistle: null,
    events: [],
  };
}

const STILL = [0, 0, 0] as const;

/** The lineup index of a player who is named as "right.3". */
function idOf(member: Member, scenario: Scenario): number {
  const [side, place] = member.split(".");
  return Number(place) + (side === "right" ? scenario.left.players.length : 0);
}

/** GRF lets the sides kick off in turn by episode number; an episode here knows its seed only. */
function kickOffSide(scenario: Scenario, seed: number): Team {
  const { kickOff } = scenario.rules;
  if (kickOff === "by-seed") return (seed & 1) as Team;
  return kickOff === "right" ? 1 : 0;
}

function fixedPlaces(scenario: Scenario, kickOffTeam: Team): Places {
  const places: Places = new Map([["ball", [...scenario.ball]]]);
  for (const [side, setup, team] of [
    ["left", scenario.left, 0],
    ["right", scenario.right, 1],
  ] as const) {
    setup.players.forEach((player, place) => {
      const receives = scenario.rules.kickOff !== null && kickOffTeam !== team;
      places.set(`${side}.${place}`, [...((receives && player.receiving) || player.position)]);
    });
  }
  return places;
}

/** Moves the places; -1 when the start was reflected, and what moves across the pitch must turn too. */
function applyVariation(scenario: Scenario, places: Places, random: Random): 1 | -1 {
  const { variation } = scenario;
  if (!variation) return 1;
  if (variation.choices?.length) {
    for (const { member, position } of variation.choices[integer(random, variation.choices.length)]!) {
      places.set(member, [...position]);
    }
  }
  for (const shift of variation.shifts) {
    const x = between(random, ...shift.x);
    const y = between(random, ...shift.y);
    for (const member of shift.members) {
      const place = places.get(member)!;
      place[0] += x;
      place[1] += y;
    }
  }
  if (!variation.reflect || !chance(random, 0.5)) return 1;
  for (const place of places.values()) place[1] = -place[1];
  return -1;
}

function makeTeam(setup: TeamSetup, team: Team, firstId: number, places: Places, mirror: 1 | -1): Player[] {
  const side = team === 0 ? "left" : "right";
  const sign = attackSign(team);
  return setup.players.map((player, place): Player => {
    const [x, y] = toMetres(places.get(`${side}.${place}`)!);
    const [vx, vy] = player.velocity ?? STILL;
    const speed = length(vx, vy);
    return {
      id: firstId + place,
      team,
      number: place + 1,
      role: player.role,
      keeper: player.role === "GK",
      lazy: player.lazy ?? false,
      controllable: player.controllable ?? true,
      skill: player.skill ?? setup.difficulty,
      laneY: laneOf(setup, place, sign),
      kickOff: toMetres(player.position),
      receiving: toMetres(player.receiving ?? player.position),
      x,
      y,
      vx,
      // Adding 0 makes the -0 of a reflected rest a plain 0, which hashes otherwise.
      vy: vy * mirror + 0,
      faceX: speed > 0 ? vx / speed : sign,
      faceY: speed > 0 ? (vy * mirror) / speed : 0,
      pose: UPRIGHT,
      poseTicks: 0,
      lungeX: 0,
      lungeY: 0,
      recoverTicks: 0,
      tired: player.tired ?? 0,
      booked: false,
      sentOff: false,
      offside: false,
      thinkSteps: 0,
      intent: idleIntent(),
    };
  });
}

/** Wide roles keep their wing; players who share a role share the middle in the order in which they start. */
function laneOf(setup: TeamSetup, place: number, sign: 1 | -1): number {
  const { role, position } = setup.players[place]!;
  const peers = setup.players.filter((other) => other.role === role);
  const lane = LANES[role];
  if (peers.length === 1) return lane * HALF_WIDTH;
  const y = sign * position[1];
  const before = setup.players.filter(
    (other, index) =>
      other.role === role &&
      (sign * other.position[1] < y || (sign * other.position[1] === y && index < place)),
  ).length;
  const spread = -SPREAD + (2 * SPREAD * before) / (peers.length - 1);
  return (lane === 0 ? spread : lane * (0.6 + 0.4 * (before / (peers.length - 1)))) * HALF_WIDTH;
}
