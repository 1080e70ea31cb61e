/** @file `touchline bench`: a suite of questions, asked and scored, and what came of it. */
import { type Command, Option } from "commander";
import { DEVICES, examples, integer, number, scenariosOption, useScenarios } from "./option.ts";
import { printJson, printLine, printTable } from "./output.ts";
import { TouchlineError, unknownName } from "../env/error.ts";
import type { Clock } from "../agent/match/index.ts";
import type { Device } from "../agent/graph/index.ts";
import type {
  QuestionPlan,
  QuestionSummary,
  Rescored,
  Respondent,
  Retry,
} from "../trainer/benchmark/question/index.ts";
import type { Scoring, Suite } from "../trainer/suite/index.ts";
import {
  attend,
  deviceOf,
  given,
  keptPlan,
  planOfSuite,
  printMissing,
  requireOut,
  setStatus,
} from "./bench-run.ts";
import { outcomesText, summaryRows, unearnedText } from "./bench-table.ts";
import { benchFootball, refuse, refuseFootballOptions } from "./bench-football.ts";
import { benchLeague } from "./bench-league.ts";
import { benchSuites, LEAGUE, listBench, SCENARIO } from "./bench-list.ts";
import { benchSokoban } from "./bench-sokoban.ts";

interface Options {
  policy?: string;
  data?: string;
  repeats?: number;
  temperature?: number;
  topP?: number;
  greedy?: boolean;
  maxTokens?: number;
  limit?: number;
  seed?: number;
  scoring?: Scoring;
  out?: string;
  resume?: boolean;
  retry?: Retry;
  rescore?: boolean;
  concurrency?: number;
  rate?: number;
  timeout?: number;
  judge?: string;
  cache?: string;
  device?: Device;
  scenarios: string[];
  json?: boolean;
}

const LIST = "list";

export function benchCommand(program: Command): void {
  program
    .command("bench")
    .description(
      "ask a model the questions of a suite, and score its answers; status 1 when some had no answer or no judge, 130 after Ctrl-C",
    )
    .argument("<suite>", `a suite, or "${LIST}" for what there is`)
    .option(
      "--policy <policy>",
      "who answers: nano (the default), dir:FOLDER or openai:MODEL@URL; in a league all who play, one --policy each",
      (policy: string, before?: string[]) => [...(before ?? []), policy],
    )
    .option(
      "--data <path>",
      "the suite's data, a file or a folder; without it you are told where to get them",
    )
    .option("--repeats <n>", "answers to each question", integer(1, 10_000))
    .option(
      "--temperature <t>",
      "how freely words are chosen; without it 0, of several repeats 1",
      number(0, 10),
    )
    .option("--top-p <p>", "only the likeliest words, that together have this probability", number(0.01, 1))
    .option("--greedy", "the likeliest words; the same as --temperature 0")
    .option(
      "--max-tokens <n>",
      "of an answer; without it what the folder's play.json says, else 2048",
      integer(1, 1_000_000),
    )
    .option("--limit <n>", "only the first questions", integer(1))
    .option("--seed <s>", "of all chance: words, orders of options, intervals", integer(0, 0xffffffff))
    .addOption(
      new Option(
        "--scoring <rule>",
        "by whose rule answers are scored; the first that the suite has",
      ).choices(["official", "vlmevalkit", "lmm-r1", "strict"] satisfies Scoring[]),
    )
    .option("--judge <policy>", "a model that judges where rules do not suffice: openai:MODEL@URL")
    .option("--out <dir>", "the folder of the run; without it one in runs/bench")
    .option("--resume", "go on with the run in --out: only what is missing is asked")
    .addOption(
      new Option(
        "--retry <what>",
        "with --resume: ask again what had no answer, or judge again what had no judge",
      ).choices(["failed", "judge"] satisfies Retry[]),
    )
    .option("--rescore", "score the answers in --out again, without asking")
    .option("--concurrency <n>", "questions at once; without it 32, of a server 8", integer(1, 1024))
    .option("--rate <n>", "questions that may begin in a minute", number(0.1, 1_000_000))
    .option("--timeout <seconds>", "of an answer of a server, with all tries (600)", number(1, 86_400))
    .option("--cache <dir>", "answers that runs share; what is there is not asked again")
    .addOption(
      new Option("--device <device>", "where a model folder runs; see touchline doctor").choices(DEVICES),
    )
    .option(
      "--episodes <n>",
      "football: of each scenario (100, of regions and realtime 10); league: seeds of each pair (10); sokoban: levels of each size (20)",
      integer(1, 1_000_000),
    )
    .addOption(scenariosOption())
    .option("--vary", "football: start from the scenarios' variation instead of their fixed positions")
    .option("--scenario <id>", "scenario and league: what is played (league: 5_vs_5)")
    .option("--size <sizes...>", "sokoban: rooms, such as small-v0, or 7x7x1 for columns, rows and boxes")
    .option("--workers <n>", "football: threads; the results do not depend on it", integer(1, 256))
    .addOption(
      new Option("--clock <clock>", "football: realtime lets thinking cost steps (paused)").choices([
        "paused",
        "realtime",
      ] satisfies Clock[]),
    )
    .option(
      "--watch <url>",
      "football, sokoban: show what is played on the page of a running touchline watch",
    )
    .addHelpText(
      "after",
      examples(
        "touchline bench list",
        "touchline bench academy --policy scripted --episodes 200",
        "touchline bench scenario --scenario my_drill --scenarios my --policy nano",
        "touchline bench league --policy scripted --policy scripted:0.3 --policy nano --episodes 20",
        "touchline bench regions-mini --policy dir:FOLDER --watch http://127.0.0.1:8787",
        "touchline bench sokoban --policy dir:FOLDER --size small-v0 7x7x1 --episodes 200",
        "touchline bench math500 --policy dir:FOLDER --data test.jsonl --out runs/bench/math500",
        "touchline bench math500 --out runs/bench/math500 --resume",
        "touchline bench math500 --out runs/bench/math500 --rescore --scoring strict",
        "touchline bench mathvista --policy openai:MODEL@http://localhost:8000/v1 --data testmini.parquet --repeats 4",
      ),
    )
    .action(async (suite: string, _own: unknown, command: Command) =>
      bench(suite, command.optsWithGlobals<Said>()),
    );
}

