/** @file What a player means to do when he is told a sentence of the `semantic` set. */
import { clamp, length } from "../../math.ts";
import { aimAcross, clearance } from "../brain/attack.ts";
import { decide } from "../brain/decide.ts";
import { defend } from "../brain/defend.ts";
import { rush, takePlace } from "../brain/go.ts";
import { runAtOwner } from "../brain/order.ts";
import { makeSide, meetingPoint, runRace, type Side } from "../brain/side.ts";
import { support } from "../brain/support.ts";
import { attackSign, type Pitch } from "../pitch.ts";
import { insidePost, passTo, shotAtGoal } from "../player/aim.ts";
import type { Scenario } from "../scenario.ts";
import {
  DRIBBLE,
  idleIntent,
  type Intent,
  type Kick,
  type Match,
  type Player,
  RUN,
  SPRINT,
} from "../state/match.ts";
import { DIRECTION_VECTORS } from "./direction.ts";
import { SIMPLE_ACTIONS } from "./names.ts";
import type { Sentence } from "./sentence.ts";

/** How far a through ball is played ahead of the runner, in metres. */
const THROUGH_METRES = 9;
/** From post to where a shot near it is aimed. */
const INSIDE_POST = 0.6;

export function sentenceIntent(match: Match, scenario: Scenario, me: Player, sentence: Sentence): Intent {
  const side = makeSide(match, scenario, me.team, runRace(match));
  const { verb } = sentence;
  const kick = kickFor(match, side, me, sentence);
  if (kick) return { ...idleIntent(), kick };
  const sign = attackSign(me.team);
  switch (verb) {
    case "auto":
      return decide(side, me, me.skill, match.random);
    case "dribble to goal":
      return carry(me, sign * match.pitch.halfLength - me.x, aimAcross(match.pitch, me) - me.y);
    case "dribble forward":
      return carry(me, sign, 0);
    case "dribble back":
      return carry(me, -sign, 0);
    // His own left: he looks at the other goal.
    case "dribble left":
      return carry(me, 0, -sign);
    case "dribble right":
      return carry(me, 0, sign);
    case "press":
    case "tackle":
      return runAtOwner(match, me) ?? idleIntent();
    case "slide": {
      const away = length(match.ball.x - me.x, match.ball.y - me.y) || 1;
      const lungeX = (match.ball.x - me.x) / away;
      return { ...idleIntent(), lungeX, lungeY: (match.ball.y - me.y) / away };
    }
    case "move to ball":
      return toBall(match, side, me);
    case "get open":
      return support(side, me);
    case "defend":
      return defend(side, me, side.owner, match.random);
    case "mark":
      return mark(match, me, sentence.number);
    default:
      return run(match.pitch, me, sign, verb);
  }
}

function kickFor(match: Match, side: Side, me: Player, sentence: Sentence): Kick | null {
  const { halfLength, goalHeight, marks } = match.pitch;
  const goalX = side.sign * halfLength;
  const nearSide = me.y >= 0 ? 1 : -1;
  const post = insidePost(match.pitch, INSIDE_POST);
  const shot = (y: number, z: number): Kick => ({ kind: "shot", x: goalX, y, z, receiver: -1 });
  switch (sentence.verb) {
    case "pass_to":
    case "lob_to":
    case "through_ball": {
      const mate = match.players.find((p) => p.team === me.team && p.number === sentence.number);
      if (!mate) return null;
      const kick = passTo(match, me, mate, sentence.verb === "lob_to" ? "loft" : "pass");
      if (sentence.verb === "through_ball") {
        kick.x = clamp(kick.x + side.sign * THROUGH_METRES, 1 - halfLength, halfLength - 1);
      }
      return kick;
    }
    case "shoot":
      return shotAtGoal(match, me, match.random);
    case "shoot near post":
      return shot(nearSide * post, 0.4);
    case "shoot far post":
      return shot(-nearSide * post, 0.4);
    case "shoot low":
      return { ...shotAtGoal(match, me, match.random), z: 0.15 };
    case "shoot high":
      return { ...shotAtGoal(match, me, match.random), z: goalHeight - 0.5 };
    case "cross":
      return {
        kind: "loft",
        x: goalX - side.sign * 8 * marks,
        y: -nearSide * 1.5 * marks,
        z: 0,
        receiver: -1,
      };
    case "clear":
      return clearance(side, me);
    default:
      return null;
  }
}

function carry(me: Player, x: number, y: number): Intent {
  return rush(me, me.x + x, me.y + y, DRIBBLE);
}

/** Who has it runs on with it: seen from the stands nobody can tell the moment at which he gets it. */
export function toBall({ ball }: Match, side: Side, me: Player): Intent {
  if (ball.owner === me.id) return rush(me, me.x + me.faceX, me.y + me.faceY, SPRINT);
  const [x, y] = side.owner ? [ball.x, ball.y] : meetingPoint(side.race, me);
  return rush(me, x, y, length(x - me.x, y - me.y) < 1.5 ? RUN : SPRINT);
}

/** Between the opponent and the own goal. */
function mark(match: Match, me: Player, number: number): Intent {
  const man = match.players.find((player) => player.team !== me.team && player.number === number);
  if (!man) return idleIntent();
  const goalX = -attackSign(me.team) * match.pitch.halfLength;
  const away = length(goalX - man.x, man.y) || 1;
  return takePlace(match.pitch, me, man.x + ((goalX - man.x) / away) * 1.5, man.y - (man.y / away) * 1.5);
}

function run({ halfLength, halfWidth }: Pitch, me: Player, sign: 1 | -1, verb: string): Intent {
  const [gait, ...direction] = verb.split(" ");
  const index = SIMPLE_ACTIONS.indexOf(direction.join("_") as (typeof SIMPLE_ACTIONS)[number]);
  const [x, y] = DIRECTION_VECTORS[Math.max(0, index)]!;
  if (index < 1) return idleIntent();
  const inside = Math.abs(me.y + sign * y) < halfWidth + 3 && Math.abs(me.x + sign * x) < halfLength + 3;
  return inside
    ? { ...idleIntent(), moveX: sign * x, moveY: sign * y, gait: gait === "sprint" ? SPRINT : RUN }
    : idleIntent();
}
