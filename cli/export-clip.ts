/** @file `touchline replay export`: a stretch of a recorded episode as a file to show to others. */
import type { Command } from "commander";
import { examples, integer } from "./option.ts";
import { printJson, printLine } from "./output.ts";

interface Options {
  from: number;
  to?: number;
  out: string;
  json?: boolean;
}

export function exportCommand(replay: Command): void {
  replay
    .command("export")
    .description("write a stretch of an episode as png, gif, webm or mp4, as an agent sees it")
    .argument("<file>", "a file that touchline play --record wrote")
    .option("--from <tick>", "physics tick with which it begins", integer(0), 0)
    .option("--to <tick>", "tick with which it ends, and which a png shows; without it the last", integer(0))
    .requiredOption(
      "--out <file>",
      "where to; its ending says the format. webm and mp4 need ffmpeg on the PATH",
    )
    .addHelpText(
      "after",
      examples(
        "touchline replay export docs/laws/corner.jsonl --out corner.gif",
        "touchline replay export docs/laws/penalty.jsonl --from 100 --to 300 --out penalty.mp4",
        "touchline replay export docs/laws/offside.jsonl --to 120 --out offside.png",
      ),
    )
    .action(async (file: string, _own: unknown, command: Command) =>
      exportClip(file, command.optsWithGlobals<Options>()),
    );
}

async function exportClip(file: string, { from, to = Infinity, out, json }: Options): Promise<void> {
  const { formatOf, scenesOf, writeClip } = await import("./clip.ts");
  const { readRecording } = await import("./verify.ts");
  const format = formatOf(out);
  const { lineup, scenes } = await scenesOf(readRecording(file), { from, to });
  const frames = await writeClip(out, format, lineup, scenes);
  const ticks = { from: format === "png" ? scenes.at(-1)!.tick : scenes[0]!.tick, to: scenes.at(-1)!.tick };
  if (json) return printJson({ file, out, format, frames, ...ticks });
  const what =
    format === "png"
      ? `the picture of tick ${ticks.to}`
      : `${frames} frames, ticks ${ticks.from} to ${ticks.to}`;
  printLine(`${out}: ${what}`);
}
