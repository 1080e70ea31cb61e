/** @file How often simple policies win a scenario: measured once and kept until it is played differently. */
import { createHash } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { PHYSICS_BUILD, type Scenario } from "../../../env/football/index.ts";
import { rollout } from "../../rollout/index.ts";
import { type Rate, wilson } from "../../statistics/index.ts";

export const POLICIES = ["scripted", "random"] as const;
export type Policy = (typeof POLICIES)[number];
export type Success = Readonly<Record<Policy, Rate>>;

/** What is kept of a scenario: how it was played, and of so many episodes how many were won. */
interface Kept {
  /** Over what decides how it is played. */
  played: string;
  /** Over every state of the first episode of each policy: another game gives another one. */
  game: string;
  episodes: number;
  won: Record<Policy, number>;
}
type Store = Record<string, Kept>;

/** From the file when it holds this very game, else by playing seeds 0 to `episodes` - 1, which is then kept. */
export async function successOf(scenario: Scenario, episodes: number, file: string): Promise<Success> {
  const played = playedHash(scenario);
  const game = await gameOf(scenario);
  const before = readStore(file)[scenario.id];
  if (before?.played === played && before.game === game && before.episodes >= episodes) {
    return successFrom(before);
  }
  const won = { scripted: 0, random: 0 };
  for (const policy of POLICIES) won[policy] = await winsOf(scenario, policy, episodes);
  const kept = { played, game, episodes, won };
  // Read again: another process may measure other scenarios meanwhile.
  const store = Object.entries({ ...readStore(file), [scenario.id]: kept });
  const sorted = Object.fromEntries(store.sort(([one], [other]) => (one < other ? -1 : 1)));
  writeFileSync(file, `${JSON.stringify(sorted, null, 2)}\n`);
  return successFrom(kept);
}

function successFrom({ won, episodes }: Kept): Success {
  return { scripted: wilson(won.scripted, episodes), random: wilson(won.random, episodes) };
}

function readStore(file: string): Store {
  return existsSync(file) ? (JSON.parse(readFileSync(file, "utf8")) as Store) : {};
}

async function play(scenario: Scenario, policy: Policy, episodes: number) {
  const task = { scenario, policy, vary: scenario.variation !== undefined };
  const seeds = Array.from({ length: episodes }, (_, seed) => seed);
  const { episodes: results, failures } = await rollout(task, { seeds, workers: 1 });
  for (const { seed, message } of failures) throw new Error(`${scenario.id}, seed ${seed}: ${message}`);
  return results;
}

async function winsOf(scenario: Scenario, policy: Policy, episodes: number): Promise<number> {
  const results = await play(scenario, policy, episodes);
  return results.filter(({ end }) => end.result === "success").length;
}

/** Words and what is asked of it do not change how it is played. */
function playedHash({ title: _, teaches: __, goal: ___, checks: ____, levels: _____, ...rest }: Scenario) {
  return sha256(JSON.stringify(rest));
}

async function gameOf(scenario: Scenario): Promise<string> {
  const hashes = [PHYSICS_BUILD];
  for (const policy of POLICIES) hashes.push(...(await play(scenario, policy, 1)).map(({ hash }) => hash));
  return sha256(hashes.join());
}

function sha256(text: string): string {
  return createHash("sha256").update(text).digest("hex").slice(0, 16);
}