/** As it stands on the command line: a league has several policies. */
type Said = Omit<Options, "policy"> & { policy?: readonly string[]; scenario?: string };

async function bench(name: string, said: Said): Promise<void> {
  useScenarios(said.scenarios);
  if (name === LIST) return listBench(said);
  if (name === LEAGUE) return benchLeague(said);
  if (name === SCENARIO) return benchScenario(said);
  const options = withOnePolicy(name, said);
  const { sokobanSuite } = await import("../trainer/benchmark/sokoban/index.ts");
  const sokoban = sokobanSuite(name);
  if (sokoban !== undefined) return benchSokoban(sokoban, options);
  refuse(name, options, { size: "--size" });
  const { footballSuite } = await import("../trainer/benchmark/football/index.ts");
  const football = footballSuite(name);
  if (football !== undefined) return benchFootball(football, options);
  const { listSuites } = await import("../trainer/suite/index.ts");
  const suite = listSuites().find((one) => one.name === name);
  if (suite === undefined) {
    const names = (await benchSuites()).map((one) => one.name);
    throw new TouchlineError("cli/suite", unknownName("suite", name, names.concat(LIST)));
  }
  refuseFootballOptions(name, options);
  requireOut(options.resume || options.rescore, options);
  if (options.retry && !options.resume) {
    throw new TouchlineError("cli/retry", "Give --retry together with --resume.");
  }
  const summary = options.rescore ? await rescore(suite, options) : await run(suite, options);
  if (options.json) printJson(summary);
  else printSummary(summary, suite);
  setStatus(summary);
}

async function benchScenario({ scenario, ...said }: Said): Promise<void> {
  if (scenario === undefined) {
    throw new TouchlineError("cli/option", "Say which scenario is played by --scenario ID.");
  }
  return bench(`${SCENARIO}:${scenario}`, said);
}

/** @throws TouchlineError `cli/option` for what only a league has. */
function withOnePolicy(name: string, said: Said): Options {
  refuse(name, said, { scenario: "--scenario" });
  const { policy: policies = [], ...options } = said;
  if (policies.length > 1) {
    throw new TouchlineError(
      "cli/option",
      `The suite ${name} is run with one policy, and ${policies.length} are given; several play in a league.`,
    );
  }
  return { ...options, ...(policies[0] !== undefined && { policy: policies[0] }) };
}

