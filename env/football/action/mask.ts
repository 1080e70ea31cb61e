/** @file What is possible now, and why the rest is not. Worked out only when somebody asks. */
import { length } from "../../math.ts";
import { nextPlayer } from "../control.ts";
import { type Match, ownerOf, type Player, type Slot, UPRIGHT } from "../state/match.ts";
import { type ActionSet, type ButtonName, BUTTONS } from "./names.ts";
import { type Sentence, parseSentence, sentencesOf } from "./sentence.ts";

export interface Possibility {
  /** A name of the set, a sentence of `semantic`, or a part of `continuous`: `direction` or `kick`. */
  action: string;
  possible: boolean;
  /** Why not, in a few words; absent when it is possible. */
  reason?: string;
}

/** Every action of the set in its order. */
export function possibleActions(match: Match, slot: Slot, set: ActionSet): Possibility[] {
  switch (set) {
    case "continuous":
      return [say("direction", outOfPlay(match, slot)), say("kick", whyNotKick(match, slot))];
    case "semantic":
      return sentencesOf(match, slot.team).map((text) =>
        say(text, whyNotSentence(match, slot, parseSentence(text))),
      );
    default:
      return BUTTONS[set].map((action) => say(action, whyNotButton(match, slot, action)));
  }
}

function say(action: string, reason: string | undefined): Possibility {
  return reason === undefined ? { action, possible: true } : { action, possible: false, reason };
}

/** Why nothing that this player does counts. */
function outOfPlay(match: Match, slot: Slot): string | undefined {
  return match.players[slot.player]!.sentOff ? "he has been sent off" : undefined;
}

/** Farther from a loose ball than this he cannot meet it within the step. */
const FIRST_TIME_METRES = 5;

export function whyNotKick(match: Match, slot: Slot): string | undefined {
  const me = match.players[slot.player]!;
  const { ball, restart } = match;
  if (me.sentOff) return "he has been sent off";
  if (restart) {
    if (restart.taker !== me.id) return "play waits for the kick";
    return restart.ready ? undefined : "he is not at the ball yet";
  }
  const owner = ownerOf(match);
  if (owner === me) return undefined;
  if (owner) return owner.team === me.team ? "a teammate has the ball" : "you do not have the ball";
  if (ball.barred === me.id) return "he has just kicked the ball";
  const near = length(ball.x - me.x, ball.y - me.y) < FIRST_TIME_METRES;
  return near ? undefined : "you do not have the ball";
}

function whyNotSlide(match: Match, slot: Slot): string | undefined {
  const me = match.players[slot.player]!;
  if (me.sentOff) return "he has been sent off";
  if (match.restart) return "play waits for the kick";
  if (match.ball.owner === me.id) return "he has the ball himself";
  return me.pose === UPRIGHT ? undefined : "he is not on his feet";
}

function whyNotPress(match: Match, slot: Slot): string | undefined {
  const owner = ownerOf(match);
  if (match.restart) return "play waits for the kick";
  if (!owner || owner.team === slot.team) return "no opponent has the ball";
  return match.ball.held ? "the keeper holds the ball" : undefined;
}

export function whyNotButton(match: Match, slot: Slot, action: ButtonName): string | undefined {
  if (action === "idle") return undefined;
  const out = outOfPlay(match, slot);
  if (out && action !== "switch") return out;
  switch (action) {
    case "long_pass":
    case "high_pass":
    case "short_pass":
    case "shot":
    case "kick":
      return whyNotKick(match, slot);
    case "sliding":
      return whyNotSlide(match, slot);
    case "switch":
      if (!slot.switches) return "this place keeps its player";
      return nextPlayer(match, slot) ? undefined : "there is nobody to switch to";
    case "release_direction":
      return slot.direction === 0 ? "no direction is held" : undefined;
    case "release_sprint":
      return slot.sprint ? undefined : "sprint is not held";
    case "release_dribble":
      return slot.dribble ? undefined : "dribble is not held";
    case "release_keeper_rush":
      return slot.keeperRush ? undefined : "keeper_rush is not held";
    case "release_pressure":
      return slot.pressure ? undefined : "pressure is not held";
    case "release_team_pressure":
      return slot.teamPressure ? undefined : "team_pressure is not held";
    case "release_long_pass":
    case "release_high_pass":
    case "release_short_pass":
    case "release_shot":
    case "release_sliding":
    case "release_switch":
      return "it is let go by itself after one step";
    default:
      return undefined;
  }
}

export function whyNotSentence(match: Match, slot: Slot, sentence: Sentence): string | undefined {
  const out = outOfPlay(match, slot);
  const { verb } = sentence;
  if (verb === "hold") return undefined;
  if (out) return out;
  switch (verb) {
    case "pass_to":
    case "lob_to":
    case "through_ball": {
      const mate = byNumber(match, (team) => team === slot.team, sentence.number);
      if (!mate) return `there is no teammate with number ${sentence.number}`;
      if (mate.id === slot.player) return "that is you";
      if (mate.sentOff) return `number ${sentence.number} has been sent off`;
      return whyNotKick(match, slot);
    }
    case "mark": {
      const man = byNumber(match, (team) => team !== slot.team, sentence.number);
      if (!man) return `there is no opponent with number ${sentence.number}`;
      return man.sentOff ? `number ${sentence.number} has been sent off` : undefined;
    }
    case "shoot":
    case "shoot near post":
    case "shoot far post":
    case "shoot low":
    case "shoot high":
    case "cross":
    case "clear":
      return whyNotKick(match, slot);
    case "dribble to goal":
    case "dribble forward":
    case "dribble back":
    case "dribble left":
    case "dribble right":
      if (match.restart) return "play waits for the kick";
      return match.ball.owner === slot.player ? undefined : "you do not have the ball";
    case "press":
      return whyNotPress(match, slot);
    case "tackle": {
      const { ball, players } = match;
      const me = players[slot.player]!;
      const far = length(ball.x - me.x, ball.y - me.y) > TACKLE_METRES;
      return whyNotPress(match, slot) ?? (far ? "the ball is too far for a tackle" : undefined);
    }
    case "slide":
      return whyNotSlide(match, slot);
    case "get open":
    case "defend":
      if (match.restart) return "play waits for the kick";
      return match.ball.owner === slot.player ? "he has the ball himself" : undefined;
    default:
      return undefined;
  }
}

const TACKLE_METRES = 4;

function byNumber(match: Match, of: (team: number) => boolean, number: number): Player | undefined {
  return match.players.find((player) => of(player.team) && player.number === number);
}
