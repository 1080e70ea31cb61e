/**
 * @file Law 11. A player is in an offside position when he is nearer to the opponents' goal line than both the
 * ball and the second last opponent, in their half. It is an offence once he plays a ball that a teammate played
 * while he was there; not from a goal kick, a throw-in or a corner.
 */
import { attackSign } from "../pitch.ts";
import type { Match, Player } from "../state/match.ts";

const FREE_OF_OFFSIDE: ReadonlySet<string | null> = new Set(["goal-kick", "throw-in", "corner"]);

/** At every touch: whistles when it is an offence, and notes who is in an offside position from now on. */
export function judgeOffside(match: Match, player: Player, deliberate: boolean): void {
  if (!match.rules.offside) return;
  if (player.offside) {
    match.events.push({ tick: match.tick, player: player.id, team: player.team, kind: "offside" });
    const other = player.team === 0 ? 1 : 0;
    match.whistle ??= { kind: "free-kick", team: other, x: player.x, y: player.y, indirect: true };
  }
  const exempt = FREE_OF_OFFSIDE.has(match.ball.from);
  for (const other of match.players) {
    if (other.team === player.team) {
      other.offside = other !== player && !exempt && isInOffsidePosition(match, other);
      // An opponent who only deflects or saves it changes nothing; one who plays it does.
    } else if (deliberate) other.offside = false;
  }
}

/** By more than `tolerance` metres. GRF: nobody is, while the other team has one player or none. */
export function isInOffsidePosition(match: Match, player: Player, tolerance = 0): boolean {
  if (!match.rules.offside) return false;
  const sign = attackSign(player.team);
  const up = sign * player.x - tolerance;
  if (up <= 0 || up <= sign * match.ball.x) return false;
  let active = 0;
  let level = 0;
  for (const other of match.players) {
    if (other.team === player.team || other.sentOff) continue;
    active++;
    // Level with him is not nearer to the goal line than he is.
    if (sign * other.x >= up) level++;
  }
  return active > 1 && level < 2 && !player.sentOff;
}
