/** @file `touchline watch`: several matches at once, live, on a page of its own. */
import { networkInterfaces } from "node:os";
import type { Command } from "commander";
import { examples, integer, OPPONENT_HELP, scenariosOption } from "./option.ts";
import { printJson, printLine } from "./output.ts";
import { addWordsOptions, POLICY_HELP, policyOptions, type WordsOptions } from "./words.ts";
import { TouchlineError } from "../env/error.ts";
import { printable } from "../env/printable.ts";
import type { MatchPlan, RunningViewer, Tokens } from "../viewer/server/index.ts";

interface Options extends WordsOptions {
  scenario?: string;
  policy?: string;
  opponent?: string;
  players?: string;
  actions?: string;
  matches?: number;
  port: number;
  host: string;
  seed: number;
  vary?: boolean;
  replay?: string[];
  at?: number;
  runs: string;
  record?: string;
  scenarios: string[];
  json?: boolean;
}

/** All of them go out in one packet, and each costs a match's share of one core. */
const MATCHES_MAX = 64;

export function watchCommand(program: Command): void {
  const command = program
    .command("watch")
    .description("watch matches live in the browser; Ctrl-C ends it")
    .option("--scenario <id>", "what is played; without it several drills and a whole match")
    .option(
      "--policy <policy>",
      `${POLICY_HELP}, or human; without it nano plays drills of the academy, and scripted the rest`,
    )
    .option("--opponent <policy>", OPPONENT_HELP)
    .option(
      "--players <places>",
      "who is under control on the left: places such as 1,3, ball, count:3, or all",
    )
    .option(
      "--actions <set>",
      "default, full, simple, semantic or continuous; without it the first that the policies can play with",
    )
    .option("--matches <n>", "how many matches run at once", integer(1, MATCHES_MAX))
    .option("--port <port>", "port of the page; 0 takes any that is free", integer(0, 65535), 8787)
    .option(
      "--host <address>",
      "address to listen on; beyond loopback there are links with tokens to watch, to play and to feed",
      "127.0.0.1",
    )
    .option(
      "--seed <s>",
      "seed of each match's first episode; the next has the next",
      integer(0, 0xffffffff),
      0,
    )
    .option("--vary", "start from the scenario's variation instead of its fixed positions")
    .option("--record <dir>", "write each episode to a file of its own in this folder")
    .option("--replay <file...>", "show these recorded episodes again and again, instead of new ones")
    .option(
      "--at <step>",
      "with --replay: hold the first of them so many steps after its start, to look at a moment",
      integer(0),
    )
    .option("--runs <dir>", "folder of training runs, for the page's curves", "runs")
    .addOption(scenariosOption());
  addWordsOptions(command)
    .addHelpText(
      "after",
      examples(
        "touchline watch",
        "touchline watch --scenario academy_corner --matches 4 --vary",
        "touchline watch --policy scripted --opponent random --port 9000",
        "touchline watch --scenario academy_empty_goal --policy human --record runs/mine",
        "touchline watch --policy random --opponent random --actions semantic",
        "touchline watch --scenario academy_corner --policy openai:Qwen/Qwen2.5-VL-3B-Instruct@http://localhost:8000/v1",
        "touchline watch --replay docs/laws/offside.jsonl",
        "touchline watch --replay runs/bench/academy/episodes/academy_corner-0.jsonl --at 57",
        "touchline watch --runs ../other/runs",
        "touchline watch --scenarios my",
      ),
    )
    .action(async (_own: unknown, command: Command) => watch(command.optsWithGlobals<Options>()));
}

