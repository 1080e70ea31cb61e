/** @file Players under control: GRF's sticky actions, and who is under control when control follows the ball. */
import { TouchlineError, unknownName } from "../error.ts";
import { length } from "../math.ts";
import { type Action, ACTIONS } from "./action.ts";
import { stalled } from "./brain/set-piece.ts";
import { runRace } from "./brain/side.ts";
import { passAlong, shotAtGoal } from "./player/aim.ts";
import { attackSign } from "./pitch.ts";
import {
  DRIBBLE,
  type Gait,
  idleIntent,
  type Intent,
  type Match,
  ownerOf,
  type Player,
  RUN,
  type Slot,
  SPRINT,
  STAND,
  UPRIGHT,
} from "./state/match.ts";

const DIAGONAL = Math.SQRT1_2;
/** Unit vectors of the actions 1 to 8 for a team that attacks to the right; 0 stands still. */
export const DIRECTION_VECTORS: readonly (readonly [number, number])[] = [
  [0, 0],
  [-1, 0],
  [-DIAGONAL, -DIAGONAL],
  [0, -1],
  [DIAGONAL, -DIAGONAL],
  [1, 0],
  [DIAGONAL, DIAGONAL],
  [0, 1],
  [-DIAGONAL, DIAGONAL],
];

const LONG_PASS = ACTIONS.indexOf("long_pass");
const HIGH_PASS = ACTIONS.indexOf("high_pass");
const SHORT_PASS = ACTIONS.indexOf("short_pass");
const SHOT = ACTIONS.indexOf("shot");

/** The index of an action; throws `action/unknown` for what is none. */
export function actionIndex(action: Action): number {
  if (typeof action === "number") {
    if (Number.isInteger(action) && action >= 0 && action < ACTIONS.length) return action;
    throw new TouchlineError(
      "action/unknown",
      `Action ${action} is not in the set of ${ACTIONS.length}: expected an integer from 0 to ${ACTIONS.length - 1} or a name such as "shot".`,
    );
  }
  const index = ACTIONS.indexOf(action);
  if (index >= 0) return index;
  throw new TouchlineError("action/unknown", unknownName("action", action, ACTIONS));
}

/** One action for each slot: changes the sticky state and sets what the players mean to do. */
export function applyActions(match: Match, actions: readonly number[]): void {
  match.slots.forEach((slot, place) => {
    const action = actions[place]!;
    press(slot, action);
    const player = match.players[slot.player]!;
    player.thinkSteps = 0;
    player.intent = intentOf(match, slot, player, action);
  });
}

function press(slot: Slot, action: number): void {
  if (action >= 1 && action <= 8) slot.direction = action;
  switch (ACTIONS[action]) {
    case "sprint":
      slot.sprint = true;
      break;
    case "dribble":
      slot.dribble = true;
      break;
    case "release_direction":
      slot.direction = 0;
      break;
    case "release_sprint":
      slot.sprint = false;
      break;
    case "release_dribble":
      slot.dribble = false;
      break;
    default:
  }
}

/** Right players attack right too, as they see it: their directions are turned by half a turn (as in GRF). */
function intentOf(match: Match, slot: Slot, player: Player, action: number): Intent {
  const sign = attackSign(slot.team);
  const [x, y] = DIRECTION_VECTORS[slot.direction]!;
  const gait: Gait = slot.direction === 0 ? STAND : slot.dribble ? DRIBBLE : slot.sprint ? SPRINT : RUN;
  const intent: Intent = { ...idleIntent(), moveX: sign * x, moveY: sign * y, gait };
  pullToBall(match, player, intent);
  const { restart } = match;
  const mustRestart = restart !== null && restart.taker === player.id && stalled(restart);
  const [dirX, dirY] = slot.direction === 0 ? [player.faceX, player.faceY] : [sign * x, sign * y];
  if (action === SHOT) intent.kick = shotAtGoal(match, player, match.random);
  else if (action === SHORT_PASS || mustRestart) intent.kick = passAlong(match, player, "pass", dirX, dirY);
  else if (action === LONG_PASS) intent.kick = passAlong(match, player, "long", dirX, dirY);
  else if (action === HIGH_PASS) intent.kick = passAlong(match, player, "loft", dirX, dirY);
  if (ACTIONS[action] === "sliding" && player.pose === UPRIGHT) [intent.lungeX, intent.lungeY] = [dirX, dirY];
  return intent;
}

/** The magnet reaches this far, and bends a run by up to 60 degrees. */
const MAGNET_METRES = 1.7;
const MAGNET_COSINE = 0.5;

/**
 * GRF's `use_magnet`, on there by default: a controlled player who stands near a loose ball steps to it, and
 * one who runs nearly at it runs exactly at it, for eight directions alone would miss it by a foot.
 */
function pullToBall(match: Match, player: Player, intent: Intent): void {
  const { ball } = match;
  if (match.restart || ball.owner >= 0 || ball.z > 1 || ball.barred === player.id) return;
  const dx = ball.x - player.x;
  const dy = ball.y - player.y;
  const distance = length(dx, dy);
  if (distance > MAGNET_METRES || distance < 1e-3) return;
  if (intent.gait === STAND) intent.gait = RUN;
  else if ((intent.moveX * dx + intent.moveY * dy) / distance < MAGNET_COSINE) return;
  intent.moveX = dx / distance;
  intent.moveY = dy / distance;
}

/** A new player must be this much quicker to the ball before control goes over to him, in seconds. */
const SWITCH_SECONDS = 0.3;

/** Lets switching slots follow the ball: its owner, the one whom a pass is meant for, or who is there first. */
export function switchSlots(match: Match): void {
  for (const slot of match.slots) {
    if (!slot.switches) continue;
    const next = followBall(match, slot);
    if (next === slot.player) continue;
    match.players[slot.player]!.thinkSteps = 0;
    slot.player = next;
  }
}

function followBall(match: Match, slot: Slot): number {
  const { restart, ball, players } = match;
  if (restart) return restart.team === slot.team ? restart.taker : slot.player;
  const owner = ownerOf(match);
  if (owner?.team === slot.team) return owner.controllable ? owner.id : slot.player;
  const meant = players[ball.passTo];
  if (!owner && meant?.team === slot.team && meant.controllable) return meant.id;
  const race = runRace(match);
  const first = race.first[slot.team];
  if (!first?.controllable) return slot.player;
  const current = players[slot.player]!;
  const gained = race.seconds[current.id]! - race.seconds[first.id]!;
  return current.keeper || gained > SWITCH_SECONDS ? first.id : slot.player;
}
