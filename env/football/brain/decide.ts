/** @file What a built-in player does now: which of his parts he plays. A pure function but for the generator. */
import { length } from "../../math.ts";
import type { Random } from "../../random.ts";
import { idleIntent, type Intent, type Player } from "../state/match.ts";
import { threatens } from "../ball/save.ts";
import { withBall } from "./attack.ts";
import { defend } from "./defend.ts";
import { keep } from "./keeper.ts";
import { chase } from "./loose.ts";
import { setPiece } from "./set-piece.ts";
import { isDuel, type Side } from "./side.ts";
import { support } from "./support.ts";

/** A lazy player wakes when the ball is this near. */
const LAZY_DISTANCE = 2.5;

/** One against one the keeper is all there is: he leaves his goal unless an attacker is near it or the ball flies at it. */
function keepsGoal({ match, sign, owner }: Side, me: Player): boolean {
  if (!isDuel(match)) return true;
  if (match.ball.held || threatens(match, me.team)) return true;
  return owner !== undefined && owner !== me && sign * match.ball.x < -25 * match.pitch.along;
}

/** `skill` is the player's own for a built-in one; advice may be asked of another skill. */
export function decide(side: Side, me: Player, skill: number, random: Random): Intent {
  const { match, owner, race } = side;
  if (match.restart) return setPiece(side, me, match.restart, skill, random);
  if (me.keeper && keepsGoal(side, me)) return keep(side, me, skill, random);
  if (owner === me) return withBall(side, me, skill, random);
  if (me.lazy && length(match.ball.x - me.x, match.ball.y - me.y) > LAZY_DISTANCE) return idleIntent();
  if (owner) return owner.team === me.team ? support(side, me) : defend(side, me, owner, random);
  if (match.ball.passTo === me.id || race.first[me.team] === me) return chase(side, me, skill, random);
  const mine = race.first[me.team];
  const theirs = race.first[me.team === 0 ? 1 : 0];
  const ours =
    mine !== undefined && (theirs === undefined || race.seconds[mine.id]! <= race.seconds[theirs.id]! + 0.1);
  return ours ? support(side, me) : defend(side, me, undefined, random);
}
