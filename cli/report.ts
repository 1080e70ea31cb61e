/** @file `touchline report`: runs of benchmarks as one HTML file. */
import type { Command } from "commander";
import { examples, integer } from "./option.ts";
import { printJson, printLine } from "./output.ts";

interface Options {
  out: string;
  pictures: number;
  json?: boolean;
}

export function reportCommand(program: Command): void {
  program
    .command("report")
    .description(
      "one HTML file of benchmark runs, that opens from disk: tables, and every answer behind them",
    )
    .argument("<run...>", "folders of runs; runs of one suite are compared with the first of it")
    .option("--out <file>", "where it is written", "report.html")
    .option("--pictures <n>", "pictures that go into it, at most", integer(0), 1000)
    .addHelpText(
      "after",
      examples(
        "touchline report runs/bench/math500",
        "touchline report runs/bench/before runs/bench/after --out difference.html",
      ),
    )
    .action(async (runs: string[], _own: unknown, command: Command) =>
      report(runs, command.optsWithGlobals<Options>()),
    );
}

async function report(runs: readonly string[], { out, pictures, json }: Options): Promise<void> {
  const { readReport, reportPage } = await import("../trainer/report/index.ts");
  const { writeWhole } = await import("../trainer/benchmark/index.ts");
  const read = await readReport(runs, { mostPictures: pictures });
  const page = reportPage(read.report, read.pictures);
  writeWhole(out, page);
  const answers = read.report.runs.reduce((sum, { records }) => sum + records.length, 0);
  const document = {
    out,
    runs: runs.length,
    answers,
    pictures: Object.keys(read.pictures).length,
    bytes: Buffer.byteLength(page),
  };
  if (json) printJson(document);
  else
    printLine(
      `${out} holds ${answers} answers of ${runs.length} runs, ${document.bytes.toLocaleString("en")} bytes.`,
    );
}
