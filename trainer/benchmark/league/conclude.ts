/** @file What a league came to: ratings of the policies, and how every pair fared. */
import { bradleyTerry, type Rating } from "../../statistics/index.ts";
import {
  counts,
  type PlayedRun,
  type Row,
  type RunSummary,
  summarisePlayed,
  writeSummary,
} from "../index.ts";
import { hashOf } from "../football/index.ts";
import type { LeaguePlan } from "./plan.ts";
import { fixturesOf, type LeagueRecord, pairOf } from "./record.ts";

/** As one side of a match sees it. */
interface Tally {
  won: number;
  drawn: number;
  lost: number;
  /** In all matches together. */
  goalsFor: number;
  goalsAgainst: number;
}

export interface Standing extends Rating, Tally {
  policy: string;
  matches: number;
}

/** A pair, as its first sees it. */
export interface LeagueRow extends Row, Tally {
  one: string;
  other: string;
}

export interface LeagueSummary extends RunSummary {
  rows: LeagueRow[];
  directory: string;
  interrupted: boolean;
  /** The best first. */
  standings: Standing[];
  /** SHA-256 over the hashes of all matches, in the order of their samples. */
  hash: string;
}

export function concludeLeague(
  run: PlayedRun<LeaguePlan>,
  found: ReadonlyMap<string, LeagueRecord>,
  planned: number,
): LeagueSummary {
  const { plan } = run;
  const { records, summary } = summarisePlayed(run, found, planned);
  const pairs = new Map(fixturesOf(plan).map((fixture) => [pairOf(fixture), fixture]));
  const whole = {
    ...summary,
    rows: summary.rows.map((row) => {
      const { one, other } = pairs.get(row.value)!;
      const own = records.filter(({ categories }) => categories["pair"] === row.value);
      return Object.assign(row, { one, other }, tallyOf(own, one));
    }),
    standings: standingsOf(records, plan),
    hash: hashOf(records),
  };
  writeSummary(summary.directory, whole);
  return whole;
}

function standingsOf(records: readonly LeagueRecord[], { policies, seed }: LeaguePlan): Standing[] {
  const counted = records.filter(counts);
  const meetings = counted.map(({ left, right, played, cluster }) => ({
    one: policies.indexOf(left),
    other: policies.indexOf(right),
    score: (Math.sign(played!.goals[0] - played!.goals[1]) + 1) / 2,
    cluster,
  }));
  const ratings = bradleyTerry(policies.length, meetings, { seed });
  return policies
    .map((policy, place) => {
      const own = counted.filter(({ left, right }) => left === policy || right === policy);
      return { policy, ...ratings[place]!, matches: own.length, ...tallyOf(own, policy) };
    })
    .sort((one, other) => other.rating - one.rating);
}

/** As this policy sees its matches. */
function tallyOf(records: readonly LeagueRecord[], policy: string): Tally {
  const goals = records.filter(counts).map(({ left, played }) => {
    const [ofLeft, ofRight] = played!.goals;
    return left === policy ? [ofLeft, ofRight] : [ofRight, ofLeft];
  });
  const count = (lead: number): number =>
    goals.filter(([own, others]) => Math.sign(own! - others!) === lead).length;
  const sum = (side: number): number => goals.reduce((total, one) => total + one[side]!, 0);
  return { won: count(1), drawn: count(0), lost: count(-1), goalsFor: sum(0), goalsAgainst: sum(1) };
}
