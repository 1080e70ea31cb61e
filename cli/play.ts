/** @file `touchline play`: a policy plays episodes of a scenario, and what came of it. */
import { availableParallelism } from "node:os";
import type { Command } from "commander";
import { examples, integer, OPPONENT_HELP, scenariosOption } from "./option.ts";
import { printJson, printLine, printTable } from "./output.ts";
import { addWordsOptions, POLICY_HELP, policyOptions, type WordsOptions } from "./words.ts";
import { TouchlineError } from "../env/error.ts";
import { printable } from "../env/printable.ts";
import type { Control, Scenario } from "../env/football/index.ts";
import type { PlaySummary } from "../trainer/rollout/index.ts";

interface Options extends WordsOptions {
  scenario: string;
  policy: string;
  opponent?: string;
  episodes: number;
  seed: number;
  vary?: boolean;
  players?: string;
  opponentPlayers?: string;
  actions?: string;
  rewards?: string;
  concurrency: number;
  record?: string;
  watch?: string;
  workers?: number;
  scenarios: string[];
  json?: boolean;
}

const LAST_SEED = 0xffffffff;

/** A worker takes about as long to start as a few episodes take to play. */
const EPISODES_PER_WORKER = 10;

export function playCommand(program: Command): void {
  const command = program
    .command("play")
    .description("play episodes of a scenario with a policy; status 1 when one of them crashed")
    .requiredOption("--scenario <id>", "what is played; see touchline scenario list")
    .option("--policy <policy>", POLICY_HELP, "scripted")
    .option("--opponent <policy>", OPPONENT_HELP)
    .option("--episodes <n>", "how many", integer(1), 10)
    .option("--seed <s>", "seed of the first episode; each next one counts one up", integer(0, LAST_SEED), 0)
    .option("--vary", "start from the scenario's variation instead of its fixed positions")
    .option(
      "--players <places>",
      "who is under control on the left: places such as 1,3, ball, count:3, or all",
    )
    .option("--opponent-players <places>", "the same on the right, where --opponent plays")
    .option(
      "--actions <set>",
      "default, full, simple, semantic or continuous; without it the first that the policies can play with",
    )
    .option("--rewards <weights>", "of reward terms, over the scenario's, such as scoring=1,checkpoints=0.1")
    .option("--concurrency <n>", "matches at once that share a model's batch", integer(1, 256), 32)
    .option("--record <dir>", "write each episode to a file of its own in this folder")
    .option(
      "--watch <url>",
      "show the episodes on the page of a running touchline watch, as many as it has time for and of matches at once the first 8",
    )
    .option("--workers <n>", "threads; the results do not depend on it", integer(1, 256))
    .addOption(scenariosOption());
  addWordsOptions(command)
    .addHelpText(
      "after",
      examples(
        "touchline play --scenario academy_empty_goal --policy scripted --episodes 200",
        "touchline play --scenario academy_corner --policy random --seed 7 --vary --json",
        "touchline play --scenario 11_vs_11_stochastic --players 1,3 --episodes 1 --record runs/match",
        "touchline play --scenario academy_corner --policy dir:FOLDER --watch http://127.0.0.1:8787",
        "touchline play --scenario 5_vs_5 --policy random --actions semantic --opponent random --opponent-players all",
      ),
    )
    .action(async (_own: unknown, command: Command) => play(command.optsWithGlobals<Options>()));
}

