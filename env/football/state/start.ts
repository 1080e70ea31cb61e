/** @file From a scenario and a seed to the match at its first tick: kick-off side, variation, bodies in place. */
import { length } from "../../math.ts";
import { makeRandom } from "../../random.ts";
import { attackSign, type Pitch, pitchOf, toMetres } from "../pitch.ts";
import type { Control, Obstacle, Role, Scenario, TeamSetup } from "../scenario.ts";
import { countsOf } from "../ending.ts";
import { lineupIndex } from "../member.ts";
import { giftsOf } from "../player/gift.ts";
import { idleIntent, type Match, type Player, type Standing, type Team, UPRIGHT } from "./match.ts";
import { makeSlots } from "./slots.ts";
import { type Places, vary as draw } from "./vary.ts";

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

/** The start of an episode. `vary` draws from the scenario's variation, `seed` alone decides what is drawn. */
export function startMatch(
  scenario: Scenario,
  control: { left: Control; right: Control },
  seed: number,
  vary: boolean,
): Match {
  const random = makeRandom(seed);
  const kickOffTeam = kickOffSide(scenario, seed);
  const pitch = pitchOf(scenario.pitch);
  const places = fixedPlaces(scenario, kickOffTeam);
  const mirror = vary ? draw(scenario, places, makeRandom(seed, 1)).mirror : 1;
  const players = [
    ...makeTeam(scenario.left, 0, 0, pitch, places, mirror),
    ...makeTeam(scenario.right, 1, scenario.left.players.length, pitch, places, mirror),
  ];
  const slots = [...makeSlots(control.left, 0, players), ...makeSlots(control.right, 1, players)];
  const [ballX, ballY] = toMetres(pitch, places.get("ball")!);
  const {
    score = [0, 0],
    clock,
    owner,
    ballVelocity: [vx, vy, vz] = STILL,
    ballHeight = 0,
  } = scenario.start ?? {};
  const counts = countsOf(scenario);
  const ownerId = owner === undefined ? -1 : lineupIndex(owner, scenario);
  return {
    tickSeconds: STEP_SECONDS / scenario.ticksPerStep,
    rules: scenario.rules,
    pitch,
    ...(scenario.obstacles && { obstacles: scenario.obstacles.map((one) => standingOf(pitch, one)) }),
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
    ...(counts > 0 && { endCounts: Array.from({ length: counts }, () => 0) }),
  };
}

const STILL = [0, 0, 0] as const;

/** Whether the start that this seed draws keeps the scenario's constraints; else it is the fixed one. */
export function keepsConstraints(scenario: Scenario, seed: number): boolean {
  return draw(scenario, fixedPlaces(scenario, kickOffSide(scenario, seed)), makeRandom(seed, 1)).kept;
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

function makeTeam(
  setup: TeamSetup,
  team: Team,
  firstId: number,
  pitch: Pitch,
  places: Places,
  mirror: 1 | -1,
): Player[] {
  const side = team === 0 ? "left" : "right";
  const sign = attackSign(team);
  return setup.players.map((player, place): Player => {
    const [x, y] = toMetres(pitch, places.get(`${side}.${place}`)!);
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
      ...giftsOf(player),
      laneY: laneOf(setup, place, sign) * pitch.halfWidth,
      kickOff: toMetres(pitch, player.position),
      receiving: toMetres(pitch, player.receiving ?? player.position),
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

function standingOf(pitch: Pitch, { at, radius, size: [length, width] = [0, 0] }: Obstacle): Standing {
  const [x, y] = toMetres(pitch, at);
  return radius === undefined ? { x, y, halfLength: length / 2, halfWidth: width / 2 } : { x, y, radius };
}

/** Of half the width. Wide roles keep their wing; players who share a role share the middle in the order in which they start. */
function laneOf(setup: TeamSetup, place: number, sign: 1 | -1): number {
  const { role, position } = setup.players[place]!;
  const peers = setup.players.filter((other) => other.role === role);
  const lane = LANES[role];
  if (peers.length === 1) return lane;
  const y = sign * position[1];
  const before = setup.players.filter(
    (other, index) =>
      other.role === role &&
      (sign * other.position[1] < y || (sign * other.position[1] === y && index < place)),
  ).length;
  const spread = -SPREAD + (2 * SPREAD * before) / (peers.length - 1);
  return lane === 0 ? spread : lane * (0.6 + 0.4 * (before / (peers.length - 1)));
}
