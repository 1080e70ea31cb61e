/** @file What is odd about a scenario's start: players inside each other, and attackers who start offside. */
import {
  attackSign,
  keepsConstraints,
  pitchOf,
  PLAYER_RADIUS,
  type Scenario,
  toMetres,
} from "../../env/football/index.ts";

/** One sentence a finding; none when the start is as it should be. */
export function startProblems(scenario: Scenario): string[] {
  return [...overlaps(scenario), ...offsides(scenario), ...lostDraws(scenario)];
}

const DRAWN = 200;

/** Constraints that a draw seldom keeps leave the start as it is. */
function lostDraws(scenario: Scenario): string[] {
  if (!scenario.variation?.constraints?.length && !scenario.obstacles?.length) return [];
  const lost = Array.from({ length: DRAWN }, (_, seed) => seed).filter(
    (seed) => !keepsConstraints(scenario, seed),
  );
  if (lost.length === 0) return [];
  return [
    `${lost.length} of ${DRAWN} seeds find no start that keeps the constraints, and play the fixed one; widen the ranges.`,
  ];
}

function overlaps({ left, right, pitch: setup }: Scenario): string[] {
  const pitch = pitchOf(setup);
  const placed = [
    ...left.players.map(({ position }, place) => ({ who: `left.${place}`, at: toMetres(pitch, position) })),
    ...right.players.map(({ position }, place) => ({ who: `right.${place}`, at: toMetres(pitch, position) })),
  ];
  return placed.flatMap((one, i) =>
    placed.slice(i + 1).flatMap((other) => {
      const apart = Math.hypot(one.at[0] - other.at[0], one.at[1] - other.at[1]);
      if (apart >= 2 * PLAYER_RADIUS) return [];
      const least = 2 * PLAYER_RADIUS;
      return [`${one.who} and ${other.who} start ${apart.toFixed(2)} m apart; expected at least ${least} m.`];
    }),
  );
}

/** Law 11 at the first moment, of the team that is nearer to the ball; a kick-off has everybody in his own half. */
function offsides({ left, right, ball, rules, start, pitch: setup }: Scenario): string[] {
  if (!rules.offside || rules.kickOff !== null) return [];
  const pitch = pitchOf(setup);
  const nearest = (players: typeof left.players) =>
    Math.min(
      ...players.map(({ position: [x, y] }) => Math.hypot(...toMetres(pitch, [x - ball[0], y - ball[1]]))),
    );
  const attacks =
    (start?.owner?.startsWith("right") ?? nearest(right.players) < nearest(left.players)) ? 1 : 0;
  const [side, team, others] = attacks === 1 ? ["right", right, left] : ["left", left, right];
  const sign = attackSign(attacks);
  const along = (x: number) => x * sign;
  const secondLast = others.players.map(({ position }) => along(position[0])).sort((a, b) => b - a)[1] ?? 1;
  const line = Math.max(0, along(ball[0]), secondLast);
  return team.players.flatMap(({ position }, place) =>
    along(position[0]) > line + 1e-9
      ? [`${side}.${place} starts offside, beyond the ball and the last defender but one; move him back.`]
      : [],
  );
}
