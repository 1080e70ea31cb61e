/** @file `touchline serve`: envs and rewards for trainers elsewhere, over the protocols that they speak. */
import { once } from "node:events";
import type { Command } from "commander";
import { untilInterrupted } from "./interrupt.ts";
import { examples, integer, scenariosOption } from "./option.ts";
import { printJson, printLine } from "./output.ts";

interface Options {
  port: number;
  host: string;
  token?: string;
  scenario: string;
  capacity: number;
  clientCapacity?: number;
  workers?: number;
  idle: number;
  lost: number;
  rewardMegabytes: number;
  watch?: string;
  scenarios: string[];
  json?: boolean;
}

/** A token on a command line can be read by everybody on the machine; one in the environment cannot. */
const TOKEN = "TOUCHLINE_SERVE_TOKEN";

export function serveCommand(program: Command): void {
  program
    .command("serve")
    .description(
      "serve envs, frames and rewards to trainers elsewhere: OpenEnv, VAGEN RemoteEnv, OpenRLHF reward; Ctrl-C ends it",
    )
    .option("--port <port>", "0 takes any that is free", integer(0, 65535), 8000)
    .option("--host <address>", "address to listen on; any but loopback wants a token", "127.0.0.1")
    .option("--token <token>", `what clients must send; better set ${TOKEN}`)
    .option("--scenario <id>", "what is played where a client does not say", "academy_empty_goal")
    .option("--capacity <n>", "sessions at once", integer(1, 4096), 256)
    .option(
      "--client-capacity <n>",
      "sessions at once of one address; all of them without it",
      integer(1, 4096),
    )
    .option("--workers <n>", "threads that play; one for each core without it", integer(1, 256))
    .option("--idle <seconds>", "so long a session may be silent", integer(1, 86_400), 900)
    .option(
      "--lost <seconds>",
      "so long it is kept after a connection broke in the middle of a call",
      integer(1, 3600),
      30,
    )
    .option("--reward-megabytes <n>", "of the body of one request for rewards", integer(1, 2000), 256)
    .option("--watch <url>", "show what the first 8 sessions play on the page of a running touchline watch")
    .addOption(scenariosOption())
    .addHelpText(
      "after",
      examples(
        "touchline serve",
        "touchline serve --port 0 --json",
        "touchline serve --scenario academy_3_vs_1_with_keeper --capacity 1024 --workers 16",
        `${TOKEN}=... touchline serve --host 0.0.0.0`,
        "touchline serve --watch http://127.0.0.1:8787",
      ),
    )
    .action(async (_own: unknown, command: Command) => serve(command.optsWithGlobals<Options>()));
}

async function serve({
  idle,
  lost,
  watch,
  scenarios: directories,
  json,
  ...options
}: Options): Promise<void> {
  const { listScenarios } = await import("../scenarios/load.ts");
  const { startServer } = await import("../trainer/serve/index.ts");
  const scenarios = listScenarios({ directories });
  const token = options.token ?? process.env[TOKEN];
  if (watch !== undefined) {
    const { checkFeed } = await import("../agent/match/index.ts");
    await checkFeed(watch);
  }
  // Heard from here on: whoever reads the address may end it at once.
  await untilInterrupted(
    async (signal) => {
      const running = await startServer({
        ...options,
        scenarios,
        token,
        watch,
        idleSeconds: idle,
        lostSeconds: lost,
      });
      const { url, port } = running;
      const { capacity } = options;
      if (json) printJson({ url, port, scenarios: scenarios.map(({ id }) => id), capacity });
      else {
        printLine(`OpenEnv, VAGEN and /get_reward are served at ${url}, ${capacity} sessions at once.`);
        printLine("Ctrl-C ends it.");
      }
      if (!signal.aborted) await once(signal, "abort");
      await running.close();
    },
    { signals: ["SIGINT", "SIGTERM"] },
  );
}
