/** @file A keeper's hands: catch, parry, tip round the post, or beaten; and what flies at his goal. */
import { clamp } from "../../math.ts";
import { between, chance } from "../../random.ts";
import { attackSign } from "../pitch.ts";
import { DIVE, type Match, type Player } from "../state/match.ts";
import { gain, knock, note, ticksOf } from "./possession.ts";
import { DIVE_REACH, HAND_REACH, impact } from "./reach.ts";

/** `distance` is from him to the way of the ball. Once beaten by a ball he does not get another try at it. */
export function save(match: Match, keeper: Player, distance: number): void {
  const { ball } = match;
  const speed = impact(match, keeper);
  const stretch = distance / (keeper.pose === DIVE ? DIVE_REACH : HAND_REACH);
  const skill = 0.6 + 0.4 * keeper.skill;
  const reached = clamp(1.5 - speed / 42 - 0.45 * stretch, 0.1, 1) * skill;
  if (speed > 9 && !chance(match.random, reached)) {
    keeper.recoverTicks = ticksOf(match, 0.5);
    return;
  }
  const wasShot = ball.shot;
  const caught = chance(match.random, clamp(1.35 - speed / 26 - 0.25 * stretch, 0.08, 1));
  if (wasShot) note(match, keeper, { kind: "save", caught });
  if (caught) {
    gain(match, keeper, "catch");
    return;
  }
  keeper.recoverTicks = ticksOf(match, 0.3);
  ball.shot = false;
  if (speed > 14 && chance(match.random, 0.55)) tipRoundThePost(match, keeper, speed);
  else parry(match, keeper, speed);
}

/** Away from the goal, to the side on which it came. */
function parry(match: Match, keeper: Player, speed: number): void {
  const side = match.ball.y >= keeper.y ? 1 : -1;
  const out = attackSign(keeper.team) * between(match.random, 0.1, 0.35);
  const across = side * between(match.random, 0.25, 0.5);
  knock(match, keeper, out * speed, across * speed, between(match.random, 0, 0.15) * speed);
}

/** Behind the goal line beside the post: a corner. */
function tipRoundThePost(match: Match, keeper: Player, speed: number): void {
  const { ball, pitch } = match;
  const sign = attackSign(keeper.team);
  const side = ball.y >= keeper.y ? 1 : -1;
  const back = 0.3 * speed;
  const seconds = Math.max(0.05, (pitch.halfLength + sign * ball.x) / back);
  const beside = Math.min(pitch.goalHalfWidth + between(match.random, 0.8, 3), pitch.halfWidth);
  const across = (side * beside - ball.y) / seconds;
  if (Math.abs(across) > 0.9 * speed) parry(match, keeper, speed);
  else knock(match, keeper, -sign * back, across, between(match.random, 0, 0.1) * speed);
}

/** Whether the ball flies towards the goal that this team defends, and where it crosses the line. */
export function threatens(match: Match, team: 0 | 1): { y: number; seconds: number } | undefined {
  const { ball, pitch } = match;
  const sign = attackSign(team);
  const speed = -sign * ball.vx;
  const distance = pitch.halfLength + sign * ball.x;
  if (ball.owner >= 0 || speed < 4 || distance < 0) return undefined;
  const seconds = distance / (speed * (1 - Math.min(0.4, 0.0075 * distance)));
  return { y: ball.y + ball.vy * seconds, seconds };
}
