/** @file `touchline scenario capture`: a moment of a recorded episode becomes a scenario. */
import { readFileSync, mkdirSync, writeFileSync } from "node:fs";
import { basename, dirname, resolve } from "node:path";
import type { Command } from "commander";
import { TouchlineError } from "../env/error.ts";
import { fileErrorCode } from "../env/file-error.ts";
import { examples, integer } from "./option.ts";
import { printJson, printLine } from "./output.ts";

interface Options {
  tick: number;
  out: string;
  force?: boolean;
  json?: boolean;
}

export function captureCommand(scenario: Command): void {
  scenario
    .command("capture")
    .description("make a scenario of a moment of a recorded episode")
    .argument("<episode>", "a file that touchline play --record wrote")
    .requiredOption("--tick <n>", "the physics tick; the first moment of open play from there", integer(0))
    .requiredOption("--out <file>", "the scenario file, whose name becomes the id")
    .option("--force", "write over a file that is there")
    .addHelpText(
      "after",
      examples("touchline scenario capture runs/match/7.jsonl --tick 640 --out my/late_break.json"),
    )
    .action(async (episode: string, _own: unknown, command: Command) =>
      capture(episode, command.optsWithGlobals<Options>()),
    );
}

async function capture(file: string, { tick, out, force = false, json }: Options): Promise<void> {
  const { readEpisode } = await import("../env/episode/index.ts");
  const { ReplayRunner } = await import("../agent/match/index.ts");
  const { captureScenario, isCapturable } = await import("../scenarios/capture.ts");
  const { scenarioText, validateScenario } = await import("../scenarios/index.ts");
  const episode = readEpisode(readFile(file));
  const replay = await ReplayRunner.make(episode);
  try {
    await replay.start();
    let { match, over } = replay.env.snapshot();
    while (!over && (match.tick < tick || !isCapturable(match))) {
      await replay.advance();
      ({ match, over } = replay.env.snapshot());
    }
    if (over) {
      const message = `${file} has no open play from tick ${tick} on: it ends at tick ${match.tick}; give an earlier one.`;
      throw new TouchlineError("capture/tick", message);
    }
    const name = { id: basename(out, ".json"), suite: basename(dirname(resolve(out))) || "captured" };
    const scenario = validateScenario(captureScenario(replay.env.scenario, match, name), out);
    writeFile(out, scenarioText(scenario), force);
    if (json) printJson({ file: out, id: scenario.id, tick: match.tick });
    else printLine(`${file}, tick ${match.tick} -> ${out}`);
  } finally {
    await replay.close();
  }
}

function readFile(file: string): Uint8Array {
  try {
    return readFileSync(file);
  } catch (cause) {
    const message = `The file ${file} cannot be read (${fileErrorCode(cause)}); give the path of an episode.`;
    throw new TouchlineError("episode/unreadable", message, { cause });
  }
}

function writeFile(path: string, text: string, force: boolean): void {
  try {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text, { flag: force ? "w" : "wx" });
  } catch (cause) {
    const code = fileErrorCode(cause);
    const there = code === "EEXIST" && !force;
    const message = there
      ? `${path} is there already; --force writes over it.`
      : `${path} cannot be written (${code}).`;
    throw new TouchlineError(there ? "scenario/exists" : "scenario/unwritable", message, { cause });
  }
}
