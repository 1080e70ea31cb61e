/**
 * @file Plays every suite of football and Sokoban with those that need no words and with the models that ship, and writes
 * the tables into docs/RESULTS.md. What is in `--store` already is not played again: of new weights only their rows are.
 */
import { execFileSync } from "node:child_process";
import { SHIPPED_MODEL } from "../../agent/policy/index.ts";
import { sha256OfPath } from "../benchmark/index.ts";
import { rateText } from "./academy.ts";
import { readOptions, WORKERS } from "./options.ts";
import { commandLine, writeSection } from "./page.ts";
import { type Came, cameOf, leagueOf, type Store, type Wish } from "./suite-runs.ts";
import { table } from "./tables.ts";

interface Suite {
  title: string;
  scored: string;
  also?: string;
  wish: Wish;
  /** Of each scenario by models, where they play less often than the others. */
  ofModels?: number;
  players?: readonly string[];
}

const PLAIN = ["idle", "random", "scripted"];
const COLD = "agent/weights/cold";
const MODELS = [`dir:${COLD}`, "nano"];
const LEAGUE = ["idle", "random", "scripted:0.3", "scripted", ...MODELS];

const SUITES: readonly Suite[] = [
  {
    title: "Academy: eleven drills",
    scored: "goals",
    wish: { suite: "academy", episodes: 200, vary: true, greedy: true },
    ofModels: 100,
  },
  {
    title: "Realtime: the academy, and the game goes on while somebody thinks",
    scored: "goals",
    wish: { suite: "realtime", episodes: 10, vary: true, greedy: true },
    // Whoever needs no words takes no time.
    players: MODELS,
  },
  {
    title: "Matches: eleven against eleven, three difficulties, 3,000 steps",
    scored: "goal difference",
    wish: { suite: "matches", episodes: 20, vary: true, greedy: true },
    ofModels: 10,
  },
  {
    title: "Regions: 108 moments by MageBench's rules",
    scored: "exact score",
    also: "capped score",
    wish: { suite: "regions", episodes: 10, greedy: true },
    ofModels: 3,
  },
  {
    title: "Regions, the short list of 20",
    scored: "exact score",
    also: "capped score",
    wish: { suite: "regions-mini", episodes: 10, greedy: true },
  },
  {
    title: "Sokoban: the six sizes of MageBench's short list",
    scored: "score",
    wish: { suite: "sokoban", episodes: 20, greedy: true },
  },
];

const {
  only,
  players: named,
  out,
  section,
  store,
  workers,
  league,
} = readOptions(
  { workers: { ...WORKERS, default: 1 }, league: { default: 5, least: 0 } },
  // Only the suites whose names contain one of these, and of the players only these.
  {
    only: "",
    players: [...PLAIN, ...MODELS].join(","),
    out: "docs/RESULTS.md",
    section: "football",
    store: "runs/football",
  },
);
const kept: Store = { directory: store, workers };
const wanted = new Set(named.split(","));
const isPlayed = (suite: string): boolean => only.split(",").some((part) => suite.includes(part));

const parts: string[] = [];
for (const suite of SUITES) {
  const players = (suite.players ?? [...PLAIN, ...MODELS]).filter((player) => wanted.has(player));
  if (isPlayed(suite.wish.suite) && players.length > 0) parts.push(await suiteTable(suite, players));
}
if (league > 0 && isPlayed("league")) parts.push(await leagueTable());
const models = [`\`dir:${COLD}\`: ${await weightsOf(COLD)}`, `\`nano\`: ${await weightsOf(SHIPPED_MODEL)}`];
const written = `Written by \`${commandLine("table:football")}\`; seeds from 0, 95 % intervals. ${models.join("; ")}.`;
writeSection(out, section, [...parts, written].join("\n\n"));

async function suiteTable(
  { title, scored, also, wish, ofModels }: Suite,
  players: readonly string[],
): Promise<string> {
  const rows: string[][] = [];
  for (const policy of players) {
    const episodes = (MODELS.includes(policy) ? ofModels : undefined) ?? wish.episodes;
    const came = await timed(() => cameOf({ ...wish, episodes }, policy, kept));
    const score = [scoreText(came.score), ...(also === undefined ? [] : [scoreText(came.also!)])];
    rows.push([
      `\`${policy}\``,
      `${came.success.n}`,
      rateText(came.success),
      ...score,
      `\`${came.command}\``,
    ]);
  }
  const head = [
    "",
    "episodes",
    "success",
    scored,
    ...(also === undefined ? [] : [also]),
    "`npx touchline bench`",
  ];
  return `### ${title}\n\n${table(head, rows)}`;
}

async function leagueTable(): Promise<string> {
  const { standings, command } = await leagueOf(LEAGUE, league, kept);
  const rows = standings.map((one) => [
    `\`${one.policy}\``,
    `${one.matches}`,
    `${one.rating.toFixed(0)} (${one.low.toFixed(0)} to ${one.high.toFixed(0)})`,
    `${one.won}, ${one.drawn}, ${one.lost}`,
    `${one.goalsFor}:${one.goalsAgainst}`,
  ]);
  const head = ["", "matches", "rating", "won, drawn, lost", "goals"];
  return `### League: five against five\n\n${table(head, rows)}\n\n\`npx touchline bench ${command}\``;
}

async function timed(play: () => Promise<Came>): Promise<Came> {
  const began = performance.now();
  const came = await play();
  const seconds = ((performance.now() - began) / 1000).toFixed(0);
  console.log(`${came.command}: ${rateText(came.success)}, ${scoreText(came.score)}; ${seconds} s`);
  return came;
}

function scoreText({ mean, low, high }: Came["score"]): string {
  const interval = low === null || high === null ? "" : ` (${low.toFixed(2)} to ${high.toFixed(2)})`;
  return `${mean.toFixed(2)}${interval}`;
}

/** Which weights lie there: the commit that brought them, and their hash. */
async function weightsOf(folder: string): Promise<string> {
  const file = `${folder}/model.safetensors`;
  const commit = execFileSync("git", ["log", "-1", "--format=%h", "--", file], { encoding: "utf8" }).trim();
  return `weights of commit ${commit}, SHA-256 ${(await sha256OfPath(file)).slice(0, 8)}`;
}
