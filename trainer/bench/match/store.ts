/**
 * @file The matches that were played, a JSON line each, so that a bench that was stopped goes on where it was and
 * benches share their matches. The folder is named after the code of the game: matches of other code never mix in.
 */
import { appendFileSync, existsSync, mkdirSync, readdirSync, readFileSync, truncateSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { PHYSICS_BUILD } from "../../../env/football/index.ts";
import { loadHash } from "../../../env/hash.ts";
import type { Fixture, Played } from "./play.ts";

export interface Store {
  readonly file: string;
  /** By seed. */
  readonly played: ReadonlyMap<number, Played>;
  add(match: Played): void;
}

export async function openStore(root: string, fixture: Fixture): Promise<Store> {
  const name = `${fixture.scenario.id}-${fixture.difficulty.join("-")}.jsonl`;
  const file = join(root, await gameHash(fixture), name);
  mkdirSync(dirname(file), { recursive: true });
  const played = new Map(readMatches(file).map((match) => [match.seed, match]));
  return {
    file,
    played,
    add(match) {
      played.set(match.seed, match);
      appendFileSync(file, `${JSON.stringify(match)}\n`);
    },
  };
}

function readMatches(file: string): Played[] {
  if (!existsSync(file)) return [];
  const bytes = readFileSync(file);
  // A line that was not written to its end is lost, and must not spoil the next one.
  const end = bytes.lastIndexOf("\n") + 1;
  if (end < bytes.length) truncateSync(file, end);
  const lines = bytes.toString("utf8", 0, end).split("\n");
  return lines.slice(0, -1).map((line): Played => JSON.parse(line));
}

const ENV = fileURLToPath(new URL("../../../env/", import.meta.url));
const COUNTING = fileURLToPath(new URL("tally.ts", import.meta.url));

/** XXH64 over everything that decides how a match of this scenario goes and how it is counted, 16 hex digits. */
export async function gameHash({ scenario }: Pick<Fixture, "scenario">): Promise<string> {
  const { hash64 } = await loadHash();
  const names = readdirSync(ENV, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".ts") && !name.endsWith(".test.ts"))
    .sort();
  const sources = [...names.map((name) => join(ENV, name)), COUNTING].map((file) =>
    readFileSync(file, "utf8"),
  );
  return hash64(new TextEncoder().encode([PHYSICS_BUILD, JSON.stringify(scenario), ...sources].join("\0")));
}
