/**
 * @file Law 12: fouls, and Law 5's advantage. The referee waits whether the team that was fouled keeps the ball
 * (GRF: 0.6 to 3 s), then stops play where the foul was, or lets it go on.
 */
import { clamp } from "../../math.ts";
import { attackSign, inOwnBox, type Pitch } from "../pitch.ts";
import type { Match, Player, Whistle } from "../state/match.ts";
import { showCard } from "./card.ts";

const ADVANTAGE_SHORTEST_SECONDS = 0.6;
const ADVANTAGE_LONGEST_SECONDS = 3;

/** `severity` above 1. A second foul while the first is weighed counts when it is worse. */
export function commitFoul(match: Match, offender: Player, victim: Player, severity: number): void {
  if (!match.rules.fouls) return;
  const { foul } = match;
  const sameSide = foul && match.players[foul.offender]!.team === offender.team;
  if (foul && !(sameSide && severity > foul.severity)) return;
  match.foul = { offender: offender.id, victim: victim.id, x: victim.x, y: victim.y, severity, ticks: 0 };
}

/** One tick of waiting; whistles when the advantage does not come. */
export function weighAdvantage(match: Match): void {
  const { foul, ball, players } = match;
  if (!foul) return;
  foul.ticks++;
  const seconds = foul.ticks * match.tickSeconds;
  const { team } = players[foul.victim]!;
  const owner = players[ball.owner];
  if (owner && owner.team !== team) return whistleFoul(match);
  if (seconds < ADVANTAGE_SHORTEST_SECONDS) return;
  // Nobody got it so far: no advantage.
  if (!owner && players[ball.lastTouch]?.team !== team) return whistleFoul(match);
  if (!owner && seconds > 2 * ADVANTAGE_SHORTEST_SECONDS) return whistleFoul(match);
  if (seconds >= ADVANTAGE_LONGEST_SECONDS) playOn(match);
}

/** Play stops for the foul that was waited for. */
export function whistleFoul(match: Match): void {
  const { foul, players, pitch } = match;
  if (!foul) return;
  const offender = players[foul.offender]!;
  const victim = players[foul.victim]!;
  const penalty = inOwnBox(pitch, offender.team, foul.x, foul.y);
  match.events.push({
    tick: match.tick,
    player: offender.id,
    team: offender.team,
    kind: "foul",
    victim: victim.id,
    penalty,
  });
  match.foul = null;
  showCard(match, offender, foul.severity);
  match.whistle = penalty ? penaltyFor(pitch, victim.team) : freeKickFor(pitch, victim.team, foul.x, foul.y);
}

/** The team that was fouled kept the ball, or scored: only the card is left to show. */
export function playOn(match: Match): void {
  const { foul, players } = match;
  if (!foul) return;
  const offender = players[foul.offender]!;
  match.foul = null;
  match.events.push({ tick: match.tick, player: offender.id, team: offender.team, kind: "advantage" });
  showCard(match, offender, foul.severity);
}

function penaltyFor({ halfLength, penaltyDistance }: Pitch, team: 0 | 1): Whistle {
  return { kind: "penalty", team, x: attackSign(team) * (halfLength - penaltyDistance), y: 0 };
}

function freeKickFor({ halfLength, halfWidth }: Pitch, team: 0 | 1, x: number, y: number): Whistle {
  return {
    kind: "free-kick",
    team,
    x: clamp(x, 1 - halfLength, halfLength - 1),
    y: clamp(y, 1 - halfWidth, halfWidth - 1),
  };
}
