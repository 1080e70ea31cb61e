/** @file `touchline scenario new`: a file to begin with. */
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { type Command, Option } from "commander";
import { TouchlineError } from "../env/error.ts";
import { fileErrorCode } from "../env/file-error.ts";
import type { Template } from "../scenarios/index.ts";
import { examples } from "./option.ts";
import { printJson, printLine } from "./output.ts";

/** As scenarios/ has them, whose files would load zod for every --help. */
const TEMPLATES = ["attack", "defend", "keep", "small-sided"] as const satisfies readonly Template[];

interface Options {
  template: Template;
  json?: boolean;
}

const SCHEMA = "scenario.schema.json";

export function newCommand(scenario: Command): void {
  scenario
    .command("new")
    .description("begin a scenario: a file that is played as it stands, and the schema for your editor")
    .argument("<file>", "the scenario file, whose name becomes the id")
    .addOption(
      new Option("--template <name>", "what it begins as")
        .choices(TEMPLATES)
        .default("attack" satisfies Template),
    )
    .addHelpText(
      "after",
      examples(
        "touchline scenario new my/two_on_one.json",
        "touchline scenario new my/rondo.json --template keep",
        "touchline watch --scenarios my --scenario two_on_one",
      ),
    )
    .action(async (file: string, _own: unknown, command: Command) =>
      begin(file, command.optsWithGlobals<Options>()),
    );
}

async function begin(file: string, { template, json }: Options): Promise<void> {
  const { newScenario, scenarioJsonSchemaText, scenarioText, validateScenario } =
    await import("../scenarios/index.ts");
  const folder = dirname(resolve(file));
  const data = newScenario(template, { id: basename(file, ".json"), suite: basename(folder) });
  validateScenario(data, file);
  const schema = join(folder, SCHEMA);
  write(file, scenarioText({ $schema: `./${SCHEMA}`, ...data }));
  if (!existsSync(schema)) write(schema, scenarioJsonSchemaText());
  if (json) return printJson({ file, id: data["id"], template });
  printLine(
    `${file} is there. Play it: touchline watch --scenarios ${dirname(file)} --scenario ${data["id"] as string}`,
  );
}

/** Nothing that is there is written over. */
function write(path: string, text: string): void {
  try {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text, { flag: "wx" });
  } catch (cause) {
    const code = fileErrorCode(cause);
    if (code === "EEXIST") {
      throw new TouchlineError("scenario/exists", `${path} is there already; give another name.`, { cause });
    }
    throw new TouchlineError("scenario/unwritable", `${path} cannot be written (${code}).`, { cause });
  }
}