async function watch(options: Options): Promise<void> {
  const { planReplays, startViewer } = await import("../viewer/server/index.ts");
  const { port, host, runs, json, replay, at } = options;
  if (at !== undefined && replay === undefined) {
    throw new TouchlineError("cli/option", "Give --at together with --replay FILE.");
  }
  const matches = replay === undefined ? await plan(options) : planReplays(replay, at !== undefined);
  const { record } = options;
  const { FileSink } = await import("../agent/match/index.ts");
  const branchSink = record === undefined ? {} : { branchSink: () => new FileSink(record) };
  const { policy, opponent, scenarios } = options;
  const policies = [policy, opponent].flatMap((name) =>
    name === undefined || name === "none" ? [] : [name],
  );
  const editor = { scenarios, policies, words: policyOptions(options) };
  const running = await startViewer({ matches, port, host, runs, tell, ...editor, ...branchSink });
  const links = linksOf(running);
  const url = at === undefined ? running.url : momentOf(links?.watch ?? running.url, matches[0]!, at);
  if (json) {
    printJson({ url, port: running.port, matches: matches.map(({ id }) => id), ...(links && { links }) });
  } else if (at !== undefined) printLine(`Step ${at} is held at ${url}`);
  else printLine(`${matches.length === 1 ? "One match is" : `${matches.length} matches are`} live at ${url}`);
  if (!json) {
    if (links !== undefined) {
      printLine("Each right has a link of its own, until this command ends:");
      const rows = [
        ["to watch", links.watch],
        ["to watch and take players over", links.play],
        ["to show matches here that are played elsewhere", `--watch "${links.feed}"`],
      ] as const;
      for (const [right, link] of rows) printLine(`  ${right}: ${link}`);
    }
    printLine("Ctrl-C ends it.");
  }
  await closeOnSignal(running);
}

/** Where others find the page, with the token of each right; undefined where only this machine can reach it. */
function linksOf({ url, tokens }: RunningViewer): Tokens | undefined {
  if (tokens === undefined) return undefined;
  const { port, hostname } = new URL(url);
  const link = (right: keyof Tokens): string =>
    `http://${isEverywhere(hostname) ? outerAddress() : hostname}:${port}/?token=${tokens[right]}`;
  return { watch: link("watch"), play: link("play"), feed: link("feed") };
}

function isEverywhere(hostname: string): boolean {
  return hostname === "0.0.0.0" || hostname === "[::]";
}

/** An address of this machine in its network, if it has one. */
function outerAddress(): string {
  const addresses = Object.values(networkInterfaces()).flatMap((all) => all ?? []);
  return addresses.find(({ internal, family }) => !internal && family === "IPv4")?.address ?? "127.0.0.1";
}

/** The address of a recording's moment, so many steps after its start. */
function momentOf(page: string, { id, recording }: MatchPlan, step: number): string {
  const { tick = 0 } = recording?.steps[Math.min(step, recording.steps.length) - 1] ?? {};
  const url = new URL(page);
  url.searchParams.set("match", id);
  url.searchParams.set("tick", `${tick}`);
  return url.href;
}

async function plan(options: Options): Promise<MatchPlan[]> {
  const { loadScenario } = await import("../scenarios/load.ts");
  const { DEFAULT_SCENARIOS, planMatches } = await import("../viewer/server/index.ts");
  const ids = options.scenario === undefined ? DEFAULT_SCENARIOS : [options.scenario];
  const count = options.matches ?? ids.length;
  const scenarios = Array.from({ length: count }, (_, i) =>
    loadScenario(ids[i % ids.length]!, { directories: options.scenarios }),
  );
  const plans = planMatches(scenarios, { ...options, words: policyOptions(options) });
  const { record } = options;
  if (record === undefined) return plans;
  const { FileSink } = await import("../agent/match/index.ts");
  return plans.map((plan) => Object.assign(plan, { sink: new FileSink(record) }));
}

function tell(line: string): void {
  console.error(printable(line));
}

/** Resolves when the server has closed; a second signal ends the process at once. */
async function closeOnSignal(running: RunningViewer): Promise<void> {
  await new Promise<void>((resolve) => {
    for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => resolve());
  });
  await running.close();
}
