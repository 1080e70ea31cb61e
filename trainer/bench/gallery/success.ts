/** @file How often simple policies win a scenario: measured once and kept until it is played differently. */
import { createHash } from "node:crypto";
import { existsSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { MatchRunner, opponentOf } from "../../../agent/match/index.ts";
import { parsePolicy } from "../../../agent/policy/index.ts";
import { PHYSICS_BUILD, type Scenario } from "../../../env/football/index.ts";
import { type Rate, wilson } from "../../statistics/index.ts";

export const POLICIES = ["scripted", "random"] as const;
export type Policy = (typeof POLICIES)[number];
export type Success = Readonly<Record<Policy, Rate>>;

/** What is kept of a scenario: how it was played, and of so many episodes how many were won. */
interface Kept {
  /** Over what decides how it is played. */
  played: string;
  /** Over a late state of the first episode of each policy: another game gives another one. */
  game: string;
  episodes: number;
  won: Record<Policy, number>;
}

/** By so many steps one game is told from another. */
const TOLD_APART = 1000;

type Store = Record<string, Kept>;

/** Of seeds 0 to `episodes` - 1: what the file holds of this very game, and the rest by playing, which is then kept. */
export async function successOf(scenario: Scenario, episodes: number, file: string): Promise<Success> {
  const played = playedHash(scenario);
  const game = await gameOf(scenario);
  const found = readStore(file)[scenario.id];
  const before = found?.played === played && found.game === game ? found : undefined;
  if (before !== undefined && before.episodes >= episodes) return successFrom(before);
  if (episodes === 0) return { scripted: wilson(0, 0), random: wilson(0, 0) };
  const won = { scripted: 0, random: 0, ...before?.won };
  for (const policy of POLICIES) {
    won[policy] += (await play(scenario, policy, before?.episodes ?? 0, episodes)).wins;
  }
  const kept = { played, game, episodes, won };
  // Read again, and put there at once: another process may measure other scenarios meanwhile.
  const store = Object.entries({ ...readStore(file), [scenario.id]: kept });
  const sorted = Object.fromEntries(store.sort(([one], [other]) => (one < other ? -1 : 1)));
  const beside = `${file}.${process.pid}`;
  writeFileSync(beside, `${JSON.stringify(sorted, null, 2)}\n`);
  renameSync(beside, file);
  return successFrom(kept);
}

function successFrom({ won, episodes }: Kept): Success {
  return { scripted: wilson(won.scripted, episodes), random: wilson(won.random, episodes) };
}

function readStore(file: string): Store {
  return existsSync(file) ? (JSON.parse(readFileSync(file, "utf8")) as Store) : {};
}

/** Plays the seeds from `first` to before `end`, as `touchline scenario validate --play` does; how many were won, and the last state's hash. */
async function play(
  scenario: Scenario,
  policy: Policy,
  first: number,
  end: number,
  mostSteps = Infinity,
): Promise<{ wins: number; state: string }> {
  const other = opponentOf(scenario);
  const runner = await MatchRunner.make({
    scenario,
    left: parsePolicy(policy),
    right: other === undefined ? undefined : parsePolicy(other),
    vary: scenario.variation !== undefined,
  });
  try {
    let wins = 0;
    for (let seed = first; seed < end; seed++) {
      await runner.start(seed);
      for (let step = 0; step < mostSteps && !runner.over; step++) await runner.advance();
      if (runner.info.result === "success") wins++;
    }
    return { wins, state: runner.env.stateHash() };
  } finally {
    await runner.close();
  }
}

const WORDS = new Set(["title", "teaches", "goal", "checks", "levels"]);

/** Words and what is asked of it do not change how it is played. */
function playedHash(scenario: Scenario): string {
  const played = Object.entries(scenario).filter(([key]) => !WORDS.has(key));
  return sha256(JSON.stringify(Object.fromEntries(played)));
}

async function gameOf(scenario: Scenario): Promise<string> {
  const hashes = [PHYSICS_BUILD];
  for (const policy of POLICIES) hashes.push((await play(scenario, policy, 0, 1, TOLD_APART)).state);
  return sha256(hashes.join());
}

function sha256(text: string): string {
  return createHash("sha256").update(text).digest("hex").slice(0, 16);
}
