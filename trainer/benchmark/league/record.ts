/** @file Who meets whom in a league, and the record of a match. */
import type { EpisodeDone, EpisodeJob, EpisodeRecord } from "../football/index.ts";
import { fileOf, playedOf } from "../football/index.ts";
import type { LeaguePlan } from "./plan.ts";

/** The score is that of the pair's first: 1 for a win, 0.5 for a draw. */
export interface LeagueRecord extends EpisodeRecord {
  left: string;
  right: string;
}

/** A pair in the order in which it is named, and who of it plays on the left. */
export interface Fixture {
  one: string;
  other: string;
  left: string;
  right: string;
  /** The folder of its recorded matches: places from 1, the left side's first. */
  folder: string;
}

/** Every pair twice, ends changed. */
export function fixturesOf({ policies }: Pick<LeaguePlan, "policies">): Fixture[] {
  return policies.flatMap((one, i) =>
    policies.slice(i + 1).flatMap((other, j): Fixture[] => {
      const [first, second] = [i + 1, i + j + 2];
      return [
        { one, other, left: one, right: other, folder: `${first}-${second}` },
        { one, other, left: other, right: one, folder: `${second}-${first}` },
      ];
    }),
  );
}

export function pairOf({ one, other }: Pick<Fixture, "one" | "other">): string {
  return `${one} against ${other}`;
}

export function sampleOf({ left, right }: Fixture, seed: number): string {
  return `${left} - ${right}/${seed}`;
}

export function leagueFileOf({ folder }: Fixture, scenario: string, seed: number): string {
  return `${folder}/${fileOf(scenario, seed)}`;
}

/** A match that crashed, or in which a decision had no answer, says nothing of either. */
export function recordOf(
  { scenario, recorded }: LeaguePlan,
  fixture: Fixture,
  { seed }: EpisodeJob,
  { outcome, milliseconds }: EpisodeDone,
): LeagueRecord {
  const { one, left, right } = fixture;
  const about = {
    sample: sampleOf(fixture, seed),
    repeat: 0,
    // All matches of a seed begin alike.
    cluster: `${seed}`,
    categories: { pair: pairOf(fixture) },
    scenario,
    left,
    right,
    seed,
    milliseconds,
    ...playedOf(outcome),
  };
  const isBroken = "message" in outcome || outcome.failed > 0;
  const file = recorded && !("message" in outcome) ? leagueFileOf(fixture, scenario, seed) : null;
  if (isBroken) return { ...about, outcome: "infra_error", score: 0, file };
  const [goals, against] = outcome.end.score;
  const lead = Math.sign(left === one ? goals - against : against - goals);
  const result = lead > 0 ? "won" : lead < 0 ? "lost" : "drawn";
  return { ...about, outcome: result, score: (lead + 1) / 2, file };
}
