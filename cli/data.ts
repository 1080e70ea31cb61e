/** @file `touchline data`: questions with their answers, written as JSONL or parquet. */
import { type Command, Option } from "commander";
import { examples, integer, scenariosOption } from "./option.ts";
import { printJson, printLine, printTable } from "./output.ts";
import { TouchlineError } from "../env/error.ts";
import type { Scenario } from "../env/football/index.ts";
import type { DataFormat, DataStage, Written } from "../trainer/data/index.ts";
import type { QuestionMix } from "../trainer/question/index.ts";

interface Options {
  count: number;
  seed: number;
  out: string;
  format?: DataFormat;
  mix?: string;
  system?: string;
  heldOut?: boolean;
  scenario?: string[];
  width: number;
  height: number;
  scenarios: string[];
  json?: boolean;
}

const LAST_SEED = 0xffffffff;

const STAGES: readonly [stage: DataStage, description: string][] = [
  ["fre", "questions in words, for reinforcement learning: LMM-R1's rows of message and answer"],
  ["mgt", "questions on frames, for reinforcement learning: LMM-R1's rows with a picture"],
  ["sft", "both with a thought and the answer, to be imitated: conversations for a recipe of the stage sft"],
];

export function dataCommand(program: Command): void {
  const data = program
    .command("data")
    .description("write questions about football, with answers checked by rule, as data to train on")
    .addHelpText("after", examples("touchline data fre --count 1000 --out runs/data"));
  for (const [stage, description] of STAGES) {
    const written = data
      .command(stage)
      .description(description)
      .option("--count <n>", "how many", integer(1), 1000)
      .option("--seed <s>", "the same seed gives the same questions", integer(0, LAST_SEED), 0)
      .requiredOption(
        "--out <dir>",
        `the folder of ${stage}.jsonl${stage === "fre" ? "" : " and its frames"}${stage === "sft" ? "" : `, or ${stage}.parquet`}`,
      )
      .option("--mix <weights>", "of kinds of questions, such as lane=2,offside=1; see docs/QUESTIONS.md")
      .option("--system <text>", "what the system says before each question")
      .option("--held-out", "of episodes and sums that are never trained on, to be judged by")
      .option("--scenario <id...>", "what is played; without it every academy scenario")
      .option("--width <pixels>", "of a frame", integer(64, 4096), 168)
      .option("--height <pixels>", "of a frame", integer(64, 4096), 112)
      .addOption(scenariosOption())
      .addHelpText(
        "after",
        examples(
          `touchline data ${stage} --count 1000 --out runs/data`,
          `touchline data ${stage} --mix lane=2,offside=1 --scenario academy_corner --out runs/corner`,
          `touchline data ${stage} --count 200 --held-out --out runs/judged --json`,
        ),
      )
      .action(async (_own: unknown, command: Command) => write(stage, command.optsWithGlobals<Options>()));
    if (stage !== "sft") written.addOption(formatOption());
  }
}

function formatOption(): Option {
  const description =
    "jsonl: LMM-R1's rows, and frames beside; parquet: verl's rows, with the frames in them";
  return new Option("--format <name>", description)
    .choices(["jsonl", "parquet"] satisfies DataFormat[])
    .default("jsonl");
}

async function write(stage: DataStage, options: Options): Promise<void> {
  const { count, seed, out, format = "jsonl", system, heldOut = false, width, height, json } = options;
  const { writeQuestions } = await import("../trainer/data/index.ts");
  const { MomentSource } = await import("../trainer/question/index.ts");
  const scenarios = await scenariosOf(options);
  const mix = options.mix === undefined ? {} : { mix: readMix(options.mix) };
  const frame = { width, height, hud: false };
  const source = await MomentSource.make(scenarios, { frame, decisionSteps: 2, heldOut });
  const progress = rowProgress(count);
  try {
    const settings = {
      stage,
      format,
      count,
      seed,
      source,
      heldOut,
      system,
      onRow: (rows: number) => progress.onRow(rows),
      ...mix,
    };
    const written = await writeQuestions(out, settings);
    progress.clear();
    if (json) printJson({ stage, seed, heldOut, scenarios: scenarios.map(({ id }) => id), ...written });
    else printWritten(written);
  } finally {
    progress.clear();
    source.close();
  }
}

async function scenariosOf({ scenario, scenarios }: Options): Promise<Scenario[]> {
  const { listScenarios, loadScenario } = await import("../scenarios/load.ts");
  const sources = { directories: scenarios };
  if (scenario) return scenario.map((id) => loadScenario(id, sources));
  return listScenarios(sources).filter(({ suite }) => suite === "academy");
}

/** "lane=2,offside=1"; what they name is checked by whoever draws. */
function readMix(text: string): QuestionMix {
  const weights = text.split(",").map((part) => {
    const [, kind, weight] = /^\s*([^=\s]+)\s*=\s*(\d*\.?\d+)\s*$/.exec(part) ?? [];
    if (kind !== undefined) return [kind, Number(weight)];
    const wrong = `"${part}" is no weight; expected KIND=NUMBER, several with commas between them, such as lane=2,offside=1.`;
    throw new TouchlineError("question/mix", wrong);
  });
  return Object.fromEntries(weights) as QuestionMix;
}

/** One line on standard error that is written over, where a person can see it. */
function rowProgress(count: number): { onRow(rows: number): void; clear(): void } {
  const { stderr } = process;
  let shown = 0;
  return {
    onRow(rows) {
      const now = performance.now();
      if (!stderr.isTTY || now - shown < 100) return;
      shown = now;
      stderr.write(`\r\u001B[K${rows.toLocaleString("en")} of ${count.toLocaleString("en")} questions`);
    },
    clear() {
      if (stderr.isTTY) stderr.write("\r\u001B[K");
    },
  };
}

function printWritten({ file, rows, frames, kinds }: Written): void {
  printLine(`${file}: ${rows} questions${frames === 0 ? "" : `, ${frames} frames`}`);
  printTable(
    ["kind", "questions"],
    Object.entries(kinds).toSorted(([a], [b]) => (a < b ? -1 : 1)),
  );
}