async function run(suite: Suite, options: Options): Promise<QuestionSummary> {
  const questions = await import("../trainer/benchmark/question/index.ts");
  const { timeout: timeoutSeconds, greedy, retry, concurrency, rate: perMinute, cache } = options;
  const kept = await keptPlan<QuestionPlan>(suite.name, options);
  const temperature = greedy ? 0 : options.temperature;
  const wishes = { ...(kept && questions.wishesOf(kept)), ...given({ ...options, temperature }) };
  const { policy = "nano", judge: judgeName } = wishes;
  // What is wrong on the command line is told before weights are read.
  questions.checkData(suite, wishes.data);
  const device = await deviceOf(options, kept?.model);
  const server = timeoutSeconds === undefined ? {} : { timeoutSeconds };
  const respondent = await questions.respondentOf(policy, { device, ...server });
  const judgeRespondent = judgeName === undefined ? undefined : await judgeOf(judgeName, server);
  const judge = judgeRespondent && questions.serverJudge(judgeRespondent.answerer);
  const plan = await questions.planOf(suite, respondent, { ...wishes, policy });
  const stops = "It stops; what has been answered is kept.";
  return attend({ suite: suite.name, what: "answers", stops }, options, (run) =>
    questions.runQuestions({ ...run, plan, suite, respondent, retry, judge, concurrency, perMinute, cache }),
  );
}

async function rescore(suite: Suite, options: Options): Promise<Rescored> {
  const questions = await import("../trainer/benchmark/question/index.ts");
  const { sha256OfPath } = await import("../trainer/benchmark/index.ts");
  const directory = options.out!;
  const kept = await planOfSuite<QuestionPlan>(suite.name, directory);
  const path = options.data ?? kept.data?.path;
  if (kept.data && (await sha256OfPath(path!)) !== kept.data.sha256) {
    throw new TouchlineError(
      "bench/differs",
      `"${path}" holds other data than those of the run in "${directory}".`,
    );
  }
  const judge = options.judge === undefined ? undefined : await judgeOf(options.judge, {});
  return questions.rescoreRun({
    directory,
    suite,
    plan: { ...kept, data: kept.data && { ...kept.data, path: path! } },
    scoring: questions.knownScoring(suite, options.scoring ?? kept.scoring),
    judge: judge && { name: options.judge!, judge: questions.serverJudge(judge.answerer) },
  });
}

async function judgeOf(policy: string, server: { timeoutSeconds?: number }): Promise<Respondent> {
  const { respondentOf } = await import("../trainer/benchmark/question/index.ts");
  if (policy.startsWith("openai:")) return respondentOf(policy, server);
  throw new TouchlineError("cli/judge", `The judge "${policy}" is no server; write openai:MODEL@URL.`);
}

function printSummary(summary: QuestionSummary | Rescored, { name }: Suite): void {
  const { directory, plan, overall, unreadable, tokens } = summary;
  const { scoring, sampling, repeats } = plan as QuestionPlan;
  printLine(`${name}: ${summary.policy}, scored by the rule "${scoring}"`);
  printLine(
    `${summary.samples} ${summary.samples === 1 ? "question" : "questions"}, ${repeats === 1 ? "one answer" : `${repeats} answers`} each at temperature ${sampling.temperature}`,
  );
  printLine();
  printTable(["", "n", "score %", "95 % interval"], summaryRows(summary));
  printLine();
  printLine(`Outcomes: ${outcomesText(overall.outcomes)}`);
  const unearned = unearnedText(overall);
  if (unearned !== undefined) printLine(unearned);
  if (tokens.answer !== null) printLine(`An answer has ${tokens.answer.toFixed(0)} tokens in the mean.`);
  if (overall.detectable !== null) {
    const points = (100 * overall.detectable).toFixed(1);
    printLine(
      `${overall.clusters} questions that are independent can show a change of ${points} points and more.`,
    );
  }
  for (const { error } of unreadable.slice(0, 5)) console.error(`touchline: bench/unreadable: ${error}`);
  if (unreadable.length > 5)
    console.error(`touchline: bench/unreadable: ... and ${unreadable.length - 5} more.`);
  if (unreadable.length > 0) {
    const rows =
      unreadable.length === 1
        ? "1 row cannot be used, and is"
        : `${unreadable.length} rows cannot be used, and are`;
    printLine(`${rows} in no rate.`);
  }
  if ("changed" in summary) printLine(`${summary.changed} answers are scored differently now.`);
  printLine(`The run is in ${directory}; touchline report ${directory} shows every answer.`);
  printMissing(summary, "answers");
}
