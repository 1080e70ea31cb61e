/** @file The sets of buttons: GRF's sticky actions, and what a player means to do while they are held. */
import { length } from "../../math.ts";
import { decide } from "../brain/decide.ts";
import { runAtOwner } from "../brain/order.ts";
import { stalled } from "../brain/set-piece.ts";
import { makeSide, runRace } from "../brain/side.ts";
import { chanceOfGoal } from "../brain/value.ts";
import { nextPlayer } from "../control.ts";
import { attackSign } from "../pitch.ts";
import { passAlong, shotAtGoal } from "../player/aim.ts";
import type { Scenario } from "../scenario.ts";
import {
  DRIBBLE,
  type Gait,
  idleIntent,
  type Intent,
  type Match,
  type Player,
  RUN,
  type Slot,
  SPRINT,
  STAND,
  UPRIGHT,
} from "../state/match.ts";
import { DIRECTION_VECTORS } from "./direction.ts";
import { type ActionSet, type ButtonName, SIMPLE_ACTIONS } from "./names.ts";

/** From this chance of a goal on, `kick` shoots. */
const LIKELY_GOAL = 0.12;
/** So long `switch` stands against the automatic choice, in env steps, unless his team gets the ball. */
const CHOSEN_STEPS = 20;

/** What is held until it is released, and the slot's flag for it. */
const STICKY = {
  sprint: "sprint",
  dribble: "dribble",
  keeper_rush: "keeperRush",
  pressure: "pressure",
  team_pressure: "teamPressure",
} as const;

/** The flag that an action holds down, or that `release_...` lets go; undefined for actions of one step. */
export function stickyFlag(action: string): (typeof STICKY)[keyof typeof STICKY] | undefined {
  const name = action.replace(/^release_/, "");
  return Object.hasOwn(STICKY, name) ? STICKY[name as keyof typeof STICKY] : undefined;
}

/** Changes the slot's sticky actions. `switch` gives the slot another player. */
export function press(match: Match, slot: Slot, set: ActionSet, action: ButtonName): void {
  const direction = SIMPLE_ACTIONS.indexOf(action as (typeof SIMPLE_ACTIONS)[number]);
  const flag = stickyFlag(action);
  if (direction >= 1 && direction <= 8) slot.direction = direction;
  else if (flag) slot[flag] = !action.startsWith("release_");
  else if (action === "release_direction" || (action === "idle" && set === "simple")) slot.direction = 0;
  else if (action === "switch") switchNow(match, slot);
}

function switchNow(match: Match, slot: Slot): void {
  const next = nextPlayer(match, slot);
  if (!next) return;
  match.players[slot.player]!.thinkSteps = 0;
  slot.player = next.id;
  slot.chosenSteps = CHOSEN_STEPS;
}

/** Right players attack right too, as they see it: their directions are turned by half a turn (as in GRF). */
export function buttonIntent(
  match: Match,
  scenario: Scenario,
  slot: Slot,
  player: Player,
  action: ButtonName,
): Intent {
  if (action === "builtin_ai") {
    const side = makeSide(match, scenario, player.team, runRace(match));
    return decide(side, player, player.skill, match.random);
  }
  const sign = attackSign(slot.team);
  const [x, y] = DIRECTION_VECTORS[slot.direction]!;
  const gait: Gait = slot.direction === 0 ? STAND : slot.dribble ? DRIBBLE : slot.sprint ? SPRINT : RUN;
  const run: Intent = { ...idleIntent(), moveX: sign * x, moveY: sign * y, gait };
  const intent = (slot.pressure && runAtOwner(match, player)) || run;
  pullToBall(match, player, intent);
  const [dirX, dirY] = slot.direction === 0 ? [player.faceX, player.faceY] : [sign * x, sign * y];
  if (action === "shot") intent.kick = shotAtGoal(match, player, match.random);
  else if (action === "short_pass" || mustRestart(match, player))
    intent.kick = passAlong(match, player, "pass", dirX, dirY);
  else if (action === "long_pass") intent.kick = passAlong(match, player, "long", dirX, dirY);
  else if (action === "high_pass") intent.kick = passAlong(match, player, "loft", dirX, dirY);
  else if (action === "kick") {
    const side = makeSide(match, scenario, player.team, runRace(match));
    const likely = chanceOfGoal(side, player.x, player.y) >= LIKELY_GOAL;
    intent.kick = likely
      ? shotAtGoal(match, player, match.random)
      : passAlong(match, player, "pass", dirX, dirY);
  }
  if (action === "sliding" && player.pose === UPRIGHT) [intent.lungeX, intent.lungeY] = [dirX, dirY];
  return intent;
}

/** GRF helps an agent that does not restart play: it forces a short pass. */
export function mustRestart({ restart }: Match, player: Player): boolean {
  return restart !== null && restart.taker === player.id && stalled(restart);
}

/** The magnet reaches this far, and bends a run by up to 60 degrees. */
const MAGNET_METRES = 1.7;
const MAGNET_COSINE = 0.5;

/**
 * GRF's `use_magnet`, on there by default: a controlled player who stands near a loose ball steps to it, and
 * one who runs nearly at it runs exactly at it, for eight directions alone would miss it by a foot.
 */
export function pullToBall(match: Match, player: Player, intent: Intent): void {
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