async function play(options: Options): Promise<void> {
  const { loadScenario } = await import("../scenarios/load.ts");
  const { parsePolicy, whileLoading } = await import("../agent/policy/index.ts");
  const { checkFeed, chooseActions, FileSink, opponentOf, parsePlayers, parseRewards } =
    await import("../agent/match/index.ts");
  const { makeProgress, playsHere, rollout, summarise } = await import("../trainer/rollout/index.ts");

  const scenario = loadScenario(options.scenario, { directories: options.scenarios });
  const opponent = opponentOf(scenario, options.opponent);
  // Mistakes are told before anything is played.
  const words = policyOptions(options);
  const policies = [options.policy, opponent].map((spec) =>
    spec === undefined ? spec : parsePolicy(spec, words),
  );
  const actions = chooseActions(options.actions, ...policies);
  const players = options.players === undefined ? undefined : parsePlayers(options.players, scenario);
  const opponentPlayers = await parseOpponentPlayers(options, opponent, scenario);
  const rewards = options.rewards === undefined ? undefined : parseRewards(options.rewards);
  if (options.record !== undefined) new FileSink(options.record).close();
  if (options.watch !== undefined) await checkFeed(options.watch);

  const task = {
    scenario,
    policy: options.policy,
    opponent: options.opponent,
    players,
    opponentPlayers,
    actions,
    rewards,
    vary: options.vary ?? false,
    words,
    decisionSteps: options.decisionSteps,
    clock: options.clock,
    record: options.record,
    watch: options.watch === undefined ? undefined : { url: options.watch, by: "play" },
  };
  const seeds = Array.from({ length: options.episodes }, (_, i) => (options.seed + i) >>> 0);
  const workers =
    options.workers ?? Math.min(availableParallelism(), Math.ceil(options.episodes / EPISODES_PER_WORKER));
  const progress = makeProgress(seeds.length);
  const concurrency = policies.some((policy) => policy?.waits) ? options.concurrency : 1;
  const onOutcome = (outcome: Parameters<typeof progress.add>[0]): void => progress.add(outcome);
  const how = { seeds, workers, concurrency, onOutcome };
  // What is loaded here the episodes share; what cannot be loaded is told before any is played.
  const models = playsHere(how) ? policies.flatMap((policy) => (policy?.waits ? [policy] : [])) : [];
  const load = async (): Promise<void> => {
    for (const model of models) await model.start({ seed: options.seed, side: "left", goal: scenario.goal });
  };
  const names = models.map(({ name }) => name).join(" and ");
  await whileLoading(load(), () => console.error(printable(`Loading ${names} ...`)));
  const played = await rollout(task, how);
  for (const model of models) await model.close?.();
  progress.clear();
  const summary = await summarise(task, played);

  if (options.json) printJson(summary);
  else printSummary(summary, options);
  for (const { seed, message } of summary.failures) {
    console.error(`touchline: play/crashed: The episode of seed ${seed} crashed: ${printable(message)}`);
  }
  if (summary.failures.length > 0) process.exitCode = 1;
}

async function parseOpponentPlayers(
  { opponentPlayers }: Options,
  opponent: string | undefined,
  scenario: Scenario,
): Promise<Control | undefined> {
  if (opponentPlayers === undefined) return undefined;
  if (opponent === undefined) {
    throw new TouchlineError(
      "play/players",
      "The built-in players have the right side to themselves; give --opponent POLICY with --opponent-players.",
    );
  }
  const { parsePlayers } = await import("../agent/match/index.ts");
  return parsePlayers(opponentPlayers, scenario, "right");
}

function printSummary(summary: PlaySummary, { seed, record }: Options): void {
  const { success, failures } = summary;
  const last = (seed + summary.episodes + failures.length - 1) >>> 0;
  const against = summary.opponent ?? "the built-in players";
  printLine(`${summary.scenario}: ${summary.policy} against ${against}`);
  const rows: [string, string][] = [
    [
      "episodes",
      `${summary.episodes}, seeds ${seed} to ${last}, ${summary.vary ? "varied" : "fixed"} starts`,
    ],
    [
      "success",
      `${percent(success.mean)} %, 95 % interval ${percent(success.low)} to ${percent(success.high)}, ` +
        `${success.k} of ${success.n}`,
    ],
    ["goals", `${summary.goalsFor} for, ${summary.goalsAgainst} against`],
    ["return", returnText(summary.return)],
    [
      "decisions",
      `${count(summary.decisions)}, ${count(summary.unparsed)} of them unparsed, ${count(summary.failed)} without an answer`,
    ],
    ...thinkingRows(summary),
    ["steps", `${count(summary.steps)}, ${count(summary.stepsPerSecond)} in a second`],
    ["hash", summary.hash],
  ];
  if (record !== undefined) rows.push(["recorded", record]);
  printTable(["", ""], rows);
}

function thinkingRows({ decisionMilliseconds: ms, tokens }: PlaySummary): [string, string][] {
  if (ms === null) return [];
  return [
    ["thinking", `${count(ms.p50)} ms for a decision (median), ${count(ms.p95)} ms (95 %)`],
    ["tokens", `${count(tokens.prompt)} read, ${count(tokens.answer)} written`],
  ];
}

function returnText({ total, ...terms }: Record<string, number>): string {
  const parts = Object.entries(terms).map(([term, value]) => `${term} ${value.toFixed(3)}`);
  return `${total?.toFixed(3)} an episode${parts.length === 0 ? "" : `: ${parts.join(", ")}`}`;
}

function count(n: number): string {
  return n.toLocaleString("en");
}

function percent(share: number): string {
  return (share * 100).toFixed(1);
}
