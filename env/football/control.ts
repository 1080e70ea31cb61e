/** @file Who is under control when control follows the ball, or is switched by hand. */
import { length } from "../math.ts";
import { runRace } from "./brain/side.ts";
import { type Match, ownerOf, type Player, type Slot } from "./state/match.ts";

/** A new player must be this much quicker to the ball before control goes over to him, in seconds. */
const SWITCH_SECONDS = 0.3;

/**
 * Lets switching slots follow the ball: its owner, the one whom a pass is meant for, or who is there first. Of
 * several slots of a team the first does; one whose player it takes gets his in exchange, so no two share one.
 */
export function switchSlots(match: Match): void {
  match.slots.forEach((slot, place) => {
    if (!slot.switches) return;
    const first = match.slots.findIndex((other) => other.team === slot.team) === place;
    if (first) giveTo(match, slot, followBall(match, slot));
    if (match.players[slot.player]!.sentOff) giveTo(match, slot, nextPlayer(match, slot)?.id ?? slot.player);
  });
}

function giveTo(match: Match, slot: Slot, next: number): void {
  if (next === slot.player) return;
  const holder = match.slots.find((other) => other !== slot && other.player === next);
  if (holder) holder.player = slot.player;
  match.players[slot.player]!.thinkSteps = 0;
  slot.player = next;
}

function followBall(match: Match, slot: Slot): number {
  const { restart, ball, players } = match;
  if (restart) {
    const takes = restart.team === slot.team && players[restart.taker]!.controllable;
    return takes ? restart.taker : slot.player;
  }
  const owner = ownerOf(match);
  if (owner?.team === slot.team) return owner.controllable ? owner.id : slot.player;
  const meant = players[ball.passTo];
  if (!owner && meant?.team === slot.team && meant.controllable) return meant.id;
  if (slot.chosenSteps > 0) {
    slot.chosenSteps--;
    return slot.player;
  }
  const race = runRace(match);
  const first = race.first[slot.team];
  if (!first?.controllable) return slot.player;
  const current = players[slot.player]!;
  const gained = race.seconds[current.id]! - race.seconds[first.id]!;
  return current.keeper || gained > SWITCH_SECONDS ? first.id : slot.player;
}

/** Whom `switch` gives the slot to: by distance from the ball the next after its player, then the nearest again. */
export function nextPlayer(match: Match, slot: Slot): Player | undefined {
  const { ball, players, slots } = match;
  const away = (player: Player): number => length(ball.x - player.x, ball.y - player.y);
  const free = players
    .filter((player) => player.team === slot.team && player.controllable && !player.sentOff && !player.keeper)
    .filter((player) => !slots.some((other) => other.player === player.id))
    .sort((a, b) => away(a) - away(b) || a.id - b.id);
  const here = away(players[slot.player]!);
  return free.find((player) => away(player) > here) ?? free[0];
}
